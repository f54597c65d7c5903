import { ExpressionError, NotSupportedError } from "../errors";
import { readLenientJson, JsonTextError } from "../lenientJson";
import {
    compareNumbers,
    Float,
    isArray,
    isBinary,
    isInt64,
    isInteger,
    isNumber,
    toDouble,
    toFloat,
    toInteger,
    toText,
    typeName,
    type Value,
} from "../values";
import {
    argument,
    invalidParameter,
    outOfRange,
    requireInteger,
    requireNumber,
    requireString,
    usage,
    wrongType,
} from "./arguments";
import { eager, type Implementation, type Implementations } from "./implementation";

const NOT_CONVERTIBLE = "The value cannot be converted to the target type.";

/** Digits with thousands separators, a fraction and an exponent, as .NET's invariant culture reads a float. */
const FLOAT_TEXT = /^[+-]?(?:\d[\d,]*\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

const INTEGER_TEXT = /^[+-]?\d+$/;

/** Arithmetic and conversions. Integers have 64 bits and stay exact; what does not fit is an error. */
export const numberFunctions: Implementations = {
    add: arithmetic(
        "add",
        (a, b) => a + b,
        (a, b) => a + b,
    ),
    sub: arithmetic(
        "sub",
        (a, b) => a - b,
        (a, b) => a - b,
    ),
    mul: arithmetic(
        "mul",
        (a, b) => a * b,
        (a, b) => a * b,
    ),
    div: arithmetic(
        "div",
        (a, b) => a / notZero("div", b),
        (a, b) => a / notZero("div", b),
    ),
    mod: arithmetic(
        "mod",
        (a, b) => a % notZero("mod", b),
        (a, b) => a % notZero("mod", b),
    ),
    min: extreme("min", (order) => order < 0),
    max: extreme("max", (order) => order > 0),
    rand: eager((args, scope) => {
        const low = Number(requireInteger(argument("rand", args, 0)));
        const end = Number(requireInteger(argument("rand", args, 1)));
        if (low >= end) {
            throw outOfRange("rand", "the minimum value must be less than the maximum value.");
        }
        return low + scope.random.below(end - low);
    }),
    int: eager(([value = null]) => toInt(value)),
    float: eager(([value = null]) => {
        const float = parseFloat64(value);
        if (float === undefined) {
            throw invalidParameter("float", NOT_CONVERTIBLE);
        }
        return toFloat(float);
    }),
    isInt: eager(([value = null]) =>
        typeof value === "string" ? parseInt64(value) !== undefined : isInteger(value),
    ),
    isFloat: eager(([value = null]) => parseFloat64(value) !== undefined),
    bool: eager(([value = null]) => toBoolean(value)),
    string: eager(([value = null]) => toText(value)),
    json: eager(parseJson),
    formatNumber: eager(formatNumber),
};

/** Two integers give an integer, a float makes the result a float. */
function arithmetic(
    name: string,
    ofIntegers: (a: bigint, b: bigint) => bigint,
    ofFloats: (a: number, b: number) => number,
): Implementation {
    return eager((args) => {
        const a = requireNumber(argument(name, args, 0));
        const b = requireNumber(argument(name, args, 1));
        if (!isInteger(a) || !isInteger(b)) {
            return toFloat(ofFloats(toDouble(a), toDouble(b)));
        }
        const result = ofIntegers(BigInt(a), BigInt(b));
        if (!isInt64(result)) {
            throw new ExpressionError(
                `The template language function '${name}' cannot be evaluated: arithmetic operation resulted in an ` +
                    "overflow.",
            );
        }
        return toInteger(result);
    });
}

function notZero<N extends number | bigint>(name: string, divisor: N): N {
    if (!divisor) {
        throw new ExpressionError(
            `Attempt to divide an integral or decimal value by zero in function '${name}'.`,
        );
    }
    return divisor;
}

/** Of several numbers, or of one array of numbers. */
function extreme(name: string, isBetter: (order: number) => boolean): Implementation {
    return eager((args) => {
        const list = args.length === 1 && isArray(args[0] ?? null) ? (args[0] as readonly Value[]) : args;
        const numbers = list.map((_, index) => requireNumber(argument(name, list, index)));
        const [head] = numbers;
        if (head === undefined) {
            throw wrongType(argument(name, args, 0), "an array with at least one number");
        }
        return numbers.reduce(
            (best, number) => (isBetter(compareNumbers(number, best)) ? number : best),
            head,
        );
    });
}

function toInt(value: Value): Value {
    const parsed = typeof value === "string" ? parseInt64(value) : undefined;
    if (parsed !== undefined) {
        return parsed;
    }
    if (isInteger(value)) {
        return value;
    }
    if (value instanceof Float) {
        return value.value;
    }
    if (typeof value === "boolean") {
        return value ? 1 : 0;
    }
    throw invalidParameter("int", NOT_CONVERTIBLE);
}

function parseInt64(text: string): number | bigint | undefined {
    if (!INTEGER_TEXT.test(text.trim())) {
        return undefined;
    }
    const integer = BigInt(text.trim().replace(/^\+/, ""));
    return isInt64(integer) ? toInteger(integer) : undefined;
}

function parseFloat64(value: Value): number | undefined {
    if (isNumber(value)) {
        return toDouble(value);
    }
    if (typeof value !== "string" || !FLOAT_TEXT.test(value.trim())) {
        return undefined;
    }
    return Number(value.trim().replaceAll(",", ""));
}

function toBoolean(value: Value): boolean {
    if (typeof value === "boolean") {
        return value;
    }
    if (isNumber(value)) {
        return toDouble(value) !== 0;
    }
    const text = typeof value === "string" ? value.trim().toLowerCase() : "";
    if (text !== "true" && text !== "false") {
        throw invalidParameter("bool", NOT_CONVERTIBLE);
    }
    return text === "true";
}

function parseJson(args: readonly Value[]): Value {
    const [value = null] = args;
    if (value === null) {
        throw wrongType(argument("json", args, 0), "a string or an XML");
    }
    if (typeof value !== "string" && !isBinary(value)) {
        return value;
    }
    const text = toText(value);
    try {
        if (text.trim() === "") {
            throw new JsonTextError("Error reading JToken from JsonReader. Path '', line 0, position 0.");
        }
        return readLenientJson(text);
    } catch (error) {
        if (!(error instanceof JsonTextError)) {
            throw error;
        }
        throw new ExpressionError(
            `The template language function 'json' parameter is not valid. The provided value '${text}' cannot be ` +
                `parsed: '${error.message}'. ${usage("json")}`,
        );
    }
}

/** Whole numbers in the standard formats whose result does not depend on how .NET rounds. */
function formatNumber(args: readonly Value[]): Value {
    const number = requireNumber(argument("formatNumber", args, 0));
    const format = requireString(argument("formatNumber", args, 1));
    const locale = args.length > 2 ? requireString(argument("formatNumber", args, 2)) : "en-US";
    const match = /^([dfnx])(\d{0,2})$/i.exec(format);
    if (!isInteger(number) || match === null || !["en-us", ""].includes(locale.toLowerCase())) {
        throw new NotSupportedError(
            `formatNumber of a value of type '${typeName(number)}' with format '${format}' and locale '${locale}' is ` +
                "not supported by the simulator; whole numbers in the formats D, F, N and X are, in en-US.",
        );
    }
    const [, letter = "", precision = ""] = match;
    return formatInteger(BigInt(number), letter, precision === "" ? undefined : Number(precision));
}

function formatInteger(integer: bigint, letter: string, precision: number | undefined): string {
    const sign = integer < 0n ? "-" : "";
    const digits = (integer < 0n ? -integer : integer).toString();
    const zeros = "0".repeat(precision ?? 2);
    const fraction = zeros === "" ? "" : `.${zeros}`;
    switch (letter.toUpperCase()) {
        case "D":
            return sign + digits.padStart(precision ?? 1, "0");
        case "F":
            return sign + digits + fraction;
        case "N":
            return sign + digits.replace(/\B(?=(\d{3})+$)/g, ",") + fraction;
        default: {
            const hex = BigInt.asUintN(64, integer)
                .toString(16)
                .padStart(precision ?? 1, "0");
            return letter === "x" ? hex : hex.toUpperCase();
        }
    }
}
