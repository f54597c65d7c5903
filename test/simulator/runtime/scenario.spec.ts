import { expect } from "chai";
import { runActions } from "../../support/runtime";
import { readScenario, ScenarioError } from "../../../simulator/runtime/scenario";
import { simulate } from "../../../simulator/runtime/simulate";
import type { ValueObject } from "../../../simulator/runtime/values";

const http = (uri: string, method = "GET"): ValueObject => ({
    type: "Http",
    inputs: { method, uri, retryPolicy: { type: "none" } },
    runAfter: {},
});

const statusOf = (uri: string, calls: readonly ValueObject[], method = "GET") =>
    runActions({ Call: http(uri, method) }, { calls, unmatched: { status: 418 } }).calls[0]?.status;

const entry = (match: ValueObject, ...statuses: readonly number[]): ValueObject => ({
    match,
    replies: statuses.map((status) => ({ status })),
});

describe("scripted replies", () => {
    it("come from the first entry that matches", () => {
        const calls = [
            entry({ method: "post" }, 201),
            entry({ uri: "https://x.example/a" }, 202),
            entry({ uri: "https://x.example/*/c?v=*" }, 203),
            entry({ method: "GET", uri: "*" }, 204),
        ];
        expect(statusOf("https://x.example/a", calls, "POST")).to.equal(201);
        expect(statusOf("https://x.example/a", calls)).to.equal(202);
        expect(statusOf("https://x.example/b/b/c?v=1&w=2", calls)).to.equal(203);
        expect(statusOf("https://x.example/b/c?w=1", calls)).to.equal(204);
        expect(statusOf("https://x.example/", calls, "DELETE")).to.equal(418);
    });

    it("take a pattern's other characters as they are", () => {
        expect(statusOf("https://xyexample/a", [entry({ uri: "https://x.example/*" }, 200)])).to.equal(418);
        expect(statusOf("https://x.example/A", [entry({ uri: "https://x.example/a" }, 200)])).to.equal(418);
        expect(statusOf("https://x.example/a%20b", [entry({ uri: "https://x.example/a b" }, 200)])).to.equal(
            418,
        );
    });

    it("are counted for the whole run, and the last one repeats", () => {
        const record = runActions(
            {
                Loop: {
                    type: "Foreach",
                    foreach: "@range(0, 2)",
                    actions: { Call: http("https://x.example/@{item()}") },
                    operationOptions: "Sequential",
                    runAfter: {},
                },
                Last: { ...http("https://x.example/last"), runAfter: { Loop: ["Succeeded"] } },
                Again: { ...http("https://x.example/last"), runAfter: { Last: ["Succeeded"] } },
            },
            { calls: [entry({ uri: "https://x.example/*" }, 200, 201, 202)] },
        );
        expect(record.calls.map(({ status }) => status)).to.deep.equal([200, 201, 202, 202]);
    });

    it("match queries of a connection by their values", () => {
        const actions = {
            Call: {
                type: "ApiConnection",
                inputs: {
                    host: { connection: { name: "@parameters('$connections')['kv']['connectionId']" } },
                    method: "get",
                    path: "/secrets",
                    queries: { version: 7, name: "a" },
                },
            },
        };
        const definition = {
            parameters: { $connections: { type: "Object", defaultValue: { kv: { connectionId: "/kv" } } } },
        };
        const status = (match: ValueObject) =>
            runActions(actions, { calls: [entry(match, 200)], unmatched: { status: 418 } }, { definition })
                .calls[0]?.status;
        expect(status({ connection: "kv", path: "/sec*", queries: { version: "7" } })).to.equal(200);
        expect(status({ connection: "kv", queries: { version: 8 } })).to.equal(418);
        expect(status({ connection: "kv", queries: { other: "" } })).to.equal(418);
        expect(status({ connection: "kv", queries: { other: null } })).to.equal(200);
        expect(status({ connection: "other" })).to.equal(418);
        expect(status({ uri: "*" })).to.equal(418);
        expect(status({ path: "/secrets" })).to.equal(200);
    });

    it("are missing by name", () => {
        const run = () =>
            runActions({ Call: http("https://x.example/a") }, { calls: [entry({ method: "POST" }, 200)] });
        expect(run).to.throw(
            ScenarioError,
            "The action 'Call' calls GET https://x.example/a, and nothing under 'calls' matches.",
        );
    });
});

describe("scenarios", () => {
    const invalid: readonly (readonly [what: string, scenario: unknown, message: string])[] = [
        ["no object", [], "The scenario must be object"],
        ["an unknown key", { call: [] }, "The scenario must not have the property 'call'"],
        [
            "an unknown key of a match",
            { calls: [{ match: { url: "x" }, replies: [{ status: 200 }] }] },
            "/calls/0/match must not have the property 'url'",
        ],
        [
            "no replies",
            { calls: [{ match: {}, replies: [] }] },
            "/calls/0/replies must NOT have fewer than 1 items",
        ],
        [
            "a match of two kinds",
            { calls: [{ match: { uri: "x", path: "y" }, replies: [{ status: 200 }] }] },
            "/calls/0/match has both 'uri' and 'path'",
        ],
        [
            "a reply of no kind",
            { calls: [{ match: {}, replies: [{ body: 1 }] }] },
            "/calls/0/replies/0 must have exactly one of 'status'",
        ],
        [
            "a reply of two kinds",
            { unmatched: { status: 200, timeout: true } },
            "it has 'status' and 'timeout'",
        ],
        ["a status that is none", { unmatched: { status: 99 } }, "/unmatched/status must be >= 100"],
        [
            "a latency that is none",
            { unmatched: { status: 200, latency: "1s" } },
            "/unmatched/latency is '1s'; it must be an ISO 8601 duration",
        ],
        [
            "a start that is none",
            { startTime: "yesterday" },
            "/startTime is 'yesterday'; it must be an ISO 8601 timestamp",
        ],
        [
            "a start in another form than ISO 8601",
            { startTime: "01/15/2026" },
            "/startTime is '01/15/2026'; it must be an ISO 8601 timestamp",
        ],
        [
            "a start on a day that there is not",
            { startTime: "2026-02-30T00:00:00Z" },
            "/startTime is '2026-02-30T00:00:00Z'",
        ],
        ["headers that are no text", { trigger: { headers: { a: 1 } } }, "/trigger/headers/a must be string"],
    ];
    for (const [what, scenario, message] of invalid) {
        it(`are refused with ${what}`, () => {
            const read = () => readScenario(scenario);
            expect(read).to.throw(ScenarioError, message);
            expect(read).to.throw(ScenarioError).with.property("code", "InvalidScenario");
        });
    }

    it("start at a time of any offset, or on a day", () => {
        const start = (startTime: string) => readScenario({ startTime }).startTime;
        expect(start("2026-01-15T12:30:00.25+02:00")).to.equal(Date.UTC(2026, 0, 15, 10, 30, 0, 250));
        expect(start("2026-01-15T10:30")).to.equal(Date.UTC(2026, 0, 15, 10, 30));
        expect(start("2026-01-15")).to.equal(Date.UTC(2026, 0, 15));
    });

    it("may be empty", () => {
        expect(readScenario({})).to.deep.equal({
            startTime: Date.UTC(2026, 0, 1),
            workflow: {
                id: "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/simulated/providers/Microsoft.Logic/workflows/simulated",
                name: "simulated",
                location: "westeurope",
                tags: {},
            },
            parameters: {},
            trigger: { headers: {}, body: null },
            calls: [],
        });
        expect(simulate({ triggers: { t: { type: "Request", inputs: {} } }, actions: {} }).status).to.equal(
            "Succeeded",
        );
    });
});
