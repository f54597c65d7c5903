import { expect } from "chai";
import { changes, Rig } from "../support/engine";

describe("The program under the real engine", () => {
    it("creates what its preview lists, then changes nothing, and takes it all down", async () => {
        await Rig.run({}, async (rig) => {
            const stack = await rig.stack();
            const preview = await stack.preview();
            const update = await stack.up();
            expect(update.succeeded, update.output).to.equal(true);
            expect(changes(update)).to.deep.equal(changes(preview));
            expect(changes(await stack.up())).to.deep.equal([]);
        });
    });
});
