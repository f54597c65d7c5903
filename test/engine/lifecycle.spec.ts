import { expect } from "chai";
import { readSettings } from "../../cli/settings";
import { tenantFor } from "../../cli/tenant";
import { changes, inventory, Rig } from "../support/engine";

const settings = readSettings("dev");

/** Resources of a stack with the settings of `Pulumi.dev.yaml`. */
const created = [
    "automation",
    "automation-grant",
    "automation-rule-scanFileHash",
    "automation-rule-scanUrl",
    "automation-rule-submitAlert",
    "azuremonitorlogs",
    "azuremonitorlogs-connection",
    "azuresentinel",
    "azuresentinel-connection",
    "intezer",
    "intezer-cd25d2",
    "intezer-secret",
    "intezer-sentinel-dev",
    "keyvault",
    "keyvault-connection",
    ...["scanFileHash", "scanUrl", "submitAlert"].flatMap((playbook) => [
        playbook,
        `${playbook}-vault-access`,
        `${playbook}-workflow`,
        `${playbook}-workspace-role`,
    ]),
    "updateIncident",
    "updateIncident-workflow",
    "updateIncident-workspace-role",
];

describe("A stack under the real engine", () => {
    it("creates what its preview lists, and changes nothing the second time, nor in a refresh", async () => {
        await Rig.run({}, async (rig) => {
            const stack = await rig.stack();
            const preview = await stack.preview();
            expect(changes(preview)).to.deep.equal(created.map((name) => `create ${name}`).sort());
            const update = await stack.up();
            expect(update.succeeded, update.output).to.equal(true);
            expect(changes(update)).to.deep.equal(changes(preview));

            expect(changes(await stack.preview())).to.deep.equal([]);
            expect(changes(await stack.up())).to.deep.equal([]);
            const refresh = await stack.refresh();
            expect(refresh.succeeded, refresh.output).to.equal(true);
            expect(refresh.counts).to.deep.equal({ same: created.length });
            expect(changes(await stack.up())).to.deep.equal([]);
        });
    });

    for (const [how, runProgram] of [
        ["with the program", true],
        ["without the program, so without its hooks", false],
    ] as const) {
        it(`is taken down ${how}, and what was there before stays as it was`, async () => {
            const adopting = settings.with({ keyVault: "contoso-vault", keyVaultAuthorization: null });
            const tenant = tenantFor(adopting, { secrets: { "somebody-else": "a value" } });
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
