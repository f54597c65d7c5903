/** What the culture en-US writes in dates. */

export const MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

export const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** .NET's standard formats by their letter. */
export const STANDARD: { readonly [letter: string]: string } = {
    o: "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK",
    O: "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK",
    s: "yyyy'-'MM'-'dd'T'HH':'mm':'ss",
    u: "yyyy'-'MM'-'dd HH':'mm':'ss'Z'",
    r: "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
    R: "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
    d: "M/d/yyyy",
    D: "dddd, MMMM d, yyyy",
    f: "dddd, MMMM d, yyyy h:mm tt",
    F: "dddd, MMMM d, yyyy h:mm:ss tt",
    U: "dddd, MMMM d, yyyy h:mm:ss tt",
    g: "M/d/yyyy h:mm tt",
    G: "M/d/yyyy h:mm:ss tt",
    m: "MMMM d",
    M: "MMMM d",
    t: "h:mm tt",
    T: "h:mm:ss tt",
    y: "MMMM yyyy",
    Y: "MMMM yyyy",
};
