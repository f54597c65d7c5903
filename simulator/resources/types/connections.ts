/** API connections of Consumption workflows. */
import type { JsonObject } from "../../../language/json";
import { idKey, isSameId, normaliseLocation } from "../armId";
import { objectAt, textAt } from "../json";
import { AzureRefusal, type Resource } from "../model";
import { NotSimulated } from "../notSimulated";
import { badRequest } from "../refusals";
import type { ResourceType, Stored, Write } from "../state";

/** API connections. The versions are those that take what managed identity needs. */
export const connections: ResourceType = {
    type: "Microsoft.Web/connections",
    apiVersions: ["2016-06-01", "2018-07-01-preview"],
    put: putConnection,
};

/** Whether a connector has one way to authenticate or several, which decides how managed identity is marked. */
type Family = "single" | "multi";

/** Microsoft Learn, "Authenticate access with managed identities", and the templates of Microsoft Sentinel. */
const MANAGED_APIS: ReadonlyMap<string, Family> = new Map([
    ["azuresentinel", "single"],
    ["keyvault", "single"],
    ["arm", "single"],
    ["azureautomation", "single"],
    ["azuremonitorlogs", "multi"],
    ["azureblob", "multi"],
    ["servicebus", "multi"],
    ["azuretables", "multi"],
]);

/** Name of the connector behind a connection, e.g. `azuresentinel`. */
export function managedApiOf(connection: Resource): string {
    return lastSegment(textAt(connection.properties, "api", "id") ?? "");
}

/** Whether a connection lets workflows use their managed identity: it has its own family's mark, and no other. */
export function acceptsManagedIdentity(connection: Resource): boolean {
    const { parameterValueSet, parameterValueType } = connection.properties;
    return MANAGED_APIS.get(managedApiOf(connection)) === "multi"
        ? parameterValueType === undefined && textAt(parameterValueSet, "name") === "managedIdentityAuth"
        : parameterValueType === "Alternative";
}

const KNOWN = new Set([
    "alternativeParameterValues",
    "api",
    "customParameterValues",
    "displayName",
    "nonSecretParameterValues",
    "parameterValueSet",
    "parameterValueType",
    "parameterValues",
]);

function putConnection(write: Write): Stored {
    const location = normaliseLocation(write.location ?? "");
    assertKnown(write);
    const api = assertApi(write, location);
    assertMarkers(write, api);
    const stored = { kind: write.kind, location, tags: write.tags, properties: write.properties };
    const connection = { ...stored, id: write.id.id, type: connections.type, name: write.id.name };
    return { ...stored, properties: { ...write.properties, statuses: [statusOf(connection)] } };
}

function assertKnown(write: Write): void {
    const unknown = Object.keys(write.properties).find((name) => !KNOWN.has(name));
    if (unknown !== undefined) {
        throw new NotSimulated(`the property "${unknown}" of an API connection`);
    }
    for (const name of ["parameterValues", "nonSecretParameterValues"]) {
        if (Object.keys(objectAt(write.properties, name)).length > 0) {
            throw new NotSimulated(`API connections with "${name}", only those with managed identity`);
        }
    }
    if (write.kind !== undefined && write.kind !== "V1") {
        throw new NotSimulated(
            `API connections of kind "${write.kind}", only V1, that of Consumption workflows`,
        );
    }
}

/** The id of a managed API names the connection's own subscription and region. */
function assertApi(write: Write, location: string): string {
    const id = textAt(write.properties, "api", "id") ?? "";
    const api = lastSegment(id);
    const expected =
        `/subscriptions/${write.id.subscriptionId}/providers/Microsoft.Web/locations/${location}` +
        `/managedApis/${api}`;
    if (!/^[a-z0-9]+$/.test(api) || !isSameId(id, expected)) {
        throw badRequest(
            `The API id '${id}' of connection '${write.id.name}' is not valid. In region '${location}' it is ` +
                `'/subscriptions/${write.id.subscriptionId}/providers/Microsoft.Web/locations/${location}` +
                "/managedApis/<name>'.",
        );
    }
    if (!MANAGED_APIS.has(api)) {
        throw new AzureRefusal(404, "ApiNotFound", `The API '${api}' could not be found.`);
    }
    return api;
}

/** Each family has its own marker for managed identity; a connection that shows both does not deploy. */
function assertMarkers(write: Write, api: string): void {
    const { parameterValueType, parameterValueSet, alternativeParameterValues } = write.properties;
    if (parameterValueSet !== undefined && parameterValueType !== undefined) {
        throw badRequest(
            `The connection '${write.id.name}' has both a parameterValueType and a parameterValueSet. The ` +
                `connector '${api}' takes only the ` +
                (MANAGED_APIS.get(api) === "multi" ? "parameterValueSet." : "parameterValueType."),
        );
    }
    if (parameterValueType !== undefined && parameterValueType !== "Alternative") {
        throw new NotSimulated(
            `the parameterValueType ${JSON.stringify(parameterValueType)} of an API connection`,
        );
    }
    if (parameterValueSet !== undefined) {
        assertValueSet(write, api);
    }
    if (api === "keyvault" && parameterValueType !== undefined) {
        if (!textAt(alternativeParameterValues, "vaultName")) {
            throw badRequest(
                `The connection '${write.id.name}' lacks the parameter 'vaultName' in alternativeParameterValues: ` +
                    "the name of the vault, not its URL.",
            );
        }
    }
}

function assertValueSet(write: Write, api: string): void {
    const name = textAt(write.properties, "parameterValueSet", "name");
    if (MANAGED_APIS.get(api) === "single") {
        throw badRequest(
            `The connector '${api}' has one way to authenticate, so it takes no parameterValueSet. Managed ` +
                "identity is asked for with parameterValueType 'Alternative'.",
        );
    }
    if (name !== "managedIdentityAuth") {
        throw new NotSimulated(`the parameterValueSet ${JSON.stringify(name)}, only managedIdentityAuth`);
    }
}

/** A status says whether somebody has authorised the connection; with managed identity nobody need to. */
function statusOf(connection: Resource): JsonObject {
    return acceptsManagedIdentity(connection)
        ? { status: "Ready" }
        : {
              status: "Error",
              error: { code: "Unauthenticated", message: "This connection is not authenticated." },
          };
}

function lastSegment(id: string): string {
    return idKey(id.slice(id.lastIndexOf("/") + 1));
}
