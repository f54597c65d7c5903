/**
 * Azure's built-in roles as far as playbooks, their vaults and their deployers use them.
 *
 * Source: Microsoft Learn, "Azure built-in roles". Complete for Microsoft Sentinel and Key Vault; of the general
 * roles without permissions on resource types that this simulation does not have.
 */

/** What a role permits. `*` stands for any text; letter case does not matter. */
export interface RoleDefinition {
    readonly name: string;
    readonly actions: readonly string[];
    readonly notActions?: readonly string[];
    /** Permissions on what a resource holds, e.g. the value of a secret; `actions` do not include them. */
    readonly dataActions?: readonly string[];
}

/** Built-in roles by their GUID. */
export const builtInRoles: ReadonlyMap<string, RoleDefinition> = new Map(
    Object.entries<RoleDefinition>({
        "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": { name: "Owner", actions: ["*"] },
        "b24988ac-6180-42a0-ab88-20f7382dd24c": {
            name: "Contributor",
            actions: ["*"],
            notActions: [
                "Microsoft.Authorization/*/Delete",
                "Microsoft.Authorization/*/Write",
                "Microsoft.Authorization/elevateAccess/Action",
            ],
        },
        "acdd72a7-3385-48ef-bd42-f606fba81ae7": { name: "Reader", actions: ["*/read"] },
        "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9": {
            name: "User Access Administrator",
            actions: ["*/read", "Microsoft.Authorization/*", "Microsoft.Support/*"],
        },
        "f58310d9-a9f6-439a-9e8d-f62e7b41a168": {
            name: "Role Based Access Control Administrator",
            actions: [
                "Microsoft.Authorization/roleAssignments/write",
                "Microsoft.Authorization/roleAssignments/delete",
                "*/read",
                "Microsoft.Support/*",
            ],
        },
        ...sentinelRoles(),
        ...logRoles(),
        ...vaultRoles(),
    }),
);

function sentinelRoles(): Record<string, RoleDefinition> {
    const shared = [
        "Microsoft.OperationalInsights/workspaces/analytics/query/action",
        "Microsoft.OperationalInsights/workspaces/*/read",
        "Microsoft.OperationalInsights/workspaces/query/read",
        "Microsoft.OperationalInsights/workspaces/query/*/read",
        "Microsoft.OperationalInsights/workspaces/dataSources/read",
        "Microsoft.OperationalInsights/querypacks/*/read",
        "Microsoft.OperationsManagement/solutions/read",
        "Microsoft.Insights/myworkbooks/read",
        "Microsoft.Authorization/*/read",
        "Microsoft.Insights/alertRules/*",
        "Microsoft.Resources/deployments/*",
        "Microsoft.Resources/subscriptions/resourceGroups/read",
        "Microsoft.Support/*",
    ];
    const confidential = [
        "Microsoft.SecurityInsights/ConfidentialWatchlists/*",
        "Microsoft.OperationalInsights/workspaces/query/ConfidentialWatchlist/*",
    ];
    const reading = [
        "Microsoft.SecurityInsights/*/read",
        "Microsoft.SecurityInsights/dataConnectorsCheckRequirements/action",
        "Microsoft.SecurityInsights/threatIntelligence/indicators/query/action",
        "Microsoft.SecurityInsights/threatIntelligence/queryIndicators/action",
        "Microsoft.OperationalInsights/workspaces/savedSearches/read",
        "Microsoft.Insights/workbooks/read",
        ...shared,
    ];
    return {
        "8d289c81-5878-46d4-8554-54e1e3d8b5cb": {
            name: "Microsoft Sentinel Reader",
            actions: [
                ...reading,
                "Microsoft.OperationalInsights/workspaces/LinkedServices/read",
                "Microsoft.Resources/templateSpecs/*/read",
            ],
            notActions: confidential,
        },
        "3e150937-b8fe-4cfb-8069-0eaf05ecd056": {
            name: "Microsoft Sentinel Responder",
            actions: [
                ...reading,
                "Microsoft.SecurityInsights/automationRules/*",
                "Microsoft.SecurityInsights/cases/*",
                "Microsoft.SecurityInsights/incidents/*",
                "Microsoft.SecurityInsights/entities/runPlaybook/action",
                "Microsoft.SecurityInsights/threatIntelligence/indicators/appendTags/action",
                "Microsoft.SecurityInsights/threatIntelligence/indicators/replaceTags/action",
                "Microsoft.SecurityInsights/threatIntelligence/bulkTag/action",
                "Microsoft.SecurityInsights/businessApplicationAgents/systems/undoAction/action",
            ],
            notActions: [
                "Microsoft.SecurityInsights/cases/*/Delete",
                "Microsoft.SecurityInsights/incidents/*/Delete",
                ...confidential,
            ],
        },
        "ab8e14d6-4a74-4a29-9ba8-549422addade": {
            name: "Microsoft Sentinel Contributor",
            actions: [
                "Microsoft.SecurityInsights/*",
                "Microsoft.OperationalInsights/workspaces/savedSearches/*",
                "Microsoft.Insights/workbooks/*",
                ...shared,
            ],
            notActions: confidential,
        },
        "f4c81013-99ee-4d62-a7ee-b3f1f648599a": {
            name: "Microsoft Sentinel Automation Contributor",
            actions: [
                "Microsoft.Authorization/*/read",
                "Microsoft.Logic/workflows/triggers/read",
                "Microsoft.Logic/workflows/triggers/listCallbackUrl/action",
                "Microsoft.Logic/workflows/runs/read",
                "Microsoft.Web/sites/hostruntime/webhooks/api/workflows/triggers/read",
                "Microsoft.Web/sites/hostruntime/webhooks/api/workflows/triggers/listCallbackUrl/action",
                "Microsoft.Web/sites/hostruntime/webhooks/api/workflows/runs/read",
            ],
        },
        "51d6186e-6489-4900-b93f-92e23144cca5": {
            name: "Microsoft Sentinel Playbook Operator",
            actions: [
                "Microsoft.Logic/workflows/read",
                "Microsoft.Logic/workflows/triggers/listCallbackUrl/action",
                "Microsoft.Web/sites/hostruntime/webhooks/api/workflows/triggers/listCallbackUrl/action",
                "Microsoft.Web/sites/read",
            ],
        },
    };
}

function logRoles(): Record<string, RoleDefinition> {
    return {
        "73c42c96-874c-492b-b04d-ab87d138a893": {
            name: "Log Analytics Reader",
            actions: [
                "*/read",
                "Microsoft.OperationalInsights/workspaces/analytics/query/action",
                "Microsoft.OperationalInsights/workspaces/search/action",
                "Microsoft.Support/*",
            ],
            notActions: ["Microsoft.OperationalInsights/workspaces/sharedKeys/read"],
        },
        "43d0d8ad-25c7-4714-9337-8ba259a9fe05": {
            name: "Monitoring Reader",
            actions: [
                "*/read",
                "Microsoft.OperationalInsights/workspaces/search/action",
                "Microsoft.Support/*",
            ],
        },
    };
}

function vaultRoles(): Record<string, RoleDefinition> {
    const manage = [
        "Microsoft.Authorization/*/read",
        "Microsoft.Insights/alertRules/*",
        "Microsoft.Resources/deployments/*",
        "Microsoft.Resources/subscriptions/resourceGroups/read",
        "Microsoft.Support/*",
        "Microsoft.KeyVault/checkNameAvailability/read",
        "Microsoft.KeyVault/deletedVaults/read",
        "Microsoft.KeyVault/locations/*/read",
        "Microsoft.KeyVault/vaults/*/read",
        "Microsoft.KeyVault/operations/read",
    ];
    return {
        "00482a5a-887f-4fb3-b363-3b7fe8e74483": {
            name: "Key Vault Administrator",
            actions: manage,
            dataActions: ["Microsoft.KeyVault/vaults/*"],
        },
        "b86a8fe4-44ce-4948-aee5-eccb2c155cd7": {
            name: "Key Vault Secrets Officer",
            actions: manage,
            dataActions: ["Microsoft.KeyVault/vaults/secrets/*"],
        },
        "4633458b-17de-408a-b874-0445c86b69e6": {
            name: "Key Vault Secrets User",
            actions: [],
            dataActions: [
                "Microsoft.KeyVault/vaults/secrets/getSecret/action",
                "Microsoft.KeyVault/vaults/secrets/readMetadata/action",
            ],
        },
    };
}
