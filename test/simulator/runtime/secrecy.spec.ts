import { expect } from "chai";
import { after, definitionWith, runActions } from "../../support/runtime";
import { simulate } from "../../../simulator/runtime/simulate";
import type { ValueObject } from "../../../simulator/runtime/values";

const secure = (...properties: readonly string[]) => ({
    runtimeConfiguration: { secureData: { properties } },
});
const answers = { calls: [{ match: {}, replies: [{ status: 200, body: { token: "s3cret" } }] }] };
const http = (more: ValueObject = {}): ValueObject => ({
    type: "Http",
    inputs: { method: "GET", uri: "https://api.example/token" },
    ...more,
});

/** Sides that the history hides of the action `Reader`, which comes after an Http action `Call`. */
function hiddenOf(call: ValueObject, reader: ValueObject) {
    const record = runActions({ Call: http(call), Reader: { ...reader, ...after("Call") } }, answers);
    return record.actions["Reader"]?.secured;
}

const compose = { type: "Compose", inputs: "@body('call')?['token']" };

describe("secured inputs and outputs", () => {
    it("are absent from the history, and present on the wire and in expressions", () => {
        const record = runActions(
            {
                Call: http(secure("outputs", "inputs")),
                Use: {
                    type: "Compose",
                    inputs: "@length(body('Call')?['token'])",
                    ...secure("inputs"),
                    ...after("Call"),
                },
                Plain: { type: "Compose", inputs: "@outputs('Use')", ...secure("inputs"), ...after("Use") },
            },
            answers,
        );
        const { Call, Use } = record.actions;
        expect(Call?.secured).to.deep.equal(["inputs", "outputs"]);
        expect(Call).to.not.have.any.keys("inputs", "outputs");
        expect(Use).to.not.have.any.keys("inputs", "outputs");
        expect(record.calls.length).to.equal(1);
        expect(JSON.stringify(record.actions)).to.not.contain("s3cret");
    });

    it("hide what reads a secured trigger, by its name as well", () => {
        const definition = {
            triggers: { manual: { type: "Request", inputs: {}, ...secure("outputs") } },
        };
        const hidden = (inputs: string) =>
            runActions({ A: { type: "Compose", inputs } }, {}, { definition }).actions["A"]?.secured;
        for (const inputs of ["@triggerBody()", "@body('manual')", "@{actions('MANUAL')}"]) {
            expect(hidden(inputs), inputs).to.deep.equal(["inputs", "outputs"]);
        }
        expect(hidden("@workflow()['name']")).to.equal(undefined);
    });

    it("hide one side only", () => {
        const record = runActions({ Call: http(secure("outputs")) }, answers);
        expect(record.actions["Call"]?.secured).to.deep.equal(["outputs"]);
        expect(record.actions["Call"]).to.have.property("inputs");
        expect(record.actions["Call"]).to.not.have.property("outputs");
    });

    it("hide the inputs of what reads their forms and parts", () => {
        const body = "a=1";
        const headers = { "content-type": "application/x-www-form-urlencoded" };
        const scenario = { trigger: { body, headers }, unmatched: { status: 200, body, headers } };
        const secured = (trigger: ValueObject, call: ValueObject, inputs: string) =>
            runActions(
                { Call: http(call), Reader: { type: "Compose", inputs, ...after("Call") } },
                scenario,
                { definition: { triggers: { t: { type: "Request", inputs: {}, ...trigger } } } },
            ).actions["Reader"]?.secured;
        const both = ["inputs", "outputs"];
        expect(secured({}, secure("outputs"), "@formDataValue('Call', 'a')")).to.deep.equal(both);
        expect(secured({}, secure("outputs"), "@formDataMultiValues('Call', 'a')")).to.deep.equal(both);
        expect(secured(secure("outputs"), {}, "@triggerFormDataValue('a')")).to.deep.equal(both);
        expect(secured(secure("outputs"), {}, "@triggerFormDataMultiValues('a')")).to.deep.equal(both);
        expect(secured(secure("outputs"), {}, "@if(false, triggerMultipartBody(0), 1)")).to.deep.equal(both);
        expect(secured({}, secure("outputs"), "@if(false, multipartBody('Call', 0), 1)")).to.deep.equal(both);
        expect(secured({}, {}, "@formDataValue('Call', 'a')")).to.equal(undefined);
    });

    it("hide the inputs of what reads them", () => {
        const reader = http({
            inputs: { method: "GET", uri: "https://api.example", headers: { T: "@{outputs('Call')}" } },
        });
        expect(hiddenOf(secure("outputs"), reader)).to.deep.equal(["inputs"]);
        expect(hiddenOf(secure("inputs"), reader)).to.deep.equal(["inputs"]);
        expect(hiddenOf({}, reader)).to.equal(undefined);
        const select = { type: "Select", inputs: { from: "@createArray(1)", select: "@body('Call')" } };
        expect(hiddenOf(secure("outputs"), select)).to.deep.equal(["inputs"]);
    });

    it("hide both sides of a Compose or ParseJson that reads them", () => {
        expect(hiddenOf(secure("outputs"), compose)).to.deep.equal(["inputs", "outputs"]);
        const parse = { type: "ParseJson", inputs: { content: "@body('Call')", schema: {} } };
        expect(hiddenOf(secure("outputs"), parse)).to.deep.equal(["inputs", "outputs"]);
    });

    it("do not hide what reads the reader", () => {
        const record = runActions(
            {
                Call: http(secure("outputs")),
                Reader: { ...compose, ...after("Call") },
                Next: { type: "Compose", inputs: "@outputs('Reader')", ...after("Reader") },
            },
            answers,
        );
        expect(record.actions["Next"]).to.deep.include({ inputs: "s3cret", outputs: "s3cret" });
        expect(record.actions["Next"]).to.not.have.property("secured");
        const own = runActions(
            {
                Reader: { type: "Compose", inputs: "s3cret", ...secure("inputs") },
                Next: { type: "Compose", inputs: "@outputs('Reader')", ...after("Reader") },
            },
            answers,
        );
        expect(own.actions["Reader"]?.secured).to.deep.equal(["inputs", "outputs"]);
        expect(own.actions["Next"]).to.not.have.property("secured");
    });

    it("do not hide what cannot be secured", () => {
        const variable = {
            type: "InitializeVariable",
            inputs: { variables: [{ name: "v", type: "String", value: "@body('Call')['token']" }] },
        };
        expect(hiddenOf(secure("outputs"), variable)).to.equal(undefined);
    });

    it("of a trigger hide the inputs of what reads it", () => {
        const definition = definitionWith(
            { A: { type: "Compose", inputs: "@triggerBody()" }, B: { type: "Compose", inputs: 1 } },
            { triggers: { manual: { type: "Request", kind: "Http", inputs: {}, ...secure("outputs") } } },
        );
        const { A, B } = simulate(definition, { trigger: { body: "x" } }).actions;
        expect(A?.secured).to.deep.equal(["inputs", "outputs"]);
        expect(B).to.not.have.property("secured");
    });

    it("are hidden in every repetition", () => {
        const loop = {
            type: "Foreach",
            foreach: "@range(0, 2)",
            actions: { Call: http(secure("inputs", "outputs")) },
        };
        const { Call } = runActions({ Loop: loop }, answers).actions;
        expect(Call?.repetitions?.map((each) => each.secured)).to.deep.equal([
            ["inputs", "outputs"],
            ["inputs", "outputs"],
        ]);
        expect(JSON.stringify(Call)).to.not.contain("api.example");
    });
});
