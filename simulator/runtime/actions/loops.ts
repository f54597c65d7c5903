import { containersOf, isOfType, objectOf, type ActionNode } from "../../../language/outline";
import { compileCondition } from "../conditions";
import { durationMs } from "../durations";
import { ExpressionError, NotSupportedError } from "../errors";
import { compileValue } from "../evaluate";
import type { Frame } from "../frame";
import type { Activity, Handler, ScopeStatus } from "../handler";
import {
    ACTION_FAILED,
    containerOutcome,
    DONE,
    failed,
    invalidExpression,
    invalidForeachValue,
    invalidScopeValue,
    NOT_REPEATED,
    type Outcome,
} from "../outcomes";
import type { PlannedScope } from "../plan";
import { isArray, typeName, type Value } from "../values";
import { endUnrun } from "./branches";
import { hasOption } from "./options";

/** Iterations of a Foreach at once where it does not say. Source: Microsoft Learn, limits reference. */
const DEFAULT_CONCURRENCY = 20;

/** Elements that a Foreach takes. Source: Microsoft Learn, limits reference. */
const MAX_FOREACH_ITEMS = 100_000;

/** Limits of an Until where it does not say. */
const DEFAULT_UNTIL_COUNT = 60;
const DEFAULT_UNTIL_TIMEOUT = "PT1H";

const EMPTY: PlannedScope = { actions: [], leaves: [] };

/** Runs its actions for every element; the failure of one iteration does not stop the others. */
export function compileForeach(node: ActionNode): Handler {
    const source = node.body["foreach"] ?? null;
    const evaluate = compileValue(source);
    const concurrency = concurrencyOf(node);
    return (activity) => {
        const items = elementsOf(activity, source, () => evaluate(activity.scope));
        if (items === undefined) {
            return;
        }
        activity.execution.iterations = [];
        if (items.length === 0) {
            activity.settle(activity.action.branches, () => NOT_REPEATED);
            activity.finish(DONE);
            return;
        }
        iterate(activity, items, concurrency);
    };
}

/** Repeats its actions until the condition holds, which is looked at after each iteration, or a limit is reached. */
export function compileUntil(node: ActionNode): Handler {
    const condition = compileCondition(node.body["expression"] ?? null);
    const limit = limitOf(node);
    const failsAtLimit = hasOption(node, "FailWhenLimitsReached");
    return (activity) => {
        const { execution } = activity;
        execution.iterations = [];
        const afterIteration = (frame: Frame, status: ScopeStatus, count: number): void => {
            const met = evaluateCondition(activity, condition, frame);
            if (typeof met !== "boolean") {
                endLoop(activity, frame, met);
            } else if (met) {
                endLoop(activity, frame, containerOutcome(status));
            } else if (count >= limit.count || activity.now - execution.startTime >= limit.timeout) {
                endLoop(activity, frame, failsAtLimit ? limitReached(node.name) : containerOutcome(status));
            } else {
                next(count);
            }
        };
        const next = (index: number): void => {
            const frame = execution.frame.iteration(activity.action, index);
            execution.iterations?.push(frame);
            const branch = activity.action.branches[0] ?? EMPTY;
            activity.runScope(branch, (status) => afterIteration(frame, status, index + 1), frame);
        };
        next(0);
    };
}

function iterate(activity: Activity, items: readonly Value[], concurrency: number): void {
    const { execution, action } = activity;
    const branch = action.branches[0] ?? EMPTY;
    const statuses = new Set<ScopeStatus>();
    let started = 0;
    let finished = 0;
    const startNext = (): void => {
        const index = started++;
        const frame = execution.frame.iteration(action, index, items[index]);
        execution.iterations?.push(frame);
        activity.runScope(branch, end, frame);
    };
    const end = (status: ScopeStatus): void => {
        statuses.add(status);
        finished += 1;
        if (started < items.length) {
            startNext();
        } else if (finished === items.length) {
            activity.finish(containerOutcome(worst(statuses)));
        }
    };
    while (started < Math.min(concurrency, items.length)) {
        startNext();
    }
}

function worst(statuses: ReadonlySet<ScopeStatus>): ScopeStatus {
    return statuses.has("Failed") ? "Failed" : statuses.has("TimedOut") ? "TimedOut" : "Succeeded";
}

/** What a Foreach is for, or undefined after the execution has been ended because it is no array. */
function elementsOf(activity: Activity, source: Value, evaluate: () => Value): readonly Value[] | undefined {
    const { name } = activity.action;
    let value: Value;
    try {
        value = evaluate();
    } catch (error) {
        if (!(error instanceof ExpressionError)) {
            throw error;
        }
        endUnrun(activity, invalidExpression(name, error.message));
        return undefined;
    }
    if (!isArray(value)) {
        const written = typeof source === "string" ? source : "";
        endUnrun(activity, invalidForeachValue(name, written, typeName(value)));
        return undefined;
    }
    if (value.length > MAX_FOREACH_ITEMS) {
        const message = `The foreach action '${name}' has ${value.length} items; the limit is ${MAX_FOREACH_ITEMS}.`;
        endUnrun(activity, failed("BadRequest", message));
        return undefined;
    }
    return value;
}

/** Nested loops run one iteration at a time, whatever they say. Source: Microsoft Learn, loops (2025-08-20). */
function concurrencyOf(node: ActionNode): number {
    const nested = containersOf(node).some((container) => isOfType(container, "Foreach"));
    const configured = objectOf(objectOf(node.body["runtimeConfiguration"])["concurrency"])["repetitions"];
    if (configured !== undefined && typeof configured !== "number") {
        throw new NotSupportedError(
            "A 'concurrency.repetitions' that is no plain number is not supported by the simulator.",
            node.name,
        );
    }
    return nested || hasOption(node, "Sequential") ? 1 : (configured ?? DEFAULT_CONCURRENCY);
}

function limitOf(node: ActionNode): { readonly count: number; readonly timeout: number } {
    const { count = DEFAULT_UNTIL_COUNT, timeout = DEFAULT_UNTIL_TIMEOUT } = objectOf(node.body["limit"]);
    const milliseconds = typeof timeout === "string" ? durationMs(timeout) : undefined;
    if (typeof count !== "number" || milliseconds === undefined) {
        throw new NotSupportedError(
            "The limit of an Until must be a number as 'count' and an ISO 8601 duration as 'timeout'; other forms " +
                "are not supported by the simulator.",
            node.name,
        );
    }
    return { count, timeout: milliseconds };
}

/** Whether the condition holds, or how the loop ends because it cannot be told. */
function evaluateCondition(
    activity: Activity,
    condition: ReturnType<typeof compileCondition>,
    frame: Frame,
): boolean | Outcome {
    const { name } = activity.action;
    try {
        const value = condition.evaluate(activity.scopeIn(frame));
        return typeof value === "boolean"
            ? value
            : invalidScopeValue(name, condition.source, typeName(value), "Boolean");
    } catch (error) {
        if (error instanceof ExpressionError) {
            return invalidExpression(name, error.message);
        }
        throw error;
    }
}

/** What follows the loop sees its last iteration. */
function endLoop(activity: Activity, last: Frame, outcome: Outcome): void {
    for (const [action, execution] of last.executions) {
        activity.execution.frame.executions.set(action, execution);
    }
    activity.finish(outcome);
}

function limitReached(name: string): Outcome {
    return failed(ACTION_FAILED.code, `The Until '${name}' reached its limits before its condition held.`);
}
