import { expect } from "chai";
import { definitionWith } from "../../support/runtime";
import { NotSupportedError, RefusedError } from "../../../simulator/runtime/errors";
import { simulate } from "../../../simulator/runtime/simulate";
import type { Value, ValueObject } from "../../../simulator/runtime/values";

function refusalOf(workflow: Value, scenario: ValueObject = {}): RefusedError {
    try {
        simulate(workflow, scenario);
    } catch (error) {
        if (error instanceof RefusedError) {
            return error;
        }
        throw error;
    }
    throw new Error("Nothing was refused.");
}

/** The action is in a branch that is never taken. */
const unused = (action: ValueObject): ValueObject =>
    definitionWith({
        Never: { type: "If", expression: "@equals(1, 2)", actions: { Odd: action }, runAfter: {} },
    });

describe("what the simulator does not support", () => {
    const compose = { type: "Compose", inputs: 1 };
    const http = { type: "Http", inputs: { method: "GET", uri: "https://x.example" } };
    const until = { type: "Until", actions: {}, limit: { count: 1 } };
    const refused: readonly (readonly [what: string, action: ValueObject, message: string])[] = [
        [
            "an action type that Azure has",
            { type: "JavaScriptCode", inputs: { code: "" } },
            "action type 'JavaScriptCode'",
        ],
        ["an action type that nobody knows", { type: "Frobnicate" }, "action type 'Frobnicate'"],
        [
            "a function that nobody knows",
            { type: "Compose", inputs: "@concat(frobnicate(1))" },
            "function 'frobnicate'",
        ],
        [
            "a callback URL in an action",
            { type: "Compose", inputs: "@listCallbackUrl()" },
            "function 'listCallbackUrl'",
        ],
        [
            "a property of an action",
            { ...compose, correlation: { clientTrackingId: "1" } },
            "property 'correlation'",
        ],
        [
            "tracked properties that are no object",
            { ...compose, trackedProperties: "@action()" },
            "property 'trackedProperties' of action 'Odd' is not supported by the simulator unless it is an object",
        ],
        [
            "a computed reference in tracked properties",
            { ...compose, trackedProperties: { a: { b: "x@{outputs(concat('Od', 'd'))}" } } },
            "function 'outputs' with a computed name in 'trackedProperties' of action 'Odd'",
        ],
        [
            "an item in tracked properties",
            { type: "Foreach", foreach: [1], actions: {}, trackedProperties: { a: "@Item()" } },
            "function 'Item' in 'trackedProperties' of action 'Odd'",
        ],
        [
            "the status of an Until under way",
            { ...until, expression: "@equals(action()?['Status'], 'Running')" },
            "function 'action' with the property 'Status' in the condition of action 'Odd'",
        ],
        [
            "a property that no document gives to the current action",
            { ...until, expression: { not: { equals: ["@Action().retries", 1] } } },
            "function 'action' with the property 'retries' in the condition of action 'Odd'",
        ],
        [
            "all that the current action is",
            { ...until, expression: "@contains(string(action()), 'x')" },
            "function 'action' without the name of a property in the condition of action 'Odd'",
        ],
        [
            "a computed property of the current action",
            { ...until, expression: "@equals(action()[concat('na', 'me')], 'x')" },
            "function 'action' without the name of a property in the condition of action 'Odd'",
        ],
        [
            "a limit that is computed",
            { ...http, limit: { timeout: "@concat('PT1M')" } },
            "'limit.timeout' that is no ISO 8601 duration as plain text",
        ],
        [
            "a property of inputs",
            { ...http, inputs: { ...http.inputs, cookie: "a=b" } },
            "property 'inputs.cookie'",
        ],
        [
            "an authentication type",
            { ...http, inputs: { ...http.inputs, authentication: { type: "ClientCertificate" } } },
            "authentication type 'ClientCertificate'",
        ],
        [
            "a property of a retry policy",
            { ...http, inputs: { ...http.inputs, retryPolicy: { type: "none", jitter: 1 } } },
            "property 'inputs.retryPolicy.jitter'",
        ],
        [
            "a runtime configuration",
            { ...http, runtimeConfiguration: { contentTransfer: { transferMode: "Chunked" } } },
            "property 'runtimeConfiguration.contentTransfer'",
        ],
        [
            "an operation option",
            { ...http, operationOptions: "DisableAsyncPattern, Magic" },
            "operation option 'Magic'",
        ],
        [
            "a limit of a Scope",
            { type: "Scope", actions: {}, limit: { timeout: "PT1M" } },
            "property 'limit'",
        ],
        [
            "a schema keyword",
            {
                type: "ParseJson",
                inputs: { content: "{}", schema: { properties: { a: { format: "date" } } } },
            },
            "schema keyword 'format'",
        ],
    ];
    for (const [what, action, message] of refused) {
        it(`is refused by name: ${what}, in a branch that is not taken`, () => {
            const refusal = refusalOf(unused(action));
            expect(refusal.code).to.equal("NotSupported");
            expect(refusal.message).to.contain(message);
            expect(refusal.action).to.equal("Odd");
        });
    }

    it("is refused by name in triggers and in the definition", () => {
        const triggers = (trigger: ValueObject) => definitionWith({}, { triggers: { t: trigger } });
        const found: readonly (readonly [Value, string])[] = [
            [triggers({ type: "HttpWebhook", inputs: {} }), "trigger type 'HttpWebhook'"],
            [
                triggers({
                    type: "Recurrence",
                    recurrence: { frequency: "Day", interval: 1 },
                    splitOn: "@triggerBody()",
                }),
                "property 'splitOn' of trigger 't'",
            ],
            [triggers({ type: "Request", inputs: { relativePath: "/a" } }), "property 'inputs.relativePath'"],
            [
                triggers({ type: "Request", inputs: {}, operationOptions: "EnableSchemaValidation" }),
                "'EnableSchemaValidation'",
            ],
            [definitionWith({}, { staticResults: {} }), "property 'staticResults' of the definition"],
            [
                definitionWith({}, { outputs: { a: { type: "SecureString", value: "x" } } }),
                "type 'SecureString' of output 'a'",
            ],
            [
                definitionWith({}, { outputs: { a: { type: "String", value: "@frobnicate()" } } }),
                "function 'frobnicate' of output 'a'",
            ],
            [
                definitionWith(
                    { Answer: { type: "Response", inputs: { statusCode: 200 } } },
                    { triggers: { t: { type: "Request", inputs: {}, splitOn: "@triggerBody()" } } },
                ),
                "action 'Answer' of type 'Response' with a trigger that has 'splitOn'",
            ],
            [
                definitionWith({}, { parameters: { p: { type: "String", defaultValue: "", minLength: 1 } } }),
                "property 'minLength' of parameter 'p'",
            ],
            [{ definition: definitionWith({}), kind: "Stateful" }, "property 'kind' beside 'definition'"],
        ];
        for (const [workflow, message] of found) {
            const refusal = refusalOf(workflow);
            expect(refusal.code).to.equal("NotSupported");
            expect(refusal.message).to.contain(message);
        }
    });

    it("is refused while running where it shows only then", () => {
        const action = { type: "Compose", inputs: "@formatDateTime(utcNow(), 'D', concat('de', '-DE'))" };
        const refusal = refusalOf(definitionWith({ When: action }));
        expect(refusal).to.be.instanceOf(NotSupportedError);
        expect(refusal.message).to.contain("The locale 'de-DE' of function 'formatDateTime'");
        expect(refusal.action).to.equal("When");
    });

    it("includes nothing of what the designer adds for itself", () => {
        const noted = {
            ...compose,
            description: "d",
            metadata: { operationMetadataId: "1" },
            trackedProperties: { stage: "first" },
        };
        expect(simulate(definitionWith({ A: noted })).status).to.equal("Succeeded");
    });
});

describe("what Azure would not save", () => {
    it("is refused with Azure's code and the action that it lies in", () => {
        const broken = definitionWith({
            A: { type: "Compose", inputs: 1, runAfter: { Missing: ["Succeeded"] } },
        });
        expect(refusalOf(broken)).to.deep.include({ code: "InvalidTemplate", action: "A" });
        const syntax = definitionWith({ A: { type: "Compose", inputs: "@concat('a'" } });
        expect(refusalOf(syntax)).to.deep.include({ code: "InvalidTemplate", action: "A" });
        const limit = {
            type: "Http",
            inputs: { method: "GET", uri: "https://x" },
            limit: { timeout: "soon" },
        };
        expect(refusalOf(unused(limit))).to.deep.include({ code: "InvalidTemplate", action: "Odd" });
        const nested = unused({
            type: "InitializeVariable",
            inputs: { variables: [{ name: "v", type: "String" }] },
        });
        expect(refusalOf(nested)).to.deep.include({ code: "InvalidVariableInitialization", action: "Odd" });
    });

    it("includes tracked properties of secured data, and the current action where there is none", () => {
        const compose = { type: "Compose", inputs: 1 };
        const secured = {
            ...compose,
            trackedProperties: { a: "b" },
            runtimeConfiguration: { secureData: { properties: ["inputs"] } },
        };
        const refused: readonly (readonly [ValueObject, string])[] = [
            [secured, "has both 'secureData' and 'trackedProperties'"],
            [{ ...compose, inputs: { a: ["x @{action()}"] } }, "function 'action' is not expected"],
            [{ ...compose, trackedProperties: { a: "@variables('v')" } }, "'v' must be initialized before"],
            [{ ...compose, trackedProperties: { a: "@action(1)" } }, "expects '0' parameters"],
        ];
        for (const [action, message] of refused) {
            const refusal = refusalOf(unused(action));
            expect(refusal).not.to.be.instanceOf(NotSupportedError);
            expect(refusal.message).to.contain(message);
            expect(refusal.action).to.equal("Odd");
        }
    });

    it("includes parameters without a value, of another type, or not declared", () => {
        const parameters = (parameter: ValueObject) => definitionWith({}, { parameters: { p: parameter } });
        expect(refusalOf(parameters({ type: "String" })).code).to.equal("InvalidTemplate");
        expect(refusalOf(parameters({ type: "Int" }), { parameters: { p: "1" } }).message).to.contain(
            "Expected a value of type 'Int', but received a value of type 'String'.",
        );
        expect(refusalOf(definitionWith({}), { parameters: { q: 1 } }).message).to.contain("'q'");
        const allowed = parameters({ type: "String", defaultValue: "a", allowedValues: ["a", "b"] });
        expect(refusalOf(allowed, { parameters: { p: "c" } }).message).to.contain(
            "not among its allowed values",
        );
    });

    it("includes what is no definition at all", () => {
        expect(refusalOf(3).code).to.equal("InvalidTemplate");
        expect(refusalOf([]).code).to.equal("InvalidTemplate");
        expect(refusalOf({}).code).to.equal("InvalidTemplate");
        expect(refusalOf({ definition: 1 }).code).to.equal("InvalidTemplate");
        expect(refusalOf({ definition: definitionWith({}), parameters: { a: 1 } }).code).to.equal(
            "InvalidTemplate",
        );
    });
});
