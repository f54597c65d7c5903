import { expect } from "chai";
import { runActions, compose, fails, statuses } from "../../../support/runtime";

describe("If", () => {
    const branches = (expression: unknown) => ({
        Check: {
            type: "If",
            expression: expression as string,
            actions: { Yes: compose("yes") },
            else: { actions: { No: compose("no"), Inner: { type: "Scope", actions: { Deep: compose(1) } } } },
            runAfter: {},
        },
    });

    it("runs the branch that its condition chooses and skips the other", () => {
        const record = runActions(branches("@equals(1, 1)"));
        expect(statuses(record)).to.deep.equal({
            Check: "Succeeded",
            Yes: "Succeeded",
            No: "Skipped",
            Inner: "Skipped",
            Deep: "Skipped",
        });
        expect(record.actions["No"]?.code).to.equal("ActionBranchingConditionNotSatisfied");
        expect(record.actions["Deep"]?.code).to.equal("ActionDependencyFailed");
        expect(statuses(runActions(branches("@equals(1, 2)")))).to.include({
            Yes: "Skipped",
            Deep: "Succeeded",
        });
    });

    it("takes a condition object, whose and and or stop where they are decided", () => {
        const object = {
            and: [
                { not: { equals: ["@add(1, 1)", 3] } },
                { or: [{ contains: ["@createArray('a')", "a"] }, { greater: ["@div(1, 0)", 0] }] },
                { startsWith: ["Abc", "aB"] },
            ],
        };
        expect(statuses(runActions(branches(object)))).to.include({ Check: "Succeeded", Yes: "Succeeded" });
    });

    it("fails on a condition that is no boolean, or cannot be evaluated", () => {
        const text = runActions(branches("@concat('tr', 'ue')"));
        expect(text.actions["Check"]).to.deep.include({
            status: "Failed",
            code: "ExpressionEvaluationFailed",
        });
        expect(text.actions["Check"]?.error?.message).to.contain(
            "It is of type 'String' but is expected to be a value of type 'Boolean'.",
        );
        expect(text.actions["Yes"]).to.deep.include({ status: "Skipped", code: "ActionDependencyFailed" });
        const invalid = runActions(branches("@greater(null, 1)"));
        expect(invalid.actions["Check"]?.error?.code).to.equal("InvalidTemplate");
        expect(invalid.actions["Deep"]?.status).to.equal("Skipped");
    });

    it("succeeds with an empty branch", () => {
        const record = runActions({
            Check: { type: "If", expression: "@false", actions: { Yes: compose(1) }, runAfter: {} },
        });
        expect(statuses(record)).to.deep.equal({ Check: "Succeeded", Yes: "Skipped" });
    });

    it("takes its status from the branch", () => {
        const record = runActions({
            Check: { type: "If", expression: "@true", actions: { Bad: fails }, runAfter: {} },
        });
        expect(record.actions["Check"]).to.deep.include({ status: "Failed", code: "ActionFailed" });
    });
});

describe("Switch", () => {
    const withCases = (expression: string, one: unknown = "a") => ({
        Choose: {
            type: "Switch",
            expression,
            cases: {
                First: { case: one as string, actions: { A: compose("a") } },
                Second: { case: "b", actions: { B: compose("b") } },
            },
            default: { actions: { Other: compose("other") } },
            runAfter: {},
        },
    });

    it("runs the case of its value, with letter case, or else the default", () => {
        expect(statuses(runActions(withCases("@toLower('B')")))).to.deep.equal({
            Choose: "Succeeded",
            A: "Skipped",
            B: "Succeeded",
            Other: "Skipped",
        });
        expect(statuses(runActions(withCases("@toUpper('b')")))).to.include({
            B: "Skipped",
            Other: "Succeeded",
        });
    });

    it("fails on null and skips its branches", () => {
        const record = runActions(withCases("@triggerBody()"));
        expect(record.actions["Choose"]).to.deep.include({
            status: "Failed",
            code: "ExpressionEvaluationFailed",
        });
        expect(record.actions["Choose"]?.error?.message).to.contain(
            "It is of type 'Null' but is expected to be a value of type 'String, Integer'.",
        );
        expect(record.actions["Other"]).to.deep.include({
            status: "Skipped",
            code: "ActionDependencyFailed",
        });
    });

    it("fails every action of its branches when a case is of another type", () => {
        const record = runActions(withCases("@concat('b')", 1));
        expect(statuses(record)).to.deep.equal({
            Choose: "Failed",
            A: "Failed",
            B: "Failed",
            Other: "Failed",
        });
        expect(record.actions["A"]?.code).to.equal("InternalServerError");
        expect(record.actions["A"]?.error?.message).to.contain(
            "'strongEquals' expects parameters of same type, but found 'String,Integer' distinct types.",
        );
    });
});
