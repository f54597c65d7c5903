import { expect } from "chai";
import { after, compose, runActions } from "../../support/runtime";

const foreach = (items: readonly number[]) => ({
    type: "Foreach",
    foreach: items,
    actions: { Inner: compose("@item()"), Next: compose("@outputs('Inner')", after("Inner")) },
});

describe("a reference to an action in a Foreach", () => {
    const refused =
        "A reference to action 'Inner' from outside of the Foreach around it is not supported by the simulator; " +
        "result() of the loop is.";

    it("is refused by name from outside, wherever it is and whatever the loop is for", () => {
        const reader = compose("@outputs('inner')", after("Loop"));
        const never = {
            type: "If",
            expression: "@false",
            actions: { R: compose("@actions('Inner')") },
            ...after("Loop"),
        };
        for (const items of [[1], []]) {
            expect(() => runActions({ Loop: foreach(items), R: reader })).to.throw(refused);
            expect(() => runActions({ Loop: foreach(items), Never: never })).to.throw(refused);
        }
    });

    it("is fine from within, and as the result of the loop", () => {
        const record = runActions({
            Loop: foreach([1, 2]),
            R: compose("@length(result('Loop'))", after("Loop")),
        });
        expect(record.actions["Next"]?.repetitions?.map(({ outputs }) => outputs)).to.deep.equal([1, 2]);
        expect(record.actions["R"]?.outputs).to.equal(2);
    });

    it("is refused as Azure does where the loop need not have run", () => {
        expect(() => runActions({ Loop: foreach([1]), R: compose("@outputs('Inner')") })).to.throw(
            "The inputs of template action 'R' cannot reference action 'Inner'.",
        );
    });
});
