import { expect } from "chai";
import type { SimulatedStack } from "../../cli/engine/simulatedStack";
import { readSettings } from "../../cli/settings";
import { Rig } from "../support/engine";
import {
    type Change,
    connections,
    everythingOfOurs,
    grant,
    incidentPlaybooks,
    ofPlaybook,
    OTHER_SUBSCRIPTION,
    planOf,
    readers,
    rules,
    secret,
    SENTINEL,
    sorted,
    tenantOfChanges,
    vault,
    vaultAccess,
    workflows,
    workspaceRoles,
} from "../support/settingsChanges";

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

describe("A changed setting is previewed as exactly its own plan, and replaces no workflow unasked:", () => {
    let rig: Rig;
    let stack: SimulatedStack;
    const settings = readSettings("dev");

    before(async () => {
        rig = Rig.start({ settings, tenant: tenantOfChanges() });
        stack = await rig.stack();
        const update = await stack.up();
        expect(update.succeeded, update.output).to.equal(true);
    });

    after(() => {
        rig.end();
    });

    for (const [title, { set, plan }] of Object.entries(previewed)) {
        it(title, async () => {
            await stack.configure(settings.with(set));
            const preview = await stack.preview();
            expect(preview.succeeded, preview.output).to.equal(true);
            expect(planOf(preview)).to.deep.equal(sorted(plan));
        });
    }
});
