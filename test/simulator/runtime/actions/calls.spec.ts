import { expect } from "chai";
import {
    definitionWith,
    probe,
    runActions,
    answers,
    callOf,
    http,
    secondsOf,
    URI,
} from "../../../support/runtime";
import type { WorkflowDefinition } from "../../../../language/definition";
import { VirtualClock } from "../../../../simulator/runtime/clock";
import { startRun } from "../../../../simulator/runtime/run";
import type { ValueObject } from "../../../../simulator/runtime/values";

const NONE = { type: "none" };

describe("Http", () => {
    it("outputs what was answered, under the name of its status", () => {
        const reply = { status: 201, headers: { "X-Id": "7" }, body: { a: [1] }, latency: "PT1.5S" };
        const record = runActions(http({ headers: { Accept: "text/html", N: 1 } }), answers(reply));
        expect(callOf(record)).to.deep.equal({
            status: "Succeeded",
            code: "Created",
            inputs: { method: "GET", uri: URI, headers: { Accept: "text/html", N: 1 } },
            outputs: { statusCode: 201, headers: { "X-Id": "7" }, body: { a: [1] } },
            startTime: "2026-01-01T00:00:00.000Z",
            endTime: "2026-01-01T00:00:01.500Z",
            attempts: 1,
        });
        expect(record.calls).to.deep.equal([
            {
                time: "2026-01-01T00:00:00.000Z",
                action: "Call",
                index: [],
                attempt: 1,
                method: "GET",
                uri: URI,
                queries: {},
                headers: { Accept: "text/html", N: "1" },
                body: null,
                status: 201,
            },
        ]);
    });

    it("adds its queries to the URI", () => {
        const queries = { a: "x y&z", "b[]": 2, c: "@equals(1, 1)" };
        const record = runActions(http({ uri: `${URI}?z=1`, queries }), answers({ status: 200 }));
        expect(record.calls[0]?.uri).to.equal(`${URI}?z=1&a=x%20y%26z&b%5B%5D=2&c=True`);
    });

    it("fails on a status of 400 and more, with its outputs and without an error", () => {
        const record = runActions(http(), answers({ status: 404, body: { message: "no" } }));
        expect(callOf(record)).to.deep.include({
            status: "Failed",
            code: "NotFound",
            outputs: { statusCode: 404, headers: {}, body: { message: "no" } },
            attempts: 1,
        });
        expect(callOf(record)).to.not.have.property("error");
        expect(callOf(runActions(http({ retryPolicy: NONE }), answers({ status: 429 }))).code).to.equal(
            "429",
        );
    });

    it("reads text under a JSON content type as JSON, and leaves other text alone", () => {
        const body = (reply: ValueObject) =>
            probe(http(), "@body('Call')", answers({ status: 200, ...reply }));
        expect(body({ body: '{"a": 1}' })).to.deep.equal({ a: 1 });
        expect(
            body({ body: "{'a': 1}", headers: { "content-type": "application/problem+json" } }),
        ).to.deep.equal({ a: 1 });
        expect(body({ body: '{"a": 1}', headers: { "Content-Type": "text/plain" } })).to.equal('{"a": 1}');
        expect(body({})).to.equal(null);
        expect(probe(http(), "@body('Call')", answers({ status: 204, body: { a: 1 } }))).to.equal(null);
    });

    it("fails without outputs if JSON is promised and does not come", () => {
        const record = runActions(http(), answers({ status: 200, body: "<html>" }));
        expect(callOf(record)).to.deep.include({
            status: "Failed",
            code: "InvalidProtocolResponse",
            attempts: 1,
        });
        expect(callOf(record)).to.not.have.property("outputs");
    });

    it("fails with the error of a request that was not answered, after retries", () => {
        const record = runActions(http(), answers({ error: "UnresolvableHostName" }));
        expect(callOf(record)).to.deep.include({
            status: "Failed",
            code: "UnresolvableHostName",
            attempts: 5,
        });
        expect(callOf(record).error?.code).to.equal("UnresolvableHostName");
        expect(callOf(record)).to.not.have.property("outputs");
        expect(record.calls[0]).to.not.have.property("status");
    });

    it("fails where the URI is none", () => {
        const record = runActions(http({ uri: "@concat('api.', 'example')" }), answers({ status: 200 }));
        expect(callOf(record)).to.deep.include({ status: "Failed", code: "BadRequest" });
        expect(record.calls).to.deep.equal([]);
    });

    it("fails where its method, headers or queries are none", () => {
        for (const [name, value] of [
            ["method", "@triggerBody()"],
            ["headers", "@concat('x')"],
            ["queries", "@createArray(1)"],
        ] as const) {
            const record = runActions(http({ [name]: value }), answers({ status: 200 }));
            expect(callOf(record)).to.deep.include({ status: "Failed", code: "BadRequest" });
            expect(record.calls).to.deep.equal([]);
        }
    });

    it("refuses a method that nobody knows", () => {
        expect(() => runActions(http({ method: "FETCH" }), answers({ status: 200 }))).to.throw(
            "The method 'FETCH' is not supported by the simulator",
        );
    });

    it("takes a URI of 16,384 characters with its queries, and refuses a longer one", () => {
        const call = (length: number) =>
            runActions(http({ uri: "@triggerBody()", queries: { a: 1 } }), {
                ...answers({ status: 200 }),
                trigger: { body: "https://a.example/".padEnd(length - "?a=1".length, "x") },
            });
        expect(callOf(call(16_384)).status).to.equal("Succeeded");
        expect(() => call(16_385)).to.throw(
            "A URI of 16385 characters is not supported by the simulator; the limit is 16384.",
        );
    });

    it("shows the Authorization header on the wire and not in the run history", () => {
        const inputs = {
            headers: { authorization: "Bearer secret" },
            retryPolicy: { type: "exponential", count: 1, interval: "PT5S" },
        };
        const record = runActions(http(inputs), answers({ status: 200 }));
        expect(callOf(record).inputs).to.deep.include({
            headers: { authorization: "*sanitized*" },
            retryPolicy: { type: "Exponential", count: 1, interval: "PT5S" },
        });
        expect(record.calls[0]?.headers).to.deep.equal({ authorization: "Bearer secret" });
    });

    it("tells the transport the audience of its identity's token", () => {
        const seen: (string | undefined)[] = [];
        const clock = new VirtualClock(0);
        startRun({
            definition: definitionWith(
                http({
                    authentication: { type: "ManagedServiceIdentity", audience: "https://vault.azure.net" },
                }),
            ) as unknown as WorkflowDefinition,
            workflow: { id: "/w", name: "w", location: "westeurope" },
            trigger: { body: null },
            transport: (request) => {
                seen.push(request.kind === "http" ? request.audience : undefined);
                return { status: 200 };
            },
            clock,
        });
        clock.run();
        expect(seen).to.deep.equal(["https://vault.azure.net"]);
    });

    it("shows a text body that is JSON as JSON", () => {
        const body = (content: string, type: string) =>
            runActions(
                http({ method: "POST", body: content, headers: { "Content-Type": type } }),
                answers({ status: 200 }),
            ).calls[0]?.body;
        expect(body('{"a":1}', "application/json")).to.deep.equal({ a: 1 });
        expect(body('{"a":1}', "text/plain")).to.equal('{"a":1}');
        expect(body("a=1", "application/json")).to.equal("a=1");
    });
});

describe("ApiConnection", () => {
    const parameters = {
        $connections: {
            azuresentinel: { connectionId: "/c/sentinel", connectionName: "s", id: "/a" },
            keyvault: { connectionId: "/c/kv", connectionName: "k", id: "/b" },
        },
    };
    const definition = { parameters: { $connections: { type: "Object", defaultValue: {} } } };
    const comment = (inputs: ValueObject = {}): ValueObject => ({
        Call: {
            type: "ApiConnection",
            inputs: {
                host: {
                    connection: { name: "@parameters('$connections')['azuresentinel']['connectionId']" },
                },
                method: "post",
                path: "/Incidents/@{encodeURIComponent('a b')}",
                body: { message: "hi" },
                ...inputs,
            },
            runAfter: {},
        },
    });

    it("calls through the connection that its host evaluates to", () => {
        const scenario: ValueObject = {
            parameters,
            calls: [
                { match: { connection: "keyvault" }, replies: [{ status: 500 }] },
                {
                    match: { connection: "azuresentinel", method: "POST", path: "/Incidents/a%20b" },
                    replies: [{ status: 200, body: {} }],
                },
            ],
        };
        const record = runActions(comment({ queries: { v: 1 } }), scenario, { definition });
        expect(record.status).to.equal("Succeeded");
        expect(record.billing).to.deep.equal({ builtIn: 1, standard: 1, enterprise: 0, usd: 0.00015 });
        expect(record.calls[0]).to.deep.equal({
            time: "2026-01-01T00:00:00.000Z",
            action: "Call",
            index: [],
            attempt: 1,
            method: "POST",
            connection: "azuresentinel",
            path: "/Incidents/a%20b",
            queries: { v: 1 },
            headers: {},
            body: { message: "hi" },
            status: 200,
        });
        expect(callOf(record).inputs).to.deep.include({ host: { connection: { name: "/c/sentinel" } } });
    });

    it("retries like Http and keeps the outputs of a failure", () => {
        const scenario: ValueObject = {
            parameters,
            ...answers(
                { status: 429, headers: { "Retry-After": "30" } },
                { status: 403, body: { error: 1 } },
            ),
        };
        const record = runActions(comment(), scenario, { definition });
        expect(callOf(record)).to.deep.include({ status: "Failed", code: "Forbidden", attempts: 2 });
        expect(callOf(record).outputs).to.deep.equal({ statusCode: 403, headers: {}, body: { error: 1 } });
        expect(secondsOf(record)).to.deep.equal([0, 30]);
        expect(record.billing.standard).to.equal(2);
    });

    it("refuses a connection that $connections does not have", () => {
        const inputs = { host: { connection: { name: "@concat('/c/', 'other')" } } };
        expect(() =>
            runActions(comment(inputs), { parameters, ...answers({ status: 200 }) }, { definition }),
        ).to.throw("The API connection '/c/other' is not among the values of the parameter '$connections'.");
    });
});
