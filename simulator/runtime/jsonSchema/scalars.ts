import { Decimal } from "../decimal";
import { NotSupportedError } from "../errors";
import type { Report } from "./validator";
import {
    compareNumbers,
    isArray,
    isInteger,
    isNumber,
    toDouble,
    toText,
    type Float,
    type Value,
    type ValueObject,
} from "../values";

/** Types by their name in a schema, as messages name them and in their order. */
export const TYPES: { readonly [name: string]: string } = {
    string: "String",
    number: "Number",
    integer: "Integer",
    boolean: "Boolean",
    object: "Object",
    array: "Array",
    null: "Null",
};

/** The type of a value as a schema names it; `1.0` is a number and no integer. */
export function typeOf(value: Value): string {
    if (value === null) {
        return "null";
    }
    if (value instanceof Decimal) {
        throw new NotSupportedError(
            "A decimal in the content of a ParseJson is not supported by the simulator.",
        );
    }
    if (isNumber(value)) {
        return isInteger(value) ? "integer" : "number";
    }
    return isArray(value) ? "array" : typeof value;
}

/** Bounds and multiples of a number. */
export function checkNumber(value: Value, schema: ValueObject, report: Report): void {
    if (!isNumber(value)) {
        return;
    }
    const kind = isInteger(value) ? "Integer" : "Float";
    const text = toText(value);
    const { minimum = null, maximum = null, multipleOf = null } = schema;
    if (isNumber(maximum)) {
        checkBound("maximum", compareNumbers(value, maximum), `${kind} ${text} exceeds maximum value of`);
    }
    if (isNumber(minimum)) {
        checkBound(
            "minimum",
            compareNumbers(minimum, value),
            `${kind} ${text} is less than minimum value of`,
        );
    }
    if (isNumber(multipleOf) && !isMultiple(value, multipleOf)) {
        report("multipleOf", `${kind} ${text} is not a multiple of ${toText(multipleOf)}.`, value);
    }

    /** @param beyond - positive if the number is out of bounds, zero if it is on the bound */
    function checkBound(keyword: "minimum" | "maximum", beyond: number, message: string): void {
        const bound = toText(schema[keyword] ?? null);
        const exclusive = keyword === "minimum" ? "exclusiveMinimum" : "exclusiveMaximum";
        if (beyond > 0) {
            report(keyword, `${message} ${bound}.`, value);
        } else if (beyond === 0 && schema[exclusive] === true) {
            report(
                keyword,
                `${kind} ${text} equals ${keyword} value of ${bound} and exclusive ${keyword} is true.`,
                value,
            );
        }
    }
}

/** Lengths of a string. */
export function checkString(value: Value, schema: ValueObject, report: Report): void {
    if (typeof value !== "string") {
        return;
    }
    const { minLength = null, maxLength = null } = schema;
    if (isNumber(maxLength) && value.length > toDouble(maxLength)) {
        report("maxLength", `String '${value}' exceeds maximum length of ${toText(maxLength)}.`, value);
    }
    if (isNumber(minLength) && value.length < toDouble(minLength)) {
        report("minLength", `String '${value}' is less than minimum length of ${toText(minLength)}.`, value);
    }
}

/** How many items or properties there are. */
export function checkSize(
    what: "Array item" | "Object property",
    keyword: "Items" | "Properties",
    count: number,
    schema: ValueObject,
    report: Report,
): void {
    const minimum = schema[`min${keyword}`] ?? null;
    const maximum = schema[`max${keyword}`] ?? null;
    if (isNumber(maximum) && count > toDouble(maximum)) {
        report(`max${keyword}`, `${what} count ${count} exceeds maximum count of ${toText(maximum)}.`);
    }
    if (isNumber(minimum) && count < toDouble(minimum)) {
        report(`min${keyword}`, `${what} count ${count} is less than minimum count of ${toText(minimum)}.`);
    }
}

/** Decimal fractions such as 0.3 and 0.1 have no exact double, hence a quotient that is nearly whole counts. */
function isMultiple(value: number | bigint | Float, of: number | bigint | Float): boolean {
    if (isInteger(value) && isInteger(of)) {
        return BigInt(of) !== 0n && BigInt(value) % BigInt(of) === 0n;
    }
    const quotient = toDouble(value) / toDouble(of);
    return Math.abs(quotient - Math.round(quotient)) < 1e-9;
}
