import { dateCultureOf, ENGLISH, type DateCulture } from "../dateCultures";
import { formatDate, requireEnglish, ROUND_TRIP } from "../dateFormat";
import { parseExactly } from "../dateParse";
import {
    addUnits,
    atUnixMs,
    fromUnixMs,
    requireDateTime,
    timeSpanText,
    toUnixMs,
    type DateTime,
} from "../dateTime";
import { ExpressionError, NotSupportedError } from "../errors";
import { timeZoneOf, toLocal, toUtc, type TimeZone } from "../timeZones";
import { toInteger, toText, type Value } from "../values";
import { argument, optionalString, requireInteger, requireString } from "./arguments";
import { eager, type Implementation, type Implementations } from "./implementation";

const DAY_MS = 86_400_000;

/** Date and time functions. What they give keeps the kind of what they got: `Z`, no zone, or `+00:00`. */
export const dateFunctions: Implementations = {
    utcNow: eager((args, scope) => format("utcNow", fromUnixMs(scope.now), args, 0)),
    addSeconds: add("addSeconds", "Second"),
    addMinutes: add("addMinutes", "Minute"),
    addHours: add("addHours", "Hour"),
    addDays: add("addDays", "Day"),
    addToTime: shift("addToTime", 1n),
    subtractFromTime: shift("subtractFromTime", -1n),
    getFutureTime: fromNow("getFutureTime", 1n),
    getPastTime: fromNow("getPastTime", -1n),
    formatDateTime: eager((args) => {
        const locale = optionalString(argument("formatDateTime", args, 2)) ?? "";
        const culture = dateCultureOf("formatDateTime", locale);
        return format("formatDateTime", dateAt("formatDateTime", args, 0), args, 1, culture);
    }),
    parseDateTime: eager(parseDateTime),
    dateDifference: eager((args) =>
        timeSpanText(dateAt("dateDifference", args, 1).ticks - dateAt("dateDifference", args, 0).ticks),
    ),
    ticks: eager((args) => toInteger(dateAt("ticks", args, 0).ticks)),
    dayOfMonth: eager((args) => utcDate("dayOfMonth", args).getUTCDate()),
    dayOfWeek: eager((args) => utcDate("dayOfWeek", args).getUTCDay()),
    dayOfYear: eager((args) => {
        const date = utcDate("dayOfYear", args);
        const newYear = new Date(date);
        newYear.setUTCMonth(0, 1);
        return Math.round((date.getTime() - newYear.getTime()) / DAY_MS) + 1;
    }),
    startOfDay: startOf("startOfDay", (date) => date.setUTCHours(0, 0, 0, 0)),
    startOfHour: startOf("startOfHour", (date) => date.setUTCMinutes(0, 0, 0)),
    startOfMonth: startOf("startOfMonth", (date) => {
        date.setUTCDate(1);
        return date.setUTCHours(0, 0, 0, 0);
    }),
    convertFromUtc: convert("convertFromUtc", undefined, 1),
    convertToUtc: convert("convertToUtc", 1, undefined),
    convertTimeZone: convert("convertTimeZone", 1, 2),
};

/** In the format that is given, or in any that the locale knows. */
function parseDateTime(args: readonly Value[]): Value {
    const locale = optionalString(argument("parseDateTime", args, 1)) ?? "";
    const pattern = optionalString(argument("parseDateTime", args, 2)) ?? "";
    if (pattern !== "") {
        const text = requireString(argument("parseDateTime", args, 0));
        requireGregorian(locale);
        return formatDate(parseExactly(text, pattern, locale), ROUND_TRIP);
    }
    requireEnglish("parseDateTime", locale);
    return formatDate(dateAt("parseDateTime", args, 0), ROUND_TRIP);
}

/** Refuses locales that count days in another way, or that nobody knows. */
function requireGregorian(locale: string): void {
    const calendar = isLocale(locale)
        ? new Intl.DateTimeFormat(locale).resolvedOptions().calendar
        : undefined;
    if (locale !== "" && calendar !== "gregory") {
        throw new NotSupportedError(
            `The locale '${locale}' of function 'parseDateTime' is not supported by the simulator.`,
        );
    }
}

function isLocale(locale: string): boolean {
    try {
        return Intl.DateTimeFormat.supportedLocalesOf(locale).length > 0;
    } catch {
        return false;
    }
}

function dateAt(name: string, args: readonly Value[], index: number): DateTime {
    const isNull = (args[index] ?? null) === null;
    return requireDateTime(name, isNull ? null : requireString(argument(name, args, index)));
}

function utcDate(name: string, args: readonly Value[]): Date {
    return new Date(toUnixMs(dateAt(name, args, 0)));
}

/** The date in the format given at an index of the arguments, by default round trip. */
function format(
    name: string,
    date: DateTime,
    args: readonly Value[],
    index: number,
    culture: DateCulture = ENGLISH,
): Value {
    const pattern = optionalString(argument(name, args, index)) ?? "";
    return formatDate(date, pattern === "" ? ROUND_TRIP : pattern, culture);
}

function add(name: string, unit: string): Implementation {
    return eager((args) => {
        const count = BigInt(requireInteger(argument(name, args, 1)));
        return format(name, addUnits(name, dateAt(name, args, 0), count, unit), args, 2);
    });
}

function shift(name: string, direction: bigint): Implementation {
    return eager((args) => {
        const count = direction * BigInt(requireInteger(argument(name, args, 1)));
        const unit = requireString(argument(name, args, 2));
        return format(name, addUnits(name, dateAt(name, args, 0), count, unit), args, 3);
    });
}

function fromNow(name: string, direction: bigint): Implementation {
    return eager((args, scope) => {
        const count = direction * BigInt(requireInteger(argument(name, args, 0)));
        const unit = requireString(argument(name, args, 1));
        return format(name, addUnits(name, fromUnixMs(scope.now), count, unit), args, 2);
    });
}

function startOf(name: string, reset: (date: Date) => number): Implementation {
    return eager((args) => {
        const date = dateAt(name, args, 0);
        return format(name, atUnixMs(date, reset(new Date(toUnixMs(date)))), args, 1);
    });
}

/**
 * Converts between zones, whose names are the arguments after the timestamp: from and to UTC where one is absent. A
 * timestamp that says of itself that it is UTC cannot be of another zone.
 */
function convert(name: string, from: number | undefined, to: number | undefined): Implementation {
    const zoneAt = (args: readonly Value[], index: number | undefined): TimeZone =>
        timeZoneOf(name, index === undefined ? "UTC" : requireString(argument(name, args, index)));
    const formatIndex = Math.max(from ?? 0, to ?? 0) + 1;
    return eager((args) => {
        const date = dateAt(name, args, 0);
        const [source, target] = [zoneAt(args, from), zoneAt(args, to)];
        if (!source.isUtc && date.kind !== "unspecified") {
            requireUnspecified(name, date, args);
        }
        return format(name, toLocal(name, toUtc(name, date, source), target), args, formatIndex);
    });
}

function requireUnspecified(name: string, { kind }: DateTime, args: readonly Value[]): void {
    if (kind === "offset") {
        throw new NotSupportedError(
            `A timestamp with an offset in function '${name}', whose source time zone is not UTC, is not supported by ` +
                "the simulator.",
        );
    }
    throw new ExpressionError(
        `The template language function '${name}' expects its second parameter to be a time zone matching the ` +
            `timestamp '${toText(args[0] ?? null)}', which is in UTC. The provided value is '${toText(args[1] ?? null)}'.`,
    );
}
