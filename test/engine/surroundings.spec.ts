import { expect } from "chai";
import { errorText } from "../../cli/engine/errorText";
import { readSettings, type StackSettings } from "../../cli/settings";
import { tenantFor } from "../../cli/tenant";
import { builtInRoles } from "../../simulator/resources/roles";
import { Rig } from "../support/engine";

const dev = readSettings("dev");
const OTHER_SUBSCRIPTION = "00000000-0000-4000-8000-0000000000e1";

/** Deploys, and gives what it made as `<type> <name>`, sorted and counted. */
async function typesAfter(settings: StackSettings, rig: Rig): Promise<{ [type: string]: number }> {
    const stack = await rig.stack(settings);
    const update = await stack.up();
    expect(update.succeeded, update.output).to.equal(true);
    const types = update.steps
        .filter(({ op }) => op === "create")
        .map(({ type }) => type.split(":").at(-1) ?? "");
    return Object.fromEntries(
        [...new Set(types)].sort().map((type) => [type, types.filter((other) => other === type).length]),
    );
}

describe("A stack under the real engine builds on what is there", () => {
    it("a workspace in another subscription", async () => {
        const settings = dev.with({ workspaceSubscriptionId: OTHER_SUBSCRIPTION });
        await Rig.run({ settings }, async (rig) => {
            await typesAfter(settings, rig);
            const { azure } = rig.tenant;
            const rules = azure.list("Microsoft.SecurityInsights/automationRules");
            expect(rules.map(({ id }) => id.split("/")[2])).to.deep.equal(Array(3).fill(OTHER_SUBSCRIPTION));
            const roles = azure.list("Microsoft.Authorization/roleAssignments");
            expect(roles.filter(({ id }) => id.includes(OTHER_SUBSCRIPTION))).to.have.length(4);
            const stack = await rig.stack(settings);
            const destroy = await stack.destroy();
            expect(destroy.succeeded, destroy.output).to.equal(true);
            expect(azure.list("Microsoft.SecurityInsights/automationRules")).to.deep.equal([]);
        });
    });

    for (const [authorization, secret, expected] of [
        ["rbac", "is written", { RoleAssignment: 8, AccessPolicy: undefined, Vault: undefined, Secret: 1 }],
        [
            "accessPolicies",
            "is there",
            { RoleAssignment: 5, AccessPolicy: 3, Vault: undefined, Secret: undefined },
        ],
    ] as const) {
        it(`an existing vault that uses ${authorization}, whose secret ${secret}`, async () => {
            const settings = dev.with({ keyVault: "contoso-vault", keyVaultAuthorization: null });
            const secrets: Record<string, string> =
                secret === "is there" ? { "intezer-sentinel-api-key": "somebody's key" } : {};
            const tenant = tenantFor(settings, { authorization, secrets });
            const options = secret === "is there" ? { apiKey: undefined } : {};
            await Rig.run({ settings, tenant, ...options }, async (rig) => {
                const types = await typesAfter(settings, rig);
                const { RoleAssignment, AccessPolicy, Vault, Secret } = types;
                expect({ RoleAssignment, AccessPolicy, Vault, Secret }).to.deep.equal(expected);
                const vault = tenant.azure.list("Microsoft.KeyVault/vaults")[0]?.id ?? "";
                const [workflow] = tenant.azure
                    .list("Microsoft.Logic/workflows")
                    .filter(({ name }) => name.includes("ScanURL"));
                const reader = workflow?.identity?.principalId ?? "";
                expect(tenant.azure.mayReadSecret(reader, vault, "intezer-sentinel-api-key")).to.equal(true);
                expect(tenant.azure.secretValue(vault, "intezer-sentinel-api-key")).to.equal(
                    secret === "is there" ? "somebody's key" : "the-api-key-of-the-tests",
                );
            });
        });
    }

    it("an existing vault without the secret, and no key to write: says so before anything is made", async () => {
        const settings = dev.with({ keyVault: "contoso-vault", keyVaultAuthorization: null });
        await Rig.run({ settings, apiKey: undefined }, async (rig) => {
            const preview = await (await rig.stack()).preview();
            expect(preview.succeeded).to.equal(false);
            const text = errorText(preview);
            expect(text).to.include("intezer-sentinel-api-key");
            expect(text).to.include("contoso-vault");
            expect(text).to.include("pulumi config set --secret intezerApiKey");
            expect(text).to.not.match(/^\s+at /m);
        });
    });

    it("no resource group of its own: one is created, and goes with the stack", async () => {
        const settings = dev.with({ resourceGroup: null });
        await Rig.run({ settings }, async (rig) => {
            expect(await typesAfter(settings, rig)).to.include({ ResourceGroup: 1 });
            const groups = () =>
                rig.tenant.azure.list("Microsoft.Resources/resourceGroups").map(({ name }) => name);
            expect(groups()).to.have.length(2);
            const destroy = await (await rig.stack(settings)).destroy();
            expect(destroy.succeeded, destroy.output).to.equal(true);
            expect(groups()).to.deep.equal(["contoso-security"]);
        });
    });

    it("a grant that Sentinel has already: says which setting leaves it alone, and goes on with that", async () => {
        const tenant = tenantFor(dev);
        const group = `/subscriptions/${tenant.subscriptionId}/resourceGroups/contoso-playbooks`;
        const [role] =
            [...builtInRoles].find(([, { name }]) => name === "Microsoft Sentinel Automation Contributor") ??
            [];
        tenant.azure.put({
            id: `${group}/providers/Microsoft.Authorization/roleAssignments/00000000-0000-4000-8000-0000000000f1`,
            properties: {
                principalId: tenant.securityInsightsPrincipalId,
                roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${role ?? ""}`,
            },
        });
        await Rig.run({ tenant }, async (rig) => {
            const refused = await (await rig.stack()).up();
            expect(refused.succeeded).to.equal(false);
            expect(refused.output).to.include('Code="RoleAssignmentExists"');
            expect(refused.output).to.include("pulumi config set grantSentinelAccess false");

            const update = await (await rig.stack(dev.with({ grantSentinelAccess: false }))).up();
            expect(update.succeeded, update.output).to.equal(true);
            expect(tenant.azure.list("Microsoft.SecurityInsights/automationRules")).to.have.length(3);
        });
    });
});
