import { expect } from "chai";
import type { Json } from "../../language/json";
import { callsOf, playAlone, type Scene, workspaceId } from "../support/tenant";

const vendorId = "da638720001_-12";
const query = "POST /queryData";
const comment = "POST /Incidents/Comment";

/** An incident that was there before the rules, with one alert of Defender. */
function incident(
    ref: string,
    alert: { id?: string; vendorId?: string; arrivesAt?: number } | null = {},
    more = {},
) {
    return {
        ref,
        at: -60,
        title: ref,
        severity: "High" as const,
        alerts:
            alert === null
                ? []
                : [
                      {
                          systemAlertId: alert.id ?? `alert-of-${ref}`,
                          displayName: "A",
                          productName: "P",
                          providerAlertId: alert.vendorId ?? vendorId,
                          ...(alert.arrivesAt === undefined ? {} : { arrivesAt: alert.arrivesAt }),
                      },
                  ],
        ...more,
    };
}

function update(body: Json, scene: Scene = {}) {
    return playAlone("updateIncident", { incidents: [incident("one")], ...scene, webhook: { body } });
}

function note(more: { [field: string]: Json } = {}) {
    return { note: "Confirmed threat", sender: "msd", microsoft_sentinel_incident_id: vendorId, ...more };
}

const ofIncident = (id: string, more = {}) =>
    note({ sender: "microsoft_sentinel", microsoft_sentinel_incident_id: id, ...more });

describe("updateIncident: the body", () => {
    for (const [what, body, code] of [
        ["no body", null, "InvalidRequest.body"],
        ["a text", "hello", "InvalidRequest.body"],
        ["an array", [], "InvalidRequest.body"],
        ["no field at all", {}, "InvalidRequest.note.sender.microsoft_sentinel_incident_id"],
        ["an empty note", note({ note: "  " }), "InvalidRequest.note"],
        ["a sender that is no text", note({ sender: 5 }), "InvalidRequest.sender"],
        [
            "an id that is null",
            note({ microsoft_sentinel_incident_id: null }),
            "InvalidRequest.microsoft_sentinel_incident_id",
        ],
    ] as const) {
        it(`ends Failed with a code that says which field, before any call, with ${what}`, async () => {
            const { run, html } = await update(body);
            expect([run.status, run.code]).to.deep.equal(["Failed", code]);
            expect(run.calls).to.deep.equal([]);
            expect(html).to.deep.equal([]);
        });
    }

    it("may lack what is not needed, and may have it as null", async () => {
        const { run } = await update(
            note({ intezer_alert_url: null, triage_result: null, alert: { alert_id: "1" } }),
        );
        expect(run.status).to.equal("Succeeded");
    });
});

describe("updateIncident: an alert of Defender", () => {
    it("comments the alert's incident at once where the alert is there, in whatever case the sender is", async () => {
        for (const sender of ["msd", "MSD", "Msd"]) {
            const { run, text } = await update(note({ sender }));
            expect([run.status, run.durationSeconds]).to.deep.equal(["Succeeded", 0]);
            expect(
                callsOf(run).map((call) => call.replace(/\/subscriptions.*\/alerts\//, "…/")),
            ).to.deep.equal([query, "GET /Incidents…/alert-of-one", comment]);
            expect(text).to.deep.equal(["Confirmed threat"]);
        }
    });

    it("waits for an alert that arrives later, and for its incident", async () => {
        const incidents = [incident("one", { arrivesAt: 200 }, { at: 260 })];
        const { run, text } = await update(note(), {
            incidents,
            deployment: { config: { automatedPlaybooks: [] } },
        });
        expect(run.status).to.equal("Succeeded");
        expect(run.durationSeconds).to.be.within(260, 320);
        expect(text).to.deep.equal(["Confirmed threat"]);
    });

    it("gives up with a code when the alert has not come in time", async () => {
        const deployment = { config: { analysisTimeoutMinutes: 5 } };
        const { run, html } = await update(note({ microsoft_sentinel_incident_id: "another" }), {
            deployment,
        });
        expect([run.status, run.code, html]).to.deep.equal(["Failed", "AlertNotFound", []]);
        expect(run.durationSeconds).to.be.within(300, 360);
    });

    it("gives every incident of the alert the note, once each", async () => {
        const one = incident("one", { id: "s1" });
        const [alert] = one.alerts;
        const incidents = [
            { ...one, alerts: alert === undefined ? [] : [alert, { ...alert, systemAlertId: "s3" }] },
            incident("two", { id: "s2" }),
            incident("three", { vendorId: "another" }),
        ];
        const { run, incidents: all } = await update(note(), { incidents });
        expect(run.status).to.equal("Succeeded");
        expect([...all].map(([ref, { comments }]) => [ref, comments.length])).to.deep.equal([
            ["one", 1],
            ["two", 1],
            ["three", 0],
        ]);
    });

    it("asks with the filter before the summarize, for one column", async () => {
        const { run } = await update(note());
        expect(run.calls[0]?.body).to.match(
            /^SecurityAlert\b.*\bwhere\b.*"da638720001_-12".*\bsummarize\b[^|]*\bSystemAlertId\s*$/s,
        );
    });

    for (const evil of [`x" or SystemAlertId != "`, `x\\" or true //`, `x"\n| where "1" == "1`, `\\`]) {
        it(`finds nothing with the injection ${JSON.stringify(evil)}, and breaks no query`, async () => {
            const deployment = { config: { analysisTimeoutMinutes: 1 } };
            const { run, html } = await update(note({ microsoft_sentinel_incident_id: evil }), {
                deployment,
            });
            expect([run.code, html]).to.deep.equal(["AlertNotFound", []]);
        });
    }

    it("finds an alert whose id has quotes and backslashes", async () => {
        const odd = `a"b\\c'd`;
        const { text } = await update(note({ microsoft_sentinel_incident_id: odd }), {
            incidents: [incident("one", { vendorId: odd })],
        });
        expect(text).to.deep.equal(["Confirmed threat"]);
    });

    it("queries through HTTP with its identity where that is configured", async () => {
        const { run, text } = await update(note(), { deployment: { config: { logQueryVia: "http" } } });
        expect(callsOf(run)[0]).to.match(
            /^POST https:\/\/api\.loganalytics\.io\/v1\/workspaces\/[0-9a-f-]{36}\/query$/,
        );
        expect(text).to.deep.equal(["Confirmed threat"]);
    });

    it("fails at once with a code when it may not query", async () => {
        for (const logQueryVia of ["connection", "http"]) {
            const deployment = { config: { logQueryVia }, forget: /law-sentinel.*roleAssignments/ };
            const { run } = await update(note(), { deployment });
            expect([run.status, run.code, run.durationSeconds]).to.deep.equal([
                "Failed",
                "LogQueryFailed",
                0,
            ]);
        }
    });
});

describe("updateIncident: an incident", () => {
    it("comments an incident of the workspace, in whatever letter case its id is, with one call", async () => {
        const { run, text, incident: found } = await update(ofIncident("{{incident:one}}"));
        expect([run.status, ...callsOf(run)]).to.deep.equal(["Succeeded", comment]);
        expect(text).to.deep.equal(["Confirmed threat"]);
        expect((await update(ofIncident(found.id.toUpperCase()))).text).to.deep.equal(["Confirmed threat"]);
    });

    const name = "11111111-1111-4111-8111-111111111111";
    const incidents = `${workspaceId}/providers/Microsoft.SecurityInsights/Incidents`;
    for (const [what, id] of [
        ["another workspace", `${incidents}/${name}`.replace("law-sentinel", "law-other")],
        ["another resource group", `${incidents}/${name}`.replace("rg-sentinel", "rg-other")],
        ["a path that leads out of the workspace", `${incidents}/../../../${name}`],
        ["something below an incident", `${incidents}/${name}/comments/1`],
        ["the incidents as a whole", `${incidents}/`],
        ["no incident", "hello"],
    ] as const) {
        it(`refuses ${what} before any call`, async () => {
            const { run } = await update(ofIncident(id));
            expect([run.status, run.code, run.calls]).to.deep.equal(["Failed", "IncidentNotInWorkspace", []]);
        });
    }

    it("tells a comment refused on a full incident from one refused for want of a right", async () => {
        const full = await update(ofIncident("{{incident:one}}"), {
            incidents: [incident("one", null, { earlierComments: 100 })],
        });
        expect([full.run.status, full.run.code]).to.deep.equal(["Failed", "CommentLimitReached"]);
        const denied = await update(ofIncident("{{incident:one}}"), {
            deployment: { forget: /law-sentinel.*roleAssignments/ },
        });
        expect([denied.run.status, denied.run.code]).to.deep.equal(["Failed", "CommentRefused"]);
    });

    it("tells the other incidents when one refuses the comment, and fails", async () => {
        const two = [incident("one", { id: "s1" }, { earlierComments: 100 }), incident("two", { id: "s2" })];
        const { run, incidents: all } = await update(note(), { incidents: two });
        expect([run.status, run.code]).to.deep.equal(["Failed", "CommentLimitReached"]);
        expect(all.get("two")?.comments.length).to.equal(1);
    });
});

describe("updateIncident: the note", () => {
    const told = async (text: string, more = {}) => {
        const { html, run } = await update(ofIncident("{{incident:one}}", { note: text, ...more }));
        expect([run.status, html.length]).to.deep.equal(["Succeeded", 1]);
        return html[0] ?? "";
    };

    it("keeps simple formatting and line breaks", async () => {
        expect(await told("<p>a</p><b>b</b><ul><li>c</li></ul><br>d<br/>e\nf\r\ng")).to.equal(
            "<p><p>a</p><b>b</b><ul><li>c</li></ul><br>d<br/>e<br>f<br>g</p>",
        );
    });

    it("escapes everything else", async () => {
        expect(await told(`<script>x</script><b onclick="y">z</b><a href='u'>&amp;</a>`)).to.equal(
            "<p>&lt;script&gt;x&lt;/script&gt;&lt;b onclick=&quot;y&quot;&gt;z</b>" +
                "&lt;a href=&#39;u&#39;&gt;&amp;amp;&lt;/a&gt;</p>",
        );
    });

    it("is cut when it is too long for a comment, with a link to the rest, and not lost", async () => {
        const link = { intezer_alert_url: "https://analyze.intezer.com/alerts/1" };
        for (const long of ["x".repeat(40_000), "<b>&</b>".repeat(5_000), `"'<>&`.repeat(10_000)]) {
            const html = await told(long, link);
            expect(html.length).to.be.within(15_000, 30_000);
            expect(html).to.match(
                /<p>The note is longer than a comment can be: <a href="https:\/\/analyze\.intezer\.com\/alerts\/1">read on in Intezer<\/a>\.<\/p>$/,
            );
            expect(html.replace(/<a href="[^"]*">/, "")).not.to.match(/<[^>]*<|&(?![a-z]+;|#\d+;)/);
        }
    });

    it("tags the incident with the verdict after the comment, where that is configured", async () => {
        const body = ofIncident("{{incident:one}}", {
            triage_result: { alert_verdict_display: "Confirmed Threat" },
        });
        const { incident: tagged, run } = await update(body, {
            deployment: { config: { tagIncidents: true } },
        });
        expect(tagged.labels).to.deep.equal(["Intezer: Confirmed Threat"]);
        expect(callsOf(run)).to.deep.equal([comment, "PUT /Incidents"]);
        expect((await update(body)).incident.labels).to.deep.equal([]);
    });
});
