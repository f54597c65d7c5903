import { expect } from "chai";
import { callsOf, playAlone, type Scene, summaryOf, urlEntity, workspaceId } from "../support/tenant";

function submit(scene: Scene = {}) {
    return playAlone("submitAlert", scene);
}

const secret = "GET /secrets/intezer-sentinel-api-key/value";
const token = "POST /get-access-token";
const ingest = "POST /alerts/ingest";

describe("submitAlert", () => {
    it("sends the whole incident to Intezer as an alert of Microsoft Sentinel, and writes nothing", async () => {
        const { run, incident, html, usage } = await submit({
            incident: { title: "Bad file", entities: [urlEntity("https://a.example")] },
        });
        expect(callsOf(run)).to.deep.equal([secret, token, ingest]);
        expect(run.status).to.equal("Succeeded");
        expect(html).to.deep.equal([]);
        expect(usage).to.deep.include({ alerts: 1, environments: [undefined] });
        const body = run.calls[2]?.body as { alert: { object: { id: string; properties: object } } };
        expect(body).to.have.all.keys("alert", "alert_source");
        expect(body).to.include({ alert_source: "microsoft_sentinel" });
        expect(body.alert.object.id).to.equal(incident.id);
        expect(body.alert).to.deep.include({
            workspaceInfo: {
                SubscriptionId: workspaceId.split("/")[2],
                ResourceGroupName: "rg-sentinel",
                WorkspaceName: "law-sentinel",
            },
        });
        expect(body.alert.object.properties).to.include({ title: "Bad file" });
        expect(body.alert.object.properties).to.have.nested.property(
            "relatedEntities[0].properties.url",
            "https://a.example",
        );
    });

    it("names the environment that is configured", async () => {
        const { usage } = await submit({ deployment: { config: { intezerEnvironment: "prod" } } });
        expect(usage.environments).to.deep.equal(["prod"]);
    });

    it("takes an alert that Intezer has already for success, in silence", async () => {
        const { run, html } = await submit({ intezer: { alerts: { known: true } } });
        expect([run.status, html]).to.deep.equal(["Succeeded", []]);
    });

    it("tells a refusal on the incident with Intezer's reason, escaped, and fails", async () => {
        const refusedBecause = "No <b>evidence</b> & no mapping";
        const outcome = await submit({ intezer: { alerts: { refusedBecause } } });
        expect(outcome.run).to.include({ status: "Failed", code: "AlertRefused" });
        expect(outcome.text).to.deep.equal([
            `Intezer alert submission\nIntezer did not accept this incident (status 400): ${refusedBecause}.`,
        ]);
        expect(outcome.html[0]).to.contain("No &lt;b&gt;evidence&lt;/b&gt; &amp; no mapping");
    });

    it("renews a token once that Intezer refuses", async () => {
        const disturbances = [
            { method: "POST", to: "*/alerts/ingest", replies: [{ status: 401, body: {} }] },
        ];
        const { run, usage, html } = await submit({ disturbances });
        expect([run.status, usage.tokens, usage.alerts, html.length]).to.deep.equal(["Succeeded", 2, 1, 0]);
    });

    it("fails when the new token is refused as well", async () => {
        const outcome = await submit({ intezer: { tokenSeconds: 0 } });
        expect(summaryOf(outcome)).to.include({ status: "Failed", code: "IntezerTokenRefused" });
        expect(outcome.usage).to.include({ tokens: 2, alerts: 0 });
    });

    it("fails with a code of its own for the key, the vault and a silent Intezer, each told on the incident", async () => {
        const key = summaryOf(await submit({ intezer: { apiKey: "another" } }));
        expect(key).to.include({ status: "Failed", code: "IntezerKeyRefused" });
        expect(key.comment).to.contain("Intezer refused the API key.");
        const vault = summaryOf(await submit({ deployment: { forget: /\/accessPolicy\// } }));
        expect(vault).to.include({ status: "Failed", code: "ApiKeyUnavailable" });
        expect(vault.comment).to.contain("could not be read from the key vault (status 403)");
        const replies = Array.from({ length: 10 }, () => ({ status: 503 }));
        const silent = summaryOf(
            await submit({ disturbances: [{ method: "POST", to: "*/alerts/ingest", replies }] }),
        );
        expect(silent).to.include({ status: "Failed", code: "IntezerUnavailable" });
        expect(silent.comment).to.contain("(status 503)");
    });

    it("tells a refused comment for want of a right from one on an incident that is full", async () => {
        const intezer = { alerts: { refusedBecause: "No" } };
        const denied = await submit({ intezer, deployment: { forget: /law-sentinel.*roleAssignments/ } });
        expect(denied.run).to.include({ status: "Failed", code: "CommentRefused" });
        const full = await submit({ intezer, incident: { earlierComments: 100 } });
        expect(full.run).to.include({ status: "Failed", code: "CommentLimitReached" });
    });

    it("shows neither key nor token in the run history", async () => {
        const { run } = await submit();
        const key = (run.calls[1]?.body as { api_key: string }).api_key;
        const bearer = run.calls[2]?.headers["Authorization"]?.replace("Bearer ", "");
        expect([key, bearer].map((text) => text?.length)).to.deep.equal([36, 42]);
        const history = JSON.stringify([run.actions, run.variables]);
        expect(history).not.to.contain(key);
        expect(history).not.to.contain(bearer);
    });
});
