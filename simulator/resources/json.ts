/** Reading request bodies, whose shape nobody guarantees. */
import { isJsonObject, type Json, type JsonObject } from "../../language/json";

/** The object under a key; an empty one where there is none. */
export function objectAt(value: Json | undefined, ...keys: readonly string[]): JsonObject {
    const found = valueAt(value, ...keys);
    return isJsonObject(found) ? found : {};
}

/** The text under a key, undefined where there is no text. */
export function textAt(value: Json | undefined, ...keys: readonly string[]): string | undefined {
    const found = valueAt(value, ...keys);
    return typeof found === "string" ? found : undefined;
}

/** A value as a message shows it. */
export function shownText(value: Json | undefined): string {
    return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

/** The array under a key, undefined where there is no array. */
export function arrayAt(value: Json | undefined, ...keys: readonly string[]): readonly Json[] | undefined {
    const found = valueAt(value, ...keys);
    return Array.isArray(found) ? (found as readonly Json[]) : undefined;
}

/** What lies under a path of keys, undefined where a step is missing. */
export function valueAt(value: Json | undefined, ...keys: readonly string[]): Json | undefined {
    return keys.reduce<Json | undefined>(
        (at, key) => (isJsonObject(at) && Object.hasOwn(at, key) ? at[key] : undefined),
        value,
    );
}
