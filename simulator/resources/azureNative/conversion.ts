/**
 * Between the inputs of a resource, what Azure answers, and its outputs.
 *
 * Source: pulumi/pulumi-azure-native, provider/pkg/convert (previewOutputs.go, responseBodyToSdkOutputs.go,
 * sdkOutputsToSdkInputs.go, responseToSdkInputs.go) and `applyDiff` in provider/pkg/provider/diff.go.
 */
import { isDeepStrictEqual } from "node:util";
import { isJsonObject, type Json, type JsonObject } from "../../../language/json";
import { valueAt } from "../json";
import { type ObjectShape, type Shape, sideOf } from "./shapes";
import { UNKNOWN } from "./unknown";

/** The outputs that inputs will lead to: what is an input too, and unknown values for all else. */
export function previewOutputs(shape: ObjectShape, inputs: JsonObject): JsonObject {
    const entries = sideOf(shape, "out").map(([name, property]): [string, Json] => [
        name,
        previewOf(valueAt(inputs, name) ?? UNKNOWN, property.shape),
    ]);
    return Object.fromEntries(entries);
}

function previewOf(value: Json, shape: Shape): Json {
    if (value === UNKNOWN || shape.kind === "untyped") {
        return value;
    }
    if (shape.kind === "object") {
        return isJsonObject(value) ? previewOutputs(shape, value) : UNKNOWN;
    }
    if (shape.kind === "map") {
        return isJsonObject(value) ? mapValues(value, (inner) => previewOf(inner, shape.values)) : UNKNOWN;
    }
    if (shape.kind === "list") {
        return Array.isArray(value)
            ? (value as readonly Json[]).map((item) => previewOf(item, shape.items))
            : UNKNOWN;
    }
    return value;
}

/** What one side of a resource has of these values: inputs do not show what is read-only, outputs not what Azure hides. */
export function projected(shape: ObjectShape, values: JsonObject, side: "in" | "out"): JsonObject {
    const entries = sideOf(shape, side).flatMap(([name, property]): [string, Json][] => {
        const value = valueAt(values, name);
        return value === undefined || value === null
            ? []
            : [[name, projectedValue(value, property.shape, side)]];
    });
    return Object.fromEntries(entries);
}

function projectedValue(value: Json, shape: Shape, side: "in" | "out"): Json {
    if (shape.kind === "list" && Array.isArray(value)) {
        return (value as readonly Json[]).map((item) => projectedValue(item, shape.items, side));
    }
    if (isJsonObject(value) && shape.kind === "object") {
        return projected(shape, value, side);
    }
    return isJsonObject(value) && shape.kind === "map"
        ? mapValues(value, (inner) => projectedValue(inner, shape.values, side))
        : value;
}

/** The inputs that would lead to this answer. Empty objects and arrays are taken for Azure's defaults. */
export function importedInputs(shape: ObjectShape, response: JsonObject): JsonObject {
    const filled = withoutEmpty(projected(shape, response, "in"));
    return isJsonObject(filled) ? filled : {};
}

function withoutEmpty(value: Json): Json | undefined {
    if (Array.isArray(value)) {
        const items = (value as readonly Json[]).flatMap((item): readonly Json[] => {
            const filled = withoutEmpty(item);
            return filled === undefined ? [] : [filled];
        });
        return items.length === 0 ? undefined : items;
    }
    if (isJsonObject(value)) {
        const entries = Object.entries(value).flatMap(([name, inner]): [string, Json][] => {
            const filled = withoutEmpty(inner);
            return filled === undefined ? [] : [[name, filled]];
        });
        return entries.length === 0 ? undefined : Object.fromEntries(entries);
    }
    return value ?? undefined;
}

/** Puts into values what changed between two others; the values may have less than these. */
export function withChanges(values: JsonObject, old: JsonObject, now: JsonObject): JsonObject {
    const kept = Object.entries(values).filter(([name]) => !(name in old) || name in now);
    const changed = Object.entries(now).filter(([name, value]) => !isDeepStrictEqual(value, old[name]));
    return {
        ...Object.fromEntries(kept),
        ...Object.fromEntries(
            changed.map(([name, value]) => [name, withChange(valueAt(values, name), old[name], value)]),
        ),
    };
}

function withChange(value: Json | undefined, old: Json | undefined, now: Json): Json {
    if (isJsonObject(value) && isJsonObject(old) && isJsonObject(now)) {
        return withChanges(value, old, now);
    }
    if (Array.isArray(value) && Array.isArray(old) && Array.isArray(now)) {
        const values = value as readonly Json[];
        const olds = old as readonly Json[];
        return (now as readonly Json[]).map((item, index) =>
            index < values.length && index < olds.length
                ? withChange(values[index], olds[index], item)
                : item,
        );
    }
    return now;
}

function mapValues(values: JsonObject, change: (value: Json) => Json): JsonObject {
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}
