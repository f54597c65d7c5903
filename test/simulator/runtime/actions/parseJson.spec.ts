import { expect } from "chai";
import { probe, runActions } from "../../../support/runtime";
import type { Value, ValueObject } from "../../../../simulator/runtime/values";

function parse(content: Value, schema: ValueObject = {}) {
    const { Parse } = runActions(
        { Parse: { type: "ParseJson", inputs: { content: "@triggerBody()", schema } } },
        { trigger: { body: content } },
    ).actions;
    if (Parse === undefined) {
        throw new Error("There is no action 'Parse'.");
    }
    return Parse;
}

function errors(content: Value, schema: ValueObject): readonly ValueObject[] {
    const { outputs } = parse(content, schema);
    return (outputs as { errors: readonly ValueObject[] }).errors;
}

const messages = (content: Value, schema: ValueObject) =>
    errors(content, schema).map((each) => each["message"]);

describe("ParseJson", () => {
    it("takes text and values, and changes nothing", () => {
        expect(
            parse('{"num": "1", "extra": 1.0}', { properties: { num: { type: "string" } } }).outputs,
        ).to.have.property("body");
        expect(parse({ a: 1 }).outputs).to.deep.equal({ body: { a: 1 } });
        expect(parse(3, { type: "integer" }).outputs).to.deep.equal({ body: 3 });
        expect(parse(" ").outputs).to.deep.equal({ body: null });
    });

    it("outputs only the errors of a value that its schema does not allow", () => {
        const schema = {
            type: "object",
            properties: { a: { properties: { b: { items: { type: "string" } } } } },
        };
        const failed = parse({ a: { b: ["x", 1] } }, schema);
        expect(failed).to.deep.include({
            status: "Failed",
            code: "ValidationFailed",
            error: { code: "ValidationFailed", message: "The schema validation failed." },
            outputs: {
                errors: [
                    {
                        message: "Invalid type. Expected String but got Integer.",
                        lineNumber: 0,
                        linePosition: 0,
                        path: "a.b[1]",
                        value: 1,
                        schemaId: "#/properties/a/properties/b/items",
                        errorType: "type",
                        childErrors: [],
                    },
                ],
            },
        });
    });

    it("has body null after it failed, and its errors readable", () => {
        const actions = {
            Parse: { type: "ParseJson", inputs: { content: "[1]", schema: { type: "object" } } },
        };
        expect(
            probe(actions, { body: "@body('Parse')", path: "@outputs('Parse')['errors'][0]['path']" }),
        ).to.deep.equal({
            body: null,
            path: "",
        });
    });

    it("tells null, integers and floats apart", () => {
        const schema = {
            properties: {
                a: { type: "string" },
                b: { type: ["string", "null"] },
                c: { type: "integer" },
                d: { type: "number" },
                e: { type: ["null", "integer", "string"] },
            },
        };
        expect(messages('{"a":null,"b":null,"c":1.0,"d":1,"e":true}', schema)).to.deep.equal([
            "Invalid type. Expected String but got Null.",
            "Invalid type. Expected Integer but got Number.",
            "Invalid type. Expected String, Integer, Null but got Boolean.",
        ]);
    });

    it("checks what a value must have, in Azure's order", () => {
        const schema = {
            type: "object",
            required: ["id", "name"],
            maxProperties: 1,
            additionalProperties: false,
            properties: { a: { type: "string" } },
            allOf: [{ required: ["c"] }],
        };
        expect(
            errors({ a: 1, x: 2 }, schema).map((each) => [each["errorType"], each["path"], each["value"]]),
        ).to.deep.equal([
            ["type", "a", 1],
            ["additionalProperties", "x", "x"],
            ["allOf", "", undefined],
            ["required", "", ["id", "name"]],
            ["maxProperties", "", undefined],
        ]);
        expect(messages({ a: "x" }, schema)[1]).to.equal(
            "Required properties are missing from object: id, name.",
        );
    });

    it("checks bounds, lengths, counts and enumerations", () => {
        const schema = {
            properties: {
                age: { minimum: 0 },
                big: { maximum: 10 },
                ex: { minimum: 0, exclusiveMinimum: true },
                step: { multipleOf: 5 },
                s: { maxLength: 3, minLength: 10 },
                list: { minItems: 1 },
                uniq: { uniqueItems: true },
                kind: { enum: ["a", 1.0] },
                one: { enum: [1] },
            },
        };
        const value = {
            age: -1,
            big: 11,
            ex: 0,
            step: 7,
            s: "long",
            list: [],
            uniq: [1, 1],
            kind: "z",
            one: 1,
        };
        expect(messages(value, schema)).to.deep.equal([
            "Integer -1 is less than minimum value of 0.",
            "Integer 11 exceeds maximum value of 10.",
            "Integer 0 equals minimum value of 0 and exclusive minimum is true.",
            "Integer 7 is not a multiple of 5.",
            "String 'long' exceeds maximum length of 3.",
            "String 'long' is less than minimum length of 10.",
            "Array item count 0 is less than minimum count of 1.",
            "Non-unique array item at index 1.",
            'Value "z" is not defined in enum.',
        ]);
    });

    it("checks combinations, references, tuples and dependencies", () => {
        const schema = {
            definitions: { text: { type: "string" } },
            properties: {
                any: { anyOf: [{ type: "string" }, { type: "integer" }] },
                one: { oneOf: [{ type: "integer" }, { type: "number" }] },
                not: { not: { type: "string" } },
                ref: { $ref: "#/definitions/text" },
                tuple: { items: [{ type: "integer" }], additionalItems: false },
                "a b": { type: "null" },
            },
            dependencies: { any: ["missing"] },
        };
        const value = { any: true, one: 5, not: "x", ref: 1, tuple: [1, 2], "a b": 0 };
        expect(errors(value, schema).map((each) => [each["errorType"], each["path"]])).to.deep.equal([
            ["anyOf", "any"],
            ["oneOf", "one"],
            ["not", "not"],
            ["type", "ref"],
            ["additionalItems", "tuple[1]"],
            ["type", "['a b']"],
            ["dependencies", ""],
        ]);
    });

    it("fails without outputs on text that is no JSON", () => {
        const failed = parse('{"a":1,');
        expect(failed).to.deep.include({ status: "Failed", code: "InvalidJSON" });
        expect(failed).to.not.have.property("outputs");
        expect(failed.error?.message).to.contain(
            "cannot be parsed: 'Unexpected end when reading token. Path ''.'.",
        );
    });

    it("fails on null and on empty content", () => {
        for (const content of [null, ""]) {
            const failed = parse(content);
            expect(failed).to.deep.include({ status: "Failed", code: "BadRequest" });
            expect(failed.error?.code).to.equal("InvalidTemplate");
            expect(failed.error?.message).to.contain(
                "Required property 'content' expects a value but got null",
            );
        }
    });

    it("fails on patterns in its schema, but not on a property of that name", () => {
        const nested = { properties: { zip: { type: "string", pattern: "^[0-9]+$" } } };
        expect(parse({ zip: "1" }, nested).code).to.equal("ActionSchemaNotSupported");
        expect(parse({}, { patternProperties: { a: {} } }).code).to.equal("ActionSchemaNotSupported");
        expect(parse({ pattern: "x" }, { properties: { pattern: { type: "string" } } }).status).to.equal(
            "Succeeded",
        );
    });

    it("fails on binary content", () => {
        expect(parse({ "$content-type": "application/json", $content: "e30=" }).code).to.equal("BadRequest");
    });
});
