import { isArray, isObject, type Value, type ValueObject } from "../values";

/** Keywords that say something to people only. */
const ANNOTATIONS = [
    "$schema",
    "id",
    "title",
    "description",
    "default",
    "examples",
    "definitions",
    "example",
];

/** Keywords that are checked, or that need not be. */
export const KEYWORDS = new Set([
    ...ANNOTATIONS,
    "$ref",
    "additionalItems",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "dependencies",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "oneOf",
    "pattern",
    "patternProperties",
    "properties",
    "required",
    "type",
    "uniqueItems",
]);

/** Whether a schema has `pattern` or `patternProperties`, which ParseJson refuses. Properties of that name are fine. */
export function hasPatterns(schema: Value): boolean {
    return subschemasOf(schema).some(
        (each) => typeof each["pattern"] === "string" || isObject(each["patternProperties"] ?? null),
    );
}

/** Keywords of a schema, nested ones too, that are not checked here. */
export function unknownKeywords(schema: Value): readonly string[] {
    const names = subschemasOf(schema).flatMap((each) => Object.keys(each));
    return [...new Set(names)].filter((name) => !KEYWORDS.has(name));
}

/** The schema and every schema within it. */
function subschemasOf(schema: Value): readonly ValueObject[] {
    if (isArray(schema)) {
        return schema.flatMap(subschemasOf);
    }
    if (!isObject(schema)) {
        return [];
    }
    const direct = ["items", "additionalItems", "additionalProperties", "not", "allOf", "anyOf", "oneOf"];
    const maps = ["properties", "definitions", "dependencies"];
    return [
        schema,
        ...direct.flatMap((key) => subschemasOf(schema[key] ?? null)),
        ...maps.flatMap((key) => {
            const map = schema[key] ?? null;
            return isObject(map) ? Object.values(map).flatMap(subschemasOf) : [];
        }),
    ];
}
