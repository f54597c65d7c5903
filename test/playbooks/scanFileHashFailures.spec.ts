import { expect } from "chai";
import { sha256, other, scan, one } from "../support/fileScans";
import { hashEntity, summaryOf } from "../support/tenant";

describe("scanFileHash: what breaks is told, and the run is Failed with a code", () => {
    it("renews a token once that Intezer refuses on the way", async () => {
        const files = [{ sha256, seconds: 100, verdict: "trusted" }];
        const { run, text, usage } = await scan({ incident: one, intezer: { files, tokensRevokedAt: 40 } });
        expect(run.status).to.equal("Succeeded");
        expect(text[0]).to.contain("| trusted |");
        expect(usage).to.include({ tokens: 2, files: 1 });
    });

    it("fails when the new token is refused as well", async () => {
        const outcome = await scan({ incident: one, intezer: { tokenSeconds: 0 } });
        expect(summaryOf(outcome)).to.include({ status: "Failed", code: "IntezerTokenRefused" });
        expect(outcome.usage.tokens).to.equal(2);
        expect(outcome.text[0]).to.contain("Intezer refused the access token");
    });

    it("fails when Intezer refuses the key", async () => {
        const outcome = await scan({ incident: one, intezer: { apiKey: "another" } });
        expect(summaryOf(outcome)).to.deep.equal({
            status: "Failed",
            code: "IntezerKeyRefused",
            comment: "Intezer file scan\nIntezer refused the API key. Store a valid one in the key vault.",
        });
    });

    it("fails when it may not read the key", async () => {
        const outcome = await scan({ incident: one, deployment: { forget: /\/accessPolicy\// } });
        expect(summaryOf(outcome)).to.deep.equal({
            status: "Failed",
            code: "ApiKeyUnavailable",
            comment:
                "Intezer file scan\nThe Intezer API key could not be read from the key vault (status 403).",
        });
    });

    it("fails with a code for a missing right, and another for an incident that is full", async () => {
        const denied = await scan({ incident: one, deployment: { forget: /law-sentinel.*roleAssignments/ } });
        expect([denied.run.code, denied.html]).to.deep.equal(["CommentRefused", []]);
        const full = await scan({ incident: { ...one, earlierComments: 100 } });
        expect([full.run.code, full.html]).to.deep.equal(["CommentLimitReached", []]);
        expect([denied.run.status, full.run.status]).to.deep.equal(["Failed", "Failed"]);
    });

    it("waits as long as Retry-After says and asks again", async () => {
        const files = [{ sha256, has: "result", verdict: "trusted" } as const];
        const disturbances = [
            {
                method: "GET",
                to: "*/files/*",
                replies: [{ status: 429, headers: { "Retry-After": "40" } }, { status: 503 }],
            },
        ];
        const { run, text } = await scan({ incident: one, intezer: { files }, disturbances });
        expect(run.status).to.equal("Succeeded");
        expect(text[0]).to.contain("| trusted |");
        expect(run.durationSeconds).to.be.within(45, 120);
    });

    it("fails when Intezer does not answer at all, and says so", async () => {
        const replies = Array.from({ length: 30 }, () => ({ status: 500 }));
        const disturbances = ["GET", "POST"].map((method) => ({ method, to: "*/api/v2-0/*", replies }));
        const outcome = await scan({ incident: one, disturbances });
        expect(summaryOf(outcome)).to.include({ status: "Failed", code: "IntezerUnavailable" });
        expect(outcome.text[0]).to.contain("Intezer gave no access token (status 500).");
    });

    it("keeps the other answers when one question finds no answer", async () => {
        const replies = Array.from({ length: 30 }, () => ({ timeout: true }) as const);
        const entities = [hashEntity(sha256, "SHA256"), hashEntity(other, "SHA256")];
        const files = [{ sha256: other, has: "result", verdict: "malicious" } as const];
        const disturbances = [
            { method: "GET", to: `*/files/${sha256}`, replies },
            { method: "POST", to: "*/analyze-by-hash", replies },
        ];
        const { run, text } = await scan({ incident: { entities }, intezer: { files }, disturbances });
        expect(run).to.include({ status: "Failed", code: "IntezerUnavailable" });
        expect(text[0])
            .to.contain(`${other} | malicious`)
            .and.contain(`File ${sha256} could not be answered`);
    });

    for (const [what, reply] of [
        ["HTML", { status: 200, headers: { "Content-Type": "text/html" }, body: "<html>sorry</html>" }],
        ["an array", { status: 200, body: [1] }],
        ["a number", { status: 200, body: 5 }],
        ["nothing", { status: 204 }],
    ] as const) {
        it(`says that there is no answer, and fails, when Intezer answers everything with ${what}`, async () => {
            const replies = Array.from({ length: 9 }, () => reply);
            const disturbances = [
                { method: "GET", to: "*/files/*", replies },
                { method: "POST", to: "*/analyze-by-hash", replies },
            ];
            const { run, text } = await scan({ incident: one, disturbances });
            expect(run).to.include({ status: "Failed", code: "IntezerUnavailable" });
            expect(text).to.have.length(1);
            expect(text[0]).to.contain(
                `File ${sha256} could not be answered because Intezer did not respond as expected: status ${reply.status}.`,
            );
        });
    }

    it("says that there is no answer, and fails, when a running analysis is gone", async () => {
        const replies = Array.from({ length: 9 }, () => ({ status: 404 }));
        const disturbances = [{ method: "GET", to: "*/analyses/*", replies }];
        const files = [{ sha256, verdict: "trusted", seconds: 60 } as const];
        const { run, text } = await scan({ incident: one, intezer: { files }, disturbances });
        expect(run).to.include({ status: "Failed", code: "IntezerUnavailable" });
        expect(text[0]).to.contain("did not respond as expected: status 404.");
    });
});
