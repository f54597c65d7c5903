/**
 * Old inputs against new inputs, and what takes a replacement.
 *
 * Source: pulumi/pulumi-azure-native, provider/pkg/provider/diff.go and `Diff` in provider.go. Inputs that begin
 * with two underscores are notes of azure-native to itself and count for nothing.
 */
import { isDeepStrictEqual } from "node:util";
import { isJsonObject, type Json, type JsonObject } from "../../../language/json";
import { normaliseLocation } from "../armId";
import { CREATE_BEFORE_DELETE } from "./defaults";
import { pathInputs } from "./paths";
import type { ChangeKind, Diff, DiffRequest } from "./protocol";
import type { ResourceSpec } from "./resourceTypes";
import type { Shape } from "./shapes";

/** What changes. An unknown new value counts as another one. */
export function diffInputs(spec: ResourceSpec, { oldInputs, oldOutputs, news }: DiffRequest): Diff {
    const version = oldOutputs["azureApiVersion"];
    const olds = { ...(version === undefined ? {} : { azureApiVersion: version }), ...oldInputs };
    const forcing = forcingPaths(spec);
    const changes = objectChanges({ old: olds, now: news, path: "", forcingPath: "", shape: spec.body })
        .filter(({ path }) => !isSameToAzure(path, olds, news))
        .filter(({ kind, path }) => !(kind === "add" && isDefault(spec, path, news)))
        .map(({ path, forcingPath, kind }): [string, ChangeKind] => [
            path,
            forcing.has(forcingPath) && !isShownAlready(kind, path, oldOutputs, news)
                ? `${kind}Replace`
                : kind,
        ]);
    const replaces = changes.filter(([, kind]) => kind.endsWith("Replace")).map(([path]) => path);
    const createBeforeDelete = oldInputs[CREATE_BEFORE_DELETE];
    return {
        changes: [...new Set(changes.map(([path]) => path.split(".")[0] ?? path))],
        replaces,
        detailed: Object.fromEntries(changes),
        deleteBeforeReplace:
            changes.length > 0 &&
            (typeof createBeforeDelete === "boolean" ? !createBeforeDelete : replaces.length > 0),
    };
}

/** Paths in which items of arrays have `[]`. All that is in the ARM id forces a replacement. */
function forcingPaths(spec: ResourceSpec): ReadonlySet<string> {
    const body = Object.entries(spec.body.properties).filter(([, { forceNew }]) => forceNew === true);
    return new Set([...pathInputs(spec), ...body.map(([name]) => name)]);
}

/** Regions and resource groups have several spellings. */
function isSameToAzure(path: string, olds: JsonObject, news: JsonObject): boolean {
    const old = olds[path];
    const now = news[path];
    if (typeof old !== "string" || typeof now !== "string") {
        return false;
    }
    return (
        (path === "location" && normaliseLocation(old) === normaliseLocation(now)) ||
        (path === "resourceGroupName" && old.toLowerCase() === now.toLowerCase())
    );
}

function isDefault(spec: ResourceSpec, path: string, news: JsonObject): boolean {
    const value = spec.body.properties[path]?.default;
    return value !== undefined && news[path] === value;
}

/** A new input with the value that Azure shows already replaces nothing. */
function isShownAlready(kind: Kind, path: string, oldOutputs: JsonObject, news: JsonObject): boolean {
    return kind === "add" && path in news && isDeepStrictEqual(news[path], oldOutputs[path]);
}

type Kind = "add" | "delete" | "update";

interface Change {
    readonly path: string;
    readonly forcingPath: string;
    readonly kind: Kind;
}

interface Place {
    readonly path: string;
    readonly forcingPath: string;
    /** Of the values at this place. */
    readonly shape: Shape | undefined;
}

function objectChanges({ old, now, ...place }: Place & Sides<JsonObject>): readonly Change[] {
    const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
        (name) => !name.startsWith("__"),
    );
    return names.flatMap((name) =>
        valueChanges({
            old: old[name],
            now: now[name],
            path: place.path === "" ? name : `${place.path}.${name}`,
            forcingPath: place.forcingPath === "" ? name : `${place.forcingPath}.${name}`,
            shape: shapeOf(place.shape, name),
        }),
    );
}

interface Sides<Value> {
    readonly old: Value;
    readonly now: Value;
}

function shapeOf(shape: Shape | undefined, name: string): Shape | undefined {
    if (shape?.kind === "object") {
        return shape.properties[name]?.shape;
    }
    return shape?.kind === "map" ? shape.values : undefined;
}

function valueChanges({ old, now, ...place }: Place & Sides<Json | undefined>): readonly Change[] {
    if (old === undefined) {
        return now === undefined ? [] : [{ ...place, kind: "add" }];
    }
    if (now === undefined) {
        return [{ ...place, kind: "delete" }];
    }
    if (Array.isArray(old) && Array.isArray(now)) {
        return listChanges({ old: old as readonly Json[], now: now as readonly Json[], ...place });
    }
    if (isJsonObject(old) && isJsonObject(now)) {
        return objectChanges({ old, now, ...place });
    }
    return isDeepStrictEqual(old, now) ? [] : [{ ...place, kind: "update" }];
}

function listChanges({ old, now, ...place }: Place & Sides<readonly Json[]>): readonly Change[] {
    const { items, identifiers = [] } =
        place.shape?.kind === "list" ? place.shape : { items: undefined, identifiers: [] };
    const keyOf = (item: Json, index: number) =>
        identifiers.length === 0 ? index : keyOfItem(item, identifiers);
    const at = (index: number): Place => ({
        path: `${place.path}[${index}]`,
        forcingPath: `${place.forcingPath}[]`,
        shape: items,
    });
    const oldByKey = new Map(old.map((item, index) => [keyOf(item, index), item]));
    const newKeys = new Set(now.map(keyOf));
    return [
        ...now.flatMap((item, index) =>
            valueChanges({ old: oldByKey.get(keyOf(item, index)), now: item, ...at(index) }),
        ),
        ...old.flatMap((item, index): readonly Change[] =>
            newKeys.has(keyOf(item, index)) ? [] : [{ ...at(index), kind: "delete" }],
        ),
    ];
}

/** Equal for items that have the same values under all identifiers, whatever the order of keys inside. */
function keyOfItem(item: Json, identifiers: readonly string[]): string {
    const values = identifiers.map((name) => (isJsonObject(item) ? (item[name] ?? null) : null));
    return JSON.stringify(values, (_, value: unknown) =>
        isJsonObject(value)
            ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
            : value,
    );
}
