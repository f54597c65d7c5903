import { numberValue } from "./jsonText";
import { toFloat, toInteger, type Value } from "./values";

/** A number as Newtonsoft.Json reads it: also hexadecimal, octal, `.5` and `1.`; undefined if it is none. */
export function lenientNumber(literal: string): Value | undefined {
    if (/^0x[\da-f]+$/i.test(literal)) {
        return toInteger(BigInt(literal));
    }
    if (/^-?0[0-7]+$/.test(literal)) {
        const octal = BigInt(`0o${literal.replace("-", "")}`);
        return toInteger(literal.startsWith("-") ? -octal : octal);
    }
    if (/^-?(0|[1-9]\d*)$/.test(literal)) {
        return numberValue(literal);
    }
    if (/^-?((0|[1-9]\d*)(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i.test(literal)) {
        return toFloat(Number(literal));
    }
    return undefined;
}
