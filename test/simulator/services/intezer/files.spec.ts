import { expect } from "chai";
import { bodyOf } from "../../../support/services";
import { sha256, sha1, md5, type Body, Client } from "../../../support/intezer";

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
