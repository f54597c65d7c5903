/**
 * Values of a run. JSON has one kind of number, the engine (Newtonsoft.Json in .NET) has two: 64-bit integers and
 * floats, and `div(10, 4)` differs from `div(10.0, 4)`. Hence:
 * - a `number` that is a safe integer is an integer,
 * - a `bigint` is an integer beyond that,
 * - a {@link Float} is a float whose value happens to be a safe integer, e.g. `5.0`,
 * - any other `number` is a float,
 * - a {@link Decimal} is what `decimal()` makes; few functions take it.
 */
import type { Json } from "../../language/json";
import { nameKey } from "../../language/names";
import { compareDecimals, Decimal, decimalText } from "./decimal";
import { NotSupportedError } from "./errors";
import { floatText, writeJson } from "./jsonText";

export type Value =
    | string
    | number
    | boolean
    | null
    | bigint
    | Float
    | Decimal
    | readonly Value[]
    | { readonly [key: string]: Value };

/** An object among {@link Value}s. */
export type ValueObject = { readonly [key: string]: Value };

/** A float with the value of a safe integer. Made by {@link toFloat} only. */
export class Float {
    constructor(readonly value: number) {}
}

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;

/** Whether 64 bits hold the integer. */
export function isInt64(value: bigint): boolean {
    return value >= INT64_MIN && value <= INT64_MAX;
}

/** The integer in its one form: a `number` where that is exact. */
export function toInteger(value: bigint): number | bigint {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
}

/** The float in its one form: wrapped where a plain `number` would look like an integer. */
export function toFloat(value: number): number | Float {
    return Number.isSafeInteger(value) ? new Float(value) : value;
}

export function isInteger(value: Value): value is number | bigint {
    return typeof value === "bigint" || Number.isSafeInteger(value);
}

export function isNumber(value: Value): value is number | bigint | Float {
    return typeof value === "number" || typeof value === "bigint" || value instanceof Float;
}

/** The number as a double. */
export function toDouble(value: number | bigint | Float): number {
    return value instanceof Float ? value.value : Number(value);
}

export function isArray(value: Value): value is readonly Value[] {
    return Array.isArray(value);
}

export function isObject(value: Value): value is ValueObject {
    return (
        typeof value === "object" &&
        value !== null &&
        !Array.isArray(value) &&
        !(value instanceof Float) &&
        !(value instanceof Decimal)
    );
}

/** The type as Azure's messages name it. */
export type TypeName = "Null" | "String" | "Boolean" | "Integer" | "Float" | "Array" | "Object";

export function typeName(value: Value): TypeName {
    if (value === null) {
        return "Null";
    }
    if (typeof value === "string") {
        return "String";
    }
    if (typeof value === "boolean") {
        return "Boolean";
    }
    if (isNumber(value)) {
        return isInteger(value) ? "Integer" : "Float";
    }
    // Newtonsoft.Json has one type for both.
    if (value instanceof Decimal) {
        return "Float";
    }
    return isArray(value) ? "Array" : "Object";
}

/** Binary content: what `base64ToBinary()` makes, or a download is. */
export function isBinary(
    value: Value,
): value is { readonly "$content-type": string; readonly $content: string } {
    return (
        isObject(value) && typeof value["$content-type"] === "string" && typeof value["$content"] === "string"
    );
}

/**
 * The value as text, as `@{…}`, `concat()` and `string()` write it: null is empty, booleans are `True` and `False`,
 * arrays and objects are compact JSON, binary content is its UTF-8 text.
 */
export function toText(value: Value): string {
    if (value === null) {
        return "";
    }
    if (typeof value === "string") {
        return value;
    }
    if (typeof value === "boolean") {
        return value ? "True" : "False";
    }
    if (isInteger(value)) {
        return value.toString();
    }
    if (isNumber(value)) {
        return floatText(toDouble(value));
    }
    if (value instanceof Decimal) {
        return decimalText(value);
    }
    return isBinary(value) ? Buffer.from(value.$content, "base64").toString("utf8") : writeJson(value);
}

/** Deep equality: numbers by value whatever their kind, text with letter case, other types only with their own. */
export function isEqual(a: Value, b: Value): boolean {
    if (a === b) {
        return true;
    }
    if (isNumber(a) && isNumber(b)) {
        return compareNumbers(a, b) === 0;
    }
    if (a instanceof Decimal || b instanceof Decimal) {
        return isEqualDecimal(a, b);
    }
    if (isArray(a)) {
        return (
            isArray(b) && a.length === b.length && a.every((item, index) => isEqual(item, b[index] ?? null))
        );
    }
    if (isObject(a) && isObject(b)) {
        const keys = Object.keys(a);
        return (
            keys.length === Object.keys(b).length &&
            keys.every((key) => Object.hasOwn(b, key) && isEqual(a[key] ?? null, b[key] ?? null))
        );
    }
    return false;
}

function isEqualDecimal(a: Value, b: Value): boolean {
    if (a instanceof Decimal && b instanceof Decimal) {
        return compareDecimals(a, b) === 0;
    }
    if (isNumber(a) || isNumber(b)) {
        throw new NotSupportedError(
            "Comparing a decimal with a number of another kind here is not supported by the simulator.",
        );
    }
    return false;
}

/** Negative, zero or positive, like the numbers' difference. Integers compare exactly. */
export function compareNumbers(a: number | bigint | Float, b: number | bigint | Float): number {
    // JavaScript compares a bigint with a number by their mathematical values.
    const left = a instanceof Float ? a.value : a;
    const right = b instanceof Float ? b.value : b;
    return left < right ? -1 : left > right ? 1 : 0;
}

/** The key of the object that a name selects: the same, else the first that differs only in letter case. */
export function findKey(object: ValueObject, name: string): string | undefined {
    if (Object.hasOwn(object, name)) {
        return name;
    }
    const key = nameKey(name);
    return Object.keys(object).find((candidate) => nameKey(candidate) === key);
}

/**
 * The value as JSON for a reader that knows only doubles, as most services do. The same object where nothing in it
 * needs changing.
 */
export function toJson(value: Value): Json {
    if (typeof value === "bigint") {
        return Number(value);
    }
    if (value instanceof Float) {
        return value.value;
    }
    if (value instanceof Decimal) {
        return Number(decimalText(value));
    }
    if (isArray(value)) {
        return isPlain(value) ? value : value.map(toJson);
    }
    if (isObject(value)) {
        return isPlain(value)
            ? value
            : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toJson(item)]));
    }
    return value;
}

function isPlain(value: Value): value is Json {
    if (typeof value === "bigint" || value instanceof Float || value instanceof Decimal) {
        return false;
    }
    if (typeof value !== "object" || value === null) {
        return true;
    }
    return isArray(value) ? value.every(isPlain) : Object.values(value).every(isPlain);
}
