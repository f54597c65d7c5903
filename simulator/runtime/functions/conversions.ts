import { Decimal, decimalOf, decimalText, parseDecimal } from "../decimal";
import { ExpressionError, NotSupportedError } from "../errors";
import { readLenientJson, JsonTextError } from "../lenientJson";
import { Float, isBinary, isInteger, isNumber, toDouble, toFloat, toText, type Value } from "../values";
import { argument, invalidParameter, optionalString, requireString, usage, wrongType } from "./arguments";
import { eager, eagerWithDecimals, type Implementations } from "./implementation";
import { cultureOf, parseFloatText, parseIntegerText } from "./numberText";
import { isXml, xmlToJson } from "./xml";

const NOT_CONVERTIBLE = "The value cannot be converted to the target type.";

/** Conversions between strings, numbers, booleans and JSON. */
export const conversionFunctions: Implementations = {
    int: eagerWithDecimals(([value = null]) => toInt(value)),
    float: eagerWithDecimals(toFloatingPoint),
    decimal: eagerWithDecimals(([value = null]) => toDecimal(value)),
    isInt: eager(
        (args) => parseIntegerText("isInt", requireString(argument("isInt", args, 0))) !== undefined,
    ),
    isFloat: eager((args) => {
        const text = requireString(argument("isFloat", args, 0));
        // Unlike float(), it takes the word Infinity without a locale.
        const locale = optionalString(argument("isFloat", args, 1)) ?? "";
        return parseFloatText(text, cultureOf("isFloat", locale)) !== undefined;
    }),
    bool: eager(([value = null]) => toBoolean(value)),
    string: eagerWithDecimals(([value = null]) => toText(value)),
    json: eager(toJsonValue),
};

function toInt(value: Value): Value {
    if (isInteger(value)) {
        return value;
    }
    if (typeof value === "boolean") {
        return value ? 1 : 0;
    }
    if (value instanceof Float) {
        return value.value;
    }
    const text = value instanceof Decimal ? decimalText(value).replace(/\.0*$/, "") : value;
    const parsed = typeof text === "string" ? parseIntegerText("int", text) : undefined;
    if (parsed === undefined) {
        throw invalidParameter("int", NOT_CONVERTIBLE);
    }
    return parsed;
}

function toFloatingPoint(args: readonly Value[]): Value {
    const [value = null] = args;
    const locale = optionalString(argument("float", args, 1));
    const culture = locale === undefined ? undefined : cultureOf("float", locale);
    if (isNumber(value)) {
        return toFloat(toDouble(value));
    }
    const text = value instanceof Decimal ? decimalText(value) : value;
    const float = typeof text === "string" ? parseFloatText(text, culture) : undefined;
    if (float === undefined) {
        throw invalidParameter("float", NOT_CONVERTIBLE);
    }
    return toFloat(float);
}

function toDecimal(value: Value): Value {
    if (value instanceof Decimal) {
        return value;
    }
    if (isInteger(value)) {
        return new Decimal(BigInt(value), 0);
    }
    const decimal = isNumber(value)
        ? (decimalOf(toDouble(value)) ?? "rounded")
        : typeof value === "string"
          ? parseDecimal(value)
          : undefined;
    if (decimal === "rounded") {
        throw new NotSupportedError(
            `The value '${toText(value)}' as parameter of function 'decimal' is not supported by the simulator: ` +
                "a decimal would not hold all of its digits.",
        );
    }
    if (decimal === undefined) {
        throw invalidParameter("decimal", NOT_CONVERTIBLE);
    }
    return decimal;
}

function toBoolean(value: Value): boolean {
    if (typeof value === "boolean") {
        return value;
    }
    if (isInteger(value)) {
        return toDouble(value) !== 0;
    }
    if (isNumber(value)) {
        throw new NotSupportedError(
            "A float as parameter of function 'bool' is not supported by the simulator; an integer is.",
        );
    }
    const text = typeof value === "string" ? value.trim().toLowerCase() : "";
    if (text !== "true" && text !== "false") {
        throw invalidParameter("bool", NOT_CONVERTIBLE);
    }
    return text === "true";
}

function toJsonValue(args: readonly Value[]): Value {
    const [value = null] = args;
    if (value === null) {
        throw wrongType(argument("json", args, 0), "a string or an XML");
    }
    if (isXml(value)) {
        return xmlToJson(toText(value));
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
