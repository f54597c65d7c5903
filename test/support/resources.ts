/** A simulated tenant for tests of the simulated Azure, and bodies that it accepts. */
import type { JsonObject } from "../../language/json";
import { AzureResourceManager, type PutRequest } from "../../simulator/resources/machine";
import { AzureRefusal } from "../../simulator/resources/model";
import { createTenant, type TenantSeed } from "../../simulator/resources/tenant";

export const TENANT = "00000000-0000-0000-0000-0000000000aa";
export const SUBSCRIPTION = "00000000-0000-0000-0000-000000000001";
export const OTHER_SUBSCRIPTION = "00000000-0000-0000-0000-000000000002";
export const SENTINEL_PRINCIPAL = "00000000-0000-0000-0000-0000000000bb";
export const ANALYST = "00000000-0000-0000-0000-0000000000cc";
export const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/playbooks`;
export const WORKSPACE =
    `/subscriptions/${OTHER_SUBSCRIPTION}/resourceGroups/soc/providers/Microsoft.OperationalInsights` +
    "/workspaces/contoso-soc";
export const RESPONDER = "3e150937-b8fe-4cfb-8069-0eaf05ecd056";
export const AUTOMATION_CONTRIBUTOR = "f4c81013-99ee-4d62-a7ee-b3f1f648599a";
export const SECRETS_USER = "4633458b-17de-408a-b874-0445c86b69e6";

/** A group for playbooks, and a workspace with Sentinel in another subscription. */
export function contoso(seed: Partial<TenantSeed> = {}): AzureResourceManager {
    return createTenant({
        tenantId: TENANT,
        securityInsightsPrincipalId: SENTINEL_PRINCIPAL,
        users: [{ objectId: ANALYST, displayName: "An analyst" }],
        subscriptions: [
            {
                subscriptionId: SUBSCRIPTION,
                resourceGroups: [{ name: "playbooks", location: "westeurope" }],
            },
            {
                subscriptionId: OTHER_SUBSCRIPTION,
                resourceGroups: [
                    {
                        name: "soc",
                        location: "northeurope",
                        workspaces: [
                            { name: "contoso-soc", customerId: "00000000-0000-0000-0000-0000000000dd" },
                            {
                                name: "no-sentinel",
                                customerId: "00000000-0000-0000-0000-0000000000ee",
                                sentinel: false,
                            },
                        ],
                    },
                ],
            },
        ],
        ...seed,
    });
}

/** The same body without some of its keys. */
export function without(body: JsonObject | undefined, ...keys: readonly string[]): JsonObject {
    return Object.fromEntries(Object.entries(body ?? {}).filter(([key]) => !keys.includes(key)));
}

/** What Azure refuses an act with, as `status code: message`. */
export function refusalOf(act: () => unknown): string {
    try {
        act();
    } catch (error) {
        if (error instanceof AzureRefusal) {
            return `${error.status} ${error.code}: ${error.message}`;
        }
        throw error;
    }
    throw new Error("Nothing was refused.");
}

export function vault(name = "kv-contoso", properties: JsonObject = {}): PutRequest {
    return {
        id: `${GROUP}/providers/Microsoft.KeyVault/vaults/${name}`,
        location: "West Europe",
        apiVersion: "2024-11-01",
        properties: { tenantId: TENANT, sku: { family: "A", name: "standard" }, ...properties },
    };
}

export function policy(vaultId: string, objectId: string, secrets: readonly string[] = ["get"]): PutRequest {
    return {
        id: `${vaultId}/accessPolicy/${objectId}`,
        properties: { objectId, tenantId: TENANT, permissions: { secrets } },
    };
}

export function managedApi(name: string, location = "westeurope", subscription = SUBSCRIPTION): string {
    return `/subscriptions/${subscription}/providers/Microsoft.Web/locations/${location}/managedApis/${name}`;
}

/** A connection with managed identity, as its connector wants it. */
export function connection(api: string, properties: JsonObject = {}): PutRequest {
    const marker: JsonObject =
        api === "azuremonitorlogs"
            ? { parameterValueSet: { name: "managedIdentityAuth", values: {} } }
            : { parameterValueType: "Alternative" };
    const vaultName: JsonObject =
        api === "keyvault" ? { alternativeParameterValues: { vaultName: "kv-contoso" } } : {};
    return {
        id: `${GROUP}/providers/Microsoft.Web/connections/${api}-connection`,
        location: "westeurope",
        kind: "V1",
        apiVersion: "2016-06-01",
        properties: {
            displayName: api,
            api: { id: managedApi(api) },
            customParameterValues: {},
            ...marker,
            ...vaultName,
            ...properties,
        },
    };
}

/** The entry of `$connections` that fits {@link connection}. */
export function entry(api: string): JsonObject {
    return {
        connectionId: connection(api).id,
        connectionName: `${api}-connection`,
        id: managedApi(api),
        connectionProperties: { authentication: { type: "ManagedServiceIdentity" } },
    };
}

/** A definition with Sentinel's incident trigger. */
export function incidentDefinition(
    trigger: JsonObject = {},
    name = "Microsoft_Sentinel_incident",
): JsonObject {
    return {
        $schema:
            "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
        contentVersion: "1.0.0.0",
        parameters: { $connections: { type: "Object", defaultValue: {} } },
        triggers: {
            [name]: {
                type: "ApiConnectionWebhook",
                inputs: {
                    host: {
                        connection: { name: "@parameters('$connections')['azuresentinel']['connectionId']" },
                    },
                    path: "/incident-creation",
                    body: { callback_url: "@{listCallbackUrl()}" },
                },
                ...trigger,
            },
        },
        actions: { Compose: { type: "Compose", inputs: 1, runAfter: {} } },
        outputs: {},
    };
}

/** A definition with a webhook and no connection. */
export function webhookDefinition(): JsonObject {
    return {
        $schema:
            "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
        contentVersion: "1.0.0.0",
        triggers: { webhook: { type: "Request", kind: "Http", inputs: {} } },
        actions: { Compose: { type: "Compose", inputs: 1, runAfter: {} } },
    };
}

/** A workflow with an identity and the connection that its trigger needs. */
export function workflow(properties: JsonObject = {}, request: Partial<PutRequest> = {}): PutRequest {
    return {
        id: `${GROUP}/providers/Microsoft.Logic/workflows/scan`,
        location: "westeurope",
        apiVersion: "2019-05-01",
        identity: { type: "SystemAssigned" },
        properties: {
            definition: incidentDefinition(),
            parameters: { $connections: { value: { azuresentinel: entry("azuresentinel") } } },
            ...properties,
        },
        ...request,
    };
}

export function assignment(
    scope: string,
    role: string,
    principalId: string,
    more: { name?: string; properties?: JsonObject; after?: Iterable<string> } = {},
): PutRequest {
    const name = more.name ?? "11111111-1111-4111-8111-111111111111";
    return {
        id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
        apiVersion: "2022-04-01",
        properties: {
            principalId,
            principalType: "ServicePrincipal",
            roleDefinitionId: `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
            ...more.properties,
        },
        after: more.after,
    };
}

export function rule(properties: JsonObject = {}, request: Partial<PutRequest> = {}): PutRequest {
    return {
        id: `${WORKSPACE}/providers/Microsoft.SecurityInsights/automationRules/22222222-2222-4222-8222-222222222222`,
        apiVersion: "2024-09-01",
        properties: {
            displayName: "Scan",
            order: 1,
            triggeringLogic: {
                isEnabled: true,
                triggersOn: "Incidents",
                triggersWhen: "Created",
                conditions: [],
            },
            actions: [runPlaybook()],
            ...properties,
        },
        ...request,
    };
}

export function runPlaybook(configuration: JsonObject = {}): JsonObject {
    return {
        order: 1,
        actionType: "RunPlaybook",
        actionConfiguration: { logicAppResourceId: workflow().id, tenantId: TENANT, ...configuration },
    };
}
