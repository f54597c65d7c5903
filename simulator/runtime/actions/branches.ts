import { isJsonObject } from "../../../language/json";
import { objectOf, type ActionNode } from "../../../language/outline";
import { compileCondition } from "../conditions";
import { ExpressionError } from "../errors";
import { compileValue, type Evaluate } from "../evaluate";
import type { Activity, Handler } from "../handler";
import {
    containerOutcome,
    invalidExpression,
    invalidScopeValue,
    skippedByBranch,
    skippedByContainer,
    type Outcome,
} from "../outcomes";
import type { PlannedScope } from "../plan";
import { isEqual, isInteger, typeName, type Value } from "../values";

const EMPTY: PlannedScope = { actions: [], leaves: [] };

/** Runs its actions. */
export function compileScope(): Handler {
    return (activity) => take(activity, activity.action.branches[0]);
}

/** Runs one of two branches. */
export function compileIf(node: ActionNode): Handler {
    const condition = compileCondition(node.body["expression"] ?? null);
    const [then, otherwise] = branchIndexes([node.body, objectOf(node.body["else"])]);
    return (activity) => {
        const value = evaluateOrFail(activity, condition.evaluate);
        if (value === undefined) {
            return;
        }
        if (typeof value !== "boolean") {
            endUnrun(activity, invalidScopeValue(node.name, condition.source, typeName(value), "Boolean"));
            return;
        }
        take(activity, branchAt(activity, value ? then : otherwise));
    };
}

/** Runs the case whose value is that of the expression, or else the default. Text is compared with letter case. */
export function compileSwitch(node: ActionNode): Handler {
    const expression = node.body["expression"] ?? null;
    const evaluate = compileValue(expression);
    const cases = Object.values(objectOf(node.body["cases"])).map(objectOf);
    const values = cases.map((each) => compileValue(each["case"] ?? null));
    const indexes = branchIndexes([...cases, objectOf(node.body["default"])]);
    return (activity) => {
        const value = evaluateOrFail(activity, evaluate);
        if (value === undefined) {
            return;
        }
        if (typeof value !== "string" && !isInteger(value)) {
            const source = typeof expression === "string" ? expression : "";
            endUnrun(activity, invalidScopeValue(node.name, source, typeName(value), "String, Integer"));
            return;
        }
        const caseValues = values.map((each) => each(activity.scope));
        const other = caseValues.find((each) => typeName(each) !== typeName(value));
        if (other !== undefined) {
            failBranches(activity, value, other);
            return;
        }
        const matching = caseValues.findIndex((each) => isEqual(each, value));
        take(activity, branchAt(activity, indexes[matching < 0 ? cases.length : matching]));
    };
}

/** The places among the planned branches: what has no actions has no place. */
function branchIndexes(holders: readonly { readonly actions?: unknown }[]): readonly (number | undefined)[] {
    let next = 0;
    return holders.map((holder) =>
        isJsonObject(holder) && holder["actions"] !== undefined ? next++ : undefined,
    );
}

function branchAt(activity: Activity, index: number | undefined): PlannedScope | undefined {
    return index === undefined ? undefined : activity.action.branches[index];
}

/** Runs one branch and skips the others. */
function take(activity: Activity, taken: PlannedScope = EMPTY): void {
    activity.settle(
        activity.action.branches.filter((branch) => branch !== taken),
        (action) => skippedByBranch(action.name),
    );
    activity.runScope(taken, (status) => activity.finish(containerOutcome(status)));
}

/** The value, or undefined after the execution has been ended because there is none. */
function evaluateOrFail(activity: Activity, evaluate: Evaluate): Value | undefined {
    try {
        return evaluate(activity.scope);
    } catch (error) {
        if (!(error instanceof ExpressionError)) {
            throw error;
        }
        endUnrun(activity, invalidExpression(activity.action.name, error.message));
        return undefined;
    }
}

/** Ends a container that did not get to run its actions. */
export function endUnrun(activity: Activity, outcome: Outcome): void {
    const { name, branches } = activity.action;
    activity.settle(branches, (action) =>
        skippedByContainer(action.name, name, outcome.status, outcome.code),
    );
    activity.finish(outcome);
}

/** Azure compares cases with a function that insists on equal types; every action that it guards fails with it. */
function failBranches(activity: Activity, value: Value, other: Value): void {
    activity.settle(activity.action.branches, (action) => ({
        status: "Failed",
        code: "InternalServerError",
        error: {
            code: "ActionConditionFailed",
            message:
                `The execution of template action '${action.name}' failed: an unexpected exception encountered when ` +
                "evaluating branching condition. 'Template language function 'strongEquals' expects parameters of " +
                `same type, but found '${typeName(value)},${typeName(other)}' distinct types.'`,
        },
    }));
    activity.finish(containerOutcome("Failed"));
}
