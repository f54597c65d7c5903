/** Numbers written as text, as `int()`, `float()` and `decimal()` read them. */
import { findCulture, INVARIANT, KNOWN_LOCALES, type Culture } from "../cultures";
import { NotSupportedError } from "../errors";
import { isInt64, toInteger } from "../values";

/**
 * The culture of a locale code.
 *
 * @throws NotSupportedError for one that is not known here
 */
export function cultureOf(of: string, locale: string): Culture {
    const culture = findCulture(locale);
    if (culture === undefined) {
        throw new NotSupportedError(
            `The locale '${locale}' of function '${of}' is not supported by the simulator; ${KNOWN_LOCALES} are.`,
        );
    }
    return culture;
}

/**
 * The float that a text stands for, or undefined: digits with thousands separators anywhere before the point, one sign
 * on either side, an exponent.
 *
 * @param culture - @default the invariant one, in which text does not give an infinity
 */
export function parseFloatText(text: string, culture?: Culture): number | undefined {
    const { group, point } = culture ?? INVARIANT;
    const trimmed = text.trim();
    if (/^nan$/i.test(trimmed)) {
        return NaN;
    }
    if (/^-?infinity$/i.test(trimmed)) {
        const infinity = trimmed.startsWith("-") ? -Infinity : Infinity;
        return culture?.invariant === true ? infinity : undefined;
    }
    const separators = `\\${group}`;
    const number = new RegExp(
        `^([+-]?)((?:\\d[\\d${separators}]*)?)(?:\\${point}(\\d*))?(e[+-]?\\d+)?([+-]?)$`,
        "i",
    );
    const [match, lead = "", whole = "", fraction = "", exponent = "", trail = ""] =
        number.exec(trimmed) ?? [];
    const digits = whole.replaceAll(group, "");
    if (match === undefined || digits + fraction === "" || (lead !== "" && trail !== "")) {
        return undefined;
    }
    return Number(`${lead}${trail}${digits === "" ? "0" : digits}.${fraction}${exponent}`);
}

/**
 * The integer that a text stands for, or undefined.
 *
 * @throws NotSupportedError where sources disagree: for integers that are written like `1.0` or `1,000`
 */
export function parseIntegerText(of: string, text: string): number | bigint | undefined {
    const trimmed = text.trim();
    if (/^[+-]?\d+$/.test(trimmed)) {
        const integer = BigInt(trimmed.replace(/^\+/, ""));
        return isInt64(integer) ? toInteger(integer) : undefined;
    }
    const float = parseFloatText(trimmed);
    if (float !== undefined && Number.isInteger(float) && !/[+-]$/.test(trimmed)) {
        throw new NotSupportedError(
            `The text '${text}' as parameter of function '${of}' is not supported by the simulator: sources disagree on ` +
                "whether it is an integer.",
        );
    }
    return undefined;
}
