/** Ids of Azure Resource Manager, which are compared without regard to letter case. */

/** The parts of an ARM id. */
export interface ArmId {
    readonly id: string;
    readonly subscriptionId: string;
    /** Absent for ids directly below a subscription. */
    readonly resourceGroup?: string;
    /** Namespace of the resource provider, e.g. `Microsoft.Logic`; that of the extension for extension resources. */
    readonly namespace: string;
    /** E.g. `Microsoft.Logic/workflows`, with the letter case of the id. */
    readonly type: string;
    readonly name: string;
    /** The resource, resource group or subscription that it lies in or extends. */
    readonly parent: string;
}

/** The type that resource groups have in Resource Manager. */
export const RESOURCE_GROUP_TYPE = "Microsoft.Resources/resourceGroups";

/**
 * Takes an ARM id apart.
 *
 * @returns undefined for a text that is not the id of a resource, a resource group or a subscription
 */
export function parseArmId(id: string): ArmId | undefined {
    const [root, subscriptions, subscriptionId, ...rest] = id.split("/");
    if (root !== "" || !isWord(subscriptions, "subscriptions") || !subscriptionId || rest.includes("")) {
        return undefined;
    }
    const subscription = `/${subscriptions}/${subscriptionId}`;
    if (rest.length === 0) {
        return idOf({ id, subscriptionId }, "Microsoft.Resources", ["subscriptions"], subscriptionId, "");
    }
    const [groups, group, ...below] = rest;
    if (!isWord(groups, "resourceGroups")) {
        return parseProviders({ id, subscriptionId }, subscription, rest);
    }
    if (group === undefined) {
        return undefined;
    }
    const base = { id, subscriptionId, resourceGroup: group };
    return below.length === 0
        ? idOf(base, "Microsoft.Resources", ["resourceGroups"], group, subscription)
        : parseProviders(base, `${subscription}/${groups}/${group}`, below);
}

/** Key under which an id is stored: equal for ids that differ in letter case alone. */
export function idKey(id: string): string {
    return id.toLowerCase();
}

/** True for ids that Azure takes for the same. */
export function isSameId(left: string, right: string): boolean {
    return idKey(left) === idKey(right);
}

/** True if `scope` is `id` or something that `id` lies in. */
export function isWithin(id: string, scope: string): boolean {
    return `${idKey(id)}/`.startsWith(scope === "/" ? "/" : `${idKey(scope)}/`);
}

/** The ARM id of a resource group. */
export function resourceGroupId(subscriptionId: string, name: string): string {
    return `/subscriptions/${subscriptionId}/resourceGroups/${name}`;
}

/** True for a GUID, of whatever version: Azure asks for the form alone. */
export function isGuid(text: string): boolean {
    return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

/** Regions are the same with and without spaces and in any letter case: `West Europe` is `westeurope`. */
export function normaliseLocation(location: string): string {
    return location.replace(/\s/g, "").toLowerCase();
}

type Base = Pick<ArmId, "id" | "subscriptionId" | "resourceGroup">;

/** `providers/<namespace>/<type>/<name>[/<type>/<name>…]`, where each further `providers` extends what is before it. */
function parseProviders(base: Base, above: string, segments: readonly string[]): ArmId | undefined {
    const at = segments.findLastIndex((segment) => isWord(segment, "providers"));
    const [, namespace, ...pairs] = segments.slice(at);
    const name = pairs.at(-1);
    if (at < 0 || namespace === undefined || name === undefined || pairs.length % 2 !== 0) {
        return undefined;
    }
    const extended = [above, ...segments.slice(0, at)].join("/");
    const types = pairs.filter((_, index) => index % 2 === 0);
    const parent =
        pairs.length === 2
            ? extended
            : [extended, "providers", namespace, ...pairs.slice(0, pairs.length - 2)].join("/");
    return idOf(base, namespace, types, name, parent);
}

function idOf(base: Base, namespace: string, types: readonly string[], name: string, parent: string): ArmId {
    return { ...base, namespace, type: [namespace, ...types].join("/"), name, parent };
}

function isWord(segment: string | undefined, word: string): boolean {
    return segment?.toLowerCase() === word.toLowerCase();
}
