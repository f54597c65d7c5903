/**
 * What azure-native finds wrong with inputs before it asks Azure.
 *
 * Source: pulumi/pulumi-azure-native, provider/pkg/provider/provider.go (`Check`, `validateType`,
 * `validateProperty`), whose words the reasons are in.
 */
import { isJsonObject, type Json, type JsonObject } from "../../../language/json";
import { nameInput, pathInputs } from "./paths";
import type { ResourceSpec } from "./resourceTypes";
import {
    type ListShape,
    type IntegerShape,
    type ObjectShape,
    type Shape,
    sideOf,
    text,
    type TextShape,
} from "./shapes";
import { UNKNOWN } from "./unknown";

/** The reasons not to accept these inputs; none where there is nothing wrong. */
export function problemsOf(spec: ResourceSpec, inputs: JsonObject): readonly string[] {
    const inPath = pathInputs(spec).filter((name) => !name.includes("."));
    const needed = inPath.filter((name) => spec.autoName === undefined || name !== nameInput(spec));
    const ofPath = inPath.flatMap((name) => {
        const value = inputs[name];
        return value === undefined
            ? needed.includes(name)
                ? [missing(name)]
                : []
            : problemsOfValue(name, value, spec.pathShapes?.[name] ?? text);
    });
    const ofVersion =
        spec.apiVersionIsInput === true && inputs["apiVersion"] === undefined ? ["apiVersion"] : [];
    return [...ofPath, ...ofVersion.map(missing), ...problemsOfObject("", inputs, spec.body)];
}

function missing(path: string): string {
    return (
        `missing required property '${path}'` +
        (path === "location"
            ? ". Either set it explicitly or configure it with 'pulumi config set azure-native:location <value>'."
            : "")
    );
}

function problemsOfObject(path: string, values: JsonObject, shape: ObjectShape): readonly string[] {
    const inner = (name: string) => (path === "" ? name : `${path}.${name}`);
    const properties = sideOf(shape, "in");
    const absent = properties.filter(([name, property]) => property.required === true && !(name in values));
    return [
        ...absent.map(([name]) => missing(inner(name))),
        ...properties.flatMap(([name, property]) => {
            const value = values[name];
            return value === undefined ? [] : problemsOfValue(inner(name), value, property.shape);
        }),
    ];
}

function problemsOfValue(path: string, value: Json, shape: Shape): readonly string[] {
    if (value === UNKNOWN || shape.kind === "untyped") {
        return [];
    }
    if (typeof value === "string") {
        return shape.kind === "text"
            ? problemsOfText(path, value, shape)
            : [wrongType(path, shape, "a string")];
    }
    if (typeof value === "number") {
        return shape.kind === "integer"
            ? problemsOfInteger(path, value, shape)
            : [wrongType(path, shape, "a number")];
    }
    if (Array.isArray(value)) {
        return shape.kind === "list"
            ? problemsOfList(path, value as readonly Json[], shape)
            : [wrongType(path, shape, "an array")];
    }
    // azure-native lets an object, and true or false, pass where something else should be.
    return isJsonObject(value) && shape.kind === "object" ? problemsOfObject(path, value, shape) : [];
}

function problemsOfList(path: string, items: readonly Json[], shape: ListShape): readonly string[] {
    return items.flatMap((item, index) => problemsOfValue(`${path}[${index}]`, item, shape.items));
}

function problemsOfText(path: string, value: string, { longest, pattern }: TextShape): readonly string[] {
    const length = Buffer.byteLength(value);
    return [
        ...(longest !== undefined && length > longest
            ? [`'${path}' is too long (${length}): at most ${longest} characters allowed`]
            : []),
        ...(pattern?.test(value) === false
            ? [`'${path}' does not match expression '${pattern.source}'`]
            : []),
    ];
}

function problemsOfInteger(path: string, value: number, { least, most }: IntegerShape): readonly string[] {
    const shown = value.toFixed(6);
    return [
        ...(!Number.isInteger(value) ? [`'${path}' must be an integer but got ${shown}`] : []),
        ...(least !== undefined && value < least
            ? [`'${path}' is too low (${shown} < ${least.toFixed(6)})`]
            : []),
        ...(most !== undefined && value > most
            ? [`'${path}' is too high (${shown} > ${most.toFixed(6)})`]
            : []),
    ];
}

const TYPE_NAMES: { readonly [kind in Exclude<Shape["kind"], "untyped">]: string } = {
    text: "string",
    integer: "integer",
    flag: "boolean",
    list: "array",
    map: "object",
    object: "object",
};

function wrongType(path: string, shape: Exclude<Shape, { kind: "untyped" }>, got: string): string {
    return `'${path}' should be of type '${TYPE_NAMES[shape.kind]}' but got ${got}`;
}
