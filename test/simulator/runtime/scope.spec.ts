import { expect } from "chai";
import { compose, runActions } from "../../support/runtime";

describe("a reference to the trigger by its name", () => {
    const read = (inputs: string) =>
        runActions({ A: compose(inputs) }, { trigger: { headers: { h: "1" }, body: { a: 5 } } }).actions["A"];

    it("gives what the functions for the trigger give", () => {
        expect(read("@outputs('manual')")?.outputs).to.deep.equal({ headers: { h: "1" }, body: { a: 5 } });
        expect(read("@body('Manual')?['a']")?.outputs).to.equal(5);
        expect(read("@actions('manual')['status']")?.outputs).to.equal("Succeeded");
    });

    it("gives nothing of a trigger that did not fire", () => {
        const triggers = { one: { type: "Request", inputs: {} }, two: { type: "Request", inputs: {} } };
        const record = runActions(
            { A: compose("@body('two')") },
            { trigger: { name: "one" } },
            { definition: { triggers } },
        );
        expect(record.actions["A"]?.status).to.equal("Failed");
    });
});
