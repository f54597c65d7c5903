import { expect } from "chai";
import { type Deployment, play, type Played, startTime } from "../../cli/replay";
import type { Sample } from "../../cli/samples";
import { deployed, type DeployChanges, fileEntity, hashEntity, urlEntity } from "../support/tenant";

const sha256 = "a1".repeat(32);

async function played(
    sample: Partial<Sample>,
    changes: DeployChanges = {},
    more: Partial<Deployment> = {},
): Promise<Played> {
    const program = await deployed(changes);
    return play(
        { name: "s", sentence: "", expected: { runs: [], comments: [] }, ...sample },
        { ...program, ...more },
    );
}

function incident(entities: NonNullable<Sample["incidents"]>[number]["entities"], more = {}) {
    return { ref: "it", title: "T", severity: "High" as const, entities, ...more };
}

function started({ runs }: Played): [string, number][] {
    return runs.map(({ workflow, record }) => [
        workflow.name,
        (Date.parse(record.startTime) - startTime) / 1000,
    ]);
}

const [submit, hash, url] = ["IntezerAlert", "IntezerScanFileHash", "IntezerScanURL"].map(
    (name) => `Submit-${name}-IncidentTriggered`,
);

describe("a replay: automation rules", () => {
    it("runs a playbook when the one before has ended, or has taken two minutes", async () => {
        const entities = [hashEntity(sha256, "SHA256"), fileEntity("a"), urlEntity("https://a.example")];
        const analysed = (seconds: number) => ({
            incidents: [incident(entities)],
            intezer: { files: [{ sha256, seconds }] },
        });
        expect(started(await played(analysed(15)))).to.deep.equal([
            [submit, 0],
            [hash, 0],
            [url, 15],
        ]);
        expect(started(await played(analysed(600)))).to.deep.equal([
            [submit, 0],
            [hash, 0],
            [url, 120],
        ]);
    });

    it("fires them for incidents of the configured severities alone", async () => {
        const changes = { config: { severities: ["High", "Low"] } };
        const runsFor = async (severity: string) =>
            (await played({ incidents: [incident([], { severity })] }, changes)).runs.length;
        expect(await runsFor("Low")).to.equal(3);
        expect(await runsFor("Medium")).to.equal(0);
    });

    it("fires none for an incident that was there before them", async () => {
        const { runs, incidents } = await played({ incidents: [incident([], { at: -1 })] });
        expect([runs, incidents.size]).to.deep.equal([[], 1]);
    });

    it("tells why Sentinel could not run a playbook, and goes on with the others", async () => {
        const changes = { config: { tags: { own: "tenant" } } };
        const program = await deployed(changes);
        const scan = program.azure.list("Microsoft.Logic/workflows").find(({ name }) => name === hash);
        program.azure.delete({ id: scan?.id ?? "" });
        const result = await played({ incidents: [incident([])] }, changes);
        expect(started(result).map(([name]) => name)).to.deep.equal([submit, url]);
        expect(result.obstacles).to.deep.equal([`The playbook '${scan?.id}' could not be found.`]);
    });
});

describe("a replay: the webhook", () => {
    const webhook = { body: {} };

    it("is called at its time, with the deployed URL", async () => {
        const result = await played({ webhook: { ...webhook, at: 30 } });
        expect(started(result)).to.deep.equal([["UpdateIncident-IntezerAlert-Webhook", 30]]);
        expect(result.obstacles).to.deep.equal([]);
    });

    it("is refused with another signature", async () => {
        const { webhookUrl = "" } = await deployed();
        const result = await played({ webhook }, {}, { webhookUrl: `${webhookUrl}x` });
        expect(result.runs).to.deep.equal([]);
        expect(result.obstacles[0]).to.contain("The webhook was refused").and.contain("Shared Access scheme");
    });

    it("is refused to a caller that is not allowed, and open to one that is", async () => {
        const from = async (range: string) => played({ webhook }, { config: { webhookCallerIps: [range] } });
        const refused = await from("198.51.100.0/24");
        expect(refused.runs).to.deep.equal([]);
        expect(refused.obstacles[0]).to.contain("The client IP address '203.0.113.10' is not in the allowed");
        expect((await from("203.0.113.1-203.0.113.20")).runs).to.have.lengthOf(1);
    });

    it("is not there without its playbook", async () => {
        const result = await played({ webhook }, { config: { playbooks: ["scanUrl"] } });
        expect(result.obstacles).to.deep.equal([
            "The webhook playbook is not deployed, so there is no webhook URL to call.",
        ]);
    });

    it("gets the ids of the incidents that its body names, at any depth", async () => {
        const id = "{{incident:it}}";
        const body = {
            note: "n",
            sender: "x",
            microsoft_sentinel_incident_id: id,
            more: [{ id: `about ${id}` }, 5],
        };
        const result = await played({ incidents: [incident([], { at: -1 })], webhook: { body } });
        const found = result.incidents.get("it");
        expect(found?.comments).to.have.lengthOf(1);
        expect(result.runs[0]?.record.actions["Check_request"]?.outputs).to.deep.equal({
            body: {
                ...body,
                microsoft_sentinel_incident_id: found?.id,
                more: [{ id: `about ${found?.id}` }, 5],
            },
        });
    });
});

describe("a replay: refusals", () => {
    it("lists what Azure refused for want of a right, with its answer", async () => {
        const changes = { forget: /law-sentinel.*roleAssignments/, config: { playbooks: ["scanFileHash"] } };
        const result = await played({ incidents: [incident([hashEntity(sha256, "SHA256")])] }, changes);
        const refused = result.refusals.map(({ workflow, action, status }) => [workflow, action, status]);
        expect(refused).to.deep.equal([
            [hash, "Add_comment", 403],
            [hash, "Read_incident", 403],
        ]);
        expect(result.refusals[0]?.body).to.have.nested.property("error.code", "AuthorizationFailed");
    });

    it("does not count what Intezer refuses", async () => {
        const result = await played(
            { incidents: [incident([hashEntity(sha256, "SHA256")])] },
            {},
            { intezer: { apiKey: "another" } },
        );
        expect(result.refusals).to.deep.equal([]);
        expect(result.runs.map(({ record }) => record.code)).to.include("IntezerKeyRefused");
    });
});
