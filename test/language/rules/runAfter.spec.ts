import { expect } from "chai";
import { checkDefinition } from "../../../language";
import type { Json } from "../../../language/json";
import { after, compose, definitionOf, messagesOf, scope } from "../../support/language";

describe("runAfter", () => {
    it("names siblings in any letter case", () => {
        expect(messagesOf({ First: compose(), B: after(compose(), "fIRST") })).to.deep.equal([]);
    });

    const elsewhere: readonly (readonly [where: string, actions: Json])[] = [
        ["an action that does not exist", { X: after(compose(), "Y") }],
        ["an action inside a scope", { S: scope({ Y: compose() }), X: after(compose(), "Y") }],
        ["an action outside of its scope", { Y: compose(), S: scope({ X: after(compose(), "Y") }) }],
        [
            "an action of another branch",
            {
                I: {
                    type: "If",
                    expression: "@true",
                    actions: { Y: compose() },
                    else: { actions: { X: after(compose(), "Y") } },
                },
            },
        ],
    ];
    for (const [where, actions] of elsewhere) {
        it(`does not name ${where}`, () => {
            expect(checkDefinition(definitionOf(actions))).to.deep.equal([
                {
                    code: "InvalidTemplate",
                    message:
                        "The 'runAfter' property of template action 'X' contains non-existent action: 'Y'. " +
                        "An action can only run after an action of the same scope.",
                    action: "X",
                },
            ]);
        });
    }

    it("does not name a trigger", () => {
        expect(messagesOf({ X: after(compose(), "manual") })).to.have.length(1);
    });

    it("lists finished statuses", () => {
        const at = (statuses: Json) =>
            messagesOf({ A: compose(), X: { ...compose(), runAfter: { A: statuses } } });
        expect(at(["succeeded", "FAILED", "Skipped", "TimedOut"])).to.deep.equal([]);
        for (const statuses of [[], ["Running"], ["Cancelled"], ["Succeeded", 1], "Succeeded", null]) {
            expect(at(statuses)).to.deep.equal([
                "The 'runAfter' property of template action 'X' must list statuses of 'A' " +
                    `(Succeeded, Failed, Skipped, TimedOut), not ${JSON.stringify(statuses)}.`,
            ]);
        }
    });

    it("is an object", () => {
        expect(messagesOf({ X: compose("", { runAfter: [] }) })).to.deep.equal([
            "The 'runAfter' property of template action 'X' must be an object, not [].",
        ]);
    });

    it("does not lead back, at once or by others", () => {
        expect(messagesOf({ A: after(compose(), "A") })).to.deep.equal([
            "The template action 'A' runs after itself: its 'runAfter' leads back to it.",
        ]);
        expect(
            messagesOf({
                A: after(compose(), "C"),
                B: after(compose(), "A"),
                C: after(compose(), "B"),
                D: after(compose(), "C"),
            }),
        ).to.deep.equal(
            ["A", "B", "C"].map(
                (name) => `The template action '${name}' runs after itself: its 'runAfter' leads back to it.`,
            ),
        );
    });
});
