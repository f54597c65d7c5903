import { expect } from "chai";
import { errorText } from "../../cli/engine/errorText";
import { readSettings, StackSettings } from "../../cli/settings";
import { inventory, Rig } from "../support/engine";

const dev = readSettings("dev");

/** The same settings for another stack. */
function prod(changes: Parameters<StackSettings["with"]>[0]): StackSettings {
    return new StackSettings(dev.project, "prod", dev.values).with(changes);
}

/** Every resource is as it was; others may have come. */
function expectUntouched(before: Inventory, after: Inventory): void {
    for (const [id, resource] of Object.entries(before).filter(([id]) => id !== "secrets")) {
        expect(after[id], id).to.deep.equal(resource);
    }
}

type Inventory = ReturnType<typeof inventory>;

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
            expectUntouched(withFirst, withBoth);

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
            expect(update.succeeded, update.output).to.equal(false);
            // What a person reads: each cause once, with its resource, and the remedies.
            const connection =
                "/subscriptions/00000000-0000-4000-8000-00000000000d/resourceGroups/contoso-playbooks" +
                "/providers/Microsoft.Web/connections/azuresentinel-intezer-connection";
            const text = errorText(update);
            expect(text).to.include(
                "azuresentinel-connection (azure-native:resources:Resource): " +
                    `cannot create already existing resource '${connection}'`,
            );
            expect(text).to.include(`az resource delete --ids ${connection}`);
            expect(text).to.include(
                "Otherwise deploy into another resource group: pulumi config set resourceGroup <name>",
            );
            expect(text).to.not.match(/^\s+at /m);
            expectUntouched(withFirst, inventory(rig.tenant.azure));

            const destroy = await second.destroy();
            expect(destroy.succeeded, destroy.output).to.equal(true);
            expect(inventory(rig.tenant.azure)).to.deep.equal(withFirst);
        });
    });
});
