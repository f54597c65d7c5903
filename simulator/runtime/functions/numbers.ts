import { addDecimals, compareDecimals, Decimal, decimalOf, multiplyDecimals } from "../decimal";
import { ExpressionError, NotSupportedError } from "../errors";
import { formatNumber } from "../numberFormat";
import {
    compareNumbers,
    isInt64,
    isInteger,
    isNumber,
    toDouble,
    toFloat,
    toInteger,
    toText,
    type Float,
    type Value,
} from "../values";
import {
    argument,
    outOfRange,
    requireArray,
    requireInteger,
    requireNumber,
    requireString,
    wrongType,
} from "./arguments";
import { eager, eagerWithDecimals, type Implementation, type Implementations } from "./implementation";

/** One more than the greatest integer of 32 bits, and less the sign the least of them. */
const INT32 = 2 ** 31;

/** Arithmetic. Integers have 64 bits and stay exact; what does not fit is an error. */
export const numberFunctions: Implementations = {
    add: arithmetic("add", {
        ofIntegers: (a, b) => a + b,
        ofFloats: (a, b) => a + b,
        ofDecimals: (a, b) => addDecimals(a, b, 1n),
    }),
    sub: arithmetic("sub", {
        ofIntegers: (a, b) => a - b,
        ofFloats: (a, b) => a - b,
        ofDecimals: (a, b) => addDecimals(a, b, -1n),
    }),
    mul: arithmetic("mul", {
        ofIntegers: (a, b) => a * b,
        ofFloats: (a, b) => a * b,
        ofDecimals: multiplyDecimals,
    }),
    div: arithmetic("div", {
        ofIntegers: (a, b) => a / notZero("div", b),
        ofFloats: (a, b) => a / notZero("div", b),
    }),
    mod: arithmetic("mod", {
        ofIntegers: (a, b) => a % notZero("mod", b),
        ofFloats: (a, b) => a % notZero("mod", b),
    }),
    min: extreme("min", (order) => order < 0),
    max: extreme("max", (order) => order > 0),
    rand: eager((args, scope) => {
        const low = Number(requireInteger(argument("rand", args, 0)));
        const end = Number(requireInteger(argument("rand", args, 1)));
        if (low >= end) {
            throw outOfRange("rand", "the minimum value must be less than the maximum value.");
        }
        if (low < -INT32 || end >= INT32) {
            throw new NotSupportedError(
                "Bounds of function 'rand' that 32 bits do not hold are not supported by the simulator.",
            );
        }
        return low + scope.random.below(end - low);
    }),
    formatNumber: eager((args) =>
        formatNumber(
            requireNumber(argument("formatNumber", args, 0)),
            requireString(argument("formatNumber", args, 1)),
            args.length > 2 ? requireString(argument("formatNumber", args, 2)) : "en-US",
        ),
    ),
};

interface Operation {
    readonly ofIntegers: (a: bigint, b: bigint) => bigint;
    readonly ofFloats: (a: number, b: number) => number;
    /** Undefined where the result would have to be rounded; absent: not for decimals. */
    readonly ofDecimals?: (a: Decimal, b: Decimal) => Decimal | undefined;
}

/** Two integers give an integer, a float makes the result a float, and a decimal makes it a decimal. */
function arithmetic(name: string, operation: Operation): Implementation {
    return eagerWithDecimals((args) => {
        const [first = null, second = null] = args;
        if (first instanceof Decimal || second instanceof Decimal) {
            return decimalArithmetic(name, args, operation.ofDecimals);
        }
        const a = requireNumber(argument(name, args, 0));
        const b = requireNumber(argument(name, args, 1));
        if (!isInteger(a) || !isInteger(b)) {
            return toFloat(operation.ofFloats(toDouble(a), toDouble(b)));
        }
        const result = operation.ofIntegers(BigInt(a), BigInt(b));
        if (!isInt64(result)) {
            throw new ExpressionError(
                `The template language function '${name}' cannot be evaluated: arithmetic operation resulted in an ` +
                    "overflow.",
            );
        }
        return toInteger(result);
    });
}

function decimalArithmetic(name: string, args: readonly Value[], operate: Operation["ofDecimals"]): Value {
    const [a, b] = [0, 1].map((index) => requireDecimal(name, args, index));
    const result = a === undefined || b === undefined ? undefined : operate?.(a, b);
    if (result === undefined) {
        throw new NotSupportedError(
            `The decimal result of function '${name}' is not supported by the simulator: it may have to be rounded.`,
        );
    }
    return result;
}

/** The argument as a decimal; numbers of other kinds become one. */
function requireDecimal(name: string, args: readonly Value[], index: number): Decimal {
    const value = args[index] ?? null;
    if (value instanceof Decimal) {
        return value;
    }
    const number = requireNumber(argument(name, args, index));
    const decimal = isInteger(number) ? new Decimal(BigInt(number), 0) : decimalOf(toDouble(number));
    if (decimal === undefined) {
        throw new NotSupportedError(
            `The number '${toText(number)}' beside a decimal in function '${name}' is not supported by the simulator: ` +
                "it may have to be rounded.",
        );
    }
    return decimal;
}

function notZero<N extends number | bigint>(name: string, divisor: N): N {
    if (!divisor) {
        throw new ExpressionError(
            `Attempt to divide an integral or decimal value by zero in function '${name}'.`,
        );
    }
    return divisor;
}

/** Of several numbers, or of one array of numbers; one number alone is neither. Among decimals all become decimals. */
function extreme(name: string, isBetter: (order: number) => boolean): Implementation {
    return eagerWithDecimals((args) => {
        const list = args.length === 1 ? requireArray(argument(name, args, 0)) : args;
        const withDecimals = list.some((value) => value instanceof Decimal);
        const numbers = list.map((_, index) =>
            withDecimals ? requireDecimal(name, list, index) : requireNumber(argument(name, list, index)),
        );
        const [head] = numbers;
        if (head === undefined) {
            throw wrongType(argument(name, args, 0), "an array with at least one number");
        }
        return numbers.reduce((best, number) => (isBetter(compare(number, best)) ? number : best), head);
    });
}

/** Of two decimals, or of two numbers that are none. */
function compare(a: number | bigint | Float | Decimal, b: typeof a): number {
    if (a instanceof Decimal && b instanceof Decimal) {
        return compareDecimals(a, b);
    }
    return isNumber(a) && isNumber(b) ? compareNumbers(a, b) : 0;
}
