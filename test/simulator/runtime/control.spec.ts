import { expect } from "chai";
import { after, initialize, probe, runActions } from "../../support/runtime";
import type { RunRecord } from "../../../simulator/runtime/records";

const compose = (inputs: unknown, more: object = {}) => ({
    type: "Compose",
    inputs: inputs as string,
    ...more,
});
const fails = compose("@div(1, 0)");

function statuses(record: RunRecord): { [name: string]: string } {
    return Object.fromEntries(Object.entries(record.actions).map(([name, { status }]) => [name, status]));
}

describe("order and statuses", () => {
    it("runs an action after its predecessors, in virtual time", () => {
        const record = runActions({
            Second: compose("@actions('Wait')?['endTime']", after("Wait")),
            Wait: { type: "Wait", inputs: { interval: { count: 5, unit: "Minute" } }, runAfter: {} },
        });
        expect(record.status).to.equal("Succeeded");
        expect(record.durationSeconds).to.equal(300);
        expect(record.actions["Second"]).to.deep.equal({
            status: "Succeeded",
            code: "OK",
            inputs: "2026-01-01T00:05:00.0000000Z",
            outputs: "2026-01-01T00:05:00.0000000Z",
            startTime: "2026-01-01T00:05:00.000Z",
            endTime: "2026-01-01T00:05:00.000Z",
            attempts: 1,
        });
    });

    it("fails an action whose expression cannot be evaluated, without inputs and outputs", () => {
        const record = runActions({ Bad: fails });
        expect(record.code).to.equal("ActionFailed");
        expect(record.error).to.deep.equal({
            code: "ActionFailed",
            message: "An action failed. No dependent actions succeeded.",
        });
        expect(record.actions["Bad"]).to.deep.include({
            status: "Failed",
            code: "BadRequest",
            error: {
                code: "InvalidTemplate",
                message:
                    "Unable to process template language expressions in action 'Bad' inputs at line '0' and column " +
                    "'0': 'Attempt to divide an integral or decimal value by zero in function 'div'.'.",
            },
        });
        expect(record.actions["Bad"]).to.not.have.any.keys("inputs", "outputs");
    });

    it("skips what waits for another status, and says why", () => {
        const record = runActions({
            Bad: fails,
            Next: compose(1, after("Bad", "Succeeded", "Skipped")),
            Later: compose(2, after("Next")),
        });
        expect(statuses(record)).to.deep.equal({ Bad: "Failed", Next: "Skipped", Later: "Skipped" });
        expect(record.actions["Next"]?.code).to.equal("ActionSkipped");
        expect(record.actions["Next"]?.error).to.deep.equal({
            code: "ActionConditionFailed",
            message:
                "The execution of template action 'Next' is skipped: the 'runAfter' condition for action 'Bad' is " +
                "not satisfied. Expected status values 'Succeeded, Skipped' and actual value 'Failed'.",
        });
        expect(record.status).to.equal("Failed");
    });

    it("compares statuses of runAfter without regard to letter case", () => {
        const record = runActions({ Bad: fails, Next: compose(1, after("Bad", "FAILED")) });
        expect(statuses(record)).to.deep.equal({ Bad: "Failed", Next: "Succeeded" });
        expect(record.status).to.equal("Succeeded");
    });

    it("waits for all predecessors and asks each of them", () => {
        const both = { runAfter: { A: ["Succeeded"], Bad: ["Succeeded", "Failed"] } };
        const record = runActions({ A: compose(1), Bad: fails, Join: compose(2, both) });
        expect(record.actions["Join"]?.status).to.equal("Succeeded");
        const strict = { runAfter: { A: ["Failed"], Bad: ["Failed"] } };
        const skipped = runActions({ A: compose(1), Bad: fails, Join: compose(2, strict) });
        expect(skipped.actions["Join"]?.status).to.equal("Skipped");
    });

    it("counts a failure as handled only if no branch ends at it", () => {
        const handled = { Bad: fails, Handler: compose(1, after("Bad", "Failed")) };
        expect(runActions(handled).status).to.equal("Succeeded");
        const parallel = { ...handled, Other: compose(1, after("Bad")) };
        expect(runActions(parallel).status).to.equal("Failed");
    });

    it("ends a try and catch by the scopes that ran", () => {
        const scopes = (inner: object) => ({
            Try: { type: "Scope", actions: { Step: inner as ReturnType<typeof compose> }, runAfter: {} },
            Catch: { type: "Scope", actions: { Tell: compose("x") }, ...after("Try", "Failed") },
        });
        const failing = runActions(scopes(fails));
        expect(failing.status).to.equal("Succeeded");
        expect(failing.actions["Try"]).to.deep.include({
            status: "Failed",
            code: "ActionFailed",
            error: {
                code: "ActionFailed",
                message: "An action failed. No dependent actions succeeded.",
            },
        });
        const working = runActions(scopes(compose(1)));
        expect(working.status).to.equal("Succeeded");
        expect(working.actions["Tell"]).to.deep.include({
            status: "Skipped",
            code: "ActionDependencyFailed",
            attempts: 0,
        });
        expect(working.actions["Tell"]?.error?.message).to.equal(
            "The execution of template action 'Tell' is skipped: dependant action 'Catch' completed with status " +
                "'Skipped' and code 'ActionSkipped'.",
        );
    });

    it("gives null for what a skipped action would have given", () => {
        const actions = { Bad: fails, Skipped: compose(1, after("Bad")) };
        expect(probe(actions, { o: "@outputs('Skipped')", b: "@body('skipped')" })).to.deep.equal({
            o: null,
            b: null,
        });
    });
});

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

describe("Terminate", () => {
    const stop = (inputs: object) => ({ type: "Terminate", inputs: inputs as { runStatus: string } });
    const failing = stop({ runStatus: "Failed", runError: { code: "E1", message: "stop @{add(1, 1)}" } });

    it("ends the run from within scopes: cancels what is under way, skips the rest", () => {
        const record = runActions({
            Work: {
                type: "Scope",
                actions: {
                    Check: {
                        type: "If",
                        expression: "@true",
                        actions: { Stop: failing, Inner: compose(1, after("Stop")) },
                    },
                    Slow: { type: "Wait", inputs: { interval: { count: 1, unit: "Hour" } } },
                    Beyond: { type: "Scope", actions: { Deep: compose(1) }, ...after("Check") },
                },
                runAfter: {},
            },
            After: compose(1, after("Work", "Succeeded", "Failed", "Skipped", "TimedOut")),
        });
        expect(statuses(record)).to.deep.equal({
            Work: "Cancelled",
            Check: "Cancelled",
            Stop: "Succeeded",
            Inner: "Skipped",
            Slow: record.actions["Slow"]?.attempts === 0 ? "Skipped" : "Cancelled",
            Beyond: "Skipped",
            Deep: "Skipped",
            After: "Skipped",
        });
        expect(record).to.deep.include({
            status: "Failed",
            code: "E1",
            error: { code: "E1", message: "stop 2" },
            durationSeconds: 0,
        });
        expect(record.actions["After"]?.code).to.equal("Terminated");
        expect(record.actions["Deep"]?.code).to.equal("Terminated");
    });

    it("cancels a wait that is under way", () => {
        const record = runActions({
            Slow: { type: "Wait", inputs: { interval: { count: 1, unit: "Hour" } } },
            Short: { type: "Wait", inputs: { interval: { count: 1, unit: "Second" } } },
            Stop: { ...stop({ runStatus: "Cancelled" }), ...after("Short") },
        });
        expect(record.status).to.equal("Cancelled");
        expect(record).to.not.have.any.keys("code", "error");
        expect(record.actions["Slow"]).to.deep.include({
            status: "Cancelled",
            code: "Terminated",
            endTime: "2026-01-01T00:00:01.000Z",
        });
        expect(record.durationSeconds).to.equal(1);
    });

    it("can end the run with success, whatever failed before", () => {
        const record = runActions({
            Bad: fails,
            Stop: { ...stop({ runStatus: "Succeeded" }), ...after("Bad", "Failed") },
        });
        expect(record.status).to.equal("Succeeded");
    });
});

describe("Wait", () => {
    it("waits until a time, and not at all if that has passed", () => {
        const until = (timestamp: string) => ({ type: "Wait", inputs: { until: { timestamp } } });
        expect(runActions({ W: until("@addHours(utcNow(), 2)") }).durationSeconds).to.equal(7200);
        expect(runActions({ W: until("2025-12-31T23:59:59Z") }).durationSeconds).to.equal(0);
    });

    it("may not make the run longer than Azure keeps one", () => {
        const days = (count: number) => ({
            W: { type: "Wait", inputs: { interval: { count, unit: "Day" } } },
        });
        expect(runActions(days(90)).status).to.equal("Succeeded");
        expect(() => runActions(days(91))).to.throw(
            "A run of more than 90 days is not supported by the simulator.",
        );
    });

    it("knows how long a month is", () => {
        const record = runActions(
            { W: { type: "Wait", inputs: { interval: { count: 1, unit: "Month" } } } },
            { startTime: "2026-02-01T00:00:00Z" },
        );
        expect(record.durationSeconds).to.equal(28 * 86_400);
    });
});

describe("Response", () => {
    const respond = (more: object = {}) => ({
        type: "Response",
        kind: "Http",
        inputs: { statusCode: 200, body: { ok: "@equals(1, 1)" } },
        ...more,
    });

    it("answers once and fails the second time", () => {
        const record = runActions({ One: respond(), Two: respond(after("One")) });
        expect(record.actions["One"]?.outputs).to.deep.equal({ statusCode: 200, body: { ok: true } });
        expect(record.actions["Two"]?.status).to.equal("Failed");
    });
});

describe("records in expressions", () => {
    it("gives an action's record, without a code that is not specified", () => {
        const view = probe({ V: initialize("v", "Integer", 1) }, "@actions('v')") as {
            [key: string]: unknown;
        };
        expect(Object.keys(view)).to.deep.equal([
            "name",
            "inputs",
            "startTime",
            "endTime",
            "trackingId",
            "clientTrackingId",
            "status",
        ]);
        expect(probe({ Bad: fails }, "@actions('Bad')?['error']?['code']")).to.equal("InvalidTemplate");
    });

    it("gives the first-level actions of a scope, of both branches of an If", () => {
        const scope = {
            Check: {
                type: "If",
                expression: "@true",
                actions: {
                    Bad: fails,
                    Next: { type: "Scope", actions: { Deep: compose(1) }, ...after("Bad") },
                },
                else: { actions: { Other: compose(2) } },
            },
        };
        const result = probe(scope, "@result('Check')") as readonly { [key: string]: string }[];
        expect(result.map((each) => [each["name"], each["status"], each["code"]])).to.deep.equal([
            ["Bad", "Failed", "BadRequest"],
            ["Next", "Skipped", "ActionSkipped"],
            ["Other", "Skipped", "ActionBranchingConditionNotSatisfied"],
        ]);
    });

    it("gives the workflow, its run and the trigger", () => {
        const scenario = {
            workflow: {
                id: "/subscriptions/s/workflows/w",
                name: "w",
                location: "northeurope",
                tags: { a: "b" },
            },
            trigger: { headers: { "X-A": "1" }, body: { n: 1 } },
        };
        const value = probe(
            { A: compose(1) },
            {
                name: "@workflow().name",
                run: "@concat(workflow()['id'], '/runs/', workflow()['run']['name'])",
                id: "@workflow()['run']['id']",
                tag: "@workflow().tags.a",
                header: "@triggerOutputs()['headers']['x-a']",
                body: "@triggerBody()?.n",
                trigger: "@trigger().name",
            },
            scenario,
        ) as { [key: string]: unknown };
        expect(value).to.deep.include({ name: "w", tag: "b", header: "1", body: 1, trigger: "manual" });
        expect(value["run"]).to.equal(value["id"]);
    });
});
