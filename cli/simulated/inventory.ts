/** What is in a simulated Azure. */
import { isJsonObject } from "../../language/json";
import { arrayAt, textAt } from "../../simulator/resources/json";
import type { AzureResourceManager } from "../../simulator/resources/machine";

/** A resource as it is listed. */
export interface Listed {
    readonly type: string;
    readonly name: string;
    /** ARM id. */
    readonly id: string;
}

/** All resources of all subscriptions, in order of creation. */
export function inventoryOf(azure: AzureResourceManager): readonly Listed[] {
    return (arrayAt(azure.snapshot(), "resources") ?? []).filter(isJsonObject).map((resource) => ({
        type: textAt(resource, "type") ?? "",
        name: textAt(resource, "name") ?? "",
        id: textAt(resource, "id") ?? "",
    }));
}

/** A line each: type, name, ARM id. */
export function inventoryLines(resources: readonly Listed[]): readonly string[] {
    const width = (valueOf: (resource: Listed) => string) =>
        Math.max(0, ...resources.map((resource) => valueOf(resource).length));
    const typeWidth = width(({ type }) => type);
    const nameWidth = width(({ name }) => name);
    return resources.map(
        ({ type, name, id }) => `${type.padEnd(typeWidth)}  ${name.padEnd(nameWidth)}  ${id}`,
    );
}
