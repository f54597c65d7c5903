/** Dates read from text in an exact format, as .NET's `DateTime.ParseExact` does. */
import { DAYS, MONTHS, STANDARD } from "./dateNames";
import { dateTimeOf, hourOfDay, invalidDateTime, toUnixMs, type DateTime } from "./dateTime";
import { ExpressionError, NotSupportedError } from "./errors";

/** Specifiers by run of letters: what they match, and what it is. */
const SPECIFIERS: ReadonlyMap<string, readonly [pattern: string, part: string]> = new Map([
    ["yyyy", [String.raw`(\d{4})`, "year"]],
    ["M", [String.raw`(\d{1,2})`, "month"]],
    ["MM", [String.raw`(\d{2})`, "month"]],
    ["MMM", [`(${MONTHS.map((name) => name.slice(0, 3)).join("|")})`, "monthName"]],
    ["MMMM", [`(${MONTHS.join("|")})`, "monthName"]],
    ["d", [String.raw`(\d{1,2})`, "day"]],
    ["dd", [String.raw`(\d{2})`, "day"]],
    ["ddd", [`(${DAYS.map((name) => name.slice(0, 3)).join("|")})`, "dayName"]],
    ["dddd", [`(${DAYS.join("|")})`, "dayName"]],
    ["H", [String.raw`(\d{1,2})`, "hour"]],
    ["HH", [String.raw`(\d{2})`, "hour"]],
    ["h", [String.raw`(\d{1,2})`, "hour12"]],
    ["hh", [String.raw`(\d{2})`, "hour12"]],
    ["m", [String.raw`(\d{1,2})`, "minute"]],
    ["mm", [String.raw`(\d{2})`, "minute"]],
    ["s", [String.raw`(\d{1,2})`, "second"]],
    ["ss", [String.raw`(\d{2})`, "second"]],
    ["tt", ["(AM|PM)", "half"]],
    ["K", [String.raw`(Z|[+-]\d{2}:\d{2})?`, "zone"]],
    ["zzz", [String.raw`([+-]\d{2}:\d{2})`, "zone"]],
]);

/** Specifiers that are written the same in every culture. */
const NEUTRAL = /^(?:y{4}|M{1,2}|d{1,2}|H{1,2}|m{1,2}|s{1,2}|f{1,7}|K|z{3})$/;

/**
 * Reads a date in a format.
 *
 * @param locale - one whose dates are Gregorian; other than en-US it allows digits only
 * @throws ExpressionError if the text is not in the format
 */
export function parseExactly(text: string, format: string, locale: string): DateTime {
    const { pattern, parts } = compile(format.length === 1 ? standard(format) : format, locale);
    const match = pattern.exec(text.trim());
    const found = new Map(parts.map((part, index) => [part, match?.[index + 1]]));
    const monthName = found.get("monthName")?.slice(0, 3).toLowerCase();
    const month = MONTHS.findIndex((name) => name.slice(0, 3).toLowerCase() === monthName) + 1;
    const hour12 = found.get("hour12");
    const hour = hour12 === undefined ? found.get("hour") : hourOfDay(hour12, found.get("half") ?? "AM");
    const date =
        match === null || (hour12 !== undefined && hour === undefined)
            ? undefined
            : dateTimeOf({
                  year: found.get("year"),
                  month: month > 0 ? String(month) : found.get("month"),
                  day: found.get("day"),
                  hour,
                  minute: found.get("minute"),
                  second: found.get("second"),
                  fraction: found.get("fraction"),
                  zone: found.get("zone"),
              });
    const dayName = found.get("dayName")?.slice(0, 3).toLowerCase();
    if (date === undefined || (dayName !== undefined && dayName !== dayNameOf(date))) {
        throw invalidDateTime("parseDateTime", text);
    }
    return date;
}

function dayNameOf(date: DateTime): string | undefined {
    return DAYS[new Date(toUnixMs(date)).getUTCDay()]?.slice(0, 3).toLowerCase();
}

function standard(letter: string): string {
    const pattern = STANDARD[letter];
    if (/[uUrR]/.test(letter)) {
        throw new NotSupportedError(
            `The format '${letter}' of function 'parseDateTime' is not supported by the simulator.`,
        );
    }
    if (pattern === undefined) {
        throw new ExpressionError(`The datetime format '${letter}' is not valid.`);
    }
    return pattern;
}

function compile(
    format: string,
    locale: string,
): { readonly pattern: RegExp; readonly parts: readonly string[] } {
    const parts: string[] = [];
    let source = "";
    for (const run of format.match(/'[^']*'|"[^"]*"|\\.|%|([a-zA-Z])\1*|[^]/g) ?? []) {
        const isFraction = /^f{1,7}$/.test(run);
        const [pattern, part] = isFraction
            ? [String.raw`(\d{${run.length}})`, "fraction"]
            : (SPECIFIERS.get(run) ?? ["", ""]);
        if (part !== "") {
            requireNeutral(run, locale);
            requireOnce(part, parts, format);
            parts.push(part);
            source += pattern;
        } else if (/^[dfFghHKmMstyz]/.test(run)) {
            throw new NotSupportedError(
                `The specifier '${run}' in the format '${format}' of function 'parseDateTime' is not supported by the ` +
                    "simulator.",
            );
        } else {
            requireNeutral(run, locale);
            source += literalOf(run).replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
        }
    }
    if (
        !["year", "day"].every((part) => parts.includes(part)) ||
        !parts.some((part) => part.startsWith("month"))
    ) {
        throw new NotSupportedError(
            `The format '${format}' of function 'parseDateTime' is not supported by the simulator: it leaves out the ` +
                "year, the month or the day.",
        );
    }
    return { pattern: new RegExp(`^${source}$`, "i"), parts };
}

function literalOf(run: string): string {
    if (run === "%") {
        return "";
    }
    return run.startsWith("\\") ? run.slice(1) : run.replace(/^(['"])(.*)\1$/s, "$2");
}

/** Names, halves of the day and separators differ between cultures; digits do not. */
function requireNeutral(run: string, locale: string): void {
    const isEnglish = ["", "en", "en-us"].includes(locale.toLowerCase());
    if (!isEnglish && !NEUTRAL.test(run) && /^[a-zA-Z/:]/.test(run)) {
        throw new NotSupportedError(
            `The locale '${locale}' of function 'parseDateTime' is not supported by the simulator for a format with ` +
                `'${run}'; 'en-US' is.`,
        );
    }
}

function requireOnce(part: string, parts: readonly string[], format: string): void {
    if (parts.includes(part)) {
        throw new NotSupportedError(
            `The format '${format}' of function 'parseDateTime' is not supported by the simulator: it has the ${part} ` +
                "twice.",
        );
    }
}
