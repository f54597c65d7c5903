import { expect } from "chai";
import { sha256, sha1, md5, other, comment, secret, token, link, scan, one } from "../support/fileScans";
import { callsOf, fileEntity, hashEntity, type Scene } from "../support/tenant";

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
