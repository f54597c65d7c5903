/** A simulated tenant that fits the settings of a stack: what the program looks up exists there. */
import { isSameId } from "../simulator/resources/armId";
import type { AzureResourceManager } from "../simulator/resources/machine";
import { stableGuid } from "../simulator/resources/state";
import {
    addMissing,
    createTenant,
    type ResourceGroupSeed,
    type SubscriptionSeed,
    type VaultSeed,
} from "../simulator/resources/tenant";
import { SECURITY_INSIGHTS_APP_ID } from "../simulator/resources/types/playbooks";
import type { StackSettings } from "./settings";

/** Ids that nobody looks up by settings; made up. */
const TENANT = "00000000-0000-4000-8000-00000000000a";
const SECURITY_INSIGHTS = "00000000-0000-4000-8000-00000000000b";
const WORKSPACE_GUID = "00000000-0000-4000-8000-00000000000c";
const SUBSCRIPTION = "00000000-0000-4000-8000-00000000000d";

/** Who deploys; made up. */
export const deployer = {
    objectId: "00000000-0000-4000-8000-0000000000d1",
    clientId: "00000000-0000-4000-8000-0000000000d2",
};

/** The tenant, and what whoever deploys into it has to know. */
export interface Tenant {
    readonly azure: AzureResourceManager;
    /** The subscription that is deployed to. */
    readonly subscriptionId: string;
    readonly securityInsightsPrincipalId: string;
}

/**
 * Makes the tenant.
 *
 * @param vault - of the vault that `keyVault` names, where it does. @default access policies, no secret
 */
export function tenantFor(settings: StackSettings, vault: Partial<VaultSeed> = {}): Tenant {
    return completeTenant(emptyTenant(settings), settings, vault);
}

/** A tenant without a subscription, in which Sentinel was enabled once. */
export function emptyTenant(settings: StackSettings): AzureResourceManager {
    const securityInsightsPrincipalId = settings.text("securityInsightsPrincipalId") ?? SECURITY_INSIGHTS;
    return createTenant({ tenantId: TENANT, securityInsightsPrincipalId, subscriptions: [] });
}

/**
 * A tenant that is there already, with what the settings name and what is not there yet.
 *
 * @param vault - as for {@link tenantFor}
 * @throws Error for settings that no addition makes true
 * @throws AzureRefusal where Azure would not take what is missing
 */
export function completeTenant(
    azure: AzureResourceManager,
    settings: StackSettings,
    vault: Partial<VaultSeed> = {},
): CompletedTenant {
    const securityInsightsPrincipalId = azure.servicePrincipal(SECURITY_INSIGHTS_APP_ID)?.objectId ?? "";
    const wanted = settings.text("securityInsightsPrincipalId");
    if (wanted !== undefined && !isSameId(wanted, securityInsightsPrincipalId)) {
        throw new Error(
            `securityInsightsPrincipalId is ${wanted}, but in this simulated tenant Azure Security Insights has the ` +
                `object id ${securityInsightsPrincipalId}. Start another simulated subscription with this setting.`,
        );
    }
    const isFirst = azure.list("Microsoft.OperationalInsights/workspaces").length === 0;
    const workspaceGuid = isFirst
        ? WORKSPACE_GUID
        : stableGuid(`workspace ${settings.text("workspaceName")}`);
    const added = addMissing(azure, subscriptionsFor(settings, vault, workspaceGuid));
    return { azure, subscriptionId: subscriptionOf(settings), securityInsightsPrincipalId, added };
}

/** A tenant with what it lacked before. */
export interface CompletedTenant extends Tenant {
    /** ARM ids. */
    readonly added: readonly string[];
}

function subscriptionOf(settings: StackSettings): string {
    return settings.provider("subscriptionId") ?? SUBSCRIPTION;
}

/** What the program looks up. */
function subscriptionsFor(
    settings: StackSettings,
    vault: Partial<VaultSeed>,
    workspaceGuid = WORKSPACE_GUID,
): readonly SubscriptionSeed[] {
    const text = (key: string) => settings.text(key);
    const subscriptionId = subscriptionOf(settings);
    const groups = new Groups(settings.provider("location") ?? "westeurope");
    groups.of(subscriptionId, undefined);
    const workspace = { name: text("workspaceName") ?? "law-sentinel", customerId: workspaceGuid };
    groups
        .of(text("workspaceSubscriptionId") ?? subscriptionId, text("workspaceResourceGroup"))
        .workspaces.push(workspace);
    groups.of(subscriptionId, text("resourceGroup"));
    const keyVault = text("keyVault");
    if (keyVault !== undefined) {
        groups
            .of(subscriptionId, text("keyVaultResourceGroup") ?? text("resourceGroup"))
            .vaults.push({ authorization: "accessPolicies", ...vault, name: keyVault });
    }
    return groups.seeds();
}

interface Group extends ResourceGroupSeed {
    readonly workspaces: { name: string; customerId: string }[];
    readonly vaults: VaultSeed[];
}

/** Resource groups by subscription; a group that several settings name is one. */
class Groups {
    private readonly bySubscription = new Map<string, Map<string, Group>>();

    constructor(private readonly location: string) {}

    /** The group of this name; a subscription without one where no name is set. */
    of(subscriptionId: string, name: string | undefined): Group {
        const groups = this.bySubscription.get(subscriptionId) ?? new Map<string, Group>();
        this.bySubscription.set(subscriptionId, groups);
        const group = groups.get(name?.toLowerCase() ?? "") ?? {
            name: name ?? "",
            location: this.location,
            workspaces: [],
            vaults: [],
        };
        if (name !== undefined) {
            groups.set(name.toLowerCase(), group);
        }
        return group;
    }

    seeds(): SubscriptionSeed[] {
        return [...this.bySubscription].map(([subscriptionId, groups]) => ({
            subscriptionId,
            resourceGroups: [...groups.values()],
        }));
    }
}
