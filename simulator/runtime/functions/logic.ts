import { ExpressionError } from "../errors";
import { compareNumbers, isEqual, isNumber, typeName, type Value } from "../values";
import type { Evaluate, Scope } from "../evaluate";
import { argument, requireBoolean } from "./arguments";
import { eager, type Implementation, type Implementations } from "./implementation";
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
    coalesce: eager((args) => args.find((arg) => arg !== null) ?? null),
    equals: eager(([first = null, ...rest]) => rest.every((value) => isEqual(first, value))),
    greater: comparison("greater", (order) => order > 0),
    greaterOrEquals: comparison("greaterOrEquals", (order) => order >= 0),
    less: comparison("less", (order) => order < 0),
    lessOrEquals: comparison("lessOrEquals", (order) => order <= 0),
};

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
    return eager(([a = null, b = null]) => {
        if (isNumber(a) && isNumber(b)) {
            return holds(compareNumbers(a, b));
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
