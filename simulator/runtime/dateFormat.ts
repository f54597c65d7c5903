/** Dates as text in .NET's standard and custom formats. */
import { ENGLISH, type DateCulture } from "./dateCultures";
import { STANDARD } from "./dateNames";
import { ticksBelowMs, toUnixMs, type DateTime } from "./dateTime";
import { ExpressionError, NotSupportedError } from "./errors";

/** Round trip, the default of every function that gives a date. */
export const ROUND_TRIP = "o";

/** Standard formats that are the same in every culture. */
const INVARIANT = /^[oOrRsu]$/;

/** Specifiers that are not, apart from the full names: short names, halves of the day, eras, and the separators. */
const CULTURAL = /^(?:d{3}|M{3}|[tg]+|[/:]+)$/;

/**
 * @param format - one of .NET's standard format letters, or a custom format
 * @param culture - @default en-US
 * @throws ExpressionError if a single letter is no standard format
 * @throws NotSupportedError for what is not known of the culture
 */
export function formatDate(date: DateTime, format: string, culture: DateCulture = ENGLISH): string {
    if (format.length !== 1) {
        return formatCustom(date, format, culture);
    }
    const pattern = STANDARD[format];
    if (pattern === undefined) {
        throw new ExpressionError(`The datetime format '${format}' is not valid.`);
    }
    if (INVARIANT.test(format)) {
        return formatCustom(date, pattern, ENGLISH);
    }
    requireKnown(culture, format);
    return formatCustom(date, pattern, culture);
}

function requireKnown({ onlyNames }: DateCulture, what: string): void {
    if (onlyNames !== undefined) {
        throw new NotSupportedError(
            `The datetime format '${what}' in the locale '${onlyNames}' is not supported by the simulator; digits and ` +
                "the full names of days and months are.",
        );
    }
}

/** Refuses any culture but en-US, whose names and patterns are the ones known here. */
export function requireEnglish(name: string, locale: string): void {
    if (!["", "en-us", "en"].includes(locale.toLowerCase())) {
        throw new NotSupportedError(
            `The locale '${locale}' of function '${name}' is not supported by the simulator; 'en-US' is.`,
        );
    }
}

function formatCustom(date: DateTime, pattern: string, culture: DateCulture): string {
    const time = new Date(toUnixMs(date));
    const fraction =
        time.getUTCMilliseconds().toString().padStart(3, "0") +
        ticksBelowMs(date).toString().padStart(4, "0");
    let text = "";
    for (let at = 0; at < pattern.length;) {
        const letter = pattern.charAt(at);
        if (letter === "'" || letter === '"') {
            const end = pattern.indexOf(letter, at + 1);
            if (end < 0) {
                throw new ExpressionError(`The datetime format '${pattern}' is not valid.`);
            }
            text += pattern.slice(at + 1, end);
            at = end + 1;
        } else if (letter === "\\") {
            text += pattern.charAt(at + 1);
            at += 2;
        } else if (letter === "%") {
            at += 1;
        } else {
            const run = /^(.)\1*/su.exec(pattern.slice(at))?.[0] ?? letter;
            if (CULTURAL.test(run)) {
                requireKnown(culture, run);
            }
            const part = formatPart(date, time, fraction, letter, run.length, culture);
            // An empty fraction takes the point before it along.
            text = part === "" && letter === "F" ? text.replace(/\.$/, "") : text + (part ?? run);
            at += run.length;
        }
    }
    return text;
}

/** One run of the same letter; undefined if it is no specifier but text. */
function formatPart(
    date: DateTime,
    time: Date,
    fraction: string,
    letter: string,
    length: number,
    { months, days }: DateCulture,
): string | undefined {
    const pad = (value: number): string => value.toString().padStart(length > 1 ? 2 : 1, "0");
    const hour = time.getUTCHours();
    switch (letter) {
        case "y":
            return length <= 2
                ? pad(time.getUTCFullYear() % 100)
                : time.getUTCFullYear().toString().padStart(length, "0");
        case "M":
            return length <= 2
                ? pad(time.getUTCMonth() + 1)
                : shorten(months[time.getUTCMonth()] ?? "", length);
        case "d":
            return length <= 2 ? pad(time.getUTCDate()) : shorten(days[time.getUTCDay()] ?? "", length);
        case "H":
            return pad(hour);
        case "h":
            return pad(hour % 12 === 0 ? 12 : hour % 12);
        case "m":
            return pad(time.getUTCMinutes());
        case "s":
            return pad(time.getUTCSeconds());
        case "f":
        case "F":
            return formatFraction(fraction, letter, length);
        case "t":
            return (hour < 12 ? "AM" : "PM").slice(0, length > 1 ? 2 : 1);
        case "K":
            return { utc: "Z", unspecified: "", offset: "+00:00" }[date.kind].repeat(length);
        case "z":
            return length === 1 ? "+0" : length === 2 ? "+00" : "+00:00";
        case "g":
            throw new NotSupportedError(
                "The datetime format specifier 'g' (era) is not supported by the simulator.",
            );
        default:
            return undefined;
    }
}

function formatFraction(fraction: string, letter: string, length: number): string {
    if (length > 7) {
        throw new ExpressionError(`The datetime format '${letter.repeat(length)}' is not valid.`);
    }
    const digits = fraction.slice(0, length);
    return letter === "f" ? digits : digits.replace(/0+$/, "");
}

function shorten(name: string, length: number): string {
    return length === 3 ? name.slice(0, 3) : name;
}
