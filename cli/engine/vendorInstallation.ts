/** A subscription as it is once somebody has deployed Intezer's ARM template and followed its guide to the end. */
import type { JsonObject } from "../../language/json";
import { resourceGroupId } from "../../simulator/resources/armId";
import type { AzureResourceManager } from "../../simulator/resources/machine";
import { stableGuid } from "../../simulator/resources/state";
import type { ConnectionKey } from "../../workflows";
import type { StackSettings } from "../settings";
import type { Tenant } from "../tenant";
import { propertiesOf, vendorWorkflows } from "./vendorWorkflows";

/** Where everything is, by ARM id. */
export interface VendorInstallation {
    /** It was there before. */
    readonly workspace: string;
    readonly vault: string;
    readonly connections: readonly string[];
    readonly workflows: readonly string[];
    /** Object ids of the workflows' identities, in their order. */
    readonly principals: readonly string[];
    /** What the identities may do in the workspace, in their order. */
    readonly roleAssignments: readonly string[];
    /** Which secrets the identities may use, in their order. */
    readonly accessPolicies: readonly string[];
    readonly automationRules: readonly string[];
}

/**
 * Puts the installation into a tenant: into the resource group and the vault that the settings of a stack name. What of
 * these is there already is taken as it is.
 *
 * @param tenant - has the workspace that the settings name
 * @throws Error where the settings do not say where
 */
export function addVendorInstallation(tenant: Tenant, settings: StackSettings): VendorInstallation {
    const { azure } = tenant;
    const place = placeIn(tenant, settings);
    addVault(azure, place);
    const entries = addConnections(azure, place);
    const workflows = vendorWorkflows.map((workflow) => {
        const { id, identity } = azure.put({
            id: `${place.groupId}/providers/Microsoft.Logic/workflows/${workflow.name}`,
            location: place.location,
            tags,
            identity: { type: "SystemAssigned" },
            properties: propertiesOf(workflow, place.workspaceName, entries),
        });
        return { id, trigger: workflow.trigger, principalId: identity?.principalId ?? "" };
    });
    const principals = workflows.map(({ principalId }) => principalId);
    assign(azure, place.groupId, AUTOMATION_CONTRIBUTOR, tenant.securityInsightsPrincipalId);
    const roleAssignments = principals.map((id) => assign(azure, place.workspaceId, RESPONDER, id));
    const accessPolicies = principals.map((id) => addAccessPolicy(azure, place.vaultId, id));
    // Whoever does this by hand takes longer than Azure takes to make rights known.
    azure.finishWrites();
    const automationRules = workflows
        .filter(({ trigger }) => trigger === "incident")
        .map(({ id }, index) => addRule(azure, place.workspaceId, id, index + 1));
    azure.finishWrites();
    return {
        workspace: place.workspaceId,
        vault: place.vaultId,
        connections: Object.values(entries).map(({ connectionId }) => connectionId),
        workflows: workflows.map(({ id }) => id),
        principals,
        roleAssignments,
        accessPolicies,
        automationRules,
    };
}

/** Tags that the template gives by itself. */
const tags = { LogicAppsCategory: "security" };

/** Built-in roles (Microsoft Learn, "Azure built-in roles"): Microsoft Sentinel Responder, … Automation Contributor. */
const RESPONDER = "3e150937-b8fe-4cfb-8069-0eaf05ecd056";
const AUTOMATION_CONTRIBUTOR = "f4c81013-99ee-4d62-a7ee-b3f1f648599a";

interface Place {
    readonly subscriptionId: string;
    readonly location: string;
    readonly groupId: string;
    readonly vaultId: string;
    readonly secretName: string;
    readonly workspaceId: string;
    readonly workspaceName: string;
}

function placeIn({ azure, subscriptionId }: Tenant, settings: StackSettings): Place {
    const group = required(settings, "resourceGroup");
    const vault = required(settings, "keyVault");
    const workspaceName = required(settings, "workspaceName");
    const workspaceGroup = resourceGroupId(
        settings.text("workspaceSubscriptionId") ?? subscriptionId,
        required(settings, "workspaceResourceGroup"),
    );
    const vaultGroup = resourceGroupId(subscriptionId, settings.text("keyVaultResourceGroup") ?? group);
    const location = settings.provider("location") ?? "westeurope";
    for (const id of [resourceGroupId(subscriptionId, group), vaultGroup]) {
        if (azure.get(id) === undefined) {
            azure.put({ id, location });
        }
    }
    return {
        subscriptionId,
        location,
        groupId: resourceGroupId(subscriptionId, group),
        vaultId: `${vaultGroup}/providers/Microsoft.KeyVault/vaults/${vault}`,
        secretName: settings.text("intezerSecretName") ?? "intezer-sentinel-api-key",
        workspaceId: `${workspaceGroup}/providers/Microsoft.OperationalInsights/workspaces/${workspaceName}`,
        workspaceName,
    };
}

function required(settings: StackSettings, key: string): string {
    const value = settings.text(key);
    if (value === undefined) {
        throw new Error(
            `${key} is not set. It must name what the installation is in:\npulumi config set ${key} <name>`,
        );
    }
    return value;
}

/** What has to be there before the template. */
function addVault(azure: AzureResourceManager, { vaultId, secretName, location }: Place): void {
    if (azure.get(vaultId) === undefined) {
        azure.put({
            id: vaultId,
            location,
            properties: {
                tenantId: azure.tenantId,
                sku: { family: "A", name: "standard" },
                enableRbacAuthorization: false,
                accessPolicies: [],
            },
        });
    }
    const secretId = `${vaultId}/secrets/${secretName}`;
    if (azure.get(secretId) === undefined) {
        azure.put({ id: secretId, properties: { value: stableGuid(secretId) } });
    }
}

/** What a workflow says of a connection. */
interface Entry extends JsonObject {
    readonly connectionId: string;
}

function addConnections(azure: AzureResourceManager, place: Place): Readonly<Record<ConnectionKey, Entry>> {
    const { groupId, subscriptionId, location, vaultId } = place;
    const add = (api: ConnectionKey, name: string, properties: JsonObject): Entry => {
        const apiId = `/subscriptions/${subscriptionId}/providers/Microsoft.Web/locations/${location}/managedApis/${api}`;
        const connectionId = `${groupId}/providers/Microsoft.Web/connections/${name}`;
        azure.put({ id: connectionId, location, tags, properties: { ...properties, api: { id: apiId } } });
        return { connectionId, connectionName: name, id: apiId };
    };
    const byIdentity = { connectionProperties: { authentication: { type: "ManagedServiceIdentity" } } };
    const vaultName = vaultId.slice(vaultId.lastIndexOf("/") + 1);
    const alternative = { parameterValueType: "Alternative" };
    return {
        azuresentinel: {
            ...add("azuresentinel", "azuresentinel-intezer-connection", {
                ...alternative,
                customParameterValues: {},
            }),
            ...byIdentity,
        },
        keyvault: {
            ...add("keyvault", "keyvault-intezer-connection", {
                ...alternative,
                alternativeParameterValues: { vaultName },
            }),
            ...byIdentity,
        },
        // Not by identity: a person has to sign in.
        azuremonitorlogs: add("azuremonitorlogs", "monitorlogs-intezer-connection", {
            displayName: "azuremonitorlogs",
        }),
    };
}

/** As the portal does: under a name that nobody chose. */
function assign(azure: AzureResourceManager, scope: string, role: string, principalId: string): string {
    const name = stableGuid(`${role} of ${principalId} by hand`);
    const roleDefinitionId = `/providers/Microsoft.Authorization/roleDefinitions/${role}`;
    const { id } = azure.put({
        id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
        properties: { roleDefinitionId, principalId, principalType: "ServicePrincipal" },
    });
    return id;
}

/** What "Select all" selects in the guide's third step. */
const allOfSecrets = ["get", "list", "set", "delete", "recover", "backup", "restore", "purge"];

function addAccessPolicy(azure: AzureResourceManager, vaultId: string, objectId: string): string {
    const { tenantId } = azure;
    const { id } = azure.put({
        id: `${vaultId}/accessPolicy/${objectId}`,
        properties: { tenantId, objectId, permissions: { secrets: allOfSecrets } },
    });
    return id;
}

function addRule(
    azure: AzureResourceManager,
    workspaceId: string,
    logicAppResourceId: string,
    order: number,
): string {
    const { id } = azure.put({
        id: `${workspaceId}/providers/Microsoft.SecurityInsights/automationRules/${stableGuid(logicAppResourceId)}`,
        properties: {
            displayName: `Run ${logicAppResourceId.slice(logicAppResourceId.lastIndexOf("/") + 1)}`,
            order,
            triggeringLogic: { isEnabled: true, triggersOn: "Incidents", triggersWhen: "Created" },
            actions: [
                {
                    order: 1,
                    actionType: "RunPlaybook",
                    actionConfiguration: { logicAppResourceId, tenantId: azure.tenantId },
                },
            ],
        },
    });
    return id;
}
