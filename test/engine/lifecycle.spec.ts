import { expect } from "chai";
import type { EngineOutcome } from "../../cli/engine/outcome";
import { readSettings } from "../../cli/settings";
import { tenantFor } from "../../cli/tenant";
import { changes, inventory, Rig } from "../support/engine";

const settings = readSettings("dev");

/** Resources of a stack with the settings of `Pulumi.dev.yaml`: logical names by type. */
const created: { readonly [type: string]: readonly string[] } = {
    "azure-native:authorization:RoleAssignment": [
        "automation-grant",
        "scanFileHash-workspace-role",
        "scanUrl-workspace-role",
        "submitAlert-workspace-role",
        "updateIncident-workspace-role",
    ],
    "azure-native:keyvault:AccessPolicy": [
        "scanFileHash-vault-access",
        "scanUrl-vault-access",
        "submitAlert-vault-access",
    ],
    "azure-native:keyvault:Secret": ["intezer-secret"],
    "azure-native:keyvault:Vault": ["intezer-cd25d2"],
    "azure-native:logic:Workflow": [
        "scanFileHash-workflow",
        "scanUrl-workflow",
        "submitAlert-workflow",
        "updateIncident-workflow",
    ],
    "azure-native:resources:Resource": [
        "azuremonitorlogs-connection",
        "azuresentinel-connection",
        "keyvault-connection",
    ],
    "azure-native:securityinsights:AutomationRule": [
        "automation-rule-scanFileHash",
        "automation-rule-scanUrl",
        "automation-rule-submitAlert",
    ],
    "intezer-sentinel:index:ApiConnection": ["azuremonitorlogs", "azuresentinel", "keyvault"],
    "intezer-sentinel:index:Automation": ["automation"],
    "intezer-sentinel:index:Playbook": ["scanFileHash", "scanUrl", "submitAlert", "updateIncident"],
    "intezer-sentinel:index:SecretVault": ["intezer"],
    "pulumi:pulumi:Stack": ["intezer-sentinel-dev"],
};

/** Logical names of what a command creates, by type; every other operation would show in the name. */
function createdBy({ steps }: EngineOutcome): { [type: string]: string[] } {
    const own = steps.filter(({ type }) => !type.startsWith("pulumi:providers:"));
    const named = own.map(({ op, type, name }) => [type, op === "create" ? name : `${op} ${name}`] as const);
    return Object.fromEntries(
        named.map(([type]) => [
            type,
            named.flatMap(([other, name]) => (other === type ? [name] : [])).sort(),
        ]),
    );
}

describe("A stack under the real engine", () => {
    it("creates what its preview lists, and changes nothing the second time, nor in a refresh", async () => {
        await Rig.run({}, async (rig) => {
            const stack = await rig.stack();
            const preview = await stack.preview();
            expect(createdBy(preview)).to.deep.equal(created);
            const update = await stack.up();
            expect(update.succeeded, update.output).to.equal(true);
            expect(createdBy(update)).to.deep.equal(created);

            expect(changes(await stack.up())).to.deep.equal([]);
            const refresh = await stack.refresh();
            expect(refresh.succeeded, refresh.output).to.equal(true);
            expect(refresh.counts).to.deep.equal({ same: Object.values(created).flat().length });
            expect(changes(await stack.up())).to.deep.equal([]);
        });
    });

    for (const [how, runProgram, authorization] of [
        ["with the program", true, "rbac"],
        ["without the program, so without its hooks", false, "accessPolicies"],
    ] as const) {
        it(`is taken down ${how}, and what was there before stays as it was`, async () => {
            const adopting = settings.with({ keyVault: "contoso-vault", keyVaultAuthorization: null });
            const tenant = tenantFor(adopting, { authorization, secrets: { "somebody-else": "a value" } });
            await Rig.run({ settings: adopting, tenant }, async (rig) => {
                const before = inventory(tenant.azure);
                const stack = await rig.stack();
                const update = await stack.up();
                expect(update.succeeded, update.output).to.equal(true);
                const secret = Object.keys(inventory(tenant.azure)).find((id) =>
                    id.endsWith("/vaults/contoso-vault/secrets/intezer-sentinel-api-key"),
                );

                const destroy = await stack.destroy({ runProgram });
                expect(destroy.succeeded, destroy.output).to.equal(true);
                const {
                    [secret ?? "no secret was written"]: kept,
                    secrets,
                    ...after
                } = inventory(tenant.azure);
                const { secrets: secretsBefore, ...resourcesBefore } = before;
                expect(after).to.deep.equal(resourcesBefore);
                // As documented: deleting it needs a right that the deployer need not have.
                expect(kept).to.include({ name: "intezer-sentinel-api-key" });
                expect(JSON.stringify(secrets)).to.include(JSON.stringify(secretsBefore).slice(1, -1));
            });
        });
    }
});
