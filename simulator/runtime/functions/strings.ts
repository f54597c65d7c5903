import { ExpressionError, NotSupportedError } from "../errors";
import { toText, type Value } from "../values";
import {
    argument,
    optionalString,
    outOfRange,
    requireInteger,
    requireString,
    requireTextLength,
} from "./arguments";
import { eager, eagerWithDecimals, type Implementations } from "./implementation";

/** White space of .NET's `Char.IsWhiteSpace`: next line (U+0085) is some, the byte order mark is none. */
const OUTER_WHITE_SPACE = /^\p{White_Space}+|\p{White_Space}+$/gu;

/** String functions. `indexOf`, `startsWith` and their like ignore letter case; `replace` and `split` do not. */
export const stringFunctions: Implementations = {
    concat: eagerWithDecimals((args) => {
        const texts = args.map(toText);
        requireTextLength(
            "concat",
            texts.reduce((sum, text) => sum + text.length, 0),
        );
        return texts.join("");
    }),
    replace: eager((args) => {
        const text = requireString(argument("replace", args, 0));
        const search = requireString(argument("replace", args, 1));
        const replacement = requireString(argument("replace", args, 2));
        if (search === "") {
            throw outOfRange("replace", "the old string must not be empty.");
        }
        return text.replaceAll(search, () => replacement);
    }),
    split: eager((args) => {
        const text = requireString(argument("split", args, 0));
        const delimiter = requireString(argument("split", args, 1));
        return delimiter === "" ? [text] : text.split(delimiter);
    }),
    substring: eager(substring),
    slice: eager((args) => {
        const text = requireString(argument("slice", args, 0));
        const start = Number(requireInteger(argument("slice", args, 1)));
        return text.slice(
            start,
            args.length > 2 ? Number(requireInteger(argument("slice", args, 2))) : undefined,
        );
    }),
    toLower: eager((args) => lowerCase(requireString(argument("toLower", args, 0)))),
    toUpper: eager((args) => upperCase(requireString(argument("toUpper", args, 0)))),
    trim: eager((args) => requireString(argument("trim", args, 0)).replace(OUTER_WHITE_SPACE, "")),
    indexOf: eager((args) => {
        const [text, search] = foldedPair("indexOf", args);
        return text.indexOf(search);
    }),
    lastIndexOf: eager((args) => {
        const [text, search] = foldedPair("lastIndexOf", args);
        return search === "" ? Math.max(0, text.length - 1) : text.lastIndexOf(search);
    }),
    nthIndexOf: eager(nthIndexOf),
    startsWith: eager((args) => {
        const [text, search] = foldedPair("startsWith", args);
        return text.startsWith(search);
    }),
    endsWith: eager((args) => {
        const [text, search] = foldedPair("endsWith", args);
        return text.endsWith(search);
    }),
    guid: eager((args, scope) => {
        const format = optionalString(argument("guid", args, 0)) ?? "D";
        return formatGuid(scope.random.uuid(), format);
    }),
};

/** Every character by itself, as .NET's invariant culture does it: `ß` stays `ß`, and so do `İ` and `ı`. */
function lowerCase(text: string): string {
    return mapCase(text, (character) => character.toLowerCase());
}

/** See {@link lowerCase}. */
export function upperCase(text: string): string {
    return mapCase(text, (character) => character.toUpperCase());
}

function mapCase(text: string, map: (character: string) => string): string {
    const mapped = map(text);
    // Only special cases change the length; they go character by character.
    return mapped.length === text.length && !text.includes("ı")
        ? mapped
        : Array.from(text, (character) => {
              const one = map(character);
              return one.length === character.length && character !== "ı" ? one : character;
          }).join("");
}

function substring(args: readonly Value[]): Value {
    const text = requireString(argument("substring", args, 0));
    const start = Number(requireInteger(argument("substring", args, 1)));
    if (start < 0 || start >= text.length) {
        throw outOfRange(
            "substring",
            "'start index' must be non-negative integer and should be less than the length of the string.",
        );
    }
    if (args.length < 3) {
        return text.slice(start);
    }
    const length = Number(requireInteger(argument("substring", args, 2)));
    if (length < 0 || start + length > text.length) {
        throw outOfRange(
            "substring",
            "'start index' and 'length' must be non-negative integers and their sum must be no larger than the " +
                "length of the string.",
        );
    }
    return text.slice(start, start + length);
}

/** Counts from the end where the occurrence is negative. */
function nthIndexOf(args: readonly Value[]): Value {
    const [text, search] = foldedPair("nthIndexOf", args);
    const occurrence = Number(requireInteger(argument("nthIndexOf", args, 2)));
    if (search === "") {
        return -1;
    }
    const found = indexesOf(text, search, 1);
    if (occurrence === 0 || found.length !== indexesOf(text, search, search.length).length) {
        throw new NotSupportedError(
            `The occurrence ${occurrence} of '${search}' in '${text}' as parameters of function 'nthIndexOf' is not ` +
                "supported by the simulator: no document says how zero or overlapping occurrences count.",
        );
    }
    return found.at(occurrence > 0 ? occurrence - 1 : occurrence) ?? -1;
}

function indexesOf(text: string, search: string, step: number): readonly number[] {
    const found: number[] = [];
    for (let at = text.indexOf(search); at >= 0; at = text.indexOf(search, at + step)) {
        found.push(at);
    }
    return found;
}

/** The first two arguments without their letter case. */
function foldedPair(of: string, args: readonly Value[]): readonly [string, string] {
    return [lowerCase(requireString(argument(of, args, 0))), lowerCase(requireString(argument(of, args, 1)))];
}

function formatGuid(uuid: string, format: string): string {
    switch (format.toUpperCase()) {
        case "D":
            return uuid;
        case "N":
            return uuid.replaceAll("-", "");
        case "B":
            return `{${uuid}}`;
        case "P":
            return `(${uuid})`;
        case "X": {
            const [first = "", second = "", third = "", ...rest] = uuid.split("-");
            const bytes = rest.join("").match(/../g) ?? [];
            return `{0x${first},0x${second},0x${third},{${bytes.map((byte) => `0x${byte}`).join(",")}}}`;
        }
        default:
            throw new ExpressionError(
                `The template language function 'guid' expects its parameter to be one of the formats N, D, B, P and ` +
                    `X. The provided value is '${format}'.`,
            );
    }
}
