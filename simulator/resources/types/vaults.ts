import { isJsonObject, type Json, type JsonObject } from "../../../language/json";
import { idKey, normaliseLocation } from "../armId";
import { arrayAt, shownText, textAt, valueAt } from "../json";
import { AzureRefusal, type Resource } from "../model";
import { NotSimulated } from "../notSimulated";
import { badRequest } from "../refusals";
import type { AzureState, ResourceType, Stored, Write } from "../state";
import { assertAloneInVault } from "../vaultWrites";
import { assertAccessPolicy, samePolicyHolder } from "./accessPolicies";

/** From this version on, a vault that does not say otherwise uses Azure RBAC. */
const RBAC_BY_DEFAULT = "2026-02-01";

/** Key vaults. */
export const vaults: ResourceType = {
    type: "Microsoft.KeyVault/vaults",
    apiVersions: ["2023-02-01", "2023-07-01", "2024-11-01", RBAC_BY_DEFAULT],
    put: putVault,
    removed: (vault, state) => {
        state.softDeleted.add(idKey(vault.id));
    },
};

/** Whether a vault decides by Azure RBAC; its access policies then mean nothing. */
export function usesRbac(vault: Resource): boolean {
    return vault.properties["enableRbacAuthorization"] === true;
}

const KNOWN = new Set([
    "accessPolicies",
    "createMode",
    "enablePurgeProtection",
    "enableRbacAuthorization",
    "enableSoftDelete",
    "enabledForDeployment",
    "enabledForDiskEncryption",
    "enabledForTemplateDeployment",
    "networkAcls",
    "publicNetworkAccess",
    "sku",
    "softDeleteRetentionInDays",
    "tenantId",
]);

function putVault(write: Write, state: AzureState): Stored {
    const { properties } = write;
    const existing = state.get(write.id.id);
    assertKnown(properties);
    assertName(write.id.name);
    assertNameIsFree(write, state);
    assertSku(properties);
    assertProtection(properties, existing);
    if (textAt(properties, "tenantId") !== state.tenantId) {
        throw badRequest(`The vault's tenantId must be '${state.tenantId}', the tenant of its subscription.`);
    }
    const accessPolicies = policiesOf(properties, existing, state);
    assertAloneInVault(write.id.id, write, state);
    return {
        location: normaliseLocation(write.location ?? ""),
        tags: write.tags,
        properties: {
            ...properties,
            accessPolicies,
            enableRbacAuthorization: authorizationOf(write, existing),
            enableSoftDelete: true,
            softDeleteRetentionInDays: valueAt(properties, "softDeleteRetentionInDays") ?? 90,
            vaultUri: `https://${write.id.name.toLowerCase()}.vault.azure.net/`,
            provisioningState: "Succeeded",
        },
    };
}

function assertKnown(properties: JsonObject): void {
    const unknown = Object.keys(properties).find((name) => !KNOWN.has(name));
    if (unknown !== undefined) {
        throw new NotSimulated(`the property "${unknown}" of a vault`);
    }
    if (valueAt(properties, "createMode") === "recover") {
        throw new NotSimulated('the vault property "createMode" with the value "recover"');
    }
}

/** Microsoft Learn, "About keys, secrets, and certificates", names of vaults. */
function assertName(name: string): void {
    if (!/^[a-zA-Z](?:-?[a-zA-Z0-9])+$/.test(name) || name.length < 3 || name.length > 24) {
        throw new AzureRefusal(
            400,
            "VaultNameNotValid",
            `The vault name '${name}' is invalid. A vault's name must be between 3-24 alphanumeric characters. ` +
                "The name must begin with a letter, end with a letter or digit, and not contain consecutive hyphens.",
        );
    }
}

/** Names of vaults are taken in all of Azure, and deleted vaults keep theirs until they are purged. */
function assertNameIsFree(write: Write, state: AzureState): void {
    const name = idKey(write.id.name);
    if ([...state.softDeleted].some((id) => id.endsWith(`/vaults/${name}`))) {
        throw new AzureRefusal(
            409,
            "ConflictError",
            `A vault with the same name '${write.id.name}' already exists in deleted state. You need to either ` +
                "recover or purge existing key vault.",
        );
    }
    const other = state.list(vaults.type).find((vault) => idKey(vault.name) === name);
    if (other !== undefined && idKey(other.id) !== idKey(write.id.id)) {
        throw new AzureRefusal(
            409,
            "VaultAlreadyExists",
            `The vault name '${write.id.name}' is already in use. Vault names are globally unique so it is ` +
                "possible that the name is already taken.",
        );
    }
}

function assertSku(properties: JsonObject): void {
    const { family, name } = isJsonObject(properties["sku"]) ? properties["sku"] : {};
    if (family !== "A" || (name !== "standard" && name !== "premium")) {
        throw badRequest("The vault's sku must have the family 'A' and the name 'standard' or 'premium'.");
    }
}

function assertProtection(properties: JsonObject, existing: Resource | undefined): void {
    if (valueAt(properties, "enablePurgeProtection") === false) {
        throw badRequest(
            'The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a ' +
                "vault is an irreversible action.",
        );
    }
    if (valueAt(properties, "enableSoftDelete") === false) {
        throw badRequest('The property "enableSoftDelete" cannot be set to false: soft delete is always on.');
    }
    const days = valueAt(properties, "softDeleteRetentionInDays") ?? 90;
    if (typeof days !== "number" || !Number.isInteger(days) || days < 7 || days > 90) {
        throw badRequest(
            `The property "softDeleteRetentionInDays" must be from 7 to 90, not ${shownText(days)}.`,
        );
    }
    if (existing !== undefined && existing.properties["softDeleteRetentionInDays"] !== days) {
        throw badRequest(
            'The property "softDeleteRetentionInDays" has been set already and it can\'t be modified.',
        );
    }
}

/** A list, be it empty, replaces what is there; no list leaves it alone. */
function policiesOf(properties: JsonObject, existing: Resource | undefined, state: AzureState): Json {
    const given = arrayAt(properties, "accessPolicies");
    if (given === undefined) {
        return existing?.properties["accessPolicies"] ?? [];
    }
    given.forEach((policy, index) => {
        assertAccessPolicy(policy, state);
        if (given.findIndex((other) => samePolicyHolder(other, policy)) !== index) {
            throw badRequest("The vault's accessPolicies name the same principal twice.");
        }
    });
    return given;
}

function authorizationOf(write: Write, existing: Resource | undefined): boolean {
    const given = valueAt(write.properties, "enableRbacAuthorization");
    if (typeof given === "boolean") {
        return given;
    }
    return existing !== undefined ? usesRbac(existing) : (write.apiVersion ?? "") >= RBAC_BY_DEFAULT;
}
