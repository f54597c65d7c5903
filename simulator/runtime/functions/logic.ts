import { compareDecimals, Decimal, decimalOf } from "../decimal";
import { ExpressionError, NotSupportedError } from "../errors";
import { compareNumbers, isEqual, isInteger, isNumber, toDouble, typeName, type Value } from "../values";
import type { Evaluate, Scope } from "../evaluate";
import { argument, requireBoolean } from "./arguments";
import { eager, eagerWithDecimals, type Implementation, type Implementations } from "./implementation";
import { upperCase } from "./strings";

/** Logical functions and comparisons. `and`, `or` and `if` evaluate only what they need. */
export const logicFunctions: Implementations = {
    and: shortCircuit("and", false),
    or: shortCircuit("or", true),
    not: eager((args) => !requireBoolean(argument("not", args, 0))),
    if: {
        lazy: true,
        evaluate: ([condition, then, otherwise], scope) => {
            const value = condition?.(scope) ?? null;
            // The two results are not evaluated yet, but they count when the message says which parameter it is.
            const taken = requireBoolean(argument("if", [value, null, null], 0)) ? then : otherwise;
            return taken?.(scope) ?? null;
        },
    },
    coalesce: { lazy: true, evaluate: coalesce },
    equals: eagerWithDecimals(([first = null, ...rest]) => rest.every((value) => areEqual(first, value))),
    greater: comparison("greater", (order) => order > 0),
    greaterOrEquals: comparison("greaterOrEquals", (order) => order >= 0),
    less: comparison("less", (order) => order < 0),
    lessOrEquals: comparison("lessOrEquals", (order) => order <= 0),
};

/** The first that is not null. Sources disagree on whether those after it are evaluated, so they must not fail. */
function coalesce(args: readonly Evaluate[], scope: Scope): Value {
    let found: Value = null;
    for (const arg of args) {
        try {
            const value = arg(scope);
            found ??= value;
        } catch (error) {
            throw found !== null && error instanceof ExpressionError
                ? new NotSupportedError(
                      "A parameter of function 'coalesce' that fails after one that is not null is not supported by " +
                          "the simulator.",
                  )
                : error;
        }
    }
    return found;
}

/**
 * Numbers equal numbers by value, `true` equals 1 (as Microsoft's page says), other types only their own. What sources
 * disagree on is refused.
 */
function areEqual(a: Value, b: Value): boolean {
    if (a instanceof Decimal || b instanceof Decimal) {
        const [left, right] = [decimalFor(a), decimalFor(b)];
        return left !== undefined && right !== undefined && compareDecimals(left, right) === 0;
    }
    if (typeof a === "boolean" && typeof b !== "boolean") {
        return equalsBoolean(a, b);
    }
    if (typeof b === "boolean" && typeof a !== "boolean") {
        return equalsBoolean(b, a);
    }
    if ((a === null && b === "") || (a === "" && b === null)) {
        throw ambiguous("null and an empty string");
    }
    return isEqual(a, b);
}

function equalsBoolean(boolean: boolean, other: Value): boolean {
    if (isNumber(other)) {
        const number = toDouble(other);
        if (number !== 0 && number !== 1) {
            throw ambiguous(`${boolean} and ${number}`);
        }
        return boolean === (number === 1);
    }
    if (typeof other === "string" && /^\s*(true|false)\s*$/i.test(other)) {
        throw ambiguous(`${boolean} and the text '${other}'`);
    }
    return false;
}

function ambiguous(what: string): NotSupportedError {
    return new NotSupportedError(
        `Comparing ${what} by function 'equals' is not supported by the simulator: documents disagree on the result.`,
    );
}

/** The decimal that a number is; undefined if it is no number. */
function decimalFor(value: Value): Decimal | undefined {
    if (value instanceof Decimal || !isNumber(value)) {
        return value instanceof Decimal ? value : undefined;
    }
    return isInteger(value) ? new Decimal(BigInt(value), 0) : decimalOf(toDouble(value));
}

function shortCircuit(name: string, decisive: boolean): Implementation {
    return {
        lazy: true,
        evaluate: (args: readonly Evaluate[], scope: Scope) => {
            for (const arg of args) {
                const value = arg(scope);
                if (typeof value !== "boolean") {
                    throw new ExpressionError(
                        `The template language function '${name}' expects all of its parameters to be booleans. ` +
                            `Found invalid parameter types: '${typeName(value)}'.`,
                    );
                }
                if (value === decisive) {
                    return decisive;
                }
            }
            return !decisive;
        },
    };
}

/** Numbers compare by value, strings ignoring letter case; nothing else has an order. */
function comparison(name: string, holds: (order: number) => boolean): Implementation {
    return eagerWithDecimals(([a = null, b = null]) => {
        if (isNumber(a) && isNumber(b)) {
            return holds(compareNumbers(a, b));
        }
        const [first, second] = [decimalFor(a), decimalFor(b)];
        if (first !== undefined && second !== undefined) {
            return holds(compareDecimals(first, second));
        }
        if (typeof a === "string" && typeof b === "string") {
            const [left, right] = [upperCase(a), upperCase(b)];
            return holds(left < right ? -1 : left > right ? 1 : 0);
        }
        throw incomparable(name, a, b);
    });
}

function incomparable(name: string, a: Value, b: Value): ExpressionError {
    const invalid = [a, b].filter((value) => !isNumber(value) && typeof value !== "string").map(typeName);
    return new ExpressionError(
        invalid.length === 0
            ? `The template language function '${name}' expects two parameter of matching types. The function was ` +
                  `invoked with values of type '${typeName(a)}' and '${typeName(b)}' that do not match.`
            : `The template language function '${name}' expects all of its parameters to be either integer or ` +
                  `decimal numbers. Found invalid parameter types: '${invalid.join("', '")}'.`,
    );
}
