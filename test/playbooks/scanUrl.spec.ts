import { expect } from "chai";
import { callsOf, hashEntity, playAlone, type Scene, summaryOf, urlEntity } from "../support/tenant";

const url = "https://bad.example/login?next=%2Fhome&x='1'";
const clean = "https://good.example/";

function scan(scene: Scene) {
    return playAlone("scanUrl", scene);
}

const one = { entities: [urlEntity(url)] };

describe("scanUrl: what it asks about", () => {
    it("asks about each distinct URL once, and submits what Intezer has no fresh result of", async () => {
        const entities = [urlEntity(url), urlEntity(clean), urlEntity(url)];
        const urls = [
            { url, seconds: 20, verdictType: "malicious", verdictName: "phishing" },
            { url: clean, has: "result", ageHours: 2, verdictType: "no_threats" } as const,
        ];
        const outcome = await scan({ incident: { entities }, intezer: { urls } });
        expect(outcome.run.status).to.equal("Succeeded");
        expect(outcome.usage).to.include({ urls: 1, tokens: 1 });
        const asked = outcome.run.calls
            .filter(({ uri }) => uri?.endsWith("/url-analyses/history"))
            .map(({ body }) => (body as { submitted_url: string }).submitted_url);
        expect(asked.sort()).to.deep.equal([url, clean].sort());
        expect(outcome.text).to.have.lengthOf(1);
        expect(outcome.text[0]?.replace(/https:\/\/analyze.*/g, "LINK")).to.equal(
            "Intezer URL scan\nURL | Verdict | Family | Analysis\n" +
                `${url} | malicious | phishing | Open in Intezer LINK\n` +
                `${clean} | no_threats | no_threats | Open in Intezer LINK`,
        );
    });

    it("does not take the result of a similar URL for this one's", async () => {
        const urls = [
            { url: "https://a.example/login", verdictType: "suspicious", seconds: 1 },
            {
                url: "https://a.example/login/more",
                has: "result",
                ageHours: 1,
                verdictType: "malicious",
            } as const,
        ];
        const { text, usage } = await scan({
            incident: { entities: [urlEntity("https://a.example/login")] },
            intezer: { urls },
        });
        expect(text[0]).to.contain("https://a.example/login | suspicious |").and.not.contain("malicious");
        expect(usage.urls).to.equal(1);
    });

    it("submits a URL again whose result is older than a day", async () => {
        const urls = [{ url, has: "result", ageHours: 25, seconds: 1, verdictType: "malicious" } as const];
        const { usage } = await scan({ incident: one, intezer: { urls } });
        expect(usage.urls).to.equal(1);
    });

    it("makes no call without a URL, and costs no more than three built-in executions", async () => {
        const entities = [hashEntity("a".repeat(64), "SHA256"), { kind: "Url", properties: {} }];
        const { run, html } = await scan({ incident: { entities } });
        expect(run.status).to.equal("Succeeded");
        expect(run.calls).to.deep.equal([]);
        expect(run.billing).to.deep.equal({ builtIn: 3, standard: 1, enterprise: 0, usd: 0.0002 });
        expect(html).to.deep.equal([]);
    });
});

describe("scanUrl: outcomes that are no failure", () => {
    const sentence = async (intezer: Scene["intezer"], incident: Scene["incident"] = one) => {
        const { run, text } = await scan({ incident, intezer });
        expect([run.status, text.length]).to.deep.equal(["Succeeded", 1]);
        return text[0]?.split("\n")[1];
    };

    it("tells of an offline URL", async () => {
        expect(await sentence({})).to.match(/^- URL .* is offline, and Intezer cannot analyse offline URLs/);
    });

    it("tells of a URL that Intezer does not take", async () => {
        expect(await sentence({}, { entities: [urlEntity("nonsense")] })).to.equal(
            "- URL nonsense was not accepted by Intezer: Invalid url.",
        );
    });

    it("tells of a quota that is used up", async () => {
        expect(await sentence({ urlQuota: 0, urls: [{ url }] })).to.contain(
            "because the Intezer quota is used up",
        );
    });

    it("tells of a URL that a rule skips", async () => {
        expect(await sentence({ urls: [{ url, ends: "skippedByRule" }] })).to.contain("skips it");
    });

    it("tells of an analysis that failed", async () => {
        expect(await sentence({ urls: [{ url, ends: "failed", seconds: 1 }] })).to.contain(
            "could not be analysed by Intezer",
        );
    });

    it("tells of an analysis that is not finished when the time is up", async () => {
        const { run, text } = await scan({
            incident: one,
            intezer: { urls: [{ url, seconds: 600 }] },
            deployment: { config: { analysisTimeoutMinutes: 1 } },
        });
        expect(run.status).to.equal("Succeeded");
        expect(run.durationSeconds).to.be.within(60, 90);
        expect(text[0]).to.contain("when the time limit of the playbook was reached");
    });
});

describe("scanUrl: analyses", () => {
    it("joins one that is running already", async () => {
        const urls = [
            {
                url,
                has: "running",
                seconds: 50,
                verdictType: "suspicious",
                namesRunningBy: "result",
            } as const,
        ];
        const { text, usage } = await scan({ incident: one, intezer: { urls } });
        expect(text[0]).to.contain("| suspicious |");
        expect(usage.urls).to.equal(0);
    });

    it("links to an old result by its id where it has no link of its own", async () => {
        const urls = [
            { url, has: "result", ageHours: 1, verdictType: "malicious", withoutLink: true } as const,
        ];
        const { text } = await scan({ incident: one, intezer: { urls } });
        expect(text[0]).to.match(/Open in Intezer https:\/\/analyze\.intezer\.com\/url\/[0-9a-f-]{36}$/);
    });

    it("renews a token once that Intezer refuses on the way", async () => {
        const urls = [{ url, seconds: 100, verdictType: "malicious" }];
        const { run, text, usage } = await scan({ incident: one, intezer: { urls, tokensRevokedAt: 30 } });
        expect([run.status, usage.tokens, usage.urls]).to.deep.equal(["Succeeded", 2, 1]);
        expect(text[0]).to.contain("| malicious |");
    });

    it("fails with a code when the key is refused, and says so on the incident", async () => {
        expect(summaryOf(await scan({ incident: one, intezer: { apiKey: "another" } }))).to.deep.equal({
            status: "Failed",
            code: "IntezerKeyRefused",
            comment: "Intezer URL scan\nIntezer refused the API key. Store a valid one in the key vault.",
        });
    });
});

describe("scanUrl: the comment", () => {
    it("escapes URLs, which attackers write", async () => {
        const evil = `https://bad.example/"><script>alert(1)</script>`;
        const { html, text } = await scan({ incident: { entities: [urlEntity(evil)] } });
        expect(html[0]).not.to.contain("<script");
        expect(text[0]).to.contain(evil);
    });

    it("tags the incident with the verdict, where that is configured", async () => {
        const urls = [{ url, has: "result", ageHours: 1, verdictType: "malicious" } as const];
        const deployment = { config: { tagIncidents: true } };
        const { incident, run } = await scan({ incident: one, intezer: { urls }, deployment });
        expect(incident.labels).to.deep.equal(["Intezer: malicious"]);
        expect(callsOf(run).slice(-2)).to.deep.equal(["POST /Incidents/Comment", "PUT /Incidents"]);
    });

    it("stays below 30,000 characters with hundreds of long URLs", async () => {
        const entities = Array.from({ length: 250 }, (_, index) =>
            urlEntity(`https://bad.example/${index}/${"&".repeat(400)}`),
        );
        const { html, run } = await scan({ incident: { entities } });
        expect([run.status, html.length]).to.deep.equal(["Succeeded", 1]);
        expect(html[0]?.length).to.be.within(1000, 30_000);
        expect(html[0]).to.match(/<\/li><\/ul><p>This comment has room for \d+ of 250 unanswered items\./);
    });
});
