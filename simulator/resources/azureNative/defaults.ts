/**
 * Inputs that azure-native adds to those of the program.
 *
 * Source: pulumi/pulumi-azure-native, provider/pkg/provider/provider.go (`applyDefaults`, `getDefaultName`,
 * `getDefaultLocation`).
 */
import { createHash } from "node:crypto";
import type { Json, JsonObject } from "../../../language/json";
import { valueAt } from "../json";
import { nameInput } from "./paths";
import type { AutoName, ResourceSpec } from "./resourceTypes";
import { UNKNOWN } from "./unknown";

/** Says in checked inputs that a replacement may be made first, since it gets another name. */
export const CREATE_BEFORE_DELETE = "__createBeforeDelete";

/** What defaults depend on beside the inputs. */
export interface DefaultSources {
    /** Checked inputs of the time before. @default - a new resource */
    readonly olds?: JsonObject;
    /** Region of the provider's configuration. */
    readonly location?: string;
    /** Makes a name up. */
    readonly autoName: (kind: AutoName) => string;
    /** Region of a resource group, undefined where there is none. */
    readonly locationOfGroup: (resourceGroupName: string) => string | undefined;
}

/** The inputs with name, region and API version. */
export function applyDefaults(spec: ResourceSpec, news: JsonObject, sources: DefaultSources): JsonObject {
    const named = { ...nameDefaults(spec, news, sources), ...news };
    const location = locationDefault(spec, named, sources);
    return {
        ...(location === undefined ? {} : { location }),
        ...(spec.apiVersion === undefined ? {} : { azureApiVersion: spec.apiVersion }),
        ...named,
    };
}

/** Names that depend on nothing but the seed, the logical name and the way in which they are made up. */
export function seededNames(logicalName: string, randomSeed: Uint8Array): (kind: AutoName) => string {
    const digits = createHash("sha256").update(randomSeed).update(logicalName).digest("hex");
    return (kind) => {
        switch (kind) {
            case "copy":
                return logicalName;
            case "random":
                return `${logicalName}${digits.slice(0, 8)}`;
            case "uuid":
                return digits.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
        }
    };
}

function nameDefaults(
    spec: ResourceSpec,
    news: JsonObject,
    { olds = {}, autoName }: DefaultSources,
): JsonObject {
    const input = nameInput(spec);
    if (spec.autoName === undefined || news[input] !== undefined) {
        return {};
    }
    const old = valueAt(olds, input);
    if (old !== undefined) {
        const isRandom = valueAt(olds, CREATE_BEFORE_DELETE) === true;
        return { [input]: old, ...(isRandom ? { [CREATE_BEFORE_DELETE]: true } : {}) };
    }
    return {
        [input]: autoName(spec.autoName),
        ...(spec.autoName === "copy" ? {} : { [CREATE_BEFORE_DELETE]: true }),
    };
}

function locationDefault(
    spec: ResourceSpec,
    news: JsonObject,
    { olds = {}, location, locationOfGroup }: DefaultSources,
): Json | undefined {
    const property = spec.body.properties["location"];
    if (property === undefined || property.only === "out" || news["location"] !== undefined) {
        return undefined;
    }
    const group = news["resourceGroupName"];
    const known = valueAt(olds, "location") ?? location;
    if (known !== undefined || typeof group !== "string") {
        return known;
    }
    return group === UNKNOWN ? UNKNOWN : locationOfGroup(group);
}
