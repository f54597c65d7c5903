import { expect } from "chai";
import { after, initialize, probe, runActions, compose, fails, statuses } from "../../support/runtime";

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
