import { expect } from "chai";
import { after, initialize, runActions } from "../../../support/runtime";
import type { Value, ValueObject } from "../../../../simulator/runtime/values";

/** Runs one change of a variable `v`, whose value may come from the trigger's body. */
function change(variable: ValueObject, type: string, value?: Value, body: Value = null) {
    const inputs = { name: "V", ...(value === undefined ? {} : { value }) };
    const record = runActions(
        { Init: { ...variable, runAfter: {} }, Change: { type, inputs, ...after("Init") } },
        { trigger: { body } },
    );
    return {
        status: record.actions["Change"]?.status,
        code: record.actions["Change"]?.code,
        v: record.variables["v"],
    };
}

describe("variables", () => {
    it("begin with their value, or with null", () => {
        const record = runActions({ A: initialize("a", "string", "x"), B: initialize("b", "Integer") });
        expect(record.variables).to.deep.equal({ a: "x", b: null });
        expect(record.actions["A"]).to.deep.include({
            status: "Succeeded",
            inputs: { variables: [{ name: "a", type: "string", value: "x" }] },
        });
        expect(record.actions["A"]).to.not.have.any.keys("code", "outputs");
    });

    it("refuse a first value of another type", () => {
        const record = runActions({ A: initialize("a", "Integer", "@concat('1')") });
        expect(record.actions["A"]).to.deep.include({ status: "Failed", code: "BadRequest" });
        expect(record.actions["A"]?.error?.message).to.contain(
            "The variable 'a' of type 'Integer' cannot be initialized or updated with value '1' of type 'String'.",
        );
        expect(record.variables).to.deep.equal({});
    });

    it("are set to values of their type", () => {
        expect(change(initialize("v", "String", "a"), "SetVariable", "@concat('b')")).to.deep.include({
            v: "b",
        });
        expect(change(initialize("v", "Float", 1.5), "SetVariable", 2)).to.deep.include({ v: 2 });
        expect(change(initialize("v", "Array", [1]), "SetVariable", "@triggerBody()")).to.deep.include({
            v: null,
        });
        const wrong: readonly (readonly [type: string, first: Value, value: Value])[] = [
            ["String", "a", 1],
            ["Integer", 1, 1.5],
            ["Integer", 1, "@triggerBody()"],
            ["Boolean", true, "true"],
            ["Object", {}, []],
            ["Array", [], {}],
        ];
        for (const [type, first, value] of wrong) {
            expect(change(initialize("v", type, first), "SetVariable", value)).to.deep.equal({
                status: "Failed",
                code: "BadRequest",
                v: first,
            });
        }
    });

    it("grow by appending", () => {
        const array = (value: Value) =>
            change(initialize("v", "Array", [1]), "AppendToArrayVariable", value, [2]);
        expect(array({ a: 1 })).to.deep.include({ status: "Succeeded", v: [1, { a: 1 }] });
        expect(array("@triggerBody()")).to.deep.include({ status: "Failed", v: [1] });
        expect(array("@null")).to.deep.include({ status: "Failed", v: [1] });
        expect(change(initialize("v", "Array"), "AppendToArrayVariable", 1).v).to.deep.equal([1]);
        const text = (value: Value) =>
            change(initialize("v", "String", "a"), "AppendToStringVariable", value).v;
        expect(text("b@{1}")).to.equal("ab1");
        expect(text("@null")).to.equal("a");
        expect(change(initialize("v", "Integer", 1), "AppendToStringVariable", "x").status).to.equal(
            "Failed",
        );
    });

    it("hold 100,000 items and no more", () => {
        const items = (count: number) => Array.from({ length: count }, () => 0);
        const set = (count: number) =>
            change(initialize("v", "Array", []), "SetVariable", "@triggerBody()", items(count));
        expect(set(100_000).status).to.equal("Succeeded");
        expect(set(100_001)).to.deep.equal({ status: "Failed", code: "BadRequest", v: [] });
        const first = initialize("v", "Array", "@triggerBody()");
        const append = (count: number) => change(first, "AppendToArrayVariable", 1, items(count)).status;
        expect([append(99_999), append(100_000)]).to.deep.equal(["Succeeded", "Failed"]);
        const record = runActions({ I: first }, { trigger: { body: items(100_001) } });
        expect(record.actions["I"]?.error?.message).to.equal(
            "The value of variable 'v' has '100001' items, which exceeds the limit of '100000'.",
        );
    });

    it("hold 104,857,600 characters and no more", () => {
        const half = "x".repeat(52_428_800);
        const grow = (value: string) =>
            change(
                initialize("v", "String", "@triggerBody()"),
                "AppendToStringVariable",
                `@concat(triggerBody(), '${value}')`,
                half,
            ).status;
        expect([grow(""), grow("x")]).to.deep.equal(["Succeeded", "Failed"]);
    });

    it("count up and down, by one where nothing else is said", () => {
        const integer = initialize("v", "Integer", 5);
        expect(change(integer, "IncrementVariable").v).to.equal(6);
        expect(change(integer, "DecrementVariable", 7).v).to.equal(-2);
        expect(change(initialize("v", "Float", 1), "IncrementVariable", 0.5).v).to.equal(1.5);
        expect(change(integer, "IncrementVariable", 0.5).status).to.equal("Failed");
        expect(change(initialize("v", "Integer"), "IncrementVariable").status).to.equal("Failed");
        expect(change(initialize("v", "String", "1"), "IncrementVariable").status).to.equal("Failed");
    });
});
