import { formatDate, requireEnglish, ROUND_TRIP } from "../dateFormat";
import {
    addUnits,
    atUnixMs,
    fromUnixMs,
    requireDateTime,
    timeSpanText,
    toUnixMs,
    type DateTime,
} from "../dateTime";
import { NotSupportedError } from "../errors";
import { toInteger, type Value } from "../values";
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
        requireEnglish("formatDateTime", optionalString(argument("formatDateTime", args, 2)) ?? "");
        return format("formatDateTime", dateAt("formatDateTime", args, 0), args, 1);
    }),
    parseDateTime: eager((args) => {
        requireEnglish("parseDateTime", optionalString(argument("parseDateTime", args, 1)) ?? "");
        if (args.length > 2) {
            throw new NotSupportedError(
                "The parameter 'format' of function 'parseDateTime' is not supported by the simulator.",
            );
        }
        return formatDate(dateAt("parseDateTime", args, 0), ROUND_TRIP);
    }),
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
    convertFromUtc: convert("convertFromUtc", [1]),
    convertToUtc: convert("convertToUtc", [1]),
    convertTimeZone: convert("convertTimeZone", [1, 2]),
};

function dateAt(name: string, args: readonly Value[], index: number): DateTime {
    return requireDateTime(name, args[index] ?? null);
}

function utcDate(name: string, args: readonly Value[]): Date {
    return new Date(toUnixMs(dateAt(name, args, 0)));
}

/** The date in the format given at an index of the arguments, by default round trip. */
function format(name: string, date: DateTime, args: readonly Value[], index: number): Value {
    const pattern = optionalString(argument(name, args, index)) ?? "";
    return formatDate(date, pattern === "" ? ROUND_TRIP : pattern);
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

/** Without Windows' table of time zones only UTC can be converted exactly, to itself. */
function convert(name: string, zones: readonly number[]): Implementation {
    return eager((args) => {
        for (const index of zones) {
            const zone = requireString(argument(name, args, index));
            if (zone.toLowerCase() !== "utc") {
                throw new NotSupportedError(
                    `The time zone '${zone}' of function '${name}' is not supported by the simulator; 'UTC' is.`,
                );
            }
        }
        const date: DateTime = { ...dateAt(name, args, 0), kind: "utc" };
        return format(name, date, args, zones.length + 1);
    });
}
