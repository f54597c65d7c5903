/**
 * Windows' time zones, by whose names the conversion functions go. The rules are those of the IANA database for the
 * place that stands for the zone; Windows knows yearly rules only for recent years, so older dates are refused.
 *
 * Source: Microsoft Learn, "Default time zones"; Unicode CLDR, windowsZones, through the package windows-iana.
 */
import { createRequire } from "node:module";
import { atUnixMs, toUnixMs, type DateTime } from "./dateTime";
import { ExpressionError, NotSupportedError } from "./errors";

/** Offsets of a zone. */
export interface TimeZone {
    readonly isUtc: boolean;
    /** Milliseconds that its clocks are ahead of UTC at a point in time in milliseconds since 1970. */
    offsetAt(time: number): number;
}

/** Before this, Windows and the IANA database may differ. */
const FIRST_YEAR = 2010;

const UTC: TimeZone = { isUtc: true, offsetAt: () => 0 };

const known = new Map<string, TimeZone>();

/**
 * The zone of a name.
 *
 * @param of - the function that asks
 * @throws ExpressionError if Windows has no such zone
 */
export function timeZoneOf(of: string, name: string): TimeZone {
    const key = name.toLowerCase();
    const zone = known.get(key) ?? (key === "utc" ? UTC : fromIntl(findIana(of, name)));
    known.set(key, zone);
    return zone;
}

/** The local time in a zone of a point in time. */
export function toLocal(of: string, utc: DateTime, zone: TimeZone): DateTime {
    if (zone.isUtc) {
        return { ...utc, kind: "utc" };
    }
    const time = toUnixMs(utc);
    requireRecent(of, time);
    return { ticks: shifted(utc, zone.offsetAt(time)), kind: "unspecified" };
}

/**
 * The point in time of a local time in a zone; of two, the one in standard time, as .NET does.
 *
 * @throws ExpressionError if the clocks skip that time
 */
export function toUtc(of: string, local: DateTime, zone: TimeZone): DateTime {
    if (zone.isUtc) {
        return { ...local, kind: "utc" };
    }
    const time = toUnixMs(local);
    requireRecent(of, time);
    const around = [zone.offsetAt(time - DAY_MS), zone.offsetAt(time + DAY_MS)];
    const offset = Math.min(...around.filter((candidate) => zone.offsetAt(time - candidate) === candidate));
    if (!Number.isFinite(offset)) {
        throw new ExpressionError(
            `In function '${of}', the value provided is a time that does not exist in its time zone: the clocks go ` +
                "forward then.",
        );
    }
    return { ticks: shifted(local, -offset), kind: "utc" };
}

const DAY_MS = 86_400_000;

function shifted(date: DateTime, milliseconds: number): bigint {
    return date.ticks + atUnixMs(date, milliseconds).ticks - atUnixMs(date, 0).ticks;
}

function requireRecent(of: string, time: number): void {
    if (new Date(time).getUTCFullYear() < FIRST_YEAR) {
        throw new NotSupportedError(
            `Dates before ${FIRST_YEAR} in function '${of}' are not supported by the simulator: Windows' rules for ` +
                "older years may differ.",
        );
    }
}

/** The IANA zone that stands for a Windows zone. */
function findIana(of: string, name: string): string {
    // Loaded when it is needed: the tables are large.
    const tables = createRequire(__filename)("windows-iana") as typeof import("windows-iana");
    const entries = tables.WINDOWS_TO_IANA_MAP.filter(({ territory }) => territory === "001");
    const [iana] =
        entries.find(({ windowsName }) => windowsName.toLowerCase() === name.toLowerCase())?.iana ?? [];
    if (iana !== undefined) {
        return iana;
    }
    const [windows] = tables.findWindows(name);
    const plain = (text: string): string => text.toLowerCase().replace(/[^a-z\d+-]/g, "");
    const similar =
        windows ?? entries.find(({ windowsName }) => plain(windowsName) === plain(name))?.windowsName;
    if (similar !== undefined) {
        throw new NotSupportedError(
            `The time zone '${name}' of function '${of}' is not supported by the simulator; Windows calls it '${similar}'.`,
        );
    }
    throw new ExpressionError(
        `In function '${of}', the value provided for the time zone id '${name}' was not valid.`,
    );
}

function fromIntl(timeZone: string): TimeZone {
    const format = new Intl.DateTimeFormat("en-US", {
        timeZone,
        hourCycle: "h23",
        year: "numeric",
        month: "numeric",
        day: "numeric",
        hour: "numeric",
        minute: "numeric",
        second: "numeric",
    });
    return {
        isUtc: false,
        offsetAt: (time) => {
            const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
            const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
            const local = Date.UTC(
                part("year"),
                part("month") - 1,
                part("day"),
                part("hour"),
                part("minute"),
                part("second"),
            );
            return local - Math.floor(time / 1_000) * 1_000;
        },
    };
}
