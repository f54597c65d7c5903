import { expect } from "chai";
import type { Json } from "../../../../language/json";
import type { Reply } from "../../../../simulator/runtime/transport";
import type { IntezerWorld, Services } from "../../../../simulator/services";
import { bodyOf, callHttp, services, start } from "../../../support/services";

const root = "https://analyze.intezer.com/api/v2-0";
const sha256 = "a".repeat(64);
const sha1 = "b".repeat(40);
const md5 = "c".repeat(32);
const hour = 3600;

type Body = { [key: string]: Json };

/** A tenant with a token at hand; times in seconds from the start. */
class Client {
    readonly services: Services;
    token: string;

    constructor(world: Partial<IntezerWorld> = {}) {
        this.services = services({}, { intezer: { apiKey: "the-key", ...world } });
        this.token = this.newToken();
    }

    newToken(seconds = 0): string {
        const reply = this.send("POST", "/get-access-token", { api_key: "the-key" }, seconds, {});
        return bodyOf<{ result: string }>(reply).result;
    }

    get(path: string, seconds = 0) {
        return this.send("GET", path, null, seconds);
    }

    post(path: string, body: Json, seconds = 0) {
        return this.send("POST", path, body, seconds);
    }

    send(method: string, path: string, body: Json, seconds: number, headers?: { [name: string]: string }) {
        return callHttp(this.services, method, `${root}${path}`, {
            body,
            time: start + seconds * 1000,
            headers: headers ?? { authorization: `Bearer ${this.token}` },
        }) as Extract<Reply, { status: number }>;
    }
}

describe("Intezer: access tokens", () => {
    it("gives a token for the key, with its end in unix seconds", () => {
        const reply = new Client({ tokenSeconds: 60 }).post("/get-access-token", { api_key: "the-key" }) as {
            body: Body;
        };
        expect(reply.body["result"]).to.match(/^token\./);
        expect(reply.body["expire_at"]).to.equal(start / 1000 + 60);
    });

    it("answers 401 to a wrong key and 400 without one", () => {
        const client = new Client();
        expect(client.post("/get-access-token", { api_key: "other" })).to.deep.equal({
            status: 401,
            body: { error: "Invalid API key" },
        });
        expect(client.post("/get-access-token", {}).status).to.equal(400);
    });

    it("answers 401 to a call without a token, with an unknown one, in another scheme and after its end", () => {
        const client = new Client({ tokenSeconds: 60, files: [{ sha256, has: "result" }] });
        const get = (seconds: number, headers: { [name: string]: string }) =>
            client.send("GET", `/files/${sha256}`, null, seconds, headers).status;
        const good = { Authorization: `Bearer ${client.token}` };
        expect(get(59, good)).to.equal(200);
        expect(get(60, good)).to.equal(401);
        expect(get(0, {})).to.equal(401);
        expect(get(0, { Authorization: "Bearer x" })).to.equal(401);
        expect(get(0, { Authorization: client.token })).to.equal(401);
    });

    it("refuses the tokens that were given out before they were revoked, and takes a later one", () => {
        const client = new Client({ tokensRevokedAt: 60, files: [{ sha256, has: "result" }] });
        const status = (seconds: number) => client.get(`/files/${sha256}`, seconds).status;
        expect([59, 60, 61].map(status)).to.deep.equal([200, 401, 401]);
        client.token = client.newToken(60);
        expect([60, 61].map(status)).to.deep.equal([200, 200]);
        expect(client.services.intezer.usage.tokens).to.equal(2);
    });

    it("refuses routes that it does not know by name", () => {
        expect(() => new Client().get("/families/1/info")).to.throw(
            "NotSupported: the simulated Intezer does not know GET /api/v2-0/families/1/info.",
        );
        expect(() => callHttp(services(), "GET", "https://analyze.intezer.com/api/v2-1/files/a")).to.throw(
            "NotSupported",
        );
    });
});

describe("Intezer: files", () => {
    it("knows a file by each of its hashes, in any letter case", () => {
        const client = new Client({
            files: [
                {
                    sha256,
                    sha1,
                    md5,
                    has: "result",
                    verdict: "malicious",
                    familyName: "WannaCry",
                    ageHours: 2,
                },
            ],
        });
        const reply = client.get(`/files/${sha256}`);
        const { analysis_id: id, family_id } = bodyOf<{ result: { analysis_id: string; family_id: string } }>(
            reply,
        ).result;
        expect(reply).to.deep.equal({
            status: 200,
            body: {
                status: "succeeded",
                result: {
                    analysis_id: id,
                    analysis_time: "Thu, 15 Jan 2026 08:00:00 GMT",
                    analysis_url: `https://analyze.intezer.com/analyses/${id}`,
                    sha256,
                    verdict: "malicious",
                    sub_verdict: "malicious",
                    is_private: false,
                    family_name: "WannaCry",
                    family_id,
                },
                result_url: `/analyses/${id}`,
            },
        });
        for (const hash of [sha1, md5.toUpperCase()]) {
            expect(client.get(`/files/${hash}`)).to.deep.equal(reply);
        }
    });

    it("answers 404 for an unknown file and one without an analysis, 410 for one whose analysis has expired", () => {
        const client = new Client({ files: [{ sha256 }, { sha256: sha1, has: "expired" }] });
        expect(client.get(`/files/${md5}`)).to.deep.equal({
            status: 404,
            body: { error: "Analysis was not found" },
        });
        expect(client.get(`/files/${sha256}`).status).to.equal(404);
        expect(client.get(`/files/${sha1}`)).to.deep.equal({
            status: 410,
            body: { error: "Analysis expired" },
        });
    });

    it("analyses a file for as long as it takes, then gives its result to every question", () => {
        const client = new Client({ files: [{ sha256, seconds: 90, verdict: "trusted" }] });
        const submitted = client.post("/analyze-by-hash", { hash: sha256.toUpperCase(), requester: "x" });
        const { result_url: url } = submitted.body as { result_url: string };
        expect(submitted.status).to.equal(201);
        expect(client.get(url, 89)).to.deep.equal({
            status: 202,
            body: { status: "in_progress", result_url: url },
        });
        expect(client.get(`/files/${sha256}`, 89).status).to.equal(404);
        expect(client.get(url, 90)).to.have.nested.property("body.result.verdict", "trusted");
        expect(client.get(`/files/${sha256}`, 90).status).to.equal(200);
        expect(client.services.intezer.usage.files).to.equal(1);
    });

    it("gives a fresh result in place of one that had expired", () => {
        const client = new Client({ files: [{ sha256, has: "expired", seconds: 10 }] });
        client.post("/analyze-by-hash", { hash: sha256 });
        expect(client.get(`/files/${sha256}`, 9).status).to.equal(410);
        expect(client.get(`/files/${sha256}`, 10).status).to.equal(200);
    });

    it("answers 409 with the analysis that is running already, and charges nothing for it", () => {
        const shapes = {
            both: ["result", "result_url"],
            result: ["result"],
            result_url: ["result_url"],
        } as const;
        for (const namesRunningBy of ["both", "result", "result_url"] as const) {
            const client = new Client({ files: [{ sha256, has: "running", seconds: 60, namesRunningBy }] });
            const reply = client.post("/analyze-by-hash", { hash: sha256 }, 59);
            expect(reply.status).to.equal(409);
            expect(Object.keys(reply.body as Body)).to.deep.equal(shapes[namesRunningBy]);
            expect(client.services.intezer.usage.files).to.equal(0);
        }
        const client = new Client({ files: [{ sha256, has: "running", seconds: 60, runningStatus: 200 }] });
        const { result } = client.post("/analyze-by-hash", { hash: sha256 }).body as {
            result: { analysis_id: string };
        };
        expect(client.get(`/analyses/${result.analysis_id}`, 59)).to.have.nested.property(
            "body.status",
            "in_progress",
        );
        expect(client.get(`/analyses/${result.analysis_id}`, 59).status).to.equal(200);
        expect(client.get(`/analyses/${result.analysis_id}`, 60)).to.have.nested.property(
            "body.status",
            "succeeded",
        );
    });

    it("answers 409 for a file that a rule skips, 404 for an unknown one, 403 when the quota is used up", () => {
        const client = new Client({
            fileQuota: 1,
            files: [{ sha256 }, { sha256: sha1, ends: "skippedByRule" }],
        });
        const submit = (hash: string) => client.post("/analyze-by-hash", { hash });
        expect(submit(sha1)).to.deep.equal({ status: 409, body: { result: { is_skipped_by_rule: true } } });
        expect(submit(md5)).to.deep.equal({ status: 404, body: { error: "File not found" } });
        expect(submit(sha256).status).to.equal(201);
        expect(submit(sha256)).to.deep.equal({
            status: 403,
            body: { error: "Account has reached action quota" },
        });
    });

    it("tells of an analysis that failed, and reports no result of it", () => {
        const client = new Client({ files: [{ sha256, ends: "failed", seconds: 5 }] });
        const { result_url: url } = client.post("/analyze-by-hash", { hash: sha256 }).body as {
            result_url: string;
        };
        expect(client.get(url, 5)).to.deep.equal({
            status: 200,
            body: { status: "failed", error: "The analysis failed" },
        });
        expect(client.get(`/files/${sha256}`, 5).status).to.equal(404);
    });

    it("keeps what was there before an analysis that failed", () => {
        for (const [has, status] of [
            ["result", 200],
            ["expired", 410],
        ] as const) {
            const client = new Client({ files: [{ sha256, has, ends: "failed", seconds: 5 }] });
            expect(client.get(`/files/${sha256}`).status).to.equal(status);
            client.post("/analyze-by-hash", { hash: sha256 });
            expect(client.get(`/files/${sha256}`, 5).status).to.equal(status);
        }
    });

    it("answers 400 to what is no hash and to fields that it does not have, 404 to an unknown analysis", () => {
        const client = new Client({ files: [{ sha256 }] });
        expect(client.post("/analyze-by-hash", { hash: "xyz" }).status).to.equal(400);
        expect(client.post("/analyze-by-hash", null).status).to.equal(400);
        expect(client.post("/analyze-by-hash", { hash: sha256, source: "x" }).body).to.deep.equal({
            error: "Bad request",
            message: { source: ["Unknown field."] },
        });
        expect(client.get("/analyses/1").status).to.equal(404);
    });

    it("leaves the family out, or says null, as the tenant does", () => {
        const client = new Client({
            files: [
                { sha256, has: "result" },
                { sha256: sha1, has: "result", familyName: null },
            ],
        });
        expect((client.get(`/files/${sha256}`).body as { result: Body }).result).not.to.have.property(
            "family_name",
        );
        expect(client.get(`/files/${sha1}`)).to.have.nested.property("body.result.family_name", null);
    });
});

describe("Intezer: URLs", () => {
    const url = "https://bad.example/login";

    it("analyses a URL and gives its summary", () => {
        const client = new Client({
            urls: [{ url, seconds: 20, verdictType: "malicious", verdictName: "phishing" }],
        });
        const submitted = client.post("/url", { url, requester: "x" });
        expect(submitted.status).to.equal(201);
        const { result_url } = submitted.body as { result_url: string };
        expect(result_url).to.match(/^\/url\//);
        expect(client.get(result_url, 19).status).to.equal(202);
        const { result } = client.get(result_url, 20).body as { result: Body };
        expect(result).to.deep.include({
            analysis_url: `https://analyze.intezer.com${result_url}`,
            submitted_url: url,
            summary: {
                title: "Malicious URL",
                description: "",
                verdict_type: "malicious",
                verdict_name: "phishing",
            },
        });
        expect(client.services.intezer.usage.urls).to.equal(1);
    });

    it("answers 400 to an offline URL and to an invalid one", () => {
        const client = new Client();
        expect(client.post("/url", { url })).to.deep.equal({
            status: 400,
            body: {
                error: "The URL you entered seems to be offline. Check it and try again.",
                result: { is_url_offline: true },
            },
        });
        for (const bad of ["nonsense", "https://", "ftp://a.example", ""]) {
            expect(client.post("/url", { url: bad })).to.deep.equal({
                status: 400,
                body: { error: "Invalid url" },
            });
        }
    });

    it("takes a URL without a scheme", () => {
        const client = new Client({ urls: [{ url: "bad.example/login" }] });
        expect(client.post("/url", { url: "bad.example/login" }).status).to.equal(201);
    });

    it("answers 409 while the same is running or where a rule skips it, 403 when the quota is used up", () => {
        const running = new Client({ urls: [{ url, has: "running" }] });
        expect(running.post("/url", { url })).to.have.nested.property("body.result.analysis_id");
        const skipped = new Client({ urls: [{ url, ends: "skippedByRule" }] });
        expect(skipped.post("/url", { url })).to.have.nested.property("body.result.is_skipped_by_rule", true);
        expect(new Client({ urlQuota: 0, urls: [{ url }] }).post("/url", { url }).status).to.equal(403);
    });

    it("leaves the link out of old results", () => {
        const client = new Client({ urls: [{ url, has: "running", seconds: 0, withoutLink: true }] });
        const submitted = client.post("/url", { url }).body as { result_url: string };
        expect((client.get(submitted.result_url, 30).body as { result: Body }).result).not.to.have.property(
            "analysis_url",
        );
    });

    describe("history", () => {
        const dates = { start_date: start / 1000 - 48 * hour, end_date: start / 1000 };
        const urls = [
            { url, has: "result" as const, ageHours: 2 },
            { url: `${url}/more`, has: "result" as const, ageHours: 1 },
            { url: "https://old.example", has: "result" as const, ageHours: 72 },
            { url: "https://now.example", has: "running" as const },
        ];
        const found = (body: Body, client = new Client({ urls })) => {
            const reply = client.post("/url-analyses/history", { ...dates, ...body }).body as {
                total_count: number;
                analyses: { submitted_url: string }[];
            };
            return [reply.total_count, ...reply.analyses.map(({ submitted_url }) => submitted_url)];
        };

        it("lists what has ended between the dates, the latest first", () => {
            expect(found({})).to.deep.equal([2, `${url}/more`, url]);
        });

        it("filters by URL: by a part of it, or with exact_match by the whole", () => {
            expect(found({ submitted_url: url })).to.deep.equal([2, `${url}/more`, url]);
            expect(found({ submitted_url: url, exact_match: true })).to.deep.equal([1, url]);
        });

        it("gives one page and the count of all", () => {
            expect(found({ limit: 1 })).to.deep.equal([2, `${url}/more`]);
            expect(found({ limit: 1, offset: 1 })).to.deep.equal([2, url]);
        });

        it("answers 400 to dates that are no whole seconds and to fields that it does not have", () => {
            const client = new Client({ urls });
            const ask = (body: Body) => client.post("/url-analyses/history", body).status;
            expect(ask({ ...dates, start_date: "2026-01-01" })).to.equal(400);
            expect(ask({})).to.equal(400);
            expect(ask({ ...dates, aggregate_view: true })).to.equal(400);
        });
    });
});

describe("Intezer: alerts", () => {
    const alert = { object: { id: "/incidents/1" }, more: 1 };

    it("takes an alert, and knows the same incident again", () => {
        const client = new Client();
        const reply = client.post("/alerts/ingest", {
            alert,
            alert_source: "microsoft_sentinel",
            environment: "e1",
        });
        expect(reply).to.deep.equal({
            status: 200,
            body: { result: true, alert_id: (reply.body as Body)["alert_id"] },
        });
        const again = { alert: { ...alert, more: 2 }, alert_source: "microsoft_sentinel" };
        expect(client.post("/alerts/ingest", again).status).to.equal(409);
        expect(client.services.intezer.usage).to.deep.include({ alerts: 1, environments: ["e1"] });
    });

    it("answers 400 with its reason to an alert that it refuses, and 409 to one that it has", () => {
        const send = (alerts: IntezerWorld["alerts"]) =>
            new Client({ alerts }).post("/alerts/ingest", { alert, alert_source: "microsoft_sentinel" });
        expect(send({ refusedBecause: "No mapping" })).to.deep.equal({
            status: 400,
            body: { error: "No mapping" },
        });
        expect(send({ known: true }).status).to.equal(409);
    });

    it("answers 400 without an alert or its source, and to fields that it does not have", () => {
        const client = new Client();
        expect(client.post("/alerts/ingest", { alert }).status).to.equal(400);
        expect(client.post("/alerts/ingest", { alert: "x", alert_source: "s" }).status).to.equal(400);
        expect(client.post("/alerts/ingest", { alert, alert_source: "s", workspace: "w" }).status).to.equal(
            400,
        );
        expect(client.services.intezer.usage.alerts).to.equal(0);
    });
});
