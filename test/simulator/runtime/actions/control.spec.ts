import { expect } from "chai";
import { after, runActions, compose, fails, statuses } from "../../../support/runtime";

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

    it("refuses an error that is none, where only the run shows it", () => {
        const ending = stop({ runStatus: "Failed", runError: "@concat('x')" });
        expect(() => runActions({ Stop: ending })).to.throw(
            "A 'runError' of type 'String' is not supported by the simulator; an object is.",
        );
    });

    it("gives the run the code of any failure where its own error has none", () => {
        const record = runActions({ Stop: stop({ runStatus: "Failed", runError: { message: "m" } }) });
        expect(record).to.deep.include({
            code: "ActionFailed",
            error: { code: "ActionFailed", message: "m" },
        });
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

    it("refuses a number that is text once it is computed", () => {
        const wait = { type: "Wait", inputs: { interval: { count: "@{3}", unit: "Second" } } };
        expect(() => runActions({ W: wait })).to.throw(
            `A number as text ("3") as the 'count' of a Wait's interval is not supported by the simulator.`,
        );
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

    it("comes too late after 120 seconds", () => {
        const late = (count: number) =>
            runActions({
                W: { type: "Wait", inputs: { interval: { count, unit: "Second" } } },
                One: respond(after("W")),
            }).actions["One"];
        expect(late(120)?.status).to.equal("Succeeded");
        expect(late(121)).to.deep.include({ status: "Failed", code: "ActionResponseTimedOut" });
    });
});
