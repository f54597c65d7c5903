import { ExpressionError, NotSupportedError } from "../errors";
import { writeJson } from "../jsonText";
import {
    compareNumbers,
    findKey,
    Float,
    isArray,
    isEqual,
    isNumber,
    isObject,
    toInteger,
    toText,
    typeName,
    type Value,
    type ValueObject,
} from "../values";
import {
    argument,
    outOfRange,
    requireArray,
    requireCollection,
    requireInteger,
    requireObject,
    requireString,
    requireTextLength,
    wrongType,
} from "./arguments";
import { eager, eagerWithDecimals, type Implementations } from "./implementation";
import { upperCase } from "./strings";

/** Most elements that `range()` makes. */
const MAX_RANGE = 100_000;

/** Most that its start and its count may be together. */
const MAX_RANGE_END = 2_147_483_647n;

/** Functions of collections and objects. */
export const collectionFunctions: Implementations = {
    join: eager(join),
    length: eager((args) => requireCollection(argument("length", args, 0)).length),
    contains: eager(contains),
    empty: eager((args) => {
        const value = args[0] ?? null;
        if (value === null) {
            return true;
        }
        if (isObject(value)) {
            return Object.keys(value).length === 0;
        }
        if (typeof value !== "string" && !isArray(value)) {
            throw wrongType(argument("empty", args, 0), "an object, an array or a string");
        }
        return value.length === 0;
    }),
    first: eager((args) => {
        const collection = requireCollection(argument("first", args, 0));
        return collection[0] ?? emptyOf(collection);
    }),
    last: eager((args) => {
        const collection = requireCollection(argument("last", args, 0));
        return collection[collection.length - 1] ?? emptyOf(collection);
    }),
    take: eager((args) => requireCollection(argument("take", args, 0)).slice(0, requireCount("take", args))),
    skip: eager((args) => requireCollection(argument("skip", args, 0)).slice(requireCount("skip", args))),
    union: eager((args) =>
        haveKind("union", args) === "object"
            ? Object.fromEntries((args as readonly ValueObject[]).flatMap((each) => Object.entries(each)))
            : distinct((args as readonly (readonly Value[])[]).flat()),
    ),
    intersection: eager(intersection),
    createArray: eagerWithDecimals((args) => args),
    array: eagerWithDecimals((args) => [args[0] ?? null]),
    range: eager((args) => {
        const start = BigInt(requireInteger(argument("range", args, 0)));
        const count = Number(requireInteger(argument("range", args, 1)));
        if (count < 1 || count > MAX_RANGE) {
            throw outOfRange("range", `'count' must be an integer between 1 and ${MAX_RANGE}.`);
        }
        if (start + BigInt(count) > MAX_RANGE_END) {
            throw outOfRange("range", `'startIndex' and 'count' must not exceed ${MAX_RANGE_END} together.`);
        }
        return Array.from({ length: count }, (_, index) => toInteger(start + BigInt(index)));
    }),
    sort: eager(sort),
    reverse: eager((args) => requireArray(argument("reverse", args, 0)).toReversed()),
    chunk: eager((args) => {
        const collection = requireCollection(argument("chunk", args, 0));
        const size = Number(requireInteger(argument("chunk", args, 1)));
        if (size < 1) {
            throw outOfRange("chunk", "the chunk size must be a positive integer.");
        }
        return Array.from({ length: Math.ceil(collection.length / size) }, (_, index) =>
            collection.slice(index * size, (index + 1) * size),
        );
    }),
    addProperty: eagerWithDecimals((args) => {
        const object = requireObject(argument("addProperty", args, 0));
        const name = requireString(argument("addProperty", args, 1));
        if (findKey(object, name) !== undefined) {
            throw new ExpressionError(
                "The template language function 'addProperty' expects the property to not exist in the object. " +
                    `Unable to add property '${name}' to '${writeJson(object)}' as it already exists.`,
            );
        }
        return { ...object, [name]: args[2] ?? null };
    }),
    setProperty: eagerWithDecimals((args) => {
        const object = requireObject(argument("setProperty", args, 0));
        const name = requireString(argument("setProperty", args, 1));
        const key = findKey(object, name) ?? name;
        // A property that is there keeps its name and becomes the last one.
        return Object.fromEntries([...propertiesBut(object, key), [key, args[2] ?? null]]);
    }),
    removeProperty: eager((args) => {
        const object = requireObject(argument("removeProperty", args, 0));
        const removed = findKey(object, requireString(argument("removeProperty", args, 1)));
        return Object.fromEntries(propertiesBut(object, removed));
    }),
};

function join(args: readonly Value[]): Value {
    const texts = requireArray(argument("join", args, 0)).map(toText);
    const delimiter = requireString(argument("join", args, 1));
    const delimiters = delimiter.length * Math.max(0, texts.length - 1);
    requireTextLength(
        "join",
        texts.reduce((sum, text) => sum + text.length, delimiters),
    );
    return texts.join(delimiter);
}

function propertiesBut(object: ValueObject, key: string | undefined): readonly (readonly [string, Value])[] {
    return Object.entries(object).filter(([name]) => name !== key);
}

/** What is first and last where there is nothing: the empty string of a string, else null. */
function emptyOf(collection: string | readonly Value[]): Value {
    return typeof collection === "string" ? "" : null;
}

function contains(args: readonly Value[]): Value {
    const [collection = null, value = null] = args;
    if (isArray(collection)) {
        return collection.some((item) => isEqual(item, value));
    }
    if (typeof collection !== "string" && !isObject(collection)) {
        throw wrongType(argument("contains", args, 0), "a dictionary (object), an array or a string");
    }
    if (typeof value !== "string") {
        throw new NotSupportedError(
            `A value of type '${typeName(value)}' as second parameter of 'contains' on a ` +
                `${typeName(collection).toLowerCase()} is not supported by the simulator; a string is.`,
        );
    }
    return typeof collection === "string" ? collection.includes(value) : hasKey(collection, value);
}

/** The page says that letter case counts, but the names of properties are found without regard to it. */
function hasKey(object: ValueObject, name: string): boolean {
    const key = findKey(object, name);
    if (key !== undefined && key !== name) {
        throw new NotSupportedError(
            `The function 'contains' for the key '${name}' of an object with the key '${key}' is not supported by the ` +
                "simulator: documents disagree on letter case.",
        );
    }
    return key !== undefined;
}

function intersection(args: readonly Value[]): Value {
    if (haveKind("intersection", args) === "object") {
        const [head = {}, ...rest] = args as readonly ValueObject[];
        return Object.fromEntries(
            Object.entries(head).filter(([name, value]) =>
                rest.every((other) => Object.hasOwn(other, name) && isEqual(other[name] ?? null, value)),
            ),
        );
    }
    const [head = [], ...rest] = args as readonly (readonly Value[])[];
    const keys = rest.map((list) => new Set(list.map(equalityKey)));
    return distinct(head.filter((item) => keys.every((set) => set.has(equalityKey(item)))));
}

function haveKind(of: string, args: readonly Value[]): "object" | "array" {
    if (args.every(isArray)) {
        return "array";
    }
    if (args.every(isObject)) {
        return "object";
    }
    const other = args.findIndex((arg) => !isArray(arg) && !isObject(arg));
    if (other >= 0) {
        throw wrongType(argument(of, args, other), "an array or an object");
    }
    throw new ExpressionError(
        `Template language function '${of}' expects parameters of same type, but found ` +
            `'${[...new Set(args.map(typeName))].join(",")}' distinct types.`,
    );
}

/** Equal values once, where they first occur. */
function distinct(items: readonly Value[]): readonly Value[] {
    const seen = new Map<string, Value>();
    for (const item of items) {
        const key = equalityKey(item);
        if (!seen.has(key)) {
            seen.set(key, item);
        }
    }
    return [...seen.values()];
}

/** The same text for equal values: numbers without their kind, properties in one order. */
function equalityKey(value: Value): string {
    if (value instanceof Float) {
        return String(value.value);
    }
    if (isArray(value)) {
        return `[${value.map(equalityKey).join(",")}]`;
    }
    if (isObject(value)) {
        const keys = Object.keys(value).sort();
        return `{${keys.map((key) => `${JSON.stringify(key)}:${equalityKey(value[key] ?? null)}`).join(",")}}`;
    }
    return typeof value === "bigint" ? value.toString() : JSON.stringify(value);
}

function requireCount(of: string, args: readonly Value[]): number {
    const count = Number(requireInteger(argument(of, args, 1)));
    if (count < 0) {
        throw outOfRange(of, `'count' must be a positive integer. The provided value is '${count}'.`);
    }
    return count;
}

function sort(args: readonly Value[]): Value {
    const items = requireArray(argument("sort", args, 0));
    const by = args.length > 1 ? requireString(argument("sort", args, 1)) : undefined;
    const keyOf = (item: Value): Value => {
        if (by === undefined) {
            return item;
        }
        const name = isObject(item) ? findKey(item, by) : undefined;
        return name === undefined || !isObject(item) ? null : (item[name] ?? null);
    };
    return items.toSorted((a, b) => compareForSort(keyOf(a), keyOf(b)));
}

function compareForSort(a: Value, b: Value): number {
    if (isNumber(a) && isNumber(b)) {
        return compareNumbers(a, b);
    }
    if (typeof a === "string" && typeof b === "string") {
        const ordinal = Math.sign(Number(a > b) - Number(a < b));
        const folded = Math.sign(Number(upperCase(a) > upperCase(b)) - Number(upperCase(a) < upperCase(b)));
        if (ordinal === folded) {
            return ordinal;
        }
        throw new NotSupportedError(
            `Sorting '${a}' and '${b}' is not supported by the simulator: their order depends on whether Azure ` +
                "regards letter case, which no document says.",
        );
    }
    throw new NotSupportedError(
        `Sorting values of type '${typeName(a)}' and '${typeName(b)}' is not supported by the simulator; ` +
            "numbers are, and strings are.",
    );
}
