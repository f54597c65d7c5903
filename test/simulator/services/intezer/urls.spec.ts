import { expect } from "chai";
import { start } from "../../../support/services";
import { hour, type Body, Client } from "../../../support/intezer";

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
