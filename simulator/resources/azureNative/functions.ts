/** Pulumi's look-ups in azure-native 3.28 and azuread 6.9, answered from what exists in the tenant. */
import type { Json, JsonObject } from "../../../language/json";
import { resourceGroupId } from "../armId";
import { textAt } from "../json";
import type { AzureResourceManager } from "../machine";
import { AzureRefusal, type Resource } from "../model";

/** Who looks up, and where. */
export interface Caller {
    readonly azure: AzureResourceManager;
    readonly subscriptionId: string;
    /** Object id of who deploys. */
    readonly objectId: string;
    /** Application id of who deploys. */
    readonly clientId: string;
}

/** Answers a look-up, or refuses with AzureRefusal. */
export type Lookup = (inputs: JsonObject, caller: Caller) => JsonObject;

/** Look-ups by token. */
export const lookups: ReadonlyMap<string, Lookup> = new Map(
    Object.entries<Lookup>({
        "azure-native:authorization:getClientConfig": (_, caller) => ({
            clientId: caller.clientId,
            objectId: caller.objectId,
            subscriptionId: caller.subscriptionId,
            tenantId: caller.azure.tenantId,
        }),
        "azure-native:resources:getResourceGroup": (inputs, caller) =>
            described(caller.azure.lookUp(groupOf(inputs, caller))),
        "azure-native:operationalinsights:getWorkspace": (inputs, caller) => {
            const workspace = caller.azure.lookUp(
                inGroup(inputs, caller, "Microsoft.OperationalInsights/workspaces", "workspaceName"),
            );
            return { ...workspace.properties, ...described(workspace, "2023-09-01") };
        },
        "azure-native:keyvault:getVault": (inputs, caller) => {
            const vault = caller.azure.lookUp(vaultOf(inputs, caller));
            return { ...described(vault, "2024-11-01"), properties: vault.properties };
        },
        "azure-native:keyvault:getSecret": (inputs, caller) => {
            const name = textAt(inputs, "secretName") ?? "";
            const secret = caller.azure.lookUp(`${vaultOf(inputs, caller)}/secrets/${name}`);
            return { ...described(secret, "2024-11-01"), properties: secret.properties };
        },
        "azure-native:logic:listWorkflowTriggerCallbackUrl": (inputs, caller) => {
            const url = caller.azure.listCallbackUrl(
                inGroup(inputs, caller, "Microsoft.Logic/workflows", "workflowName"),
                textAt(inputs, "triggerName") ?? "",
            );
            return { ...url };
        },
        "azuread:index/getServicePrincipal:getServicePrincipal": findServicePrincipal,
    }),
);

/** Only the application id is understood; azuread also takes a display name or an object id. */
function findServicePrincipal(inputs: JsonObject, { azure }: Caller): JsonObject {
    const clientId = textAt(inputs, "clientId") ?? "";
    const found = azure.servicePrincipal(clientId);
    if (found === undefined) {
        throw new AzureRefusal(
            404,
            "Request_ResourceNotFound",
            `No service principal found matching client ID: "${clientId}"`,
        );
    }
    return {
        id: `/servicePrincipals/${found.objectId}`,
        objectId: found.objectId,
        clientId,
        displayName: found.displayName,
        type: "Application",
    };
}

function described(resource: Resource, apiVersion = "2024-03-01"): JsonObject {
    const optional: [string, Json | undefined][] = [
        ["location", resource.location],
        ["tags", resource.tags],
    ];
    return {
        azureApiVersion: apiVersion,
        id: resource.id,
        name: resource.name,
        type: resource.type,
        ...Object.fromEntries(optional.filter((entry): entry is [string, Json] => entry[1] !== undefined)),
    };
}

function groupOf(inputs: JsonObject, caller: Caller): string {
    return resourceGroupId(caller.subscriptionId, textAt(inputs, "resourceGroupName") ?? "");
}

function inGroup(inputs: JsonObject, caller: Caller, type: string, nameInput: string): string {
    return `${groupOf(inputs, caller)}/providers/${type}/${textAt(inputs, nameInput) ?? ""}`;
}

function vaultOf(inputs: JsonObject, caller: Caller): string {
    return inGroup(inputs, caller, "Microsoft.KeyVault/vaults", "vaultName");
}
