import * as pulumi from "@pulumi/pulumi";

/** The identity of a resource, as whoever is given rights. */
export interface ManagedIdentity {
    /** Object id in Entra ID. */
    readonly principalId: pulumi.Input<string>;
    /** Whose identity it is. */
    readonly resource: pulumi.Resource;
}

/**
 * Options for a right of a resource's identity, so that a preview announces what the update will do.
 *
 * The object id stays the same as long as the resource does. But a preview of an update takes every output for unknown
 * except name and location (azure-native's `Update`), and what rests on an unknown principal is announced as a
 * replacement. So a preview leaves the principal out of the comparison, and the right is replaced with the resource.
 *
 * @param property - path of the input that holds the object id, e.g. `policy.objectId`
 */
export function rightOf(
    identity: ManagedIdentity,
    property: string,
): Pick<pulumi.CustomResourceOptions, "ignoreChanges" | "replaceWith"> {
    return {
        ignoreChanges: pulumi.runtime.isDryRun() ? [property] : [],
        replaceWith: [identity.resource],
    };
}
