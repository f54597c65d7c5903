import { expect } from "chai";
import { UNSIMULATED_ACTION_TYPES, UNSIMULATED_TRIGGER_TYPES } from "../../../language";
import { compose, messagesOf } from "../../support/language";

describe("the shape of a definition", () => {
    it("has objects for triggers, actions, parameters and outputs", () => {
        expect(messagesOf([], { triggers: 1, parameters: null, outputs: "x" })).to.deep.equal([
            "The 'triggers' of the definition must be an object, not 1.",
            "The 'actions' of the definition must be an object, not [].",
            "The 'parameters' of the definition must be an object, not null.",
            `The 'outputs' of the definition must be an object, not "x".`,
            "The definition has no trigger; a workflow needs at least one.",
        ]);
    });

    it("has a content version of four numbers, if any", () => {
        expect(messagesOf({}, { contentVersion: "1.0.0.10" })).to.deep.equal([]);
        for (const version of ["1.0", "1.0.0.x", 1]) {
            expect(messagesOf({}, { contentVersion: version })).to.deep.equal([
                `The 'contentVersion' must be four numbers with dots, e.g. "1.0.0.0"; it is ${JSON.stringify(version)}.`,
            ]);
        }
    });

    it("has only types that Azure knows, in any letter case", () => {
        expect(messagesOf({ A: { ...compose(), type: "cOMPOSE" } })).to.deep.equal([]);
        expect(messagesOf({ A: { type: "Composed" }, B: {}, C: null })).to.deep.equal([
            "The template action 'A' has the type 'Composed', which Azure does not know.",
            "The template action 'B' has the type '', which Azure does not know.",
            "The template action 'C' has the type '', which Azure does not know.",
        ]);
        expect(messagesOf({}, { triggers: { t: { type: "Compose" } } })).to.deep.equal([
            "The template trigger 't' has the type 'Compose', which Azure does not know.",
        ]);
    });

    it("may have types that only the simulator does not know", () => {
        for (const type of UNSIMULATED_ACTION_TYPES) {
            expect(messagesOf({ A: { type, inputs: {} } }), type).to.deep.equal([]);
        }
        for (const type of UNSIMULATED_TRIGGER_TYPES) {
            expect(messagesOf({}, { triggers: { t: { type, inputs: {} } } }), type).to.deep.equal([]);
        }
    });
});
