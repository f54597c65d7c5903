import { expect } from "chai";
import type { Json } from "../../../language/json";
import { compose, messagesOf } from "../../support/language";

describe("parameters", () => {
    const declared: Json = { Name: { type: "String" }, count: { type: "int", defaultValue: 0 } };

    it("must be declared where they are used, in any letter case", () => {
        expect(messagesOf({ X: compose("@parameters('name')") }, { parameters: declared })).to.deep.equal([]);
        expect(messagesOf({ X: compose("@parameters('other')") }, { parameters: declared })).to.deep.equal([
            "The template action 'X' uses the parameter 'other', which is not declared.",
        ]);
        expect(messagesOf({ X: compose("@parameters('$connections')") })).to.deep.equal([
            "The template action 'X' uses the parameter '$connections', which is not declared.",
        ]);
    });

    it("must be declared for triggers and outputs too", () => {
        expect(
            messagesOf(
                {},
                {
                    triggers: { t: { type: "Request", inputs: { schema: "@parameters('a')" } } },
                    outputs: { o: { type: "String", value: "@parameters('b')" } },
                },
            ),
        ).to.deep.equal([
            "The template trigger 't' uses the parameter 'a', which is not declared.",
            "The outputs of the definition use the parameter 'b', which is not declared.",
        ]);
    });

    it("must have a known type", () => {
        for (const type of [
            "Array",
            "Bool",
            "Float",
            "Int",
            "Object",
            "SecureObject",
            "SecureString",
            "string",
        ]) {
            expect(messagesOf({}, { parameters: { p: { type } } }), type).to.deep.equal([]);
        }
        expect(messagesOf({}, { parameters: { p: { type: "Integer" }, q: null } })).to.deep.equal([
            `The parameter 'p' has the type "Integer"; allowed are Array, Bool, Float, Int, Object, SecureObject, ` +
                "SecureString, String.",
            "The parameter 'q' has the type nothing; allowed are Array, Bool, Float, Int, Object, SecureObject, " +
                "SecureString, String.",
        ]);
    });

    it("must be given exactly as declared, where the values are known", () => {
        const check = (...parameters: string[]) => messagesOf({}, { parameters: declared }, { parameters });
        expect(check("name")).to.deep.equal([]);
        expect(check("name", "COUNT")).to.deep.equal([]);
        expect(check()).to.deep.equal(["The workflow is given no value for the parameter 'Name'."]);
        expect(check("name", "other")).to.deep.equal([
            "The workflow is given a value for 'other', which the definition does not declare.",
        ]);
    });
});
