import { expect } from "chai";
import { hiddenSides, securableSides } from "../../../language";
import type { Json, JsonObject } from "../../../language/json";
import { outlineOf } from "../../../language/outline";
import {
    after,
    compose,
    definitionOf,
    foreach,
    messagesOf,
    scope,
    until,
    type TypedAction,
} from "../../support/language";

const http: TypedAction = { type: "Http", inputs: { method: "GET", uri: "https://example.com" } };
const hide = (properties: Json): JsonObject => ({ runtimeConfiguration: { secureData: { properties } } });

describe("secureData", () => {
    const onBothSides: readonly TypedAction[] = [
        http,
        { type: "ApiConnection", inputs: { host: { connection: { name: "x" } }, method: "get", path: "/" } },
        { type: "Query", inputs: { from: [], where: "@true" } },
        { type: "Select", inputs: { from: [], select: 1 } },
        { type: "Join", inputs: { from: [], joinWith: "" } },
        { type: "Table", inputs: { from: [], format: "CSV" } },
    ];
    for (const action of onBothSides) {
        it(`hides both sides of ${action.type}`, () => {
            expect(messagesOf({ X: { ...action, ...hide(["inputs", "outputs"]) } })).to.deep.equal([]);
            expect(messagesOf({ X: { ...action, ...hide(["Inputs"]) } })).to.deep.equal([]);
        });
    }

    const inputsOnly: readonly TypedAction[] = [
        compose(),
        { type: "ParseJson", inputs: { content: "", schema: {} } },
        { type: "Response", inputs: { statusCode: 200 } },
        { type: "Wait", inputs: { interval: { count: 1, unit: "Second" } } },
    ];
    for (const action of inputsOnly) {
        const { type } = action;
        it(`hides nothing but the inputs of ${type}`, () => {
            expect(messagesOf({ X: { ...action, ...hide(["inputs"]) } })).to.deep.equal([]);
            expect(messagesOf({ X: { ...action, ...hide(["inputs", "outputs"]) } })).to.deep.equal([
                `The template action 'X' of type '${type}' cannot hide its outputs.`,
            ]);
        });
    }

    const unsecurable: readonly TypedAction[] = [
        { type: "InitializeVariable", inputs: { variables: [{ name: "w", type: "String" }] } },
        ...[
            "SetVariable",
            "AppendToArrayVariable",
            "AppendToStringVariable",
            "IncrementVariable",
            "DecrementVariable",
        ].map((type) => ({ type, inputs: { name: "v", value: 1 } })),
        foreach({}),
        until({}),
        scope({}),
        { type: "If", expression: "@true", actions: {} },
        { type: "Switch", expression: "x", cases: {} },
        { type: "Terminate", inputs: { runStatus: "Failed" } },
    ];
    for (const action of unsecurable) {
        const { type } = action;
        it(`hides nothing of ${type}`, () => {
            const actions = {
                I: { type: "InitializeVariable", inputs: { variables: [{ name: "v", type: "Integer" }] } },
                X: after({ ...action, ...hide(["inputs", "outputs"]) }, "I"),
            };
            expect(messagesOf(actions)).to.deep.equal([
                `The template action 'X' of type '${type}' cannot hide its inputs.`,
                `The template action 'X' of type '${type}' cannot hide its outputs.`,
            ]);
        });
    }

    it("hides what a trigger got, but not of a recurrence", () => {
        expect(
            messagesOf(
                {},
                { triggers: { t: { type: "Request", inputs: {}, ...hide(["inputs", "outputs"]) } } },
            ),
        ).to.deep.equal([]);
        const recurrence = { frequency: "Day", interval: 1 };
        expect(
            messagesOf({}, { triggers: { t: { type: "Recurrence", recurrence, ...hide(["inputs"]) } } }),
        ).to.deep.equal(["The template trigger 't' of type 'Recurrence' cannot hide its inputs."]);
    });

    it("lists nothing but inputs and outputs", () => {
        expect(messagesOf({ X: { ...http, ...hide(["headers", 1]) } })).to.deep.equal([
            `The template action 'X' has "headers" in 'secureData.properties'; allowed are "inputs" and "outputs".`,
            `The template action 'X' has 1 in 'secureData.properties'; allowed are "inputs" and "outputs".`,
        ]);
        expect(messagesOf({ X: { ...http, ...hide("inputs") } })).to.deep.equal([
            `The template action 'X' must list what to hide in 'secureData.properties', not "inputs".`,
        ]);
    });

    it("does not go with tracked properties", () => {
        expect(messagesOf({ X: { ...http, trackedProperties: { a: 1 } } })).to.deep.equal([]);
        expect(messagesOf({ X: { ...http, ...hide([]), trackedProperties: { a: 1 } } })).to.deep.equal([]);
        expect(
            messagesOf({ X: { ...http, ...hide(["inputs"]), trackedProperties: { a: 1 } } }),
        ).to.deep.equal([
            "The template action 'X' has both 'secureData' and 'trackedProperties'; only one is allowed.",
        ]);
    });
});

describe("hiddenSides", () => {
    const at = (action: JsonObject, ...sides: string[]) => {
        const node = outlineOf(definitionOf({ X: { ...action, ...hide(sides) } })).find("X");
        return node === undefined ? undefined : [hiddenSides(node), securableSides(node)];
    };

    it("are the listed ones that can be hidden", () => {
        expect(at(http)).to.deep.equal([[], ["inputs", "outputs"]]);
        expect(at(http, "outputs", "inputs")).to.deep.equal([
            ["inputs", "outputs"],
            ["inputs", "outputs"],
        ]);
        expect(at(scope({}), "inputs")).to.deep.equal([[], []]);
    });

    it("are both of a Compose that hides its inputs", () => {
        expect(at(compose(), "inputs")).to.deep.equal([["inputs", "outputs"], ["inputs"]]);
        expect(at(compose(), "outputs")).to.deep.equal([[], ["inputs"]]);
    });

    it("are the inputs only of a Wait", () => {
        expect(at({ type: "Wait", inputs: {} }, "inputs")).to.deep.equal([["inputs"], ["inputs"]]);
    });
});
