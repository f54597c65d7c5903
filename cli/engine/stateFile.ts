/** The engine's state of a stack, as it lies in the folder of a file backend. Nothing in it is decrypted. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isJsonObject, type Json, type JsonObject } from "../../language/json";
import { arrayAt, textAt } from "../../simulator/resources/json";
import type { KnownResource } from "../../simulator/resources/engineDoor/deploymentTime";

/** Path of the state in the folder of a backend. */
export function stateFile(backend: string, project: string, stack: string): string {
    return join(backend, ".pulumi", "stacks", project, `${stack}.json`);
}

/** Resources of the state; none where there is no state yet. */
export function resourcesInState(file: string): readonly KnownResource[] {
    if (!existsSync(file)) {
        return [];
    }
    const document: unknown = JSON.parse(readFileSync(file, "utf8"));
    const latest =
        isJsonObject(document) && isJsonObject(document["checkpoint"]) ? document["checkpoint"] : {};
    const deployment = latest["latest"];
    const resources = isJsonObject(deployment) ? (arrayAt(deployment, "resources") ?? []) : [];
    return resources.filter(isJsonObject).map(knownResource);
}

function knownResource(resource: JsonObject): KnownResource {
    const parent = textAt(resource, "parent");
    const deletedWith = textAt(resource, "deletedWith");
    return {
        urn: textAt(resource, "urn") ?? "",
        id: textAt(resource, "id"),
        dependencies: [...texts(arrayAt(resource, "dependencies")), parent, deletedWith].filter(
            (urn): urn is string => urn !== undefined,
        ),
    };
}

function texts(values: readonly Json[] | undefined): readonly string[] {
    return (values ?? []).filter((value) => typeof value === "string");
}
