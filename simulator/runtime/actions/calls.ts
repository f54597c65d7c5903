import { objectOf, type ActionNode } from "../../../language/outline";
import { durationMs } from "../durations";
import { NotSupportedError } from "../errors";
import { encodeUri } from "../functions/encoding";
import type { Activity, Handler } from "../handler";
import { statusName } from "../httpStatus";
import { failed, timedOut, type Outcome } from "../outcomes";
import { receive, requestBody } from "../payload";
import { headerOf, isRetriable, retriesOf, retryAfter, type Retries } from "../retry";
import type { HttpRequest, OutboundRequest, Reply } from "../transport";
import { isObject, toJson, toText, type Value, type ValueObject } from "../values";
import { compileInputs } from "./inputs";

/** An attempt without an answer ends after this long. Source: Microsoft Learn, limits reference (Consumption). */
const OUTBOUND_TIMEOUT_MS = 120_000;

/** Polls of an asynchronous operation that does not say when. */
const POLL_INTERVAL_MS = 10_000;

const SANITIZED = "*sanitized*";

/** A request without what changes from attempt to attempt. */
type Unsent =
    | Omit<HttpRequest, "time" | "attempt">
    | Omit<Extract<OutboundRequest, { kind: "connection" }>, "time" | "attempt">;

/** A call under way. */
interface Call {
    readonly activity: Activity;
    readonly request: Unsent;
    readonly queries: ValueObject;
    readonly body: Value;
    readonly retries: Retries;
    readonly polls: boolean;
}

/** Calls an endpoint by its URI. */
export function compileHttp(node: ActionNode): Handler {
    return compileCall(node, httpRequest);
}

/** Calls an operation of a managed connector through an API connection. */
export function compileApiConnection(node: ActionNode): Handler {
    return compileCall(node, connectionRequest);
}

function compileCall(
    node: ActionNode,
    requestOf: (inputs: ValueObject, activity: Activity, body: Value) => Unsent | Outcome,
): Handler {
    const evaluate = compileInputs(node);
    const polls = !hasOption(node, "DisableAsyncPattern");
    const limit = objectOf(node.body["limit"])["timeout"];
    return (activity) => {
        const inputs = evaluate(activity.scope);
        const retries = retriesOf(inputs["retryPolicy"]);
        const body = requestBody(inputs["body"] ?? null, headersOf(inputs));
        const request = requestOf(inputs, activity, body);
        activity.showInputs(sanitize(inputs));
        if ("status" in request) {
            activity.finish(request);
            return;
        }
        if (typeof limit === "string") {
            activity.after(durationMs(limit) ?? 0, () => activity.finish(timedOut(node.name, limit)));
        }
        const queries = isObject(inputs["queries"] ?? null) ? (inputs["queries"] as ValueObject) : {};
        attempt({ activity, request, queries, body, retries, polls }, 1);
    };
}

function attempt(call: Call, number: number): void {
    const { activity } = call;
    activity.execution.attempts = number;
    send(call, call.request, number, (reply) => {
        const wait = retryWait(call, reply, number);
        if (wait !== undefined) {
            activity.after(wait, () => attempt(call, number + 1));
            return;
        }
        const location = "status" in reply && call.polls ? pollLocation(call, reply) : undefined;
        if (location === undefined) {
            activity.finish(outcomeOf(reply));
        } else {
            poll(call, location, reply, number);
        }
    });
}

/** Asks the location of an accepted operation until the answer is another than 202; that one is the outcome. */
function poll(call: Call, location: string, accepted: Reply, number: number): void {
    const { activity } = call;
    const headers = "status" in accepted ? (accepted.headers ?? {}) : {};
    activity.after(retryAfter(headers, activity.now) ?? POLL_INTERVAL_MS, () => {
        const asked: Call = {
            ...call,
            request: pollRequest(call.request, location),
            queries: {},
            body: null,
        };
        send(asked, asked.request, number, (reply) => {
            if ("status" in reply && reply.status === 202) {
                poll(call, pollLocation(call, reply) ?? location, reply, number);
            } else {
                activity.finish(outcomeOf(reply));
            }
        });
    });
}

function send(call: Call, request: Unsent, number: number, then: (reply: Reply) => void): void {
    const { activity } = call;
    const reply = activity.send({ ...request, time: activity.now, attempt: number }, call);
    const latency = "timeout" in reply ? Infinity : (reply.latency ?? 0);
    if (latency > OUTBOUND_TIMEOUT_MS) {
        activity.after(OUTBOUND_TIMEOUT_MS, () => then({ timeout: true }));
    } else {
        activity.after(latency, () => then(reply));
    }
}

/** Milliseconds before the next attempt, or undefined if there is none. */
function retryWait(call: Call, reply: Reply, number: number): number | undefined {
    if (number > call.retries.count || ("status" in reply && !isRetriable(reply.status))) {
        return undefined;
    }
    const asked = "status" in reply ? retryAfter(reply.headers ?? {}, call.activity.now) : undefined;
    return asked ?? call.retries.wait(number, call.activity.scope.random);
}

function outcomeOf(reply: Reply): Outcome {
    if ("timeout" in reply) {
        return failed("BadRequest", "Http request failed: the timeout was reached.");
    }
    if ("error" in reply) {
        return failed(reply.error, reply.message ?? `Http request failed: '${reply.error}'.`);
    }
    const received = receive(reply);
    if ("invalid" in received) {
        return failed(
            "InvalidProtocolResponse",
            `The response is not in a JSON format: '${received.invalid}'.`,
        );
    }
    const outputs = { statusCode: reply.status, headers: reply.headers ?? {}, body: received.body };
    return { status: reply.status < 400 ? "Succeeded" : "Failed", code: statusName(reply.status), outputs };
}

function httpRequest(inputs: ValueObject, activity: Activity, body: Value): Unsent | Outcome {
    const uri = toText(inputs["uri"] ?? null);
    if (!/^https?:\/\//i.test(uri) || !URL.canParse(uri)) {
        return failed("BadRequest", `Http request failed: '${uri}' is no absolute http or https URI.`);
    }
    const audience = audienceOf(inputs["authentication"]);
    return {
        kind: "http",
        ...common(inputs, activity, body),
        uri: withQueries(uri, inputs["queries"] ?? null),
        ...(audience === undefined ? {} : { audience }),
    };
}

function connectionRequest(inputs: ValueObject, activity: Activity, body: Value): Unsent {
    const host = inputs["host"] ?? null;
    const connection = isObject(host) ? (host["connection"] ?? null) : null;
    const connectionId = isObject(connection) ? toText(connection["name"] ?? null) : "";
    const queries = inputs["queries"] ?? null;
    return {
        kind: "connection",
        ...common(inputs, activity, body),
        connection: activity.connectionKey(connectionId),
        connectionId,
        path: toText(inputs["path"] ?? null),
        queries: isObject(queries) ? (toJson(queries) as HttpRequestQueries) : {},
    };
}

type HttpRequestQueries = Extract<OutboundRequest, { kind: "connection" }>["queries"];

function common(inputs: ValueObject, activity: Activity, body: Value): CommonRequest {
    return {
        action: activity.action.name,
        index: activity.execution.frame.indexes,
        method: toText(inputs["method"] ?? null).toUpperCase(),
        headers: headersOf(inputs),
        body: toJson(body),
    };
}

type CommonRequest = Pick<HttpRequest, "action" | "index" | "method" | "headers" | "body">;

function pollRequest(request: Unsent, location: string): Unsent {
    const asked = { ...request, method: "GET", body: null };
    if (asked.kind === "http") {
        return { ...asked, uri: location };
    }
    // A connector's operation is asked through its connection.
    return { ...asked, path: location, queries: {} };
}

/** Where an accepted operation says that its result will be. */
function pollLocation(call: Call, reply: Extract<Reply, { status: number }>): string | undefined {
    const location = headerOf(reply.headers ?? {}, "location");
    if (reply.status !== 202 || location === undefined) {
        return undefined;
    }
    return call.request.kind === "http" ? new URL(location, call.request.uri).href : location;
}

function headersOf(inputs: ValueObject): { readonly [name: string]: string } {
    const headers = inputs["headers"] ?? null;
    return Object.fromEntries(
        Object.entries(isObject(headers) ? headers : {}).map(([name, value]) => [name, toText(value)]),
    );
}

function withQueries(uri: string, queries: Value): string {
    const pairs = Object.entries(isObject(queries) ? queries : {}).map(
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
    if (toText(type).toLowerCase() !== "managedserviceidentity") {
        throw new NotSupportedError(
            `The authentication type '${toText(type)}' is not supported by the simulator; ManagedServiceIdentity is.`,
        );
    }
    return toText(audience);
}

/** The run history does not show the Authorization header, and names retry policies with a capital. */
function sanitize(inputs: ValueObject): ValueObject {
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

function hasOption(node: ActionNode, option: string): boolean {
    const options = node.body["operationOptions"];
    return (
        typeof options === "string" &&
        options.split(",").some((each) => each.trim().toLowerCase() === option.toLowerCase())
    );
}
