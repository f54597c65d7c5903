import { isJsonObject, type Json, type JsonObject } from "../../../language/json";
import { idKey, isGuid } from "../armId";
import { arrayAt, objectAt, shownText, textAt } from "../json";
import type { Resource } from "../model";
import { badRequest } from "../refusals";
import type { AzureState, ResourceType, Stored, Write } from "../state";
import { assertAloneInVault } from "../vaultWrites";

/**
 * Single access policies: `<vault>/accessPolicy/<object id>`, with the policy as properties. Resource Manager has
 * them as the operations *add*, *replace* and *remove* of a vault; Pulumi's azure-native as resources.
 */
export const accessPolicies: ResourceType = {
    type: "Microsoft.KeyVault/vaults/accessPolicy",
    apiVersions: ["2023-02-01", "2023-07-01", "2024-11-01", "2026-02-01"],
    put: putAccessPolicy,
    removed: removeFromVault,
};

/** Permissions on secrets that an access policy can give: Microsoft Learn, Vaults - Create or update. */
const SECRET_PERMISSIONS = new Set([
    "all",
    "get",
    "list",
    "set",
    "delete",
    "backup",
    "restore",
    "recover",
    "purge",
]);

/**
 * Checks one entry of a vault's `accessPolicies`.
 *
 * @throws AzureRefusal `BadRequest`
 */
export function assertAccessPolicy(policy: Json, state: AzureState): asserts policy is JsonObject {
    if (!isJsonObject(policy) || !isGuid(textAt(policy, "objectId") ?? "")) {
        throw badRequest("An access policy needs the object id of a principal, which is a GUID.");
    }
    if (textAt(policy, "tenantId") !== state.tenantId) {
        throw badRequest(`An access policy's tenantId must be the vault's, '${state.tenantId}'.`);
    }
    const unknown = secretPermissions(policy).find((permission) => !SECRET_PERMISSIONS.has(permission));
    if (unknown !== undefined) {
        throw badRequest(
            `'${unknown}' is no permission on secrets. Possible are: ${[...SECRET_PERMISSIONS].join(", ")}.`,
        );
    }
}

/** True for two policies of one principal. */
export function samePolicyHolder(left: Json, right: Json): boolean {
    return idKey(textAt(left, "objectId") ?? "") === idKey(textAt(right, "objectId") ?? "");
}

/** Whether the vault's access policies give a principal a permission on secrets, e.g. `get`. */
export function policyPermits(vault: Resource, principalId: string, permission: string): boolean {
    return (arrayAt(vault.properties, "accessPolicies") ?? [])
        .filter((policy) => samePolicyHolder(policy, { objectId: principalId }))
        .some((policy) => secretPermissions(policy).some((given) => given === permission || given === "all"));
}

function putAccessPolicy(write: Write, state: AzureState): Stored {
    const policy: Json = write.properties;
    const vault = state.get(write.id.parent);
    assertAccessPolicy(policy, state);
    if (vault === undefined || !samePolicyHolder(policy, { objectId: write.id.name })) {
        throw badRequest(`The access policy '${write.id.name}' must be that of its principal.`);
    }
    assertAloneInVault(vault.id, write, state);
    storePolicies(vault, [...withoutHolder(vault, policy), policy], state);
    return { properties: policy };
}

function removeFromVault(resource: Resource, state: AzureState): void {
    const vault = state.get(resource.id.slice(0, resource.id.lastIndexOf("/accessPolicy/")));
    if (vault !== undefined) {
        storePolicies(vault, withoutHolder(vault, resource.properties), state);
    }
}

function withoutHolder(vault: Resource, policy: Json): readonly Json[] {
    const all = arrayAt(vault.properties, "accessPolicies") ?? [];
    return all.filter((other) => !samePolicyHolder(other, policy));
}

function storePolicies(vault: Resource, policies: readonly Json[], state: AzureState): void {
    state.replace({ ...vault, properties: { ...vault.properties, accessPolicies: policies } });
}

function secretPermissions(policy: Json): readonly string[] {
    const permissions = arrayAt(objectAt(policy, "permissions"), "secrets") ?? [];
    return permissions.map((permission) => shownText(permission).toLowerCase());
}
