import { expect } from "chai";
import { UNSIMULATED_ACTION_TYPES, UNSIMULATED_TRIGGER_TYPES } from "../../../language";
import type { Json, JsonObject } from "../../../language/json";
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

    it("names its schema in text, if at all", () => {
        expect(messagesOf({}, { $schema: 7 })).to.deep.equal([
            "The '$schema' of the definition must be text, not 7.",
        ]);
    });

    it("has outputs with a type", () => {
        expect(
            messagesOf({}, { outputs: { a: { type: "Int", value: 1 }, b: 7, c: { value: 7 } } }),
        ).to.deep.equal([
            "The output 'b' must be an object, not 7.",
            "The output 'c' has nothing as its type.",
        ]);
    });

    it("has objects for the actions of every branch", () => {
        const choice = (more: JsonObject) => ({ type: "Switch", expression: "x", cases: {}, ...more });
        const message = (path: string, value: string) =>
            `The template action 'X' has ${value} as '${path}', which must be an object.`;
        const wrong: readonly (readonly [action: JsonObject, message: string])[] = [
            [
                { type: "If", expression: "@true", actions: {}, else: { actions: [] } },
                message("else.actions", "[]"),
            ],
            [choice({ cases: { a: { case: "x", actions: 7 } } }), message("cases.a.actions", "7")],
            [choice({ default: { actions: "x" } }), message("default.actions", `"x"`)],
        ];
        for (const [action, expected] of wrong) {
            expect(messagesOf({ X: action })).to.deep.equal([expected]);
        }
    });

    it("has objects and text for what is beside the inputs", () => {
        expect(
            messagesOf({
                A: compose("", { runtimeConfiguration: 7, operationOptions: ["x"], limit: "PT1M" }),
                B: compose("", { runtimeConfiguration: { secureData: [], concurrency: null } }),
            }),
        ).to.deep.equal([
            `The template action 'A' has "PT1M" as 'limit', which must be an object.`,
            "The template action 'A' has 7 as 'runtimeConfiguration', which must be an object.",
            `The template action 'A' has ["x"] as 'operationOptions', which must be text.`,
            "The template action 'B' has null as 'runtimeConfiguration.concurrency', which must be an object.",
            "The template action 'B' has [] as 'runtimeConfiguration.secureData', which must be an object.",
            "The template action 'B' must list what to hide in 'secureData.properties', not nothing.",
        ]);
    });

    it("has expressions in the conditions of a trigger", () => {
        const check = (conditions: Json) =>
            messagesOf({}, { triggers: { t: { type: "Request", inputs: {}, conditions } } });
        expect(check([{ expression: "@true" }])).to.deep.equal([]);
        expect(check({})).to.deep.equal([
            "The template trigger 't' has {} as 'conditions', which must be an array.",
        ]);
        expect(check([{}])).to.deep.equal([
            "The template trigger 't' has a condition without 'expression': {}.",
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
