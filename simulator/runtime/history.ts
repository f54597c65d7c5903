/** Executions as expressions see them (`actions()`, `result()`), and times as Azure writes them. */
import { createHash } from "node:crypto";
import { nameKey } from "../../language/names";
import { formatDate, ROUND_TRIP } from "./dateFormat";
import { fromUnixMs } from "./dateTime";
import type { Execution, Frame } from "./frame";
import type { PlannedAction } from "./plan";
import { isObject, type Value, type ValueObject } from "./values";

/** A virtual time as expressions see it, e.g. `2026-01-15T10:30:00.0000000Z`. */
export function timeText(milliseconds: number): string {
    return formatDate(fromUnixMs(milliseconds), ROUND_TRIP);
}

/** What `actions('…')` gives, and `action()`; how it ended is not there while it is under way. */
export function actionView(execution: Execution, runName: string): ValueObject {
    const { action, outcome, inputs } = execution;
    return {
        name: action.name,
        ...(inputs === undefined ? {} : { inputs }),
        ...(outcome?.outputs === undefined ? {} : { outputs: outcome.outputs }),
        startTime: timeText(execution.startTime),
        ...(outcome === undefined ? {} : { endTime: timeText(execution.endTime) }),
        trackingId: trackingId(runName, action.name, execution.frame.indexes),
        clientTrackingId: runName,
        ...(outcome?.code === undefined ? {} : { code: outcome.code }),
        ...(outcome === undefined ? {} : { status: outcome.status }),
        ...(outcome?.error === undefined ? {} : { error: { ...outcome.error } }),
    };
}

/** What `body('…')` gives for outputs: of a Compose the whole, of others the property `body`. */
export function bodyOf(execution: Execution): Value {
    const outputs = execution.outcome?.outputs ?? null;
    if (nameKey(execution.action.type) === "compose") {
        return outputs;
    }
    return isObject(outputs) ? (outputs["body"] ?? null) : null;
}

/** What `result('…')` gives: the first-level actions of a scope or loop. */
export function resultView(container: Execution, runName: string): Value {
    const children = container.action.branches.flatMap((branch) => branch.actions);
    const iterations = container.iterations;
    if (iterations === undefined) {
        return viewsIn(container.frame, children, runName);
    }
    if (nameKey(container.action.type) === "until") {
        const last = iterations.at(-1);
        const views = last === undefined ? [] : viewsIn(last, children, runName);
        return views.map((view) => ({ ...view, repetitionCount: iterations.length }));
    }
    return children.map((child) => foreachView(child, iterations, runName));
}

function foreachView(child: PlannedAction, iterations: readonly Frame[], runName: string): Value {
    const views = iterations.flatMap((frame) => viewsIn(frame, [child], runName));
    const statuses = views.map((view) => view["status"]);
    const status =
        ["Failed", "TimedOut", "Cancelled", "Succeeded"].find((each) => statuses.includes(each)) ?? "Skipped";
    return { name: child.name, status, code: "NotSpecified", repetitionCount: views.length, outputs: views };
}

function viewsIn(frame: Frame, actions: readonly PlannedAction[], runName: string): readonly ValueObject[] {
    return actions.flatMap((action) => {
        const execution = frame.executions.get(action);
        return execution?.outcome === undefined ? [] : [actionView(execution, runName)];
    });
}

/** A GUID that depends on what it belongs to alone, so that looking at it changes nothing. */
export function trackingId(...of: readonly unknown[]): string {
    const digits = createHash("sha256").update(JSON.stringify(of)).digest("hex");
    return [8, 12, 16, 20, 32]
        .map((end, index, ends) => digits.slice(index === 0 ? 0 : ends[index - 1], end))
        .join("-");
}
