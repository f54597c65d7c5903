/** Bodies on the wire: what is JSON is a value here, what is not is text. */
import { JsonTextError, readLenientJson } from "./lenientJson";
import { headerOf } from "./retry";
import type { Reply } from "./transport";
import { isArray, isObject, type Value } from "./values";

/** A body that arrived, or why it could not be read. */
export type Received = { readonly body: Value } | { readonly invalid: string };

/**
 * The body of an answer. Text under a JSON content type (the default) is read as Azure reads it; under another it
 * stays text. An answer without content has the body null.
 */
export function receive(reply: Extract<Reply, { status: number }>): Received {
    const { body } = reply;
    if (body === undefined || reply.status === 204) {
        return { body: null };
    }
    const contentType = headerOf(reply.headers ?? {}, "content-type") ?? "application/json";
    if (typeof body !== "string" || !isJsonType(contentType)) {
        return { body };
    }
    try {
        return { body: readLenientJson(body) };
    } catch (error) {
        if (error instanceof JsonTextError) {
            return { invalid: error.message };
        }
        throw error;
    }
}

/** The body of a request: text under a JSON content type is shown as the JSON that it is. */
export function requestBody(body: Value, headers: { readonly [name: string]: string }): Value {
    const contentType = headerOf(headers, "content-type");
    if (typeof body !== "string" || contentType === undefined || !isJsonType(contentType)) {
        return body;
    }
    try {
        const read = readLenientJson(body);
        return isObject(read) || isArray(read) ? read : body;
    } catch {
        return body;
    }
}

function isJsonType(contentType: string): boolean {
    const type = (contentType.split(";")[0] ?? "").trim().toLowerCase();
    return type === "application/json" || type === "text/json" || type.endsWith("+json");
}
