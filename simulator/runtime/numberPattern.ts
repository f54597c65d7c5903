/** Custom numeric formats such as `#,##0.00`. */
import type { Culture } from "./cultures";
import { NotSupportedError } from "./errors";
import { digitsOf, fractionDigits, roundToPlaces, wholeDigits, type Digits } from "./numberDigits";
import { toText, type Float } from "./values";

/** A part of a section: a placeholder of a digit, the point, or text. */
type Token =
    | { readonly kind: "digit"; readonly zero: boolean }
    | { readonly kind: "point" }
    | { readonly kind: "text"; readonly text: string };

/** What a section says, apart from its text. */
interface Section {
    readonly tokens: readonly Token[];
    /** Whether groups of three digits are separated. */
    readonly groups: boolean;
    /** Powers of ten by which the number is multiplied. */
    readonly shift: number;
}

/** A number in a custom format. */
export function formatPattern(value: number | bigint | Float, format: string, culture: Culture): string {
    const sections = splitSections(format);
    const number = digitsOf(value);
    const [positive = "", negative = "", zero = ""] = sections;
    const unsigned = { ...number, negative: false };
    if (sections.length > 3) {
        throw unsupported(format, "it has more than three sections");
    }
    if (sections.length === 1) {
        return formatSection(number, positive, format, culture);
    }
    if (number.digits === "") {
        return formatSection(unsigned, sections.length > 2 && zero !== "" ? zero : positive, format, culture);
    }
    const chosen = number.negative && negative !== "" ? negative : positive;
    if (number.negative && negative === "") {
        throw unsupported(format, "its section for negative numbers is empty");
    }
    const section = readSection(chosen, format);
    if (round(unsigned, section).digits === "") {
        throw unsupported(
            format,
            `the number ${toText(value)} is rounded to zero in it, which changes the section`,
        );
    }
    return write(unsigned, section, culture);
}

function formatSection(number: Digits, section: string, format: string, culture: Culture): string {
    const read = readSection(section, format);
    if (number.negative && round(number, read).digits === "") {
        throw unsupported(format, "versions of .NET disagree on the sign of what is rounded to zero");
    }
    return write(number, read, culture);
}

/** The sections between semicolons that are not quoted. */
function splitSections(format: string): readonly string[] {
    const sections = [""];
    for (const part of format.match(/'[^']*'?|"[^"]*"?|\\.?|[^]/g) ?? []) {
        if (part === ";") {
            sections.push("");
        } else {
            sections.push((sections.pop() ?? "") + part);
        }
    }
    return sections;
}

function readSection(section: string, format: string): Section {
    const tokens: Token[] = [];
    let groups = false;
    let shift = 0;
    let commas = 0;
    let beforePoint = true;
    for (const part of section.match(/'[^']*'?|"[^"]*"?|\\.?|[eE][+-]?0+|[^]/g) ?? []) {
        if (part === "0" || part === "#") {
            // Commas between digits make groups, commas after the last one divide by a thousand each.
            groups ||= commas > 0;
            commas = 0;
            tokens.push({ kind: "digit", zero: part === "0" });
        } else if (part === "," && beforePoint) {
            commas += tokens.some(({ kind }) => kind === "digit") ? 1 : 0;
        } else if (part === "." && beforePoint) {
            beforePoint = false;
            shift -= 3 * commas;
            commas = 0;
            tokens.push({ kind: "point" });
        } else if (part === "%") {
            shift += 2;
            tokens.push({ kind: "text", text: part });
        } else if (part === "‰" || /^[eE][+-]?0+$/.test(part)) {
            throw unsupported(format, `'${part}' in it is not simulated`);
        } else if (part !== "," && part !== ".") {
            tokens.push({ kind: "text", text: unquoted(part) });
        }
    }
    return { tokens, groups, shift: shift - 3 * commas };
}

function unquoted(part: string): string {
    if (part.startsWith("\\")) {
        return part.slice(1);
    }
    return /^['"]/.test(part) ? part.slice(1).replace(/['"]$/, "") : part;
}

function round(number: Digits, { tokens, shift }: Section): Digits {
    const shifted = number.digits === "" ? number : { ...number, exponent: number.exponent + shift };
    const point = tokens.findIndex(({ kind }) => kind === "point");
    const after = point < 0 ? [] : tokens.slice(point).filter(({ kind }) => kind === "digit");
    return roundToPlaces(shifted, after.length);
}

function write(number: Digits, section: Section, culture: Culture): string {
    const { tokens } = section;
    const rounded = round(number, section);
    const point = tokens.findIndex(({ kind }) => kind === "point");
    const before = point < 0 ? tokens : tokens.slice(0, point);
    const after = point < 0 ? [] : tokens.slice(point + 1);
    const sign = number.negative ? "-" : "";
    if (point >= 0 && !before.some(({ kind }) => kind === "digit")) {
        // Without a placeholder before the point, the digits stand at the point.
        const text = before.map((token) => (token.kind === "text" ? token.text : "")).join("");
        return sign + text + wholeDigits(rounded, 0) + writeFraction(rounded, after, culture);
    }
    const whole = writeWhole(rounded, before, section.groups ? culture.group : "");
    return sign + whole + writeFraction(rounded, after, culture);
}

/** Digits fill the placeholders from the right; what is left over stands where the first one is. */
function writeWhole(rounded: Digits, tokens: readonly Token[], group: string): string {
    const places = tokens.filter((token) => token.kind === "digit");
    const firstZero = places.findIndex(({ zero }) => zero);
    const digits = wholeDigits(rounded, firstZero < 0 ? 0 : places.length - firstZero);
    let left = digits.length;
    let place = places.length;
    const take = (): string => {
        const digit = digits.charAt(--left);
        const position = digits.length - left;
        return position > 3 && position % 3 === 1 ? digit + group : digit;
    };
    let text = "";
    for (const token of [...tokens].reverse()) {
        if (token.kind === "text") {
            text = token.text + text;
        } else if (token.kind === "digit") {
            place -= 1;
            for (let more = left > 0; more; more = place === 0 && left > 0) {
                text = take() + text;
            }
        }
    }
    return text;
}

function writeFraction(rounded: Digits, tokens: readonly Token[], { point }: Culture): string {
    const places = tokens.filter((token) => token.kind === "digit");
    const lastZero = places.map(({ zero }) => zero).lastIndexOf(true);
    const digits = fractionDigits(rounded, lastZero + 1);
    let at = 0;
    const text = tokens.map((token) => (token.kind === "text" ? token.text : digits.charAt(at++))).join("");
    return digits === "" ? text : point + text;
}

function unsupported(format: string, why: string): NotSupportedError {
    return new NotSupportedError(`The number format '${format}' is not supported by the simulator: ${why}.`);
}
