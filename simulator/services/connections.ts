/** From an ApiConnection call to the connector that it reaches and the identity that it is made with. */
import { isJsonObject, type Json } from "../../language/json";
import type { Azure, Resource } from "../resources/model";
import type { ConnectionRequest } from "../runtime/transport";
import { type Answer, refusal } from "./reply";

/** A call that has passed the connection: the connector may be asked. */
export interface ConnectedCall {
    /** The connector, e.g. `azuresentinel`. */
    readonly api: string;
    readonly connection: Resource;
    /** Object id of the workflow's managed identity. */
    readonly principalId: string;
    readonly workflow: Resource;
    readonly request: ConnectionRequest;
}

/**
 * Follows a call through its API connection. Everything is read from what is deployed: the workflow's own
 * `$connections` entry, the connection, the identity.
 *
 * The codes and texts of a connection that is missing or has no identity are not documented by Microsoft;
 * that the call fails is.
 */
export function connect(
    azure: Azure,
    workflow: Resource,
    request: ConnectionRequest,
): ConnectedCall | Answer {
    const connection = azure.get(request.connectionId);
    if (connection === undefined || connection.type.toLowerCase() !== "microsoft.web/connections") {
        return refusal(
            404,
            "ApiConnectionNotFound",
            `The API connection '${request.connectionId}' could not be found.`,
        );
    }
    const api = apiOf(connection);
    if (!asksForManagedIdentity(workflow, request.connection)) {
        return unauthenticated(
            `The workflow does not use a managed identity with connection '${connection.name}'.`,
        );
    }
    const principalId = workflow.identity?.principalId;
    if (principalId === undefined) {
        return unauthenticated(`The workflow '${workflow.name}' has no managed identity.`);
    }
    return acceptsManagedIdentity(api, connection)
        ? { api, connection, principalId, workflow, request }
        : withoutToken(api, connection);
}

/** True for the call, false for an answer that ended it at the connection. */
export function isConnected(call: ConnectedCall | Answer): call is ConnectedCall {
    return "api" in call;
}

function apiOf(connection: Resource): string {
    const api = connection.properties["api"];
    const id = isJsonObject(api) && typeof api["id"] === "string" ? api["id"] : "";
    return id.slice(id.lastIndexOf("/") + 1).toLowerCase();
}

function asksForManagedIdentity(workflow: Resource, key: string): boolean {
    const path = [
        "parameters",
        "$connections",
        "value",
        key,
        "connectionProperties",
        "authentication",
        "type",
    ];
    return path.reduce<Json | undefined>(member, workflow.properties) === "ManagedServiceIdentity";
}

function member(value: Json | undefined, key: string): Json | undefined {
    return isJsonObject(value) ? value[key] : undefined;
}

/** Connectors that know several ways to authenticate mark managed identity in another way than the others. */
const MULTI_AUTHENTICATION = new Set(["azuremonitorlogs", "azureblob", "servicebus", "azuretables"]);

function acceptsManagedIdentity(api: string, connection: Resource): boolean {
    const { parameterValueType, parameterValueSet } = connection.properties;
    return MULTI_AUTHENTICATION.has(api)
        ? parameterValueType === undefined && member(parameterValueSet, "name") === "managedIdentityAuth"
        : parameterValueType === "Alternative";
}

function withoutToken(api: string, connection: Resource): Answer {
    return api === "azuremonitorlogs"
        ? refusal(
              400,
              "BadRequest",
              "Failed to retrieve token for resource=https://api.loganalytics.io. " +
                  "Message=Parameter=Token not found",
          )
        : unauthenticated(`The connection '${connection.name}' is not set up for managed identity.`);
}

function unauthenticated(message: string): Answer {
    return refusal(401, "Unauthenticated", message);
}
