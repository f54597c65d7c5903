import { expect } from "chai";
import type { Json, JsonObject } from "../../../language/json";
import { after, compose, messagesOf, scope } from "../../support/language";

const track = (value: Json): JsonObject => compose("", { trackedProperties: { a: { b: value } } });

const only =
    "Tracked properties can only reference its own action's inputs and outputs, trigger inputs and outputs and parameters.";

describe("tracked properties", () => {
    it("refer to their own action, to the trigger, to parameters and to the run", () => {
        const expressions = [
            "@action()['outputs']['statusCode']",
            "@{Action().inputs}",
            "@outputs('X')?['a']",
            "@actions('x').status",
            "@formDataValue('X', 'k')",
            "@triggerBody()?['OrderId']",
            "@outputs('manual')",
            "@parameters('p')",
            "@workflow().run.name",
            "@guid()",
            "plain",
        ];
        const parameters = { p: { type: "String", defaultValue: "" } };
        for (const expression of expressions) {
            expect(messagesOf({ X: track(expression) }, { parameters }), expression).to.deep.equal([]);
        }
    });

    it("refer to no other action, even if it has run before or is inside", () => {
        for (const reader of ["outputs('A')", "body('a')", "actions('A')", "multipartBody('A', 0)"]) {
            expect(messagesOf({ A: compose(), X: after(track(`@${reader}`), "A") }), reader).to.deep.equal([
                `The tracked property in action 'X' is referencing action(s) 'A'. ${only}`,
            ]);
        }
        expect(
            messagesOf({
                X: scope({ A: compose() }, { trackedProperties: { a: "@outputs('A')", b: "@result('X')" } }),
            }),
        ).to.deep.equal([
            `The tracked property in action 'X' is referencing action(s) 'A'. ${only}`,
            `The tracked property in action 'X' is calling the function 'result'. ${only}`,
        ]);
    });

    it("refer to no variable", () => {
        const V = {
            type: "InitializeVariable",
            inputs: { variables: [{ name: "v", type: "String", value: "" }] },
        };
        expect(messagesOf({ V, X: after(track("@{variables('v')}"), "V") })).to.deep.equal([
            `The tracked property in action 'X' is calling the function 'variables'. ${only}`,
        ]);
    });

    it("refer to no action that is not there", () => {
        expect(messagesOf({ X: track("@outputs('Y')") })).to.deep.equal([
            "The action(s) 'Y' referenced by 'trackedProperties' in action 'X' are not defined in the template.",
        ]);
    });

    it("refer to no trigger that has secured data", () => {
        const triggers = {
            manual: {
                type: "Request",
                inputs: {},
                runtimeConfiguration: { secureData: { properties: ["outputs"] } },
            },
        };
        for (const reader of ["triggerBody()", "trigger().outputs", "triggerOutputs()", "body('Manual')"]) {
            expect(messagesOf({ X: track(`@${reader}`) }, { triggers }), reader).to.deep.equal([
                "The tracked property in action 'X' is referencing trigger 'manual', which has secured data.",
            ]);
        }
        expect(messagesOf({ X: compose("@triggerBody()") }, { triggers })).to.deep.equal([]);
    });

    it("are read like other expressions", () => {
        expect(messagesOf({ X: track("@frobnicate()") })).to.deep.equal([
            "The template action 'X' is not valid: The template function 'frobnicate' is not defined or not valid.",
        ]);
        expect(messagesOf({ X: track("@action(1)") })).to.deep.equal([
            "The template action 'X' is not valid: The template function 'action' expects '0' parameters, but is given '1'.",
        ]);
    });
});
