import { expect } from "chai";
import { isWithin, normaliseLocation, parseArmId } from "../../../simulator/resources/armId";

const GROUP = "/subscriptions/sub/resourceGroups/rg";

describe("ARM ids", () => {
    it("gives the parts of a resource, with the group as its parent", () => {
        expect(parseArmId(`${GROUP}/providers/Microsoft.Logic/workflows/scan`)).to.deep.equal({
            id: `${GROUP}/providers/Microsoft.Logic/workflows/scan`,
            subscriptionId: "sub",
            resourceGroup: "rg",
            namespace: "Microsoft.Logic",
            type: "Microsoft.Logic/workflows",
            name: "scan",
            parent: GROUP,
        });
    });

    it("gives a nested resource the resource that holds it as parent", () => {
        const parsed = parseArmId(`${GROUP}/providers/Microsoft.KeyVault/vaults/kv/secrets/key`);
        expect(parsed?.type).to.equal("Microsoft.KeyVault/vaults/secrets");
        expect(parsed?.parent).to.equal(`${GROUP}/providers/Microsoft.KeyVault/vaults/kv`);
    });

    it("gives an extension resource the resource that it extends as parent", () => {
        const vault = `${GROUP}/providers/Microsoft.KeyVault/vaults/kv/secrets/key`;
        const parsed = parseArmId(`${vault}/providers/Microsoft.Authorization/roleAssignments/name`);
        expect(parsed?.type).to.equal("Microsoft.Authorization/roleAssignments");
        expect(parsed?.parent).to.equal(vault);
    });

    it("knows resource groups, subscriptions and what lies directly in a subscription", () => {
        expect(parseArmId(GROUP)).to.include({
            type: "Microsoft.Resources/resourceGroups",
            name: "rg",
            parent: "/subscriptions/sub",
        });
        expect(parseArmId("/subscriptions/sub")).to.include({
            type: "Microsoft.Resources/subscriptions",
            name: "sub",
        });
        expect(
            parseArmId("/subscriptions/sub/providers/Microsoft.Authorization/roleAssignments/name")?.parent,
        ).to.equal("/subscriptions/sub");
    });

    for (const id of [
        "",
        "scan",
        "/subscriptions",
        "/subscriptions//resourceGroups/rg",
        "/subscriptions/sub/resourceGroups",
        `${GROUP}/`,
        `${GROUP}/providers/Microsoft.Logic`,
        `${GROUP}/providers/Microsoft.Logic/workflows`,
        `${GROUP}/providers/Microsoft.Logic/workflows/a/triggers`,
        `${GROUP}/Microsoft.Logic/workflows/a`,
    ]) {
        it(`does not take "${id}" for an id`, () => {
            expect(parseArmId(id)).to.equal(undefined);
        });
    }

    it("finds a scope above in any letter case, and no neighbour with a longer name", () => {
        expect(isWithin(`${GROUP.toUpperCase()}/providers/x/y/z`, GROUP)).to.equal(true);
        expect(isWithin(GROUP, GROUP)).to.equal(true);
        expect(isWithin(GROUP, "/")).to.equal(true);
        expect(isWithin(`${GROUP}-2/providers/x/y/z`, GROUP)).to.equal(false);
        expect(isWithin("/subscriptions/sub", GROUP)).to.equal(false);
    });

    it("takes the display name of a region for its name", () => {
        expect(normaliseLocation("West Europe")).to.equal("westeurope");
    });
});
