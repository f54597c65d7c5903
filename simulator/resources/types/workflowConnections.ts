import { CONNECTIONS_PARAMETER, connectionsOf } from "../../../language";
import type { JsonObject } from "../../../language/json";
import { idKey, isSameId } from "../armId";
import { objectAt, shownText, textAt, valueAt } from "../json";
import { AzureRefusal, type Resource } from "../model";
import { NotSimulated } from "../notSimulated";
import { badRequest, whileUnordered } from "../refusals";
import type { AzureState, Write } from "../state";
import { acceptsManagedIdentity, connections } from "./connections";

/**
 * Checks the `$connections` of a workflow: every entry fits the connection that it names, and the definition
 * uses no other.
 *
 * @throws AzureRefusal
 */
export function assertConnections(write: Write, location: string, state: AzureState): void {
    const entries = entriesOf(write.properties);
    for (const [key, entry] of Object.entries(entries)) {
        const connection = findConnection(write, key, objectAt(entry), location, state);
        assertAgrees(key, objectAt(entry), connection);
        assertIdentity(write, key, objectAt(entry), connection);
    }
    const missing = connectionsOf(valueAt(write.properties, "definition")).find(
        (key) => !Object.hasOwn(entries, key),
    );
    if (missing !== undefined) {
        throw new AzureRefusal(
            400,
            "InvalidTemplate",
            `The template language expression 'parameters('${CONNECTIONS_PARAMETER}')['${missing}']` +
                `['connectionId']' cannot be evaluated because property '${missing}' doesn't exist, available ` +
                `properties are '${Object.keys(entries).join(", ")}'.`,
        );
    }
}

function entriesOf(properties: JsonObject): JsonObject {
    const given = objectAt(properties, "parameters", CONNECTIONS_PARAMETER, "value");
    const defaults = objectAt(properties, "definition", "parameters", CONNECTIONS_PARAMETER, "defaultValue");
    return Object.keys(given).length > 0 ? given : defaults;
}

/** A workflow finds connections of its own region only. */
function findConnection(
    write: Write,
    key: string,
    entry: JsonObject,
    location: string,
    state: AzureState,
): Resource {
    const id = textAt(entry, "connectionId") ?? "";
    const connection = state.seenBy(id, write);
    const isConnection = connection !== undefined && isSameId(connection.type, connections.type);
    if (isConnection && connection.location === location) {
        return connection;
    }
    const name = id.slice(id.lastIndexOf("/") + 1) || key;
    const refusal = new AzureRefusal(
        404,
        "ApiConnectionNotFound",
        `The API connection '${name}' could not be found.` +
            (isConnection
                ? ` (It is in region '${connection.location ?? ""}', the workflow in '${location}'.)`
                : ""),
    );
    throw state.isFinishedFor(id, write) ? refusal : whileUnordered(refusal, id);
}

/** Azure's text for an entry that contradicts its connection is not documented. */
function assertAgrees(key: string, entry: JsonObject, connection: Resource): void {
    const name = valueAt(entry, "connectionName");
    if (name !== undefined && idKey(shownText(name)) !== idKey(connection.name)) {
        throw invalidEntry(
            key,
            `its connectionName is '${shownText(name)}', but the connection is '${connection.name}'`,
        );
    }
    const api = textAt(connection.properties, "api", "id") ?? "";
    const id = textAt(entry, "id");
    if (id === undefined || !isSameId(id, api)) {
        throw invalidEntry(key, `its id must be that of the connection's API, '${api}', not '${id ?? ""}'`);
    }
}

function assertIdentity(write: Write, key: string, entry: JsonObject, connection: Resource): void {
    const authentication = objectAt(entry, "connectionProperties", "authentication");
    const asks = authentication["type"] === "ManagedServiceIdentity";
    const accepts = acceptsManagedIdentity(connection);
    if (asks && !accepts) {
        throw invalidIdentity(
            key,
            `The API connection '${connection.name}' is not configured to support managed identity.`,
        );
    }
    if (!asks && accepts) {
        throw invalidIdentity(
            key,
            `The API connection '${connection.name}' is configured to support managed identity but the connection ` +
                "parameter is either missing 'authentication' property in connection properties or " +
                "authentication type is not 'ManagedServiceIdentity'.",
        );
    }
    if (authentication["identity"] !== undefined) {
        throw new NotSimulated(
            'the property "identity" of a connection\'s authentication: a user-assigned identity',
        );
    }
    if (asks && write.identity?.type !== "SystemAssigned") {
        throw invalidIdentity(
            key,
            `The workflow '${write.id.name}' has no system-assigned managed identity.`,
        );
    }
}

function invalidEntry(key: string, why: string): AzureRefusal {
    return badRequest(`The workflow connection parameter '${key}' is not valid: ${why}.`);
}

function invalidIdentity(key: string, why: string): AzureRefusal {
    return new AzureRefusal(
        400,
        "WorkflowManagedIdentityConfigurationInvalid",
        `The workflow connection parameter '${key}' is not valid. ${why}`,
    );
}
