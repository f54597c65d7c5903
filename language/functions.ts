import { nameKey } from "./names";

/** A function of the expression language, as far as a definition can be checked without running it. */
export interface FunctionSignature {
    /** In Microsoft's letter case; a call may use any. */
    readonly name: string;
    readonly minArgs: number;
    /** `Infinity` for a variadic function. */
    readonly maxArgs: number;
}

/** The function of this name, without regard to letter case; undefined if a Consumption workflow has none. */
export function findFunction(name: string): FunctionSignature | undefined {
    return byName.get(nameKey(name));
}

const MANY = Infinity;

/** Fewest and most arguments of each function. */
const argumentCounts: { readonly [name: string]: readonly [min: number, max: number] } = {
    // Strings
    concat: [1, MANY],
    endsWith: [2, 2],
    formatNumber: [2, 3],
    guid: [0, 1],
    indexOf: [2, 2],
    isFloat: [1, 2],
    isInt: [1, 1],
    lastIndexOf: [2, 2],
    length: [1, 1],
    nthIndexOf: [3, 3],
    replace: [3, 3],
    slice: [2, 3],
    split: [2, 2],
    startsWith: [2, 2],
    substring: [2, 3],
    toLower: [1, 1],
    toUpper: [1, 1],
    trim: [1, 1],

    // Collections
    chunk: [2, 2],
    contains: [2, 2],
    empty: [1, 1],
    first: [1, 1],
    intersection: [2, MANY],
    item: [0, 0],
    join: [2, 2],
    last: [1, 1],
    reverse: [1, 1],
    skip: [2, 2],
    sort: [1, 2],
    take: [2, 2],
    union: [2, MANY],

    // Logical comparison
    and: [1, MANY],
    equals: [2, 2],
    greater: [2, 2],
    greaterOrEquals: [2, 2],
    if: [3, 3],
    less: [2, 2],
    lessOrEquals: [2, 2],
    not: [1, 1],
    or: [1, MANY],

    // Conversion
    array: [1, 1],
    base64: [1, 1],
    base64ToBinary: [1, 1],
    base64ToString: [1, 1],
    binary: [1, 1],
    bool: [1, 1],
    createArray: [1, MANY],
    dataUri: [1, 1],
    dataUriToBinary: [1, 1],
    dataUriToString: [1, 1],
    decimal: [1, 1],
    decodeBase64: [1, 1],
    decodeDataUri: [1, 1],
    decodeUriComponent: [1, 1],
    encodeUriComponent: [1, 1],
    float: [1, 2],
    int: [1, 1],
    json: [1, 1],
    string: [1, 1],
    uriComponent: [1, 1],
    uriComponentToBinary: [1, 1],
    uriComponentToString: [1, 1],
    xml: [1, 1],

    // Math
    add: [2, 2],
    div: [2, 2],
    max: [1, MANY],
    min: [1, MANY],
    mod: [2, 2],
    mul: [2, 2],
    rand: [2, 2],
    range: [2, 2],
    sub: [2, 2],

    // Date and time
    addDays: [2, 3],
    addHours: [2, 3],
    addMinutes: [2, 3],
    addSeconds: [2, 3],
    addToTime: [3, 4],
    convertFromUtc: [2, 3],
    convertTimeZone: [3, 4],
    convertToUtc: [2, 3],
    dateDifference: [2, 2],
    dayOfMonth: [1, 1],
    dayOfWeek: [1, 1],
    dayOfYear: [1, 1],
    formatDateTime: [1, 3],
    getFutureTime: [2, 3],
    getPastTime: [2, 3],
    parseDateTime: [1, 3],
    startOfDay: [1, 2],
    startOfHour: [1, 2],
    startOfMonth: [1, 2],
    subtractFromTime: [3, 4],
    ticks: [1, 1],
    utcNow: [0, 1],

    // Workflow
    action: [0, 0],
    actionBody: [1, 1],
    actionOutputs: [1, 1],
    actions: [1, 1],
    body: [1, 1],
    formDataMultiValues: [2, 2],
    formDataValue: [2, 2],
    items: [1, 1],
    iterationIndexes: [1, 1],
    listCallbackUrl: [0, 0],
    multipartBody: [2, 2],
    outputs: [1, 1],
    parameters: [1, 1],
    result: [1, 1],
    trigger: [0, 0],
    triggerBody: [0, 0],
    triggerFormDataMultiValues: [1, 1],
    triggerFormDataValue: [1, 1],
    triggerMultipartBody: [1, 1],
    triggerOutputs: [0, 0],
    variables: [1, 1],
    workflow: [0, 0],

    // URI parsing
    uriHost: [1, 1],
    uriPath: [1, 1],
    uriPathAndQuery: [1, 1],
    uriPort: [1, 1],
    uriQuery: [1, 1],
    uriScheme: [1, 1],

    // JSON and XML
    addProperty: [3, 3],
    coalesce: [1, MANY],
    removeProperty: [2, 2],
    setProperty: [3, 3],
    xpath: [2, 2],
};

/**
 * All functions of a Consumption workflow; `appsetting` exists in Standard workflows only.
 *
 * Source: Microsoft Learn, "Reference guide to workflow expression functions" (2025-07-08).
 */
export const functions: readonly FunctionSignature[] = Object.entries(argumentCounts).map(
    ([name, [minArgs, maxArgs]]) => ({ name, minArgs, maxArgs }),
);

const byName = new Map(functions.map((signature) => [nameKey(signature.name), signature]));
