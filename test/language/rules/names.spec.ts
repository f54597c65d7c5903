import { expect } from "chai";
import { checkDefinition } from "../../../language";
import { compose, definitionOf, messagesOf, scope } from "../../support/language";

describe("names of actions and triggers", () => {
    it("may have 1 to 80 characters", () => {
        expect(messagesOf({ ["a".repeat(80)]: compose() })).to.deep.equal([]);
        expect(messagesOf({ ["a".repeat(81)]: compose() })).to.deep.equal([
            `The name of the template action '${"a".repeat(81)}' has 81 characters; the limit is 80.`,
        ]);
        expect(messagesOf({ "": compose() })).to.deep.equal(["The name of a template action is empty."]);
    });

    it("may have spaces, brackets and letters of any language", () => {
        expect(messagesOf({ "Größe (1) - [x]_2.0!": compose() })).to.deep.equal([]);
    });

    for (const character of [":", "#", "<", ">", "%", "&", "\\", "?", "/", "\n", "\u0000", "\u0085"]) {
        it(`must not have ${JSON.stringify(character)}`, () => {
            expect(messagesOf({ [`a${character}b${character}`]: compose() })).to.deep.equal([
                `The name of the template action 'a${character}b${character}' has these invalid characters: ` +
                    `${JSON.stringify(character)}.`,
            ]);
        });
    }

    it("must not start as Azure's own", () => {
        expect(messagesOf({ "Internal.x": compose() })).to.deep.equal([
            "The name of the template action 'Internal.x' must not start with 'internal.'.",
        ]);
        expect(messagesOf({ internal_x: compose() })).to.deep.equal([]);
    });

    it("must be unique in the whole workflow, in any letter case", () => {
        expect(messagesOf({ A: compose(), S: scope({ a: compose() }) })).to.deep.equal([
            "The template action name 'a' is used more than once; action names must be unique in the whole workflow, " +
                "without regard to letter case.",
        ]);
    });

    it("are told with the action that has them", () => {
        expect(checkDefinition(definitionOf({ "a/b": compose() }))[0]).to.have.property("action", "a/b");
    });

    it("are checked for triggers too", () => {
        expect(messagesOf({}, { triggers: { "a/b": { type: "Request", inputs: {} } } })).to.deep.equal([
            `The name of the template trigger 'a/b' has these invalid characters: "/".`,
        ]);
    });
});
