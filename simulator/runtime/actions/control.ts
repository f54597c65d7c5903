import type { ActionNode } from "../../../language/outline";
import { addUnits, fromUnixMs, requireDateTime, toUnixMs } from "../dateTime";
import { ExpressionError } from "../errors";
import type { Handler } from "../handler";
import { failed, succeeded } from "../outcomes";
import { isInteger, isObject, toText, type Value } from "../values";
import { compileInputs } from "./inputs";

/** Ends the run, with any of three statuses and, if that is Failed, an error. */
export function compileTerminate(node: ActionNode): Handler {
    const evaluate = compileInputs(node);
    return (activity) => {
        const inputs = evaluate(activity.scope);
        activity.showInputs(inputs);
        const status = runStatusOf(toText(inputs["runStatus"] ?? null));
        const error = inputs["runError"] ?? null;
        activity.terminate(
            status,
            isObject(error)
                ? { code: toText(error["code"] ?? null), message: toText(error["message"] ?? null) }
                : undefined,
        );
    };
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
        activity.finish(
            activity.claimResponse()
                ? succeeded(inputs)
                : failed("BadRequest", "The response of the workflow has already been sent."),
        );
    };
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
    if (!isInteger(count) || count < 0) {
        throw new ExpressionError(
            `The 'count' of a Wait's interval must be a non-negative integer. The provided value is ` +
                `'${toText(count)}'.`,
        );
    }
    return toUnixMs(addUnits("wait", fromUnixMs(now), BigInt(count), toText(unit))) - now;
}
