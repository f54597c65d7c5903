/** A simulated tenant that fits the settings of a stack: what the program looks up exists there. */
import type { AzureResourceManager } from "../simulator/resources/machine";
import {
    createTenant,
    type ResourceGroupSeed,
    type SubscriptionSeed,
    type VaultSeed,
} from "../simulator/resources/tenant";
import type { StackSettings } from "./settings";

/** Ids that nobody looks up by settings; made up. */
const TENANT = "00000000-0000-4000-8000-00000000000a";
const SECURITY_INSIGHTS = "00000000-0000-4000-8000-00000000000b";
const WORKSPACE_GUID = "00000000-0000-4000-8000-00000000000c";
const SUBSCRIPTION = "00000000-0000-4000-8000-00000000000d";

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
    const text = (key: string) => settings.text(key);
    const subscriptionId = settings.provider("subscriptionId") ?? SUBSCRIPTION;
    const location = settings.provider("location") ?? "westeurope";
    const securityInsightsPrincipalId = text("securityInsightsPrincipalId") ?? SECURITY_INSIGHTS;
    const groups = new Groups(location);
    const workspace = { name: text("workspaceName") ?? "law-sentinel", customerId: WORKSPACE_GUID };
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
    return {
        azure: createTenant({ tenantId: TENANT, securityInsightsPrincipalId, subscriptions: groups.seeds() }),
        subscriptionId,
        securityInsightsPrincipalId,
    };
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
