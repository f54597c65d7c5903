import { expect } from "chai";
import { callsOf, fileEntity, hashEntity, playAlone, type Scene, summaryOf } from "../support/tenant";

const sha256 = "a1".repeat(32);
const sha1 = "b2".repeat(20);
const md5 = "c3".repeat(16);
const other = "d4".repeat(32);
const comment = "POST /Incidents/Comment";
const secret = "GET /secrets/intezer-sentinel-api-key/value";
const token = "POST /get-access-token";
const link = /Open in Intezer https:\/\/analyze\.intezer\.com\/analyses\/[0-9a-f-]{36}/;

function scan(scene: Scene) {
    return playAlone("scanFileHash", scene);
}

const one = { entities: [hashEntity(sha256, "SHA256")] };

describe("scanFileHash: what it asks about", () => {
    it("asks about a file with three hashes once, by the strongest, and reuses what Intezer has", async () => {
        const entities = [
            fileEntity("invoice.exe", "m", "s1", "s2"),
            hashEntity(md5.toUpperCase(), "MD5", "m"),
            hashEntity(sha1, "SHA1", "s1"),
            hashEntity(sha256.toUpperCase(), "SHA256", "s2"),
        ];
        const files = [{ sha256, has: "result", verdict: "malicious", familyName: "AgentTesla" } as const];
        const outcome = await scan({ incident: { entities }, intezer: { files } });
        expect(callsOf(outcome.run)).to.deep.equal([secret, token, `GET /files/${sha256}`, comment]);
        expect(outcome.run.status).to.equal("Succeeded");
        expect(outcome.usage).to.include({ files: 0, tokens: 1 });
        expect(outcome.text[0]?.replace(link, "LINK")).to.equal(
            `Intezer file scan\nFile | Verdict | Family | Analysis\n${sha256} | malicious | AgentTesla | LINK`,
        );
    });

    it("falls back to SHA1 and then to MD5, file by file", async () => {
        const entities = [
            fileEntity("a", "m", "s1"),
            fileEntity("b", "m2"),
            hashEntity(md5, "MD5", "m"),
            hashEntity(sha1, "SHA1", "s1"),
            hashEntity("e5".repeat(16), "md5", "m2"),
        ];
        const { run } = await scan({ incident: { entities } });
        const asked = callsOf(run).filter((call) => call.startsWith("GET /files/"));
        expect(asked.sort()).to.deep.equal([`GET /files/${sha1}`, `GET /files/${"e5".repeat(16)}`]);
    });

    it("asks about hashes that no file links to, once each in whatever letter case", async () => {
        const entities = [
            hashEntity(md5, "MD5"),
            hashEntity(md5.toUpperCase(), "Md5"),
            hashEntity(sha1, "SHA1"),
        ];
        const { run } = await scan({ incident: { entities } });
        const asked = callsOf(run).filter((call) => call.startsWith("GET /files/"));
        expect(asked.sort()).to.deep.equal([`GET /files/${sha1}`, `GET /files/${md5}`]);
    });

    for (const [what, entities] of [
        ["no entities", []],
        ["entities of other kinds", [{ kind: "Url", properties: { url: "https://a.example" } }]],
        ["a hash that Intezer does not take", [hashEntity("x".repeat(64), "SHA256AC")]],
        ["a hash entity without a value", [{ kind: "FileHash", properties: { algorithm: "MD5" } }]],
    ] as const) {
        it(`makes no call and costs no more than three built-in executions with ${what}`, async () => {
            const { run, html } = await scan({ incident: { entities } });
            expect(run).to.include({ status: "Succeeded", durationSeconds: 0 });
            expect(run.calls).to.deep.equal([]);
            expect(run.billing).to.deep.equal({ builtIn: 3, standard: 1, enterprise: 0, usd: 0.0002 });
            expect(html).to.deep.equal([]);
        });
    }
});

describe("scanFileHash: analyses", () => {
    it("tells a file whose analysis takes 4 minutes within 5", async () => {
        const files = [{ sha256, seconds: 240, verdict: "trusted" }];
        const { run, text, usage } = await scan({ incident: one, intezer: { files } });
        expect(run.durationSeconds).to.be.within(240, 300);
        expect(text[0]).to.contain(`${sha256} | trusted | | Open in Intezer`);
        expect(usage.files).to.equal(1);
    });

    it("asks soon at first and then more slowly, but never less than once a minute", async () => {
        const files = [{ sha256, seconds: 1500, verdict: "trusted" }];
        const { run } = await scan({ incident: one, intezer: { files } });
        const times = run.calls
            .filter(({ action }) => action === "Get_analysis")
            .map(({ time }) => Date.parse(time) / 1000);
        const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
        expect(times[0]).to.equal(Date.parse(run.startTime) / 1000 + 5);
        expect(pauses).to.deep.equal([...pauses].sort((a, b) => a - b));
        expect(Math.max(...pauses)).to.equal(60);
    });

    for (const namesRunningBy of ["both", "result", "result_url"] as const) {
        it(`joins an analysis that is running already, named by ${namesRunningBy}`, async () => {
            const files = [
                { sha256, has: "running", seconds: 60, verdict: "suspicious", namesRunningBy } as const,
            ];
            const { run, text, usage } = await scan({ incident: one, intezer: { files } });
            expect(run.status).to.equal("Succeeded");
            expect(text[0]).to.contain("| suspicious |");
            expect(usage.files).to.equal(0);
        });
    }

    it("goes on asking where Intezer says with status 200 that the analysis is running", async () => {
        const files = [{ sha256, seconds: 100, verdict: "trusted", runningStatus: 200 } as const];
        const { run, text } = await scan({ incident: one, intezer: { files } });
        expect(run.durationSeconds).to.be.at.least(100);
        expect(text[0]).to.contain("| trusted |");
    });

    it("submits a file whose analysis has expired", async () => {
        const files = [{ sha256, has: "expired", seconds: 5, verdict: "trusted" } as const];
        const { text, usage } = await scan({ incident: one, intezer: { files } });
        expect(text[0]).to.contain("| trusted |");
        expect(usage.files).to.equal(1);
    });
});

describe("scanFileHash: outcomes that are no failure", () => {
    const outcome = async (intezer: Scene["intezer"], config = {}) => {
        const { run, text } = await scan({ incident: one, intezer, deployment: { config } });
        expect(text).to.have.lengthOf(1);
        return { status: run.status, code: run.code, text: text[0] };
    };
    const told = (sentence: string) => ({
        status: "Succeeded",
        code: undefined,
        text: `Intezer file scan\n- File ${sha256} ${sentence}.`,
    });

    it("tells of a file that Intezer does not know", async () => {
        const { text, ...rest } = await outcome({});
        expect(rest).to.deep.equal({ status: "Succeeded", code: undefined });
        expect(text).to.match(new RegExp(`^Intezer file scan\n- File ${sha256} is not known to Intezer`));
    });

    it("tells of a quota that is used up", async () => {
        expect(await outcome({ fileQuota: 0, files: [{ sha256 }] })).to.deep.equal(
            told("was not analysed because the Intezer quota is used up: Account has reached action quota"),
        );
    });

    it("tells of a file that a rule skips", async () => {
        expect(await outcome({ files: [{ sha256, ends: "skippedByRule" }] })).to.deep.equal(
            told("was not analysed because a rule of your organisation in Intezer skips it"),
        );
    });

    it("tells of an analysis that failed", async () => {
        expect(await outcome({ files: [{ sha256, ends: "failed", seconds: 5 }] })).to.deep.equal(
            told("could not be analysed by Intezer: The analysis failed"),
        );
    });

    it("tells of an analysis that is not finished when the time is up, and ends then", async () => {
        const config = { analysisTimeoutMinutes: 2 };
        const { run, text } = await scan({
            incident: one,
            intezer: { files: [{ sha256, seconds: 600 }] },
            deployment: { config },
        });
        expect(run.status).to.equal("Succeeded");
        expect(run.durationSeconds).to.be.within(120, 150);
        expect(text[0]).to.contain(
            `- File ${sha256} was still being analysed by Intezer when the time limit of the playbook was reached`,
        );
    });

    it("tells everything in one comment, the worst first", async () => {
        const entities = [sha256, other, "e5".repeat(32), "f6".repeat(32)].map((hash) =>
            hashEntity(hash, "SHA256"),
        );
        const files = [
            { sha256, has: "result", verdict: "trusted" } as const,
            { sha256: other, has: "result", verdict: "malicious", familyName: "X" } as const,
            { sha256: "e5".repeat(32), ends: "failed", seconds: 1 } as const,
        ];
        const { text, run } = await scan({ incident: { entities }, intezer: { files } });
        expect(run.status).to.equal("Succeeded");
        expect(text).to.have.lengthOf(1);
        const places = ["| malicious | X |", "| trusted |", "could not be analysed", "is not known"].map(
            (part) => text[0]?.indexOf(part),
        );
        expect(places).not.to.include(-1);
        expect(places.slice(0, 2)).to.deep.equal([...places.slice(0, 2)].sort((a = 0, b = 0) => a - b));
    });
});

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
});

describe("scanFileHash: the comment", () => {
    it("stays below 30,000 characters with hundreds of results, and its table whole", async () => {
        const hashes = Array.from({ length: 300 }, (_, index) => index.toString(16).padStart(64, "0"));
        const files = hashes.map(
            (hash) =>
                ({ sha256: hash, has: "result", verdict: "malicious", familyName: "F".repeat(60) }) as const,
        );
        const entities = hashes.map((hash) => hashEntity(hash, "SHA256"));
        const { run, html } = await scan({ incident: { entities }, intezer: { files } });
        expect(run.status).to.equal("Succeeded");
        expect(html).to.have.lengthOf(1);
        const [text = ""] = html;
        expect(text.length).to.be.within(20_000, 30_000);
        const rows = text.split("<tr>").length - 2;
        expect(text.split("</tr>").length - 2).to.equal(rows);
        expect(text)
            .to.contain("</tr></table>")
            .and.contain(`This comment has room for ${rows} of 300 results.`);
    });

    it("escapes what comes from outside", async () => {
        const family = `<img src=x onerror="alert('1')">&`;
        const files = [{ sha256, has: "result", verdict: "malicious", familyName: family } as const];
        const { html, text } = await scan({ incident: one, intezer: { files } });
        expect(html[0]).not.to.contain("<img");
        expect(text[0]).to.contain(family);
    });

    it("tags the incident with the worst verdict, after the comment, where that is configured", async () => {
        const entities = [hashEntity(sha256, "SHA256"), hashEntity(other, "SHA256")];
        const files = [
            { sha256, has: "result", verdict: "trusted" } as const,
            { sha256: other, has: "result", verdict: "malicious" } as const,
        ];
        const scene = { incident: { entities, labels: ["mine"] }, intezer: { files } };
        const tagged = await scan({ ...scene, deployment: { config: { tagIncidents: true } } });
        expect(tagged.incident.labels).to.deep.equal(["mine", "Intezer: malicious"]);
        expect(callsOf(tagged.run).slice(-2)).to.deep.equal([comment, "PUT /Incidents"]);
        expect((await scan(scene)).incident.labels).to.deep.equal(["mine"]);
    });

    it("sets no tag where there is no verdict", async () => {
        const { incident, run } = await scan({
            incident: one,
            deployment: { config: { tagIncidents: true } },
        });
        expect([run.status, incident.labels]).to.deep.equal(["Succeeded", []]);
    });
});

describe("scanFileHash: settings and secrets", () => {
    it("asks the tenant of Intezer that is configured", async () => {
        const files = [{ sha256, has: "result", verdict: "trusted" } as const];
        const config = { intezerUrl: "https://us.app.intezer.com" };
        const { run, text } = await scan({ incident: one, intezer: { files }, deployment: { config } });
        expect(
            run.calls.filter(({ uri }) => uri !== undefined).map(({ uri }) => new URL(uri ?? "").host),
        ).to.deep.equal(["us.app.intezer.com", "us.app.intezer.com"]);
        expect(text[0]).to.contain("https://us.app.intezer.com/analyses/");
    });

    it("reads the secret of the configured name, from a vault of either model", async () => {
        const files = [{ sha256, has: "result", verdict: "trusted" } as const];
        for (const keyVaultAuthorization of ["accessPolicies", "rbac"]) {
            const config = { keyVaultAuthorization, intezerSecretName: "my-key" };
            const { run } = await scan({ incident: one, intezer: { files }, deployment: { config } });
            expect([run.status, callsOf(run)[0]]).to.deep.equal(["Succeeded", "GET /secrets/my-key/value"]);
        }
    });

    it("shows neither key nor token in the run history", async () => {
        const files = [{ sha256, seconds: 20, verdict: "trusted" }];
        const { run } = await scan({ incident: one, intezer: { files, tokensRevokedAt: 10 } });
        const key = (run.calls[1]?.body as { api_key: string }).api_key;
        const bearer = run.calls[2]?.headers["Authorization"]?.replace("Bearer ", "");
        expect(key).to.match(/^[0-9a-f-]{36}$/);
        expect(bearer).to.match(/^token\./);
        const history = JSON.stringify([run.actions, run.variables]);
        expect(history).not.to.contain(key);
        expect(history).not.to.contain(bearer);
    });

    it("comes to the same result in whatever order Azure runs what is unordered", async () => {
        const hashes = Array.from({ length: 12 }, (_, index) => index.toString(16).padStart(64, "0"));
        const files = hashes.map((hash, index) => ({
            sha256: hash,
            seconds: 10 * index,
            verdict: "trusted",
        }));
        const scene = {
            incident: { entities: hashes.map((hash) => hashEntity(hash, "SHA256")) },
            intezer: { files },
        };
        const rows = new Set<string>();
        for (const seed of [1, 2, 3, 4, 5]) {
            const { text, run } = await scan({ ...scene, seed });
            expect(run.status).to.equal("Succeeded");
            rows.add((text[0] ?? "").split("\n").sort().join("\n"));
        }
        expect(rows.size).to.equal(1);
    });
});
