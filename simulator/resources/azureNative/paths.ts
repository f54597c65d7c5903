/** Between ARM ids and the inputs that they are made of. */
import type { Json, JsonObject } from "../../../language/json";
import { textAt } from "../json";
import type { ResourceSpec } from "./resourceTypes";
import { ProviderRefusal } from "./refusals";

/** The inputs in a path, in their order; the subscription is the provider's. */
export function pathInputs(spec: ResourceSpec): readonly string[] {
    return [...spec.path.matchAll(/\{([^}]+)\}/g)]
        .map(([, name]) => name ?? "")
        .filter((name) => name !== "subscriptionId");
}

/** The name in a path that may be made up. */
export function nameInput(spec: ResourceSpec): string {
    return pathInputs(spec).at(-1) ?? "";
}

/** The ARM id for these inputs. */
export function idOf(spec: ResourceSpec, inputs: JsonObject, subscriptionId: string): string {
    const values: { [name: string]: string } = { subscriptionId };
    for (const name of pathInputs(spec)) {
        values[name] = textAt(inputs, ...name.split(".")) ?? "";
    }
    // An empty part, and the slash that a scope starts with, are no parts of the id.
    return spec.path.replace(/\{([^}]+)\}/g, (_, name: string) => values[name] ?? "").replace(/\/{2,}/g, "/");
}

/**
 * The inputs that an id is made of, as azure-native takes them out of it for an import
 * (provider/pkg/resources/parseResourceId.go): the key of a dotted input keeps its dot.
 *
 * @throws ProviderRefusal for an id of another type
 */
export function inputsOf(spec: ResourceSpec, id: string): JsonObject {
    const names = ["subscriptionId", ...pathInputs(spec)];
    const inPath = names.filter((name) => spec.path.includes(`{${name}}`));
    const pattern = spec.path
        .split("/")
        .map((part) => (part.startsWith("{") ? "(.*?)" : part.replaceAll(".", "\\.")))
        .join("/");
    const match = new RegExp(`^${pattern}$`, "i").exec(id);
    if (match === null) {
        throw new ProviderRefusal(`failed to parse '${id}' against the path '${spec.path}'`);
    }
    const found = inPath.map((name, index): [string, Json] => [name, match[index + 1] ?? ""]);
    return Object.fromEntries(found.filter(([name]) => name !== "subscriptionId"));
}
