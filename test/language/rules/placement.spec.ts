import { expect } from "chai";
import type { JsonObject } from "../../../language/json";
import { after, compose, foreach, messagesOf, scope, until } from "../../support/language";

const terminate: JsonObject = { type: "Terminate", inputs: { runStatus: "Succeeded" } };
const response: JsonObject = { type: "Response", inputs: { statusCode: 200 } };

describe("Terminate and Response", () => {
    it("may be in scopes", () => {
        expect(messagesOf({ S: scope({ T: after(terminate, "R"), R: response }) })).to.deep.equal([]);
    });

    it("must not be in loops, at whatever depth", () => {
        expect(messagesOf({ L: foreach({ T: terminate }) })).to.deep.equal([
            "The template action 'T' of type 'Terminate' cannot be nested in the action 'L' of type 'Foreach'.",
        ]);
        expect(messagesOf({ L: until({ S: scope({ R: response }) }) })).to.deep.equal([
            "The template action 'R' of type 'Response' cannot be nested in the action 'L' of type 'Until'.",
        ]);
    });
});

describe("Response", () => {
    it("needs somebody who asked", () => {
        const triggers: JsonObject = {
            t: { type: "Recurrence", recurrence: { frequency: "Day", interval: 1 } },
        };
        expect(messagesOf({ R: response }, { triggers })).to.deep.equal([
            "The template action 'R' of type 'Response' needs a trigger of type 'Request'.",
        ]);
        expect(messagesOf({ T: terminate }, { triggers })).to.deep.equal([]);
        expect(
            messagesOf(
                { R: response },
                { triggers: { ...triggers, manual: { type: "request", inputs: {} } } },
            ),
        ).to.deep.equal([]);
    });

    const inParallel = (name: string) => [
        "The template action 'R' of type 'Response' cannot be in a parallel branch: " +
            `the action '${name}' may run at the same time.`,
    ];

    it("must not be beside an action that may run at the same time", () => {
        expect(messagesOf({ A: compose(), R: response })).to.deep.equal(inParallel("A"));
        expect(messagesOf({ A: compose(), B: after(compose(), "A"), R: after(response, "A") })).to.deep.equal(
            inParallel("B"),
        );
    });

    it("must not be in a scope beside an action that may run at the same time", () => {
        expect(messagesOf({ A: compose(), S: scope({ T: scope({ R: response }) }) })).to.deep.equal(
            inParallel("A"),
        );
    });

    it("may be before and after others", () => {
        const actions = { A: compose(), R: after(response, "A"), B: after(compose(), "R") };
        expect(messagesOf(actions)).to.deep.equal([]);
    });

    it("may be where branches have joined", () => {
        expect(messagesOf({ A: compose(), B: compose(), R: after(response, "A", "B") })).to.deep.equal([]);
    });

    it("may be in both branches of an If, since one of them runs", () => {
        const condition: JsonObject = {
            type: "If",
            expression: "@true",
            actions: { R: response },
            else: { actions: { Q: response } },
        };
        expect(messagesOf({ C: condition })).to.deep.equal([]);
    });

    it("may be beside actions that run when others end in another way", () => {
        const failed = { ...response, runAfter: { A: ["FAILED", "TimedOut"] } };
        const actions = { A: compose(), B: after(compose(), "A"), R: after(response, "B"), Q: failed };
        expect(messagesOf(actions)).to.deep.equal([]);
    });

    it("may be where all that leads to it keeps others from running", () => {
        const either = { ...compose(), runAfter: { A: ["Succeeded", "Failed"] } };
        const failed = { ...compose(), runAfter: { A: ["Failed"] } };
        const narrow = after(compose(), "A");
        for (const [B, C] of [
            [either, narrow],
            [narrow, either],
        ] as const) {
            const R = after(response, "B", "C");
            expect(messagesOf({ A: compose(), B, C, R, Q: failed })).to.deep.equal([]);
        }
    });

    it("must not be beside actions that run after some of the same ends", () => {
        const either = { ...response, runAfter: { A: ["Succeeded", "Failed"] } };
        expect(messagesOf({ A: compose(), B: after(compose(), "A"), R: either })).to.deep.equal(
            inParallel("B"),
        );
    });

    it("is not kept from a branch by what a step that may be skipped was to run after", () => {
        const skippable = { ...compose(), runAfter: { B: ["Succeeded", "Skipped"] } };
        const failed = { ...response, runAfter: { A: ["Failed"] } };
        const actions = { A: compose(), B: after(compose(), "A"), C: skippable, R: failed };
        expect(messagesOf(actions)).to.deep.equal(inParallel("C"));
    });
});
