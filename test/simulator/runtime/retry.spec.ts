import { expect } from "chai";
import { after, runActions, answers, callOf, http, secondsOf } from "../../support/runtime";
import type { ValueObject } from "../../../simulator/runtime/values";

const NONE = { type: "none" };

describe("repeated calls", () => {
    it("retries 408, 429 and 5xx four times by default, with growing waits", () => {
        for (const status of [408, 429, 500, 503]) {
            const record = runActions(http(), answers({ status }));
            expect(callOf(record).attempts).to.equal(5);
            expect(record.billing.builtIn).to.equal(6);
            const waits = secondsOf(record).map((time, index, all) => time - (all[index - 1] ?? 0));
            const bounds = [
                [0, 0],
                [5, 7],
                [7, 14],
                [14, 28],
                [28, 45],
            ] as const;
            bounds.forEach(([low, high], index) => expect(waits[index]).to.be.within(low, high));
        }
        expect(callOf(runActions(http(), answers({ status: 501 }, { status: 200 }))).status).to.equal(
            "Succeeded",
        );
        for (const status of [400, 401, 403, 409]) {
            expect(callOf(runActions(http(), answers({ status }))).attempts).to.equal(1);
        }
    });

    it("draws its waits from the seed", () => {
        const times = (seed: number) => secondsOf(runActions(http(), answers({ status: 500 }), { seed }));
        expect(times(1)).to.deep.equal(times(1));
        expect(times(1)).to.not.deep.equal(times(2));
    });

    it("retries as its policy says", () => {
        const times = (retryPolicy: ValueObject) =>
            secondsOf(runActions(http({ retryPolicy }), answers({ status: 500 })));
        expect(times(NONE)).to.deep.equal([0]);
        expect(times({ type: "fixed", count: 2, interval: "PT20S" })).to.deep.equal([0, 20, 40]);
        const exponential = {
            type: "exponential",
            interval: "PT10S",
            minimumInterval: "PT10S",
            maximumInterval: "PT10S",
        };
        expect(times({ ...exponential, count: 3 })).to.deep.equal([0, 10, 20, 30]);
    });

    it("waits as long as the answer asks, in seconds or until a date", () => {
        const policy = { retryPolicy: { type: "fixed", count: 2, interval: "PT20S" } };
        const record = runActions(
            http(policy),
            answers(
                { status: 429, headers: { "retry-after": "90" } },
                { status: 503, headers: { "Retry-After": "Thu, 01 Jan 2026 00:05:00 GMT" } },
                { status: 200 },
            ),
        );
        expect(secondsOf(record)).to.deep.equal([0, 90, 300]);
        expect(callOf(record)).to.deep.include({ status: "Succeeded", attempts: 3 });
        expect(record.calls.map(({ attempt, status }) => [attempt, status])).to.deep.equal([
            [1, 429],
            [2, 503],
            [3, 200],
        ]);
    });

    it("gives up an attempt after 120 seconds", () => {
        const record = runActions(http({ retryPolicy: NONE }), answers({ timeout: true }));
        expect(record.durationSeconds).to.equal(120);
        expect(callOf(record).status).to.equal("Failed");
        expect(callOf(record)).to.not.have.property("outputs");
        const slow = runActions(http({ retryPolicy: NONE }), answers({ status: 200, latency: "PT2M0.001S" }));
        expect(slow.durationSeconds).to.equal(120);
        const inTime = runActions(http({ retryPolicy: NONE }), answers({ status: 200, latency: "PT2M" }));
        expect(callOf(inTime).status).to.equal("Succeeded");
    });

    it("times out at its own limit, whatever is under way", () => {
        const limit = { limit: { timeout: "PT30S" } };
        const silent = runActions(http({}, limit), answers({ timeout: true }));
        expect(callOf(silent)).to.deep.include({ status: "TimedOut", code: "ActionTimedOut", attempts: 1 });
        expect(silent).to.deep.include({ status: "Failed", durationSeconds: 30 });
        const retrying = runActions(http({}, limit), answers({ status: 500, latency: "PT25S" }));
        expect(retrying.durationSeconds).to.equal(30);
        const handled = {
            ...http({}, limit),
            Next: { type: "Compose", inputs: 1, ...after("Call", "TimedOut") },
        };
        expect(runActions(handled, answers({ timeout: true })).status).to.equal("Succeeded");
    });

    it("takes no policy beyond its limits where an expression gives it", () => {
        const policy = (more: ValueObject) =>
            callOf(
                runActions(
                    http({ retryPolicy: { type: "fixed", count: 1, interval: "PT5S", ...more } }),
                    answers({ status: 200 }),
                ),
            );
        expect(policy({ count: "@add(89, 1)", interval: "@concat('P1D')" }).status).to.equal("Succeeded");
        const wrong: readonly (readonly [more: ValueObject, message: string])[] = [
            [{ count: "@add(90, 1)" }, "'count' must be between '1' and '90'. The provided value is '91'."],
            [{ count: "@sub(1, 1)" }, "'count' must be between '1' and '90'. The provided value is '0'."],
            [
                { interval: "@concat('PT4S')" },
                "'interval' must be between 'PT5S' and 'P1D'. The provided value is 'PT4S'.",
            ],
            [
                { type: "exponential", maximumInterval: "@concat('P2D')" },
                "'maximumInterval' must be between 'PT5S' and 'P1D'. The provided value is 'P2D'.",
            ],
        ];
        for (const [more, message] of wrong) {
            const { status, error } = policy(more);
            expect(status).to.equal("Failed");
            expect(error?.message).to.contain(`The retry policy's ${message}`);
        }
    });

    it("follows a location that is relative to what was asked last", () => {
        const accepted = (Location: string) => ({ status: 202, headers: { Location } });
        const record = runActions(
            http(),
            answers(accepted("https://jobs.example/a/1"), accepted("2"), { status: 200 }),
        );
        expect(record.calls.map(({ uri }) => uri)).to.deep.equal([
            "https://api.example/x",
            "https://jobs.example/a/1",
            "https://jobs.example/a/2",
        ]);
    });

    it("polls an accepted operation until it answers otherwise", () => {
        const accepted = { status: 202, headers: { Location: "/status/1", "Retry-After": "30" } };
        const scenario: ValueObject = {
            calls: [
                { match: { method: "POST" }, replies: [accepted] },
                {
                    match: { method: "GET", uri: "https://api.example/status/1" },
                    replies: [{ status: 202 }, { status: 200, body: { done: true } }],
                },
            ],
        };
        const record = runActions(http({ method: "POST", body: { a: 1 } }), scenario);
        expect(callOf(record)).to.deep.include({ status: "Succeeded", code: "OK", attempts: 1 });
        expect(callOf(record).outputs).to.deep.include({ body: { done: true } });
        expect(secondsOf(record)).to.deep.equal([0, 30, 40]);
        expect(record.billing.builtIn).to.equal(2);
        expect(record.calls.map(({ method, body }) => [method, body])).to.deep.equal([
            ["POST", { a: 1 }],
            ["GET", null],
            ["GET", null],
        ]);
    });

    it("does not poll for ever", () => {
        const accepted = answers({
            status: 202,
            headers: { Location: "https://api.example/x", "Retry-After": "0" },
        });
        expect(() => runActions(http(), accepted)).to.throw(
            "More than 10000 polls of one asynchronous operation are not supported",
        );
    });

    it("does not poll if it is told not to, or if there is no location", () => {
        const accepted = answers({
            status: 202,
            headers: { Location: "https://api.example/status" },
            body: { id: 1 },
        });
        const record = runActions(http({}, { operationOptions: "DisableAsyncPattern" }), accepted);
        expect(callOf(record)).to.deep.include({ status: "Succeeded", code: "Accepted" });
        expect(record.calls.length).to.equal(1);
        expect(runActions(http(), answers({ status: 202 })).calls.length).to.equal(1);
    });
});
