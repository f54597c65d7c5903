/** azure-native without an engine, and inputs as its `check` leaves them, for tests of the provider. */
import { isJsonObject, type JsonObject } from "../../language/json";
import type {
    ProviderSettings,
    ReadResource,
    Subject,
    Timing,
} from "../../simulator/resources/azureNative/protocol";
import { AzureNativeProvider } from "../../simulator/resources/azureNative/provider";
import { azureNativeText } from "../../simulator/resources/azureNative/refusals";
import type { AzureResourceManager } from "../../simulator/resources/machine";
import { AzureRefusal } from "../../simulator/resources/model";
import {
    connection as connectionRequest,
    contoso,
    entry,
    incidentDefinition,
    SUBSCRIPTION,
    TENANT,
    vault as vaultRequest,
} from "./resources";

export const DEPLOYER = {
    objectId: "00000000-0000-0000-0000-0000000000ff",
    clientId: "00000000-0000-0000-0000-0000000000fe",
};
/** All in order, and time is not modelled. */
export const NOW: Timing = {};
export const SEED = Uint8Array.from([1, 2, 3]);

export const GROUP: Subject = { type: "azure-native:resources:ResourceGroup", name: "group" };
export const CONNECTION: Subject = { type: "azure-native:resources:Resource", name: "connection" };
export const VAULT: Subject = { type: "azure-native:keyvault:Vault", name: "kv" };
export const SECRET: Subject = { type: "azure-native:keyvault:Secret", name: "secret" };
export const POLICY: Subject = { type: "azure-native:keyvault:AccessPolicy", name: "policy" };
export const WORKFLOW: Subject = { type: "azure-native:logic:Workflow", name: "workflow" };
export const ASSIGNMENT: Subject = { type: "azure-native:authorization:RoleAssignment", name: "assignment" };
export const RULE: Subject = { type: "azure-native:securityinsights:AutomationRule", name: "rule" };

/** A provider in front of a tenant with the resource group `playbooks` in West Europe. */
export function provider(
    azure: AzureResourceManager = contoso(),
    settings: Partial<ProviderSettings> = {},
): AzureNativeProvider {
    const defaults = { subscriptionId: SUBSCRIPTION, location: "westeurope", deployer: DEPLOYER };
    return new AzureNativeProvider(azure, { ...defaults, ...settings });
}

export function vaultInputs(properties: JsonObject = {}): JsonObject {
    return {
        azureApiVersion: "2024-11-01",
        location: "westeurope",
        resourceGroupName: "playbooks",
        vaultName: "kv-contoso",
        properties: { tenantId: TENANT, sku: { family: "A", name: "standard" }, ...properties },
    };
}

export function secretInputs(properties: JsonObject = { value: "api-key" }): JsonObject {
    return {
        azureApiVersion: "2024-11-01",
        resourceGroupName: "playbooks",
        vaultName: "kv-contoso",
        secretName: "api-key",
        properties,
    };
}

export function policyInputs(objectId: string, secrets: readonly string[] = ["get"]): JsonObject {
    return {
        resourceGroupName: "playbooks",
        vaultName: "kv-contoso",
        policy: { objectId, tenantId: TENANT, permissions: { secrets } },
    };
}

export function connectionInputs(more: JsonObject = {}): JsonObject {
    return {
        apiVersion: "2016-06-01",
        azureApiVersion: "2024-03-01",
        kind: "V1",
        location: "westeurope",
        parentResourcePath: "",
        properties: connectionRequest("azuresentinel").properties ?? {},
        resourceGroupName: "playbooks",
        resourceName: "azuresentinel-connection",
        resourceProviderNamespace: "Microsoft.Web",
        resourceType: "connections",
        ...more,
    };
}

export const workflowInputs: JsonObject = {
    azureApiVersion: "2019-05-01",
    location: "westeurope",
    resourceGroupName: "playbooks",
    workflowName: "scan",
    definition: incidentDefinition(),
    identity: { type: "SystemAssigned" },
    parameters: { $connections: { value: { azuresentinel: entry("azuresentinel") } } },
};

export const VAULT_ID = vaultRequest().id;
export const SECRET_ID = `${VAULT_ID}/secrets/api-key`;

/** A tenant with the vault `kv-contoso` that these properties say. */
export function withVault(properties: JsonObject = {}): AzureResourceManager {
    const azure = contoso();
    azure.put(vaultRequest("kv-contoso", properties));
    return azure;
}

/** What an act is refused with, as azure-native tells the engine. */
export function refusalText(act: () => unknown): string {
    try {
        act();
    } catch (error) {
        if (error instanceof AzureRefusal) {
            return azureNativeText(error);
        }
        throw error;
    }
    throw new Error("Nothing was refused.");
}

/** What was read. Throws where there was nothing. */
export function found(resource: ReadResource | undefined): ReadResource {
    if (resource === undefined) {
        throw new Error("There is no such resource.");
    }
    return resource;
}

/** An object with another value under a path of keys. */
export function changed(
    values: JsonObject,
    [key = "", ...others]: readonly string[],
    value: string,
): JsonObject {
    const inner = values[key];
    return {
        ...values,
        [key]: others.length === 0 || !isJsonObject(inner) ? value : changed(inner, others, value),
    };
}
