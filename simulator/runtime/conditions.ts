/** Conditions: an expression, or an object with one operator whose operands may be conditions in turn. */
import { COMPARISON_OPERATORS } from "../../language/conditionOperators";
import { nameKey } from "../../language/names";
import { ExpressionError, RefusedError } from "./errors";
import { compileInvocation, compileValue, type Evaluate, type Scope } from "./evaluate";
import { isArray, isObject, typeName, type Value } from "./values";

/** A condition made ready; its value should be a boolean. */
export interface Condition {
    readonly evaluate: Evaluate;
    /** As written if it is an expression. */
    readonly source: string;
}

/** Comparisons by their operator, which is named like the function that they mean. */
const COMPARISONS = new Set(COMPARISON_OPERATORS.map(nameKey));

/**
 * @param value - of `expression`, or of Query's `where`
 * @throws RefusedError if an operator object has no operator that Azure knows
 */
export function compileCondition(value: Value): Condition {
    return { evaluate: compileOperand(value), source: typeof value === "string" ? value : "" };
}

/**
 * Whether the condition holds.
 *
 * @throws ExpressionError if its value is no boolean
 */
export function holds(condition: Condition, scope: Scope): boolean {
    const value = condition.evaluate(scope);
    if (typeof value !== "boolean") {
        throw new ExpressionError(
            `The result of the evaluation of the condition '${condition.source}' is of type '${typeName(value)}'. ` +
                "The result must be of type 'Boolean'.",
        );
    }
    return value;
}

function compileOperand(value: Value): Evaluate {
    if (!isObject(value)) {
        return compileValue(value);
    }
    const [operator = "", operands = null] = Object.entries(value)[0] ?? [];
    if (Object.keys(value).length !== 1) {
        throw invalid(`an object with one operator, not with ${Object.keys(value).length}`);
    }
    const key = nameKey(operator);
    if (key === "not") {
        return compileInvocation("not", [compileOperand(operands)]);
    }
    if (!isArray(operands)) {
        throw invalid(`an array of operands for '${operator}'`);
    }
    if (key === "and" || key === "or") {
        return compileInvocation(key, operands.map(compileOperand));
    }
    if (!COMPARISONS.has(key) || operands.length !== 2) {
        throw invalid(
            COMPARISONS.has(key)
                ? `two operands for '${operator}', not ${operands.length}`
                : `an operator that Azure knows, not '${operator}'`,
        );
    }
    if (operands.some(isArray)) {
        throw invalid(`operands of '${operator}' that are no arrays`);
    }
    return compileInvocation(key, operands.map(compileOperand));
}

function invalid(expected: string): RefusedError {
    return new RefusedError("InvalidTemplate", `A condition must be ${expected}.`);
}
