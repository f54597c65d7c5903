/** How executions end, with Azure's codes and messages. */
import type { ActionStatus, ErrorRecord } from "./records";
import type { Value } from "./values";

/** The end of an execution. */
export interface Outcome {
    readonly status: ActionStatus;
    readonly code?: string;
    readonly error?: ErrorRecord;
    readonly outputs?: Value;
}

/** Succeeded, with code `OK`. */
export function succeeded(outputs?: Value): Outcome {
    return { status: "Succeeded", code: "OK", outputs };
}

/** Succeeded without a code, as variables and containers do. */
export const DONE: Outcome = { status: "Succeeded" };

/** Failed with an error of the same code. */
export function failed(code: string, message: string, outputs?: Value): Outcome {
    return { status: "Failed", code, error: { code, message }, outputs };
}

/** An expression in an action's inputs could not be evaluated. */
export function invalidInputs(action: string, message: string): Outcome {
    return invalidTemplate(
        `Unable to process template language expressions in action '${action}' inputs at line '0' and column '0': ` +
            `'${message}'.`,
    );
}

/** An expression of a container could not be evaluated: a condition, or what a loop is for. */
export function invalidExpression(action: string, message: string): Outcome {
    return invalidTemplate(
        `Unable to process template language expressions for action '${action}' at line '0' and column '0': ` +
            `'${message}'.`,
    );
}

/** The expression of an If, Switch or Until has a value of the wrong type. */
export function invalidScopeValue(
    action: string,
    expression: string,
    actual: string,
    expected: string,
): Outcome {
    return failed(
        "ExpressionEvaluationFailed",
        `The execution of template action '${action}' failed: The result of the evaluation of 'scope' action ` +
            `expression '${expression}' is not valid. It is of type '${actual}' but is expected to be a value of ` +
            `type '${expected}'.`,
    );
}

/** What a Foreach is for is no array. */
export function invalidForeachValue(action: string, expression: string, actual: string): Outcome {
    return failed(
        "ExpressionEvaluationFailed",
        `The execution of template action '${action}' failed: the result of the evaluation of 'foreach' expression ` +
            `'${expression}' is of type '${actual}'. The result must be a valid array.`,
    );
}

/** A run, or a container, in which something failed that nothing handled. */
export const ACTION_FAILED: ErrorRecord = {
    code: "ActionFailed",
    message: "An action failed. No dependent actions succeeded.",
};

/** What a container ends with when its branches ended so. */
export function containerOutcome(status: "Succeeded" | "Failed" | "TimedOut"): Outcome {
    return status === "Succeeded" ? DONE : { status, code: ACTION_FAILED.code, error: ACTION_FAILED };
}

/** Longer than its `limit.timeout`. */
export function timedOut(action: string, limit: string): Outcome {
    return {
        status: "TimedOut",
        code: "ActionTimedOut",
        error: {
            code: "ActionTimedOut",
            message: `The execution of template action '${action}' failed: it exceeded the action's timeout limit of '${limit}'.`,
        },
    };
}

/** A predecessor ended in a status that `runAfter` does not list. */
export function skippedByRunAfter(
    action: string,
    predecessor: string,
    expected: readonly string[],
    actual: string,
): Outcome {
    return skipped(
        "ActionSkipped",
        "ActionConditionFailed",
        `The execution of template action '${action}' is skipped: the 'runAfter' condition for action ` +
            `'${predecessor}' is not satisfied. Expected status values '${expected.join(", ")}' and actual value ` +
            `'${actual}'.`,
    );
}

/** The container did not get to run its actions. */
export function skippedByContainer(
    action: string,
    container: string,
    status: string,
    code: string | undefined,
): Outcome {
    return skipped(
        "ActionDependencyFailed",
        "ActionDependencyFailed",
        `The execution of template action '${action}' is skipped: dependant action '${container}' completed with ` +
            `status '${status}' and code '${code ?? "NotSpecified"}'.`,
    );
}

/** In a branch, or a case, that was not taken. */
export function skippedByBranch(action: string): Outcome {
    return skipped(
        "ActionBranchingConditionNotSatisfied",
        "ActionBranchingConditionNotSatisfied",
        `The execution of template action '${action}' skipped: the branching condition for this action is not ` +
            "satisfied.",
    );
}

/** In a loop that had no iteration. */
export const NOT_REPEATED: Outcome = { status: "Skipped", code: "ActionSkipped" };

/** Not started when a Terminate ended the run. */
export const SKIPPED_BY_TERMINATE: Outcome = { status: "Skipped", code: "Terminated" };

/** Under way when a Terminate ended the run. */
export const CANCELLED_BY_TERMINATE: Outcome = { status: "Cancelled", code: "Terminated" };

function skipped(code: string, errorCode: string, message: string): Outcome {
    return { status: "Skipped", code, error: { code: errorCode, message } };
}

function invalidTemplate(message: string): Outcome {
    return { status: "Failed", code: "BadRequest", error: { code: "InvalidTemplate", message } };
}
