/** What Resource Manager checks before it hands a request to a resource provider. */
import {
    type ArmId,
    idKey,
    isSameId,
    normaliseLocation,
    parseArmId,
    RESOURCE_GROUP_TYPE,
    resourceGroupId,
} from "./armId";
import type { DeleteRequest } from "./machine";
import { AzureRefusal, type Resource } from "./model";
import { NotSimulated } from "./notSimulated";
import {
    badRequest,
    notRegistered,
    parentNotFound,
    resourceGroupNotFound,
    resourceNotFound,
    subscriptionNotFound,
    whileUnordered,
} from "./refusals";
import { isAllowed } from "./rights";
import type { AzureState, ResourceType, Write, Writer } from "./state";
import { resourceTypes } from "./types";
import { policyPermits } from "./types/accessPolicies";
import { usesRbac } from "./types/vaults";

/** Namespaces that every subscription has. */
const ALWAYS_REGISTERED = ["Microsoft.Authorization", "Microsoft.Resources"].map(idKey);

/**
 * The parts of an id that a request names.
 *
 * @throws AzureRefusal `BadRequest` for what is no id
 */
export function understand(id: string): ArmId {
    const parsed = parseArmId(id);
    if (parsed === undefined) {
        throw badRequest(`'${id}' is not the id of a resource.`);
    }
    return parsed;
}

/** @throws NotSimulated for a type of resource that this simulation does not have */
export function typeOf(id: ArmId): ResourceType {
    const type = resourceTypes.find((candidate) => isSameId(candidate.type, id.type));
    if (type === undefined) {
        throw new NotSimulated(`the resource type "${id.type}"`);
    }
    return type;
}

/** @throws AzureRefusal `SubscriptionNotFound` or `MissingSubscriptionRegistration` */
export function assertSubscription(id: ArmId, state: AzureState): void {
    const providers = state.subscriptions.get(idKey(id.subscriptionId));
    if (providers === undefined) {
        throw subscriptionNotFound(id.subscriptionId);
    }
    const namespace = idKey(id.namespace);
    if (!ALWAYS_REGISTERED.includes(namespace) && !providers.has(namespace)) {
        throw notRegistered(id.namespace);
    }
}

/** @throws AzureRefusal `NoRegisteredProviderFound` */
export function assertVersion(write: Write, type: ResourceType): void {
    const { apiVersion, location } = write;
    if (apiVersion !== undefined && !type.apiVersions.includes(apiVersion)) {
        const [namespace, ...names] = type.type.split("/");
        throw new AzureRefusal(
            400,
            "NoRegisteredProviderFound",
            `No registered resource provider found for location '${location ?? ""}' and API version ` +
                `'${apiVersion}' for type '${names.join("/")}' of '${namespace ?? ""}'. The supported api-versions ` +
                `are '${type.apiVersions.join(", ")}'.`,
        );
    }
}

/**
 * A resource stays in its region; what has none of its own, like a role assignment, does not say one.
 *
 * @throws AzureRefusal `InvalidResourceLocation`
 */
export function assertLocation({ id, location }: Write, state: AzureState): void {
    const existing = state.get(id.id);
    const wanted = location === undefined ? undefined : normaliseLocation(location);
    if (
        existing?.location === undefined ||
        wanted === undefined ||
        existing.location === wanted ||
        isSameId(id.type, RESOURCE_GROUP_TYPE)
    ) {
        return;
    }
    throw new AzureRefusal(
        409,
        "InvalidResourceLocation",
        `The resource '${id.name}' already exists in location '${existing.location}' in resource group ` +
            `'${id.resourceGroup ?? ""}'. A resource with the same name cannot be created in location ` +
            `'${wanted}'. Please select a new resource name.`,
    );
}

/** @throws AzureRefusal `ResourceGroupNotFound` */
export function assertGroup(id: ArmId, writer: Writer, state: AzureState): void {
    const { resourceGroup, subscriptionId } = id;
    if (resourceGroup === undefined || isSameId(id.type, RESOURCE_GROUP_TYPE)) {
        return;
    }
    const groupId = resourceGroupId(subscriptionId, resourceGroup);
    if (state.seenBy(groupId, writer) === undefined) {
        throw refuseUnseen(resourceGroupNotFound(resourceGroup), groupId, writer, state);
    }
}

/**
 * What a resource lies in, or extends, must be there.
 *
 * @throws AzureRefusal `ResourceGroupNotFound`, `ResourceNotFound` or `ParentResourceNotFound`
 */
export function assertParents(write: Write, state: AzureState): void {
    assertGroup(write.id, write, state);
    const parent = parseArmId(write.id.parent);
    if (parent === undefined || isSameId(parent.namespace, "Microsoft.Resources")) {
        return;
    }
    if (state.seenBy(parent.id, write) === undefined) {
        const isExtended = !isSameId(parent.namespace, write.id.namespace);
        const refusal = isExtended ? resourceNotFound(parent) : parentNotFound(write.id);
        throw refuseUnseen(refusal, parent.id, write, state);
    }
}

/**
 * Secrets are deleted through the vault's data plane, which asks for a right that deployers need not have.
 *
 * @throws AzureRefusal `Forbidden`
 */
export function assertDeletable(
    resource: Resource,
    { principalId, at }: DeleteRequest,
    state: AzureState,
): void {
    if (
        isSameId(resource.type, "Microsoft.KeyVault/vaults/secrets") &&
        !permitsOnSecret("delete", principalId ?? "", resource.id, state, at)
    ) {
        throw new AzureRefusal(
            403,
            "Forbidden",
            `Caller '${principalId ?? ""}' is not authorized to delete the secret '${resource.name}': a vault's ` +
                "secrets are deleted with a right on its data (permission 'delete', or the action " +
                "Microsoft.KeyVault/vaults/secrets/delete).",
        );
    }
}

const SECRET_RIGHTS = {
    read: { permission: "get", action: "Microsoft.KeyVault/vaults/secrets/getSecret/action" },
    delete: { permission: "delete", action: "Microsoft.KeyVault/vaults/secrets/delete" },
};

/**
 * Whether a principal may do something with a secret's value, by the model that its vault follows. Access policies
 * count at once: there is no source for how long they take.
 *
 * @param at - milliseconds; undefined: all role assignments are effective
 */
export function permitsOnSecret(
    right: keyof typeof SECRET_RIGHTS,
    principalId: string,
    secretId: string,
    state: AzureState,
    at?: number,
): boolean {
    const { action, permission } = SECRET_RIGHTS[right];
    const vault = state.get(parseArmId(secretId)?.parent ?? "");
    if (vault === undefined) {
        return false;
    }
    return usesRbac(vault)
        ? isAllowed(state.roleAssignmentsSeenBy({ at }), {
              principalId,
              action,
              scope: secretId,
              plane: "data",
          })
        : policyPermits(vault, principalId, permission);
}

function refuseUnseen(refusal: AzureRefusal, id: string, writer: Writer, state: AzureState): AzureRefusal {
    return state.isFinishedFor(id, writer) ? refusal : whileUnordered(refusal, id);
}
