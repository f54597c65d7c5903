/**
 * Points in time as .NET's `DateTime` has them: ticks of 100 ns since the year 1, and whether they are UTC. JavaScript's
 * `Date` has only milliseconds.
 */
import { ExpressionError, NotSupportedError } from "./errors";

/** Ticks of 100 ns per millisecond. */
const TICKS_PER_MS = 10_000n;

/** Ticks at 1970-01-01. */
const UNIX_EPOCH_TICKS = 621_355_968_000_000_000n;

/** Ticks at the end of the year 9999, the last that .NET knows. */
const MAX_TICKS = 3_155_378_975_999_999_999n;

/** What the text said of its zone: `Z`, nothing, or an offset (then the time was converted to UTC). */
export type DateKind = "utc" | "unspecified" | "offset";

export interface DateTime {
    /** 100 ns since 0001-01-01. */
    readonly ticks: bigint;
    readonly kind: DateKind;
}

const TIME = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?`;
const ZONE = String.raw`\s*(Z|[+-]\d{2}:?\d{2})?`;

/** Year first, as ISO 8601 has it, also with slashes. */
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?:[T ]${TIME})?${ZONE}$`, "i");

/** Month first, as the culture en-US has it. */
const MONTH_FIRST = new RegExp(
    String.raw`^(\d{1,2})/(\d{1,2})/(\d{4})(?:[T ]+${TIME}(?:\s*([AP]M))?)?${ZONE}$`,
    "i",
);

/** Words that .NET knows in a date. */
const DATE_WORD =
    /^(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sep(tember)?|oct(ober)?|nov(ember)?|dec(ember)?|mon(day)?|tue(sday)?|wed(nesday)?|thu(rsday)?|fri(day)?|sat(urday)?|sun(day)?|[ap]m?|gmt|z|t)$/i;

/** Units by their name in lower case, in milliseconds; months and years depend on the date. */
const UNIT_MS: ReadonlyMap<string, number> = new Map([
    ["second", 1_000],
    ["minute", 60_000],
    ["hour", 3_600_000],
    ["day", 86_400_000],
    ["week", 604_800_000],
]);

/** The virtual time, in milliseconds since 1970, as a UTC date. */
export function fromUnixMs(milliseconds: number): DateTime {
    return { ticks: UNIX_EPOCH_TICKS + BigInt(Math.round(milliseconds)) * TICKS_PER_MS, kind: "utc" };
}

/** Milliseconds since 1970, what is below a millisecond cut off. */
export function toUnixMs(date: DateTime): number {
    const ticks = date.ticks - UNIX_EPOCH_TICKS;
    const below = ((ticks % TICKS_PER_MS) + TICKS_PER_MS) % TICKS_PER_MS;
    return Number((ticks - below) / TICKS_PER_MS);
}

/** Ticks below the millisecond, 0 to 9,999. */
export function ticksBelowMs(date: DateTime): number {
    return Number(date.ticks % TICKS_PER_MS);
}

/** The same date at another time given in milliseconds since 1970. */
export function atUnixMs(date: DateTime, milliseconds: number): DateTime {
    return { ...date, ticks: fromUnixMs(milliseconds).ticks };
}

/** Reads a timestamp as ISO 8601 or the culture en-US has it; undefined if it is none of them. */
export function parseDateTime(text: string): DateTime | undefined {
    const yearFirst = YEAR_FIRST.exec(text.trim());
    if (yearFirst !== null) {
        const [, year, , month, day, hour, minute, second, fraction, zone] = yearFirst;
        return dateTimeOf({ year, month, day, hour, minute, second, fraction, zone });
    }
    const monthFirst = MONTH_FIRST.exec(text.trim());
    if (monthFirst !== null) {
        const [, month, day, year, hour, minute, second, fraction, half, zone] = monthFirst;
        const hour24 = half === undefined ? hour : hourOfDay(hour ?? "", half);
        return half !== undefined && hour24 === undefined
            ? undefined
            : dateTimeOf({ year, month, day, hour: hour24, minute, second, fraction, zone });
    }
    return undefined;
}

/** Digits of a timestamp; what is absent is zero. */
interface DateParts {
    readonly year?: string;
    readonly month?: string;
    readonly day?: string;
    readonly hour?: string;
    readonly minute?: string;
    readonly second?: string;
    /** Of a second. */
    readonly fraction?: string;
    readonly zone?: string;
}

/** The date of these parts; undefined if there is no such date. */
export function dateTimeOf(parts: DateParts): DateTime | undefined {
    const { year, month, day, hour, minute, second } = {
        year: Number(parts.year ?? 0),
        month: Number(parts.month ?? 0),
        day: Number(parts.day ?? 0),
        hour: Number(parts.hour ?? 0),
        minute: Number(parts.minute ?? 0),
        second: Number(parts.second ?? 0),
    };
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
        return undefined;
    }
    if (hour > 23 || minute > 59 || second > 59) {
        return undefined;
    }
    const local = fromUnixMs(utcMs(year, month, day) + ((hour * 60 + minute) * 60 + second) * 1_000);
    const ticks = local.ticks + fractionTicks(parts.fraction ?? "");
    const { zone } = parts;
    if (zone === undefined || zone.toUpperCase() === "Z") {
        return { ticks, kind: zone === undefined ? "unspecified" : "utc" };
    }
    const offset = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
    return {
        ticks: ticks - BigInt(zone.startsWith("-") ? -offset : offset) * 60_000n * TICKS_PER_MS,
        kind: "offset",
    };
}

/** The hour of 24 that one of 12 is; undefined if it is none. */
export function hourOfDay(hour: string, half: string): string | undefined {
    const number = Number(hour);
    return number < 1 || number > 12
        ? undefined
        : String((number % 12) + (half.toUpperCase().startsWith("P") ? 12 : 0));
}

/** Ticks of a fraction of a second, rounded to the nearest. */
function fractionTicks(digits: string): bigint {
    const rounded = digits.charAt(7) >= "5" ? 1n : 0n;
    return BigInt(digits.slice(0, 7).padEnd(7, "0")) + rounded;
}

/**
 * Reads a timestamp for a function of the language.
 *
 * @throws ExpressionError in Azure's words
 * @throws NotSupportedError for text that .NET may read as a date in a way not known here
 */
export function requireDateTime(name: string, text: unknown): DateTime {
    const date = typeof text === "string" ? parseDateTime(text) : undefined;
    if (date !== undefined) {
        return date;
    }
    const shown = typeof text === "string" ? text : "";
    if (mayBeDate(shown)) {
        throw new NotSupportedError(
            `The date time string '${shown}' of function '${name}' is not supported by the simulator; timestamps as ` +
                "in '2026-01-15T10:30:00Z' and '01/15/2026 10:30:00' are.",
        );
    }
    throw invalidDateTime(name, shown);
}

/** "In function 'x', the value provided for date time string '…' was not valid. …". */
export function invalidDateTime(name: string, text: string): ExpressionError {
    return new ExpressionError(
        `In function '${name}', the value provided for date time string '${text}' was not valid. ` +
            "The datetime string must match ISO 8601 format.",
    );
}

/** Whether .NET might find a date in the text: more than a number, and no word that it does not know. */
function mayBeDate(text: string): boolean {
    const isKnownForm = YEAR_FIRST.test(text.trim()) || MONTH_FIRST.test(text.trim());
    const words = text.match(/\p{L}+/gu) ?? [];
    return (
        !isKnownForm &&
        /\d/.test(text) &&
        /\d\D+\d|\p{L}/u.test(text) &&
        words.every((word) => DATE_WORD.test(word))
    );
}

/**
 * The date `count` units later. Months and years keep the day, or take the month's last one.
 *
 * @param unit - `Second`, `Minute`, `Hour`, `Day`, `Week`, `Month` or `Year`, in any letter case, also in the plural
 * @throws ExpressionError if the unit is another, or the result is outside of the years 1 to 9999
 */
export function addUnits(name: string, date: DateTime, count: bigint, unit: string): DateTime {
    const key = unit.toLowerCase().replace(/s$/, "");
    const milliseconds = UNIT_MS.get(key);
    const ticks =
        milliseconds !== undefined
            ? date.ticks + count * BigInt(milliseconds) * TICKS_PER_MS
            : addMonths(date, monthsOf(name, count, key, unit));
    if (ticks < 0n || ticks > MAX_TICKS) {
        throw new ExpressionError(
            `The template language function '${name}' parameters are out of range: the resulting date is not between ` +
                "the years 1 and 9999.",
        );
    }
    return { ...date, ticks };
}

function monthsOf(name: string, count: bigint, key: string, unit: string): bigint {
    if (key === "month" || key === "year") {
        return key === "month" ? count : count * 12n;
    }
    throw new ExpressionError(
        `The template language function '${name}' expects a time unit of 'Second', 'Minute', 'Hour', 'Day', 'Week', ` +
            `'Month' or 'Year'. The provided value is '${unit}'.`,
    );
}

function addMonths(date: DateTime, count: bigint): bigint {
    const from = new Date(toUnixMs(date));
    const months = BigInt(from.getUTCFullYear() * 12 + from.getUTCMonth()) + count;
    if (months < 12n || months >= 120_000n) {
        return -1n;
    }
    const year = Math.floor(Number(months) / 12);
    const month = (Number(months) % 12) + 1;
    const day = Math.min(from.getUTCDate(), daysInMonth(year, month));
    const timeOfDay = ((from.getTime() % 86_400_000) + 86_400_000) % 86_400_000;
    return fromUnixMs(utcMs(year, month, day) + timeOfDay).ticks + BigInt(ticksBelowMs(date));
}

/**
 * The time between two dates as .NET's `TimeSpan` writes it: `[-][d.]hh:mm:ss[.fffffff]`.
 */
export function timeSpanText(ticks: bigint): string {
    const magnitude = ticks < 0n ? -ticks : ticks;
    const fraction = magnitude % 10_000_000n;
    const seconds = magnitude / 10_000_000n;
    const days = seconds / 86_400n;
    const clock = [(seconds / 3_600n) % 24n, (seconds / 60n) % 60n, seconds % 60n].map((part) =>
        part.toString().padStart(2, "0"),
    );
    return (
        (ticks < 0n ? "-" : "") +
        (days > 0n ? `${days}.` : "") +
        clock.join(":") +
        (fraction > 0n ? `.${fraction.toString().padStart(7, "0")}` : "")
    );
}

function utcMs(year: number, month: number, day: number): number {
    const date = new Date(0);
    // Unlike Date.UTC, this takes the years 1 to 99 as they are.
    date.setUTCFullYear(year, month - 1, day);
    return date.getTime();
}

function daysInMonth(year: number, month: number): number {
    return new Date(utcMs(year, month + 1, 1) - 86_400_000).getUTCDate();
}
