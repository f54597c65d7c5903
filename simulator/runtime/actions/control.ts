import type { ActionNode } from "../../../language/outline";
import { addUnits, fromUnixMs, requireDateTime, toUnixMs } from "../dateTime";
import { ExpressionError, NotSupportedError } from "../errors";
import type { Activity, Handler } from "../handler";
import { ACTION_FAILED, failed, succeeded, type Outcome } from "../outcomes";
import type { ErrorRecord } from "../records";
import { isInteger, isObject, toText, typeName, type Value, type ValueObject } from "../values";
import { compileInputs } from "./inputs";

/** A request that nobody answers ends after this long. Source: Microsoft Learn, limits reference (Consumption). */
const INBOUND_TIMEOUT_MS = 120_000;

/** Ends the run, with any of three statuses and, if that is Failed, an error. */
export function compileTerminate(node: ActionNode): Handler {
    const evaluate = compileInputs(node);
    return (activity) => {
        const inputs = evaluate(activity.scope);
        activity.showInputs(inputs);
        const status = runStatusOf(toText(inputs["runStatus"] ?? null));
        activity.terminate(status, runErrorOf(inputs["runError"] ?? null));
    };
}

/** Azure refuses one that is no object when it saves; what it does when only the run shows it is not documented. */
function runErrorOf(error: Value): ErrorRecord | undefined {
    if (error === null) {
        return undefined;
    }
    if (!isObject(error)) {
        throw new NotSupportedError(
            `A 'runError' of type '${typeName(error)}' is not supported by the simulator; an object is.`,
        );
    }
    return { code: toText(error["code"] ?? ACTION_FAILED.code), message: toText(error["message"] ?? null) };
}

/** Waits for an interval, or until a point in time; one that has passed is no wait. */
export function compileWait(node: ActionNode): Handler {
    const evaluate = compileInputs(node);
    return (activity) => {
        const inputs = evaluate(activity.scope);
        activity.showInputs(inputs);
        activity.after(waitOf(inputs["interval"], inputs["until"], activity.now), () =>
            activity.finish(succeeded()),
        );
    };
}

/** Answers the request that started the run, once. */
export function compileResponse(node: ActionNode): Handler {
    const evaluate = compileInputs(node);
    return (activity) => {
        const inputs = evaluate(activity.scope);
        activity.showInputs(inputs);
        activity.finish(answer(activity, inputs));
    };
}

function answer(activity: Activity, inputs: ValueObject): Outcome {
    if (!activity.claimResponse()) {
        return failed("BadRequest", "The response of the workflow has already been sent.");
    }
    return activity.now - activity.runStart > INBOUND_TIMEOUT_MS
        ? failed(
              "ActionResponseTimedOut",
              `The execution of template action '${activity.action.name}' failed: the client has been told 504 ` +
                  "(Gateway Timeout) already, as it waits for a response no longer than 120 seconds.",
          )
        : succeeded(inputs);
}

function runStatusOf(status: string): "Succeeded" | "Failed" | "Cancelled" {
    const known = (["Succeeded", "Failed", "Cancelled"] as const).find(
        (each) => each.toLowerCase() === status.toLowerCase(),
    );
    if (known === undefined) {
        throw new ExpressionError(
            `The 'runStatus' of a Terminate must be 'Succeeded', 'Failed' or 'Cancelled'. The provided value is ` +
                `'${status}'.`,
        );
    }
    return known;
}

/** Milliseconds from `now`. */
function waitOf(interval: Value | undefined, until: Value | undefined, now: number): number {
    if (isObject(until ?? null)) {
        const { timestamp = null } = until as { readonly timestamp?: Value };
        return Math.max(0, toUnixMs(requireDateTime("wait", timestamp)) - now);
    }
    const { count = null, unit = null } = isObject(interval ?? null)
        ? (interval as { readonly count?: Value; readonly unit?: Value })
        : {};
    if (typeof count === "string" && /^\d+$/.test(count)) {
        throw new NotSupportedError(
            `A number as text ("${count}") as the 'count' of a Wait's interval is not supported by the simulator.`,
        );
    }
    if (!isInteger(count) || count < 0) {
        throw new ExpressionError(
            `The 'count' of a Wait's interval must be a non-negative integer. The provided value is ` +
                `'${toText(count)}'.`,
        );
    }
    return toUnixMs(addUnits("wait", fromUnixMs(now), BigInt(count), toText(unit))) - now;
}
