import { expect } from "chai";
import fc from "fast-check";
import { InvalidDefinitionError, assertSaveable, checkDefinition } from "../../../language";
import type { Json } from "../../../language/json";
import { after, compose, definitionOf, foreach, scope, until } from "../../support/language";

describe("checkDefinition", () => {
    it("finds nothing in a definition that Azure saves", () => {
        expect(checkDefinition(definitionOf(saveable))).to.deep.equal([]);
    });

    it("never fails on JSON of any shape", () => {
        const key = fc.constantFrom(
            ...[
                "actions",
                "triggers",
                "parameters",
                "outputs",
                "type",
                "inputs",
                "expression",
                "foreach",
                "cases",
            ],
            ...[
                "runAfter",
                "default",
                "else",
                "limit",
                "count",
                "runtimeConfiguration",
                "secureData",
                "properties",
            ],
            ...[
                "retryPolicy",
                "variables",
                "name",
                "recurrence",
                "frequency",
                "__proto__",
                "constructor",
                "A",
                "@x",
            ],
        );
        const leaf: fc.Arbitrary<Json> = fc.constantFrom<Json[]>(
            ...[
                null,
                true,
                0,
                -1.5,
                "",
                "@",
                "@x",
                "@{",
                "@f('A')",
                "@body('A')",
                "@items('A')",
                "A",
                "constructor",
            ],
            ...[
                "If",
                "Until",
                "Foreach",
                "Switch",
                "Wait",
                "Table",
                "Terminate",
                "InitializeVariable",
                "Http",
            ],
        );
        const { json } = fc.letrec<{ json: Json }>((tie) => ({
            json: fc.oneof(
                { maxDepth: 6 },
                leaf,
                fc.array(tie("json"), { maxLength: 3 }),
                fc.dictionary(key, tie("json"), { maxKeys: 4 }),
            ),
        }));
        fc.assert(
            fc.property(json, json, (actions, triggers) => {
                checkDefinition(actions);
                checkDefinition({ actions, triggers, outputs: actions, parameters: triggers });
            }),
            { numRuns: 1000 },
        );
    });

    it("survives JSON that is nested without end", () => {
        let inputs: Json = "@f()";
        let actions: Json = {};
        for (let level = 0; level < 20_000; level++) {
            inputs = [inputs];
            actions = { [`S${level}`]: scope(actions) };
        }
        expect(checkDefinition(definitionOf({ A: compose(inputs) }))).to.have.length(1);
        expect(checkDefinition(definitionOf(actions))).not.to.deep.equal([]);
    });
});

describe("assertSaveable", () => {
    it("lists every problem in one readable error", () => {
        const definition = definitionOf({
            A: after(compose(), "B"),
            C: scope({
                D: { type: "InitializeVariable", inputs: { variables: [{ name: "v", type: "String" }] } },
            }),
        });
        expect(() => assertSaveable(definition))
            .to.throw(InvalidDefinitionError)
            .that.includes({
                name: "InvalidDefinitionError",
                message: [
                    "Azure would refuse to save this workflow definition:",
                    "- InvalidTemplate: The 'runAfter' property of template action 'A' contains non-existent action: " +
                        "'B'. An action can only run after an action of the same scope.",
                    "- InvalidVariableInitialization: The variable action 'D' of type 'InitializeVariable' cannot be " +
                        "nested in an action of type 'Scope'.",
                ].join("\n"),
            })
            .with.property("problems")
            .that.deep.equals(checkDefinition(definition));
    });

    it("lets a definition pass that Azure saves", () => {
        assertSaveable(definitionOf(saveable));
    });
});

/** A little of everything. */
const saveable: Json = {
    Count: {
        type: "InitializeVariable",
        inputs: { variables: [{ name: "count", type: "integer", value: 0 }] },
    },
    Call: after(
        {
            type: "Http",
            inputs: {
                method: "GET",
                uri: "https://example.com/@{triggerBody()?['id']}",
                headers: { "@@odata": "@@x" },
                retryPolicy: {
                    type: "exponential",
                    count: 4,
                    interval: "PT7S",
                    minimumInterval: "PT5S",
                    maximumInterval: "PT1H",
                },
            },
            runtimeConfiguration: { secureData: { properties: ["inputs", "outputs"] } },
        },
        "Count",
    ),
    Loop: {
        ...foreach(
            {
                Add: { type: "IncrementVariable", inputs: { name: "count" } },
                Keep: after(compose("@items('Loop')"), "Add"),
                Inner: after(
                    until(
                        { Look: compose("@outputs('Keep')"), Wait: wait(), See: compose("@item()") },
                        {
                            expression: "@equals(outputs('Look'), iterationIndexes('Inner'))",
                        },
                    ),
                    "Keep",
                ),
            },
            { runtimeConfiguration: { concurrency: { repetitions: 5 } } },
        ),
        runAfter: { Call: ["Succeeded", "FAILED", "TimedOut", "Skipped"] },
    },
    Decide: after(
        {
            type: "If",
            expression: {
                and: [{ not: { equals: ["@variables('COUNT')", 0] } }, { greater: ["@outputs('Keep')", 1] }],
            },
            actions: {
                Stop: {
                    type: "Terminate",
                    inputs: { runStatus: "Failed", runError: { code: "x", message: "y" } },
                },
            },
            else: {
                actions: {
                    Answer: { type: "Response", inputs: { statusCode: 200, body: "@result('Loop')" } },
                },
            },
        },
        "Loop",
    ),
};

function wait(): Json {
    return { type: "Wait", inputs: { interval: { count: 1, unit: "Second" } } };
}
