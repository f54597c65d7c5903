import { expect } from "chai";
import { withChanges } from "../../../../simulator/resources/azureNative/conversion";

describe("changes that azure-native puts into inputs", () => {
    it("are those between two answers, for what the inputs have and what is new", () => {
        expect(withChanges({ a: 1, b: 2, own: 3 }, { a: 1, b: 2, c: 4 }, { a: 5, c: 6, d: 7 })).to.deep.equal(
            {
                a: 5,
                c: 6,
                d: 7,
                own: 3,
            },
        );
    });

    it("leave alone what differs from the answers, but not between them", () => {
        expect(
            withChanges({ location: "West Europe" }, { location: "westeurope" }, { location: "westeurope" }),
        ).to.deep.equal({ location: "West Europe" });
    });

    it("reach into objects and the items of arrays, and follow the array's length", () => {
        const inputs = { list: [{ name: "x" }, { name: "y" }, { name: "z" }] };
        const old = {
            list: [
                { name: "x", size: 1 },
                { name: "y", size: 1 },
                { name: "z", size: 1 },
            ],
        };
        const shorter = {
            list: [
                { name: "x", size: 2 },
                { name: "w", size: 1 },
            ],
        };
        expect(withChanges(inputs, old, shorter)).to.deep.equal({
            list: [{ name: "x", size: 2 }, { name: "w" }],
        });
        const longer = { list: [...old.list, { name: "v", size: 1 }] };
        expect(withChanges(inputs, old, longer)).to.deep.equal({
            list: [...inputs.list, { name: "v", size: 1 }],
        });
    });
});
