import { expect } from "chai";
import { sha256, other, comment, scan, one } from "../support/fileScans";
import { callsOf, hashEntity } from "../support/tenant";

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
