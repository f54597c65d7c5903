/**
 * Names in dates by culture. Beside English those are known that Microsoft's page shows in use, and of them only the full
 * names, in which all versions of .NET agree.
 *
 * Source: Microsoft Learn, "Reference guide to workflow expression functions" (2025-07-08), `formatDateTime`; the names
 * themselves are those of Unicode CLDR.
 */
import { DAYS, MONTHS } from "./dateNames";
import { NotSupportedError } from "./errors";

export interface DateCulture {
    /** January first. */
    readonly months: readonly string[];
    /** Sunday first. */
    readonly days: readonly string[];
    /** The locale code where more than full names and digits is not known. */
    readonly onlyNames?: string;
}

export const ENGLISH: DateCulture = { months: MONTHS, days: DAYS };

/** Locale codes in the form of the page; the letter case of a given one does not count. */
const OTHERS = ["fr-FR", "es-ES"];

/**
 * The culture of a locale code, English for an empty one.
 *
 * @param of - the function that asks
 * @throws NotSupportedError for one that is not known here
 */
export function dateCultureOf(of: string, locale: string): DateCulture {
    const key = locale.toLowerCase();
    if (["", "en", "en-us"].includes(key)) {
        return ENGLISH;
    }
    const known = OTHERS.find((other) => other.toLowerCase() === key);
    if (known === undefined) {
        throw new NotSupportedError(
            `The locale '${locale}' of function '${of}' is not supported by the simulator; en-US, ${OTHERS.join(", ")} are.`,
        );
    }
    const month = new Intl.DateTimeFormat(known, { month: "long", timeZone: "UTC" });
    const day = new Intl.DateTimeFormat(known, { weekday: "long", timeZone: "UTC" });
    return {
        months: MONTHS.map((_, index) => month.format(Date.UTC(2023, index, 1))),
        // The year 2023 began on a Sunday.
        days: DAYS.map((_, index) => day.format(Date.UTC(2023, 0, index + 1))),
        onlyNames: known,
    };
}
