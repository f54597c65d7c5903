/** From an ApiConnection call to the connector that it reaches and the identity that it is made with. */
import { CONNECTIONS_PARAMETER } from "../../language";
import { objectAt, textAt } from "../resources/json";
import type { Azure, Resource } from "../resources/model";
import { acceptsManagedIdentity, managedApiOf } from "../resources/types/connections";
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
    const api = managedApiOf(connection);
    if (!asksForManagedIdentity(workflow, request.connection)) {
        return unauthenticated(
            `The workflow does not use a managed identity with connection '${connection.name}'.`,
        );
    }
    const principalId = workflow.identity?.principalId;
    if (principalId === undefined) {
        return unauthenticated(`The workflow '${workflow.name}' has no managed identity.`);
    }
    return acceptsManagedIdentity(connection)
        ? { api, connection, principalId, workflow, request }
        : withoutToken(api, connection);
}

/** True for the call, false for an answer that ended it at the connection. */
export function isConnected(call: ConnectedCall | Answer): call is ConnectedCall {
    return "api" in call;
}

function asksForManagedIdentity(workflow: Resource, key: string): boolean {
    const entry = objectAt(workflow.properties, "parameters", CONNECTIONS_PARAMETER, "value", key);
    return textAt(entry, "connectionProperties", "authentication", "type") === "ManagedServiceIdentity";
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
