/**
 * Numbers as text in .NET's standard and custom numeric formats.
 *
 * Source: Microsoft Learn, "Standard numeric format strings" and "Custom numeric format strings".
 */
import { findCulture, KNOWN_LOCALES, type Culture } from "./cultures";
import { NotSupportedError } from "./errors";
import { floatText } from "./jsonText";
import {
    digitsOf,
    fractionDigits,
    grouped,
    roundTo,
    roundToPlaces,
    wholeDigits,
    type Digits,
} from "./numberDigits";
import { formatPattern } from "./numberPattern";
import { isInteger, toDouble, toText, type Float } from "./values";

type Number64 = number | bigint | Float;

/**
 * @param locale - its code, e.g. `en-US`; empty for the invariant culture
 * @throws NotSupportedError for a locale that is not known here, and for what documents or versions of .NET disagree on
 */
export function formatNumber(value: Number64, format: string, locale: string): string {
    const culture = findCulture(locale);
    if (culture === undefined) {
        throw unsupported(value, format, `of the locales only ${KNOWN_LOCALES} are, not '${locale}'`);
    }
    const [, letter = "", precision = ""] = /^([a-z])(\d*)$/i.exec(format === "" ? "G" : format) ?? [];
    if (letter === "") {
        return formatPattern(value, format, culture);
    }
    if (precision.length > 2) {
        throw unsupported(value, format, "its precision has more than two digits");
    }
    const places = precision === "" ? undefined : Number(precision);
    switch (letter.toUpperCase()) {
        case "D":
            return formatDecimal(value, format, places ?? 1);
        case "X":
            return formatHexadecimal(value, format, letter, places ?? 1);
        case "F":
            return formatFixed(value, format, places, { ...culture, group: "" });
        case "N":
            return formatFixed(value, format, places, culture);
        case "C":
            return formatCurrency(value, format, places, culture);
        case "E":
            return formatExponential(value, format, letter, places ?? 6).replace(".", culture.point);
        case "G":
            return formatGeneral(value, format, letter, places ?? 0).replace(".", culture.point);
        case "P":
            throw unsupported(value, format, "documents disagree on the space before the percent sign");
        default:
            throw unsupported(value, format, "only C, D, E, F, G, N, X and custom formats are supported");
    }
}

/** Places of F, N and C where the format gives none, as in the examples of Microsoft's page. */
const DEFAULT_PLACES = 2;

function formatFixed(
    value: Number64,
    format: string,
    places: number | undefined,
    { group, point }: Culture,
): string {
    const rounded = roundedAlike(value, format, places ?? DEFAULT_PLACES);
    const fraction = fractionDigits(rounded, places ?? DEFAULT_PLACES);
    const sign = rounded.negative ? "-" : "";
    return `${sign}${grouped(wholeDigits(rounded, 1), group)}${fraction === "" ? "" : point + fraction}`;
}

function formatCurrency(
    value: Number64,
    format: string,
    places: number | undefined,
    culture: Culture,
): string {
    const { currency } = culture;
    if (currency === undefined) {
        throw unsupported(value, format, "only the money of en-US and is-IS is simulated");
    }
    if (places === undefined && currency.places === undefined) {
        throw unsupported(value, format, "how many places its money has is not documented");
    }
    if (digitsOf(value).negative) {
        throw unsupported(value, format, "documents disagree on how a negative amount is written");
    }
    return currency.before + formatFixed(value, format, places ?? currency.places, culture) + currency.after;
}

function formatDecimal(value: Number64, format: string, minimum: number): string {
    if (!isInteger(value)) {
        throw unsupported(value, format, "only integers have this format");
    }
    const number = digitsOf(value);
    return `${number.negative ? "-" : ""}${wholeDigits(number, minimum)}`;
}

function formatHexadecimal(value: Number64, format: string, letter: string, minimum: number): string {
    if (!isInteger(value)) {
        throw unsupported(value, format, "only integers have this format");
    }
    const hex = BigInt.asUintN(64, BigInt(value)).toString(16).padStart(minimum, "0");
    return letter === "x" ? hex : hex.toUpperCase();
}

function formatExponential(value: Number64, format: string, letter: string, places: number): string {
    requireFewDigits(value, format, places + 1);
    const { digits, exponent, negative } = roundTo(digitsOf(value), places + 1);
    const mantissa = digits.padEnd(places + 1, "0");
    const fraction = places === 0 ? "" : `.${mantissa.slice(1)}`;
    const power = digits === "" ? 0 : exponent - 1;
    return `${negative ? "-" : ""}${mantissa.charAt(0)}${fraction}${letter}${powerText(power, 3)}`;
}

/** The shortest text, or one with a number of significant digits. */
function formatGeneral(value: Number64, format: string, letter: string, count: number): string {
    if (count === 0 && isInteger(value)) {
        return toText(value);
    }
    if (count === 0) {
        requireFewDigits(value, format, 0);
        const shortest = floatText(toDouble(value));
        return letter === "g" ? shortest.replace("E", "e") : shortest;
    }
    requireFewDigits(value, format, count);
    const rounded = roundTo(digitsOf(value), count);
    const power = rounded.exponent - 1;
    const sign = rounded.negative ? "-" : "";
    if (rounded.digits !== "" && (power >= count || power < -4)) {
        const fraction = rounded.digits.slice(1);
        const mantissa = rounded.digits.charAt(0) + (fraction === "" ? "" : `.${fraction}`);
        return `${sign}${mantissa}${letter === "g" ? "e" : "E"}${powerText(power, 2)}`;
    }
    const fraction = fractionDigits(rounded, 0);
    return `${sign}${wholeDigits(rounded, 1)}${fraction === "" ? "" : `.${fraction}`}`;
}

/** The number rounded to places, where .NET Framework (15 digits) and .NET (all digits) give the same. */
function roundedAlike(value: Number64, format: string, places: number): Digits {
    const rounded = roundToPlaces(digitsOf(value), places);
    if (isInteger(value)) {
        return rounded;
    }
    // JavaScript's toFixed rounds the exact value, half away from zero.
    const magnitude = Math.abs(toDouble(value));
    const exact = magnitude < 1e21 ? magnitude.toFixed(places) : undefined;
    const fraction = fractionDigits(rounded, places);
    if (exact !== `${wholeDigits(rounded, 1)}${fraction === "" ? "" : `.${fraction}`}`) {
        throw unsupported(value, format, "versions of .NET round it differently");
    }
    if (rounded.negative && rounded.digits === "") {
        throw unsupported(value, format, "versions of .NET disagree on the sign of what is rounded to zero");
    }
    return rounded;
}

/** Refuses a double whose digits beyond the 15th would be shown, or could change how the last one is rounded. */
function requireFewDigits(value: Number64, format: string, shown: number): void {
    if (!isInteger(value) && (shown > 15 || longerThan15(value))) {
        throw unsupported(value, format, "versions of .NET differ in the digits that they look at");
    }
}

function longerThan15(value: Number64): boolean {
    const [mantissa = ""] = toDouble(value).toExponential().split("e");
    return mantissa.replace(/[-.]/g, "").length > 15;
}

function powerText(power: number, minimum: number): string {
    return `${power < 0 ? "-" : "+"}${Math.abs(power).toString().padStart(minimum, "0")}`;
}

function unsupported(value: Number64, format: string, why: string): NotSupportedError {
    return new NotSupportedError(
        `formatNumber of ${toText(value)} with the format '${format}' is not supported by the simulator (${why}).`,
    );
}
