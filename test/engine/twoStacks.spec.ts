import { expect } from "chai";
import { readSettings, StackSettings } from "../../cli/settings";
import { inventory, Rig } from "../support/engine";

const dev = readSettings("dev");

/** The same settings for another stack. */
function prod(changes: Parameters<StackSettings["with"]>[0]): StackSettings {
    return new StackSettings(dev.project, "prod", dev.values).with(changes);
}

describe("Two stacks in one subscription", () => {
    it("share a workspace, and neither touches the other", async () => {
        await Rig.run({}, async (rig) => {
            const first = await rig.stack();
            expect((await first.up()).succeeded).to.equal(true);
            const withFirst = inventory(rig.tenant.azure);

            const second = await rig.stack(prod({ resourceGroup: null }));
            const update = await second.up();
            expect(update.succeeded, update.output).to.equal(true);
            const withBoth = inventory(rig.tenant.azure);
            expect(Object.keys(withBoth).filter((id) => id.includes("/automationRules/"))).to.have.length(6);
            for (const [id, resource] of Object.entries(withFirst).filter(([id]) => id !== "secrets")) {
                expect(withBoth[id], id).to.deep.equal(resource);
            }

            expect((await second.destroy()).succeeded).to.equal(true);
            expect(inventory(rig.tenant.azure)).to.deep.equal(withFirst);
        });
    });

    it("do not share a resource group: the second is told what is in its way, and takes nothing of the first", async () => {
        await Rig.run({}, async (rig) => {
            const first = await rig.stack();
            expect((await first.up()).succeeded).to.equal(true);
            const withFirst = inventory(rig.tenant.azure);

            const second = await rig.stack(prod({}));
            const update = await second.up();
            expect(update.succeeded).to.equal(false);
            const errors = update.diagnostics.filter(({ severity }) => severity === "error");
            const [refused] = errors.filter(({ message }) => message.includes("already existing resource"));
            expect(refused?.message).to.match(
                /cannot create already existing resource .\/subscriptions\/.*\/connections\/\w+-intezer-connection./,
            );
            expect(update.output).to.include(
                "Otherwise deploy into another resource group: pulumi config set",
            );

            const destroy = await second.destroy();
            expect(destroy.succeeded, destroy.output).to.equal(true);
            expect(inventory(rig.tenant.azure)).to.deep.equal(withFirst);
        });
    });
});
