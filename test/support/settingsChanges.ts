/** Settings that change on a running stack, and what must come of it. */
import type { EngineOutcome } from "../../cli/engine/outcome";
import type { Tenant } from "../../cli/tenant";
import type { Json } from "../../language/json";
import { createTenant } from "../../simulator/resources/tenant";

const SUBSCRIPTION = "00000000-0000-4000-8000-00000000000d";
export const OTHER_SUBSCRIPTION = "00000000-0000-4000-8000-00000000000e";
export const SENTINEL = "00000000-0000-4000-8000-00000000000b";

/** All that the changed settings name exists. */
export function tenantOfChanges(): Tenant {
    const workspace = (name: string, digit: number) => ({
        name,
        customerId: `00000000-0000-4000-8000-00000000c00${digit}`,
    });
    const location = "westeurope";
    const azure = createTenant({
        tenantId: "00000000-0000-4000-8000-00000000000a",
        securityInsightsPrincipalId: SENTINEL,
        subscriptions: [
            {
                subscriptionId: SUBSCRIPTION,
                resourceGroups: [
                    {
                        name: "contoso-security",
                        location,
                        workspaces: [workspace("contoso-sentinel", 1), workspace("fabrikam-sentinel", 2)],
                        vaults: [{ name: "security-vault", authorization: "rbac" }],
                    },
                    {
                        name: "contoso-playbooks",
                        location,
                        vaults: [{ name: "contoso-vault", authorization: "accessPolicies" }],
                    },
                    { name: "other-playbooks", location },
                    {
                        name: "other-security",
                        location,
                        workspaces: [workspace("contoso-sentinel", 3)],
                    },
                ],
            },
            {
                subscriptionId: OTHER_SUBSCRIPTION,
                resourceGroups: [
                    {
                        name: "contoso-security",
                        location,
                        workspaces: [workspace("contoso-sentinel", 4)],
                    },
                    { name: "contoso-playbooks", location },
                ],
            },
        ],
    });
    return { azure, subscriptionId: SUBSCRIPTION, securityInsightsPrincipalId: SENTINEL };
}

/** Logical names by what happens to them. */
export interface Plan {
    readonly create?: readonly string[];
    readonly update?: readonly string[];
    readonly replace?: readonly string[];
    readonly delete?: readonly string[];
}

/** The plan of an outcome, with what a replacement consists of left out, and the engine's own providers. */
export function planOf({ steps }: EngineOutcome): Plan {
    const ours = steps.filter(({ type }) => !type.startsWith("pulumi:providers:"));
    const operations = ["create", "update", "replace", "delete"] as const;
    return Object.fromEntries(
        operations.flatMap((operation) => {
            const names = ours.filter(({ op }) => op === operation).map(({ name }) => name);
            return names.length === 0 ? [] : [[operation, names.sort()]];
        }),
    );
}

/** A plan as {@link planOf} has it. */
export function sorted(plan: Plan): Plan {
    return Object.fromEntries(
        Object.entries(plan).map(([operation, names]) => [operation, [...(names as string[])].sort()]),
    );
}

export const incidentPlaybooks = ["scanFileHash", "scanUrl", "submitAlert"];
const playbooks = [...incidentPlaybooks, "updateIncident"];
export const workflows = playbooks.map((key) => `${key}-workflow`);
export const readers = incidentPlaybooks.map((key) => `${key}-workflow`);
export const vaultAccess = incidentPlaybooks.map((key) => `${key}-vault-access`);
export const workspaceRoles = playbooks.map((key) => `${key}-workspace-role`);
export const rules = incidentPlaybooks.map((key) => `automation-rule-${key}`);
export const connections = ["azuremonitorlogs", "azuresentinel", "keyvault"].map(
    (api) => `${api}-connection`,
);
export const vault = "intezer-cd25d2";
export const secret = "intezer-secret";
export const grant = "automation-grant";
/** A playbook's resources; its component has its key. */
export const ofPlaybook = (key: string) => [
    key,
    `${key}-vault-access`,
    `${key}-workflow`,
    `${key}-workspace-role`,
];
/** What stands or falls with region, resource group or subscription. */
export const everythingOfOurs = [
    ...workflows,
    ...vaultAccess,
    ...workspaceRoles,
    ...rules,
    ...connections,
    vault,
    secret,
];

export interface Change {
    readonly set: { readonly [key: string]: Json };
    readonly plan: Plan;
}
