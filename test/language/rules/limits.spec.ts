import { expect } from "chai";
import type { Json } from "../../../language/json";
import { compose, messagesOf, scope } from "../../support/language";

describe("the limits of a definition", () => {
    const request: Json = { type: "Request", inputs: {} };

    it("are 1 to 10 triggers", () => {
        expect(messagesOf({}, { triggers: {} })).to.deep.equal([
            "The definition has no trigger; a workflow needs at least one.",
        ]);
        expect(messagesOf({}, { triggers: many(10, request) })).to.deep.equal([]);
        expect(messagesOf({}, { triggers: many(11, request) })).to.deep.equal([
            "The definition has 11 triggers; the limit is 10.",
        ]);
    });

    it("are 500 actions, nested ones included", () => {
        expect(messagesOf({ S: scope(many(499, compose())) })).to.deep.equal([]);
        expect(messagesOf({ S: scope(many(500, compose())) })).to.deep.equal([
            "The definition has 501 actions; the limit is 500.",
        ]);
    });

    it("are 50 parameters and 10 outputs", () => {
        const parameter: Json = { type: "String", defaultValue: "" };
        const output: Json = { type: "String", value: "" };
        expect(messagesOf({}, { parameters: many(50, parameter), outputs: many(10, output) })).to.deep.equal(
            [],
        );
        expect(messagesOf({}, { parameters: many(51, parameter), outputs: many(11, output) })).to.deep.equal([
            "The definition has 51 parameters; the limit is 50.",
            "The definition has 11 outputs; the limit is 10.",
        ]);
    });

    it("are 250 variables", () => {
        const initializers = (count: number) =>
            Object.fromEntries(
                Array.from({ length: count }, (_, index) => [
                    `I${index}`,
                    {
                        type: "InitializeVariable",
                        inputs: { variables: [{ name: `v${index}`, type: "String" }] },
                    },
                ]),
            );
        expect(messagesOf(initializers(250))).to.deep.equal([]);
        expect(messagesOf(initializers(251))).to.deep.equal([
            "The definition has 251 variables; the limit is 250.",
        ]);
    });

    it("are 8 levels of actions", () => {
        const nested = (levels: number) => {
            let actions: Json = { Leaf: compose() };
            for (let level = levels - 1; level > 0; level--) {
                actions = { [`S${level}`]: scope(actions) };
            }
            return actions;
        };
        expect(messagesOf(nested(8))).to.deep.equal([]);
        expect(messagesOf(nested(9))).to.deep.equal([
            "The template action 'Leaf' is nested at level '9', which exceeds the maximum nesting limit of '8'.",
        ]);
    });

    it("are 25 cases of a Switch beside its default", () => {
        const choice = (count: number) => ({
            A: {
                type: "Switch",
                expression: "x",
                cases: many(count, { case: "x", actions: {} }),
                default: {},
            },
        });
        expect(messagesOf(choice(25))).to.deep.equal([]);
        expect(messagesOf(choice(26))).to.deep.equal([
            "The template action 'A' has 26 cases; the limit is 25.",
        ]);
    });

    it("are 256 characters of a description", () => {
        const at = (length: number) => {
            const description = "d".repeat(length);
            return messagesOf(
                { A: compose("", { description }) },
                { description, triggers: { t: { type: "Request", inputs: {}, description } } },
            );
        };
        expect(at(256)).to.deep.equal([]);
        expect(at(257)).to.deep.equal([
            "The description of the definition has 257 characters; the limit is 256.",
            "The description of the template trigger 't' has 257 characters; the limit is 256.",
            "The description of the template action 'A' has 257 characters; the limit is 256.",
        ]);
    });

    it("are 8,000 characters of tracked properties", () => {
        const at = (length: number) =>
            messagesOf({
                A: compose("", { trackedProperties: { x: "t".repeat(length - '{"x":""}'.length) } }),
            });
        expect(at(8000)).to.deep.equal([]);
        expect(at(8001)).to.deep.equal([
            "The 'trackedProperties' of the template action 'A' has 8001 characters; the limit is 8000.",
        ]);
    });

    it("are 16,384 characters of a URI that is plain text", () => {
        const at = (length: number, start = "https://a.example/") =>
            messagesOf({ A: { type: "Http", inputs: { method: "GET", uri: start.padEnd(length, "x") } } });
        expect([...at(16_384), ...at(16_385, "@{guid()}")]).to.deep.equal([]);
        expect(at(16_385)).to.deep.equal([
            "The 'inputs.uri' of the template action 'A' has 16385 characters; the limit is 16384.",
        ]);
    });

    it("are 1,024 characters of inline code, and none of what others call code", () => {
        const at = (length: number, type = "JavaScriptCode") =>
            messagesOf({ A: { type, inputs: { code: "c".repeat(length) } } });
        expect([...at(1024), ...at(1025, "Compose")]).to.deep.equal([]);
        expect(at(1025)).to.deep.equal([
            "The 'inputs.code' of the template action 'A' has 1025 characters; the limit is 1024.",
        ]);
    });
});

function many(count: number, value: Json): { readonly [name: string]: Json } {
    return Object.fromEntries(Array.from({ length: count }, (_, index) => [`N${index}`, value]));
}
