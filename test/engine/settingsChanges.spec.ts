import { expect } from "chai";
import type { EngineOutcome } from "../../cli/engine/outcome";
import type { SimulatedStack } from "../../cli/engine/simulatedStack";
import { readSettings, type StackSettings } from "../../cli/settings";
import type { Tenant } from "../../cli/tenant";
import type { Json } from "../../language/json";
import { createTenant } from "../../simulator/resources/tenant";
import { Rig } from "../support/engine";

const SUBSCRIPTION = "00000000-0000-4000-8000-00000000000d";
const OTHER_SUBSCRIPTION = "00000000-0000-4000-8000-00000000000e";
const SENTINEL = "00000000-0000-4000-8000-00000000000b";

/** All that the changed settings name exists. */
function tenant(): Tenant {
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
interface Plan {
    readonly create?: readonly string[];
    readonly update?: readonly string[];
    readonly replace?: readonly string[];
    readonly delete?: readonly string[];
}

/** The plan of an outcome, with what a replacement consists of left out, and the engine's own providers. */
function planOf({ steps }: EngineOutcome): Plan {
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
function sorted(plan: Plan): Plan {
    return Object.fromEntries(
        Object.entries(plan).map(([operation, names]) => [operation, [...(names as string[])].sort()]),
    );
}

const incidentPlaybooks = ["scanFileHash", "scanUrl", "submitAlert"];
const playbooks = [...incidentPlaybooks, "updateIncident"];
const workflows = playbooks.map((key) => `${key}-workflow`);
const readers = incidentPlaybooks.map((key) => `${key}-workflow`);
const vaultAccess = incidentPlaybooks.map((key) => `${key}-vault-access`);
const workspaceRoles = playbooks.map((key) => `${key}-workspace-role`);
const rules = incidentPlaybooks.map((key) => `automation-rule-${key}`);
const connections = ["azuremonitorlogs", "azuresentinel", "keyvault"].map((api) => `${api}-connection`);
const vault = "intezer-cd25d2";
const secret = "intezer-secret";
const grant = "automation-grant";
/** A playbook's resources; its component has its key. */
const ofPlaybook = (key: string) => [key, `${key}-vault-access`, `${key}-workflow`, `${key}-workspace-role`];
/** What stands or falls with region, resource group or subscription. */
const everythingOfOurs = [
    ...workflows,
    ...vaultAccess,
    ...workspaceRoles,
    ...rules,
    ...connections,
    vault,
    secret,
];

interface Change {
    readonly set: { readonly [key: string]: Json };
    readonly plan: Plan;
}

/** A change that is deployed. */
interface DeployedChange extends Change {
    readonly apiKey?: string;
    /** Whether the workflows keep their identities, or are new ones. */
    readonly workflows: "stay" | "go";
}

const previewed: { readonly [title: string]: Change } = {
    "location in another spelling": { set: { "azure-native:location": "West Europe" }, plan: {} },
    workspaceResourceGroup: {
        set: { workspaceResourceGroup: "other-security" },
        plan: { replace: [...workspaceRoles, ...rules], update: ["updateIncident-workflow"] },
    },
    workspaceSubscriptionId: {
        set: { workspaceSubscriptionId: OTHER_SUBSCRIPTION },
        plan: { replace: [...workspaceRoles, ...rules], update: ["updateIncident-workflow"] },
    },
    "resourceGroup, to one that is created": {
        set: { resourceGroup: null },
        plan: { create: ["intezer-sentinel"], replace: [...everythingOfOurs, grant] },
    },
    "keyVault and keyVaultResourceGroup, to a vault with Azure RBAC": {
        set: {
            keyVault: "security-vault",
            keyVaultResourceGroup: "contoso-security",
            keyVaultAuthorization: null,
        },
        // Roles have another type than access policies, so they are no replacements.
        plan: {
            create: vaultAccess,
            update: ["keyvault-connection"],
            replace: [secret],
            delete: [vault, ...vaultAccess],
        },
    },
    intezerSecretName: {
        set: { intezerSecretName: "another-name" },
        plan: { replace: [secret], update: readers },
    },
    intezerUrl: { set: { intezerUrl: "https://us.app.intezer.com" }, plan: { update: readers } },
    intezerEnvironment: {
        set: { intezerEnvironment: "fabrikam" },
        plan: { update: ["submitAlert-workflow"] },
    },
    "playbooks, to the one that reads no key": {
        set: { playbooks: ["updateIncident"], automatedPlaybooks: null },
        plan: {
            delete: [
                ...incidentPlaybooks.flatMap(ofPlaybook),
                ...["automation", grant, ...rules],
                ...["intezer", vault, secret],
                ...["keyvault", "keyvault-connection"],
            ],
        },
    },
    automatedPlaybooks: {
        set: { automatedPlaybooks: ["scanFileHash", "scanUrl"] },
        plan: {
            // Their order follows from what comes before them.
            update: ["automation-rule-scanFileHash", "automation-rule-scanUrl"],
            delete: ["automation-rule-submitAlert"],
        },
    },
    severities: { set: { severities: ["High"] }, plan: { update: rules } },
    automationOrder: { set: { automationOrder: 200 }, plan: { update: rules } },
    grantSentinelAccess: { set: { grantSentinelAccess: false }, plan: { delete: [grant] } },
    "securityInsightsPrincipalId, to what was looked up": {
        set: { securityInsightsPrincipalId: SENTINEL },
        plan: {},
    },
    "securityInsightsPrincipalId, to another": {
        set: { securityInsightsPrincipalId: "00000000-0000-4000-8000-0000000000b2" },
        plan: { replace: [grant] },
    },
    webhookCallerIps: {
        set: { webhookCallerIps: ["203.0.113.0/24"] },
        plan: { update: ["updateIncident-workflow"] },
    },
    logQueryVia: {
        set: { logQueryVia: "http" },
        plan: {
            update: ["updateIncident-workflow"],
            delete: ["azuremonitorlogs", "azuremonitorlogs-connection"],
        },
    },
    analysisTimeoutMinutes: {
        set: { analysisTimeoutMinutes: 60 },
        plan: { update: ["scanFileHash-workflow", "scanUrl-workflow", "updateIncident-workflow"] },
    },
    tagIncidents: {
        set: { tagIncidents: true },
        plan: { update: ["scanFileHash-workflow", "scanUrl-workflow", "updateIncident-workflow"] },
    },
    tags: {
        set: { tags: { team: "somebody-else" } },
        plan: { update: [...workflows, ...connections, vault, secret] },
    },
};

/** Each from where the one before has led to. */
const deployed: { readonly [title: string]: DeployedChange } = {
    intezerApiKey: { set: {}, apiKey: "another-key", plan: { update: [secret] }, workflows: "stay" },
    "playbooks, to one less": {
        set: { playbooks: ["updateIncident", "submitAlert", "scanFileHash"], automatedPlaybooks: null },
        plan: { delete: [...ofPlaybook("scanUrl"), "automation-rule-scanUrl"] },
        workflows: "stay",
    },
    "playbooks, to one more": {
        set: { playbooks: null },
        plan: { create: [...ofPlaybook("scanUrl"), "automation-rule-scanUrl"] },
        workflows: "stay",
    },
    keyVaultAuthorization: {
        set: { keyVaultAuthorization: "rbac" },
        plan: { create: vaultAccess, update: [vault], delete: vaultAccess },
        workflows: "stay",
    },
    "keyVault, from a created to an existing one": {
        set: { keyVault: "contoso-vault", keyVaultAuthorization: null },
        plan: {
            create: vaultAccess,
            update: ["keyvault-connection"],
            replace: [secret],
            delete: [vault, ...vaultAccess],
        },
        workflows: "stay",
    },
    "keyVault, from an existing to a created one": {
        set: { keyVault: null },
        plan: {
            create: [vault],
            update: ["keyvault-connection"],
            replace: [secret, ...vaultAccess],
        },
        workflows: "stay",
    },
    workspaceName: {
        set: { workspaceName: "fabrikam-sentinel" },
        plan: { replace: [...workspaceRoles, ...rules], update: ["updateIncident-workflow"] },
        workflows: "stay",
    },
    location: {
        set: { "azure-native:location": "northeurope" },
        plan: { replace: everythingOfOurs },
        workflows: "go",
    },
    resourceGroup: {
        set: { resourceGroup: "other-playbooks" },
        plan: { replace: [...everythingOfOurs, grant] },
        workflows: "go",
    },
    "azure-native:subscriptionId": {
        set: {
            "azure-native:subscriptionId": OTHER_SUBSCRIPTION,
            resourceGroup: "contoso-playbooks",
            workspaceName: "contoso-sentinel",
        },
        plan: { replace: [...everythingOfOurs, grant] },
        workflows: "go",
    },
};

describe("A changed setting of a running stack", () => {
    let rig: Rig;
    let stack: SimulatedStack;
    let settings: StackSettings = readSettings("dev");

    before(async () => {
        rig = Rig.start({ settings, tenant: tenant() });
        stack = await rig.stack();
        const update = await stack.up();
        expect(update.succeeded, update.output).to.equal(true);
    });

    after(() => {
        rig.end();
    });

    /** Object ids of the playbooks' identities, by workflow. */
    function identities(): { readonly [id: string]: string | undefined } {
        return Object.fromEntries(
            rig.tenant.azure
                .list("Microsoft.Logic/workflows")
                .map(({ id, identity }) => [id, identity?.principalId]),
        );
    }

    async function preview(changed: StackSettings, apiKey?: string): Promise<EngineOutcome> {
        await stack.configure(changed, apiKey);
        const outcome = await stack.preview();
        expect(outcome.succeeded, outcome.output).to.equal(true);
        return outcome;
    }

    describe("is previewed as exactly its own plan, without replacing a workflow unasked", () => {
        for (const [title, { set, plan }] of Object.entries(previewed)) {
            it(title, async () => {
                expect(planOf(await preview(settings.with(set)))).to.deep.equal(sorted(plan));
            });
        }
    });

    describe("is deployed as it was previewed, and then nothing is left to do", () => {
        for (const [title, change] of Object.entries(deployed)) {
            it(title, async () => {
                const before = identities();
                settings = settings.with(change.set);
                expect(planOf(await preview(settings, change.apiKey))).to.deep.equal(sorted(change.plan));
                const update = await stack.up();
                expect(update.succeeded, update.output).to.equal(true);
                expect(planOf(update)).to.deep.equal(sorted(change.plan));
                const after = identities();
                const kept = Object.keys(before).filter((id) => after[id] === before[id]);
                const survivors = Object.keys(before).filter((id) => id in after);
                expect(kept).to.deep.equal(change.workflows === "stay" ? survivors : []);
            });
        }

        it("the same settings once more", async () => {
            expect(planOf(await stack.preview())).to.deep.equal({});
        });
    });
});
