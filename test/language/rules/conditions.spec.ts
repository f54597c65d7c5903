import { expect } from "chai";
import type { Json } from "../../../language/json";
import { messagesOf, until } from "../../support/language";

const check = (expression: Json) => messagesOf({ X: { type: "If", expression, actions: {} } });

describe("conditions", () => {
    const allowed: readonly Json[] = [
        "@equals(1, 1)",
        true,
        { equals: ["@triggerBody()", null] },
        { and: [] },
        { AND: [{ or: ["@true", { not: "@false" }] }, { startsWith: ["ab", "a"] }] },
        { equals: [{ greater: [2, 1] }, true] },
    ];
    for (const condition of allowed) {
        it(`may be ${JSON.stringify(condition)}`, () => {
            expect(check(condition)).to.deep.equal([]);
        });
    }

    const refused: readonly (readonly [condition: Json, message: string])[] = [
        [5, "5 is neither an expression nor an object with an operator."],
        [[], "[] is neither an expression nor an object with an operator."],
        [null, "null is neither an expression nor an object with an operator."],
        [{}, "an object must hold exactly one operator; this one has 0."],
        [{ not: "@true", or: [] }, "an object must hold exactly one operator; this one has 2."],
        [{ and: { equals: [1, 1] } }, "the operator 'and' takes an array of conditions."],
        [{ equals: [1] }, "the operator 'equals' takes an array of two values."],
        [{ equals: "@true" }, "the operator 'equals' takes an array of two values."],
        [
            { contains: [[1], 1] },
            "an operand of 'contains' is an array; give it as an expression, e.g. createArray(…).",
        ],
        [
            { or: [{ not: { like: ["a", "b"] } }] },
            "the operator 'like' is unknown; known are and, or, not, equals, greater, greaterOrEquals, less, " +
                "lessOrEquals, contains, startsWith, endsWith.",
        ],
    ];
    for (const [condition, message] of refused) {
        it(`must not be ${JSON.stringify(condition)}`, () => {
            expect(check(condition)).to.deep.equal([
                `The 'expression' of template action 'X' is not valid: ${message}`,
            ]);
        });
    }

    it("are not what a Switch looks at", () => {
        expect(messagesOf({ X: { type: "Switch", expression: 5, cases: {} } })).to.deep.equal([]);
    });

    it("are checked in Until and Query too", () => {
        expect(messagesOf({ X: until({}, { expression: {} }) })).to.deep.equal([
            "The 'expression' of template action 'X' is not valid: an object must hold exactly one operator; this one has 0.",
        ]);
        expect(messagesOf({ X: { type: "Query", inputs: { from: [], where: 1 } } })).to.deep.equal([
            "The 'inputs.where' of template action 'X' is not valid: 1 is neither an expression nor an object with an " +
                "operator.",
        ]);
    });
});
