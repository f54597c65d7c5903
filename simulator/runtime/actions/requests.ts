/** What calls put on the wire, and what the run history shows of it. */
import { MAX_URI_LENGTH } from "../../../language/limits";
import { isSameName } from "../../../language/names";
import { ExpressionError, NotSupportedError } from "../errors";
import { encodeUri } from "../functions/encoding";
import type { Activity } from "../handler";
import { failed, type Outcome } from "../outcomes";
import { AUTHENTICATION_TYPE } from "../supported";
import type { ConnectionRequest, HttpRequest } from "../transport";
import { isObject, toJson, toText, typeName, type Value, type ValueObject } from "../values";

const SANITIZED = "*sanitized*";

/** A request without what changes from attempt to attempt. */
export type Unsent = Omit<HttpRequest, "time" | "attempt"> | Omit<ConnectionRequest, "time" | "attempt">;

/** The request of an Http action, or the outcome of one that cannot be sent. */
export function httpRequest(inputs: ValueObject, activity: Activity, body: Value): Unsent | Outcome {
    const uri = toText(inputs["uri"] ?? null);
    if (!/^https?:\/\//i.test(uri) || !URL.canParse(uri)) {
        return failed("BadRequest", `Http request failed: '${uri}' is no absolute http or https URI.`);
    }
    const audience = audienceOf(inputs["authentication"]);
    const sent = withQueries(uri, objectInput(inputs, "queries"));
    if (sent.length > MAX_URI_LENGTH) {
        throw new NotSupportedError(
            `A URI of ${sent.length} characters is not supported by the simulator; the limit is ${MAX_URI_LENGTH}.`,
        );
    }
    return {
        kind: "http",
        ...common(inputs, activity, body),
        uri: sent,
        ...(audience === undefined ? {} : { audience }),
    };
}

/** The request of an ApiConnection action. */
export function connectionRequest(inputs: ValueObject, activity: Activity, body: Value): Unsent {
    const host = inputs["host"] ?? null;
    const connection = isObject(host) ? (host["connection"] ?? null) : null;
    const connectionId = isObject(connection) ? toText(connection["name"] ?? null) : "";
    return {
        kind: "connection",
        ...common(inputs, activity, body),
        connection: activity.connectionKey(connectionId),
        connectionId,
        path: toText(inputs["path"] ?? null),
        queries: toJson(objectInput(inputs, "queries")) as ConnectionRequest["queries"],
    };
}

/** The request that asks for the result of an accepted one. */
export function pollRequest(request: Unsent, location: string): Unsent {
    const asked = { ...request, method: "GET", body: null };
    if (asked.kind === "http") {
        return { ...asked, uri: location };
    }
    // A connector's operation is asked through its connection.
    return { ...asked, path: location, queries: {} };
}

/** The headers as they are sent. */
export function headersOf(inputs: ValueObject): { readonly [name: string]: string } {
    return Object.fromEntries(
        Object.entries(objectInput(inputs, "headers")).map(([name, value]) => [name, toText(value)]),
    );
}

/**
 * An input that is an object where it is given.
 *
 * @throws ExpressionError if it is something else
 */
function objectInput(inputs: ValueObject, name: string): ValueObject {
    const value = inputs[name] ?? {};
    if (!isObject(value)) {
        throw new ExpressionError(
            `The property '${name}' must be of type 'Object'. The provided value is of type '${typeName(value)}'.`,
        );
    }
    return value;
}

function common(inputs: ValueObject, activity: Activity, body: Value): CommonRequest {
    return {
        action: activity.action.name,
        index: activity.execution.frame.indexes,
        method: methodOf(inputs["method"] ?? null),
        headers: headersOf(inputs),
        body: toJson(body),
    };
}

type CommonRequest = Pick<HttpRequest, "action" | "index" | "method" | "headers" | "body">;

/** Methods that an action may ask with. Source: Microsoft Learn, "Schema reference guide", Http action. */
const METHODS = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

function methodOf(written: Value): string {
    const method = toText(written).toUpperCase();
    if (method === "") {
        throw new ExpressionError("Required property 'method' expects a value but got null. Path ''.");
    }
    if (!METHODS.includes(method)) {
        throw new NotSupportedError(
            `The method '${method}' is not supported by the simulator; ${METHODS.join(", ")} are.`,
        );
    }
    return method;
}

function withQueries(uri: string, queries: ValueObject): string {
    const pairs = Object.entries(queries).map(
        ([name, value]) => `${encodeUri(name)}=${encodeUri(toText(value))}`,
    );
    return pairs.length === 0 ? uri : `${uri}${uri.includes("?") ? "&" : "?"}${pairs.join("&")}`;
}

/** The audience of the managed identity's token. */
function audienceOf(authentication: Value | undefined): string | undefined {
    if (authentication === undefined || authentication === null) {
        return undefined;
    }
    const { type = null, audience = null } = isObject(authentication) ? authentication : {};
    if (!isSameName(toText(type), AUTHENTICATION_TYPE)) {
        throw new NotSupportedError(
            `The authentication type '${toText(type)}' is not supported by the simulator; ${AUTHENTICATION_TYPE} is.`,
        );
    }
    return toText(audience);
}

/** Inputs as the run history shows them: without the Authorization header, and with names of retry policies in capitals. */
export function sanitize(inputs: ValueObject): ValueObject {
    const { headers = null, retryPolicy = null } = inputs;
    const shown: { [name: string]: Value } = { ...inputs };
    if (isObject(headers)) {
        shown["headers"] = Object.fromEntries(
            Object.entries(headers).map(([name, value]) => [
                name,
                name.toLowerCase() === "authorization" ? SANITIZED : value,
            ]),
        );
    }
    if (isObject(retryPolicy)) {
        const type = toText(retryPolicy["type"] ?? null);
        shown["retryPolicy"] = { ...retryPolicy, type: type.slice(0, 1).toUpperCase() + type.slice(1) };
    }
    return shown;
}
