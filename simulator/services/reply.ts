import { v5 } from "uuid";
import type { Json, JsonObject } from "../../language/json";
import type { Reply } from "../runtime/transport";

/** A reply that carries an HTTP status. */
export type Answer = Extract<Reply, { status: number }>;

/** An answer without a fault. */
export function answer(status: number, body?: Json): Answer {
    return body === undefined ? { status } : { status, body };
}

/** An error in the envelope that Resource Manager, Key Vault and Log Analytics share. */
export function refusal(status: number, code: string, message: string, more: JsonObject = {}): Answer {
    return { status, body: { error: { code, message, ...more } } };
}

/**
 * Resource Manager's answer to a principal that lacks a right.
 *
 * @param scope - ARM id of what would have been acted upon
 */
export function authorizationFailed(principalId: string, action: string, scope: string): Answer {
    return refusal(
        403,
        "AuthorizationFailed",
        `The client '${principalId}' with object id '${principalId}' does not have authorization to perform ` +
            `action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, ` +
            `please refresh your credentials.`,
    );
}

/**
 * The request is one that the simulator has no facts about. It is thrown, not answered: whatever it answered
 * would be a guess.
 */
export class UnsupportedRequestError extends Error {
    /**
     * @param service - who was asked, e.g. `Intezer`
     * @param what - what the service is not able to simulate, e.g. `GET /families/1/info`
     */
    constructor(service: string, what: string) {
        super(`NotSupported: the simulated ${service} does not know ${what}.`);
        this.name = "UnsupportedRequestError";
    }
}

const NAMESPACE = "6b1f3c52-53d4-4f0e-9a35-2f6d1f6f5a10";

/** A GUID that depends on nothing but its argument. */
export function stableGuid(text: string): string {
    return v5(text, NAMESPACE);
}

/** ISO 8601 in UTC, of milliseconds since 1970. */
export function timestamp(time: number): string {
    return new Date(time).toISOString();
}

/** A JSON value in a message: text as it is, everything else as JSON. */
export function shown(value: Json | undefined): string {
    return typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
}
