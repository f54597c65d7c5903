import { expect } from "chai";
import { compose, messagesOf, scope } from "../../support/language";

describe("expressions of a definition", () => {
    it("must be readable", () => {
        expect(messagesOf({ X: compose("@f(") })).to.deep.equal([
            "The template action 'X' is not valid: Unable to parse template language expression '@f(': " +
                "Expected a literal or a function call, found the end of the expression (at position 3).",
        ]);
    });

    it("may be escaped", () => {
        expect(messagesOf({ X: compose({ "@@odata": "@@f(" }), Y: compose(["me@x", "@@{"]) })).to.deep.equal(
            [],
        );
    });

    it("are read in names of properties too", () => {
        expect(messagesOf({ X: compose({ "@odata.type": 1 }) })).to.have.length(1);
    });

    it("are not looked for in descriptions, metadata and types", () => {
        expect(messagesOf({ X: compose("", { description: "@f(", metadata: { x: "@f(" } }) })).to.deep.equal(
            [],
        );
    });

    it("are shortened in the message", () => {
        const [message] = messagesOf({ X: compose(`@f(${"1,".repeat(1000)}`) });
        expect(message).to.have.length.below(400);
    });

    it("must have at most 8,192 characters", () => {
        expect(messagesOf({ X: compose(`@'${"a".repeat(8191)}'`) })).to.have.length(1);
        expect(messagesOf({ X: compose(`@'${"a".repeat(8190)}'`) })).to.deep.equal([]);
    });

    it("call functions that exist, in any letter case", () => {
        expect(messagesOf({ X: compose("@TOUPPER('a')") })).to.deep.equal([]);
        expect(messagesOf({ X: compose("@concat(lower('a'))") })).to.deep.equal([
            "The template action 'X' is not valid: The template function 'lower' is not defined or not valid.",
        ]);
    });

    const counts: readonly (readonly [expression: string, message: string])[] = [
        ["toLower()", "The template function 'toLower' expects '1' parameters, but is given '0'."],
        ["if(true, 1)", "The template function 'if' expects '3' parameters, but is given '2'."],
        ["utcNow(1, 2)", "The template function 'utcNow' expects '0' to '1' parameters, but is given '2'."],
        [
            "createArray()",
            "The template function 'createArray' expects at least '1' parameters, but is given '0'.",
        ],
        ["workflow(1)", "The template function 'workflow' expects '0' parameters, but is given '1'."],
    ];
    for (const [expression, message] of counts) {
        it(`call functions with as many arguments as they take, not ${expression}`, () => {
            expect(messagesOf({ X: compose(`a @{${expression}}`) })).to.deep.equal([
                `The template action 'X' is not valid: ${message}`,
            ]);
        });
    }

    it("are checked in keys, arguments and nested actions, in triggers and outputs", () => {
        expect(messagesOf({ S: scope({ X: compose("@triggerBody()?[f()]") }) })).to.deep.equal([
            "The template action 'X' is not valid: The template function 'f' is not defined or not valid.",
        ]);
        expect(
            messagesOf(
                {},
                {
                    triggers: { t: { type: "Request", inputs: { schema: "@f()" } } },
                    outputs: { o: { type: "String", value: "@g()" } },
                },
            ),
        ).to.deep.equal([
            "The template trigger 't' is not valid: The template function 'f' is not defined or not valid.",
            "The outputs of the definition are not valid: The template function 'g' is not defined or not valid.",
        ]);
    });
});
