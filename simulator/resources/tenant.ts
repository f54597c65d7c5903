/** A tenant as it is before anything is deployed. */
import { idKey, resourceGroupId } from "./armId";
import { type AzureOptions, AzureResourceManager, type PutRequest } from "./machine";
import { builtInRoles } from "./roles";
import { stableGuid } from "./state";
import { SECURITY_INSIGHTS_APP_ID } from "./types/playbooks";

/** What exists in a simulated tenant. */
export interface TenantSeed {
    readonly tenantId: string;
    readonly subscriptions: readonly SubscriptionSeed[];
    /**
     * Object id of the service principal *Azure Security Insights*; null where nobody ever enabled Sentinel.
     *
     * @default an id derived from the tenant's
     */
    readonly securityInsightsPrincipalId?: string | null;
    /** @default nobody */
    readonly users?: readonly { readonly objectId: string; readonly displayName: string }[];
    /** @default none */
    readonly roleAssignments?: readonly RoleAssignmentSeed[];
}

/** A subscription of a tenant. */
export interface SubscriptionSeed {
    readonly subscriptionId: string;
    /** @default {@link DEFAULT_PROVIDERS} */
    readonly registeredProviders?: readonly string[];
    readonly resourceGroups?: readonly ResourceGroupSeed[];
}

/** A resource group with what is in it. */
export interface ResourceGroupSeed {
    readonly name: string;
    readonly location: string;
    readonly workspaces?: readonly WorkspaceSeed[];
    readonly vaults?: readonly VaultSeed[];
}

/** A Log Analytics workspace. */
export interface WorkspaceSeed {
    readonly name: string;
    /** The workspace's GUID. */
    readonly customerId: string;
    /** Whether Microsoft Sentinel is enabled. @default true */
    readonly sentinel?: boolean;
}

/** A key vault with its secrets. */
export interface VaultSeed {
    readonly name: string;
    readonly authorization: "accessPolicies" | "rbac";
    /** What the firewall does with callers that no rule names. @default "Allow" */
    readonly firewall?: "Allow" | "Deny";
    /** @default "Enabled" */
    readonly publicNetworkAccess?: "Enabled" | "Disabled";
    /** Values by name. @default none */
    readonly secrets?: { readonly [name: string]: string };
    /** Object ids that may do everything with secrets by access policy. @default none */
    readonly secretAdministrators?: readonly string[];
}

/** A role that somebody has already. */
export interface RoleAssignmentSeed {
    /** ARM id. */
    readonly scope: string;
    /** Name of a built-in role. */
    readonly role: string;
    readonly principalId: string;
}

/** Resource providers that a subscription needs for Sentinel, its playbooks and their vault. */
const DEFAULT_PROVIDERS = [
    "Microsoft.KeyVault",
    "Microsoft.Logic",
    "Microsoft.OperationalInsights",
    "Microsoft.SecurityInsights",
    "Microsoft.Web",
] as const;

/**
 * Creates a tenant. What is in it has been there for long: all of it is effective.
 *
 * @throws AzureRefusal where Azure would not have let such a tenant come about
 */
export function createTenant(seed: TenantSeed, options: AzureOptions = {}): AzureResourceManager {
    const azure = new AzureResourceManager(seed.tenantId, options);
    const sentinel = seed.securityInsightsPrincipalId;
    if (sentinel !== null) {
        azure.addPrincipal({
            objectId: sentinel ?? stableGuid(`Azure Security Insights in ${seed.tenantId}`),
            type: "ServicePrincipal",
            displayName: "Azure Security Insights",
            appId: SECURITY_INSIGHTS_APP_ID,
        });
    }
    for (const user of seed.users ?? []) {
        azure.addPrincipal({ ...user, type: "User" });
    }
    addMissing(azure, seed.subscriptions);
    for (const assignment of seed.roleAssignments ?? []) {
        addRoleAssignment(azure, assignment);
    }
    return azure;
}

/**
 * Adds what is not there yet. What is there stays as it is, save for the secrets that an existing vault lacks.
 *
 * @returns ARM ids of what was added, in this order
 * @throws AzureRefusal where Azure would not have let it come about
 */
export function addMissing(
    azure: AzureResourceManager,
    subscriptions: readonly SubscriptionSeed[],
): readonly string[] {
    return subscriptions.flatMap((subscription) => addSubscription(azure, subscription));
}

function addSubscription(azure: AzureResourceManager, seed: SubscriptionSeed): readonly string[] {
    const { subscriptionId, registeredProviders = DEFAULT_PROVIDERS, resourceGroups = [] } = seed;
    const isNew = !azure.hasSubscription(subscriptionId);
    if (isNew) {
        azure.addSubscription(subscriptionId, DEFAULT_PROVIDERS);
    }
    const added = resourceGroups.flatMap((group) => addGroup(azure, subscriptionId, group));
    if (isNew) {
        azure.addSubscription(subscriptionId, registeredProviders);
    }
    return isNew ? [`/subscriptions/${subscriptionId}`, ...added] : added;
}

function addGroup(
    azure: AzureResourceManager,
    subscriptionId: string,
    { name, location, workspaces = [], vaults = [] }: ResourceGroupSeed,
): readonly string[] {
    const id = resourceGroupId(subscriptionId, name);
    return [
        ...put(azure, { id, location }),
        ...workspaces.flatMap((workspace) => addWorkspace(azure, id, location, workspace)),
        ...vaults.flatMap((vault) => addVault(azure, id, location, vault)),
    ];
}

/** Puts what is not there; nothing else is touched. */
function put(azure: AzureResourceManager, request: PutRequest): readonly string[] {
    if (azure.get(request.id) !== undefined) {
        return [];
    }
    return [azure.put(request).id];
}

function addWorkspace(
    azure: AzureResourceManager,
    groupId: string,
    location: string,
    seed: WorkspaceSeed,
): readonly string[] {
    const id = `${groupId}/providers/Microsoft.OperationalInsights/workspaces/${seed.name}`;
    const added = put(azure, {
        id,
        location,
        properties: { customerId: seed.customerId, sku: { name: "PerGB2018" }, retentionInDays: 90 },
    });
    if (added.length > 0 && (seed.sentinel ?? true)) {
        put(azure, { id: `${id}/providers/Microsoft.SecurityInsights/onboardingStates/default` });
    }
    return added;
}

function addVault(
    azure: AzureResourceManager,
    groupId: string,
    location: string,
    seed: VaultSeed,
): readonly string[] {
    const id = `${groupId}/providers/Microsoft.KeyVault/vaults/${seed.name}`;
    const added = put(azure, {
        id,
        location,
        properties: {
            tenantId: azure.tenantId,
            sku: { family: "A", name: "standard" },
            enableRbacAuthorization: seed.authorization === "rbac",
            publicNetworkAccess: seed.publicNetworkAccess ?? "Enabled",
            networkAcls: { bypass: "AzureServices", defaultAction: seed.firewall ?? "Allow" },
            accessPolicies: (seed.secretAdministrators ?? []).map((objectId) => ({
                objectId,
                tenantId: azure.tenantId,
                permissions: { secrets: ["all"] },
            })),
        },
    });
    const secrets = Object.entries(seed.secrets ?? {}).flatMap(([name, value]) =>
        put(azure, { id: `${id}/secrets/${name}`, properties: { value } }),
    );
    return [...added, ...secrets];
}

/**
 * Gives a role, unless the principal has it by this very assignment.
 *
 * @returns ARM ids of what was added: one, or none
 * @throws AzureRefusal `RoleAssignmentExists` where it has the role at the scope by another assignment
 */
export function addRoleAssignment(azure: AzureResourceManager, seed: RoleAssignmentSeed): readonly string[] {
    const role = [...builtInRoles].find(([, { name }]) => name === seed.role);
    if (role === undefined) {
        const known = [...builtInRoles.values()].map(({ name }) => name).join(", ");
        throw new Error(`There is no built-in role "${seed.role}". Known are: ${known}.`);
    }
    const name = stableGuid([seed.scope, role[0], seed.principalId].map(idKey).join("|"));
    return put(azure, {
        id: `${seed.scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
        properties: {
            principalId: seed.principalId,
            roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${role[0]}`,
        },
    });
}
