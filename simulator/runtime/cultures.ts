/** How numbers are written in a culture. */
export interface Culture {
    readonly group: string;
    readonly point: string;
    /** What stands before and after an amount of its money, and its places. @default formatting money is not simulated */
    readonly currency?: { readonly before: string; readonly after: string; readonly places?: number };
    /** Whether `Infinity` is a word in it. */
    readonly invariant?: true;
}

export const INVARIANT: Culture = { group: ",", point: ".", invariant: true };

/** Source of the money: Microsoft Learn, "Reference guide to workflow expression functions", `formatNumber`. */
const CULTURES: ReadonlyMap<string, Culture> = new Map([
    ["", INVARIANT],
    ["en-us", { group: ",", point: ".", currency: { before: "$", after: "", places: 2 } }],
    ["en-gb", { group: ",", point: "." }],
    ["de-de", { group: ".", point: "," }],
    ["is-is", { group: ".", point: ",", currency: { before: "", after: " kr" } }],
]);

/** The locale codes that are known here. */
export const KNOWN_LOCALES = [...CULTURES.keys()].filter((key) => key !== "").join(", ");

/** The culture of a locale code, the invariant one for an empty code; undefined for one that is not known here. */
export function findCulture(locale: string): Culture | undefined {
    return CULTURES.get(locale.toLowerCase());
}
