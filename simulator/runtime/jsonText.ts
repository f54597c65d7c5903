/** JSON text that loses nothing: 64-bit integers stay exact and `5.0` stays a float. */
import { Decimal, decimalText } from "./decimal";
import { Float, isInt64, toFloat, toInteger, type Value } from "./values";

/**
 * Numbers that `JSON.parse` would round or turn from float to integer: many digits, a fraction, an exponent.
 * Also met inside of strings, where it only costs time.
 */
const DELICATE_NUMBER = /\d{16}|\d\.|\d[eE]|-0/;

/**
 * Reads JSON as RFC 8259 has it.
 *
 * @throws SyntaxError if it is not JSON
 */
export function readJson(text: string): Value {
    const parsed = JSON.parse(text) as Value;
    // It is JSON; what is left is to read its numbers again where a double would not do.
    return DELICATE_NUMBER.test(text) ? new NumberSafeReader(text).read() : parsed;
}

/** A number literal of JSON text as a value: without fraction and exponent it is an integer. */
export function numberValue(literal: string): Value {
    if (/^-?\d+$/.test(literal)) {
        const integer = BigInt(literal);
        if (isInt64(integer)) {
            return toInteger(integer);
        }
    }
    return toFloat(Number(literal));
}

/** Writes compact JSON, or indented with `indent` spaces. */
export function writeJson(value: Value, indent = 0): string {
    return indent === 0 ? writeCompact(value) : writeIndented(value, " ".repeat(indent), "\n");
}

/**
 * A float as .NET Framework writes it ("R"): the shortest digits that read back the same, in scientific notation
 * where the exponent is below -4, or not below the 15 digits (17 where 15 do not do) that it is written with.
 */
export function floatText(value: number): string {
    if (!Number.isFinite(value)) {
        return Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
    }
    const [mantissa = "", exponentText = "0"] = value.toExponential().split("e");
    const exponent = Number(exponentText);
    const precision = mantissa.replace(/[-.]/g, "").length <= 15 ? 15 : 17;
    if (value === 0 || (exponent > -5 && exponent < precision)) {
        return String(value);
    }
    const digits = Math.abs(exponent).toString().padStart(2, "0");
    return `${mantissa}E${exponent < 0 ? "-" : "+"}${digits}`;
}

function writeCompact(value: Value): string {
    if (typeof value === "string" || value === null || typeof value === "boolean") {
        return JSON.stringify(value);
    }
    if (typeof value === "bigint") {
        return value.toString();
    }
    if (typeof value === "number") {
        return Number.isSafeInteger(value) ? String(value) : floatJson(value);
    }
    if (value instanceof Float) {
        return floatJson(value.value);
    }
    if (value instanceof Decimal) {
        // As for floats, Newtonsoft.Json always writes a point.
        return value.scale === 0 ? `${decimalText(value)}.0` : decimalText(value);
    }
    if (Array.isArray(value)) {
        return `[${value.map(writeCompact).join(",")}]`;
    }
    const entries = Object.entries(value as { [key: string]: Value });
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${writeCompact(item)}`).join(",")}}`;
}

function writeIndented(value: Value, step: string, newline: string): string {
    const inner = newline + step;
    if (Array.isArray(value)) {
        const items = value.map((item: Value) => inner + writeIndented(item, step, inner));
        return items.length === 0 ? "[]" : `[${items.join(",")}${newline}]`;
    }
    if (
        typeof value === "object" &&
        value !== null &&
        !(value instanceof Float) &&
        !(value instanceof Decimal)
    ) {
        const items = Object.entries(value).map(
            ([key, item]: [string, Value]) =>
                `${inner}${JSON.stringify(key)}: ${writeIndented(item, step, inner)}`,
        );
        return items.length === 0 ? "{}" : `{${items.join(",")}${newline}}`;
    }
    return writeCompact(value);
}

/** JSON has no NaN and no infinity; Newtonsoft.Json writes them as strings. */
function floatJson(value: number): string {
    const text = floatText(value);
    if (!Number.isFinite(value)) {
        return JSON.stringify(text);
    }
    return /[.E]/.test(text) ? text : `${text}.0`;
}

/** Reads text that is known to be JSON. */
class NumberSafeReader {
    private at = 0;

    constructor(private readonly text: string) {}

    read(): Value {
        this.skipSpace();
        switch (this.text.charAt(this.at)) {
            case "{":
                return this.readObject();
            case "[":
                return this.readArray();
            case '"':
                return this.readString();
            case "t":
                this.at += 4;
                return true;
            case "f":
                this.at += 5;
                return false;
            case "n":
                this.at += 4;
                return null;
            default:
                return this.readNumber();
        }
    }

    private readObject(): Value {
        const entries: [string, Value][] = [];
        this.at += 1;
        for (this.skipSpace(); this.text[this.at] !== "}"; this.skipSeparator()) {
            const key = this.readString();
            this.skipSpace();
            this.at += 1;
            entries.push([key, this.read()]);
        }
        this.at += 1;
        return Object.fromEntries(entries);
    }

    private readArray(): Value {
        const items: Value[] = [];
        this.at += 1;
        for (this.skipSpace(); this.text[this.at] !== "]"; this.skipSeparator()) {
            items.push(this.read());
        }
        this.at += 1;
        return items;
    }

    private readString(): string {
        const start = this.at;
        for (this.at += 1; this.text[this.at] !== '"'; this.at += 1) {
            if (this.text[this.at] === "\\") {
                this.at += 1;
            }
        }
        this.at += 1;
        return JSON.parse(this.text.slice(start, this.at)) as string;
    }

    private readNumber(): Value {
        const start = this.at;
        while (/[-+.\deE]/.test(this.text[this.at] ?? "")) {
            this.at += 1;
        }
        return numberValue(this.text.slice(start, this.at));
    }

    private skipSpace(): void {
        while (/\s/.test(this.text[this.at] ?? "")) {
            this.at += 1;
        }
    }

    private skipSeparator(): void {
        this.skipSpace();
        if (this.text[this.at] === ",") {
            this.at += 1;
            this.skipSpace();
        }
    }
}
