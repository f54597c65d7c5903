import { objectOf, type ActionNode } from "../../../language/outline";
import { durationMs } from "../durations";
import { NotSupportedError } from "../errors";
import type { Activity, Handler } from "../handler";
import { statusName } from "../httpStatus";
import { failed, timedOut, type Outcome } from "../outcomes";
import { receive, requestBody } from "../payload";
import { headerOf, isRetriable, retriesOf, retryAfter, type Retries } from "../retry";
import type { Reply } from "../transport";
import { isObject, type Value, type ValueObject } from "../values";
import { compileInputs } from "./inputs";
import { hasOption } from "./options";
import { connectionRequest, headersOf, httpRequest, pollRequest, sanitize, type Unsent } from "./requests";

/** An attempt without an answer ends after this long. Source: Microsoft Learn, limits reference (Consumption). */
const OUTBOUND_TIMEOUT_MS = 120_000;

/** Polls of an asynchronous operation that does not say when. */
const POLL_INTERVAL_MS = 10_000;

/** Polls of one operation after which its answers are taken to go on for ever; more than a day of them. */
const MAX_POLLS = 10_000;

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
    const limit = limitOf(node);
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
        if (limit !== undefined) {
            activity.after(limit.milliseconds, () => activity.finish(timedOut(node.name, limit.text)));
        }
        const queries = isObject(inputs["queries"] ?? null) ? (inputs["queries"] as ValueObject) : {};
        attempt({ activity, request, queries, body, retries, polls }, 1);
    };
}

/** How long the action may take, with all of its attempts; undefined if there is no limit of its own. */
function limitOf(node: ActionNode): { readonly milliseconds: number; readonly text: string } | undefined {
    const { timeout } = objectOf(node.body["limit"]);
    if (timeout === undefined) {
        return undefined;
    }
    const milliseconds = typeof timeout === "string" ? durationMs(timeout) : undefined;
    if (typeof timeout !== "string" || milliseconds === undefined) {
        throw new NotSupportedError(
            "A 'limit.timeout' that is no ISO 8601 duration as plain text is not supported by the simulator.",
            node.name,
        );
    }
    return { milliseconds, text: timeout };
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
function poll(call: Call, location: string, accepted: Reply, number: number, polls = 1): void {
    const { activity } = call;
    if (polls > MAX_POLLS) {
        throw new NotSupportedError(
            `More than ${MAX_POLLS} polls of one asynchronous operation are not supported by the simulator.`,
        );
    }
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
                poll(call, pollLocation(asked, reply) ?? location, reply, number, polls + 1);
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

/** Where an accepted operation says that its result will be; it may be relative to what was asked. */
function pollLocation(call: Call, reply: Extract<Reply, { status: number }>): string | undefined {
    const location = headerOf(reply.headers ?? {}, "location");
    if (reply.status !== 202 || location === undefined) {
        return undefined;
    }
    if (call.request.kind === "connection") {
        return location;
    }
    return URL.canParse(location, call.request.uri) ? new URL(location, call.request.uri).href : undefined;
}
