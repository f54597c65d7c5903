import { expect } from "chai";
import type { Report } from "../../cli/report";
import { type Sample } from "../../cli/samples";
import { tenantFor } from "../../cli/tenant";
import { settings, samples, type Told, run, sampleNamed } from "../support/start";

describe("npm start", () => {
    let plain: Told;
    let json: Told;
    let report: Report;

    before(async () => {
        plain = await run();
        json = await run({ json: true });
        report = JSON.parse(json.out) as Report;
    });

    it("ends with 0 when every sample ended as it says", () => {
        expect([plain.code, plain.errors]).to.deep.equal([0, ""]);
        expect(plain.out).to.contain(`All ${samples.length} samples ended as they should.`);
    });

    it("tells it in at most 100 lines of 120 columns, npm's own heading included", () => {
        const lines = plain.out.split("\n");
        expect(lines.length + 4).to.be.at.most(100);
        expect(Math.max(...lines.map((line) => line.length))).to.be.at.most(120);
    });

    it("names every resource with its type as it comes, and every sample", () => {
        const places = report.resources.map(({ type, name }) =>
            plain.out.search(new RegExp(`${type} +${name}\\b`)),
        );
        expect(places).not.to.include(-1);
        expect(places).to.deep.equal([...places].sort((a, b) => a - b));
        for (const { name, sentence } of samples) {
            expect(plain.out).to.contain(`ok   ${name}: ${sentence}`.slice(0, 119));
        }
    });

    it("shows whole comments with --verbose", async () => {
        const verbose = await run({ verbose: true });
        expect(verbose.code).to.equal(0);
        const lines = verbose.out.split("\n").map((line) => line.trim().replace(/^[\d:]+ comment: /, ""));
        for (const { text } of report.replays.flatMap(({ comments }) => comments)) {
            expect(lines).to.include.members(text.split("\n"));
        }
    });

    it("cuts no resource and no output with --verbose", async () => {
        const verbose = (await run({ verbose: true })).out.split("\n");
        expect(verbose.filter((line) => line.endsWith("…"))).to.deep.equal([]);
        expect(verbose).to.include(`  workspaceId        ${report.outputs["workspaceId"] as string}`);
        expect(verbose).to.include(`  playbooks          ${JSON.stringify(report.outputs["playbooks"])}`);
        expect(verbose.find((line) => line.includes(" automation-rule-scanUrl "))).to.match(
            / automation-rule-scanUrl < automation-grant, scanUrl-vault-access, scanUrl-workspace-role$/,
        );
    });

    it("hides the webhook URL", () => {
        expect(report.outputs["webhookUrl"]).to.equal("[secret]");
        expect(plain.out + json.out).not.to.match(/[?&]sig=/);
    });

    describe("--json", () => {
        it("gives one document of this shape and nothing else", () => {
            expect([json.code, json.errors]).to.deep.equal([0, ""]);
            expect(Object.keys(report)).to.deep.equal(["resources", "outputs", "replays"]);
            for (const resource of report.resources) {
                expect(Object.keys(resource)).to.deep.equal(["type", "name", "dependsOn"]);
            }
            for (const replay of report.replays) {
                expect(Object.keys(replay)).to.deep.equal(["sample", "ok", "runs", "comments"]);
                for (const { code, ...one } of replay.runs) {
                    expect(Object.keys(one)).to.deep.equal([
                        "playbook",
                        "status",
                        "durationSeconds",
                        "billing",
                    ]);
                    expect(code === undefined).to.equal(one.status === "Succeeded");
                    expect(one.billing).to.have.all.keys("builtIn", "standard", "enterprise", "usd");
                }
                for (const comment of replay.comments) {
                    expect(Object.keys(comment)).to.deep.equal(["incident", "time", "html", "text"]);
                    expect(comment.incident).to.match(
                        /\/providers\/Microsoft\.SecurityInsights\/Incidents\/[0-9a-f-]{36}$/,
                    );
                    expect(comment.time).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
                }
            }
        });

        it("lists the resources with what they wait for", () => {
            const vault = report.resources.find(({ type }) => type === "azure-native:keyvault:Vault");
            const workflow = report.resources.find(({ name }) => name === "scanUrl-workflow");
            expect(workflow).to.deep.include({ type: "azure-native:logic:Workflow" });
            expect(workflow?.dependsOn).to.include.members([
                "azuresentinel-connection",
                "keyvault-connection",
            ]);
            expect(vault).to.have.property("dependsOn");
        });

        it("has every sample, in order, and the outputs of the contract", () => {
            expect(report.replays.map(({ sample, ok }) => [sample, ok])).to.deep.equal(
                samples.map(({ name }) => [name, true]),
            );
            expect(report.outputs).to.have.all.keys(
                "webhookUrl",
                "resourceGroupName",
                "workspaceId",
                "keyVaultName",
                "playbooks",
                "automationRules",
            );
        });

        it("is the same when it is made again, but for what is made up", async () => {
            const again = JSON.parse((await run({ json: true })).out) as Report;
            expect(again.replays).to.deep.equal(report.replays);
        });
    });

    it("ends with 1 and says what differs when a sample does not end as it says", async () => {
        const sample = sampleNamed("unknown-hash");
        const [first, ...others] = sample.expected.runs;
        const wrong: Sample = {
            ...sample,
            expected: {
                ...sample.expected,
                runs: [{ playbook: first?.playbook ?? "", status: "Failed", code: "X" }, ...others],
                comments: [],
                intezer: { files: 1 },
            },
        };
        const { code, out } = await run({}, { samples: [wrong] });
        expect(code).to.equal(1);
        expect(out).to.contain(`FAIL ${sample.name}`);
        expect(out).to.contain(`! status of ${first?.playbook}: expected "Failed", was "Succeeded"`);
        expect(out).to.contain(`! code of ${first?.playbook}: expected "X", was none`);
        expect(out).to.contain("! comments: expected [], was [");
        expect(out).to.contain("! Intezer's files: expected 1, was 0");
        expect(out).to.contain("1 of 1 samples did not end as they should.");
        const inJson = await run({ json: true }, { samples: [wrong] });
        expect(inJson.code).to.equal(1);
        expect((JSON.parse(inJson.out) as Report).replays[0]?.ok).to.equal(false);
        expect(inJson.errors).to.contain(`${sample.name}: status of`);
    });

    it("ends with 1 and names the playbooks that ran when others should have", async () => {
        const sample = sampleNamed("nothing-to-scan");
        const expected = { ...sample.expected, runs: [] };
        const { code, out } = await run({}, { samples: [{ ...sample, expected }] });
        expect(code).to.equal(1);
        expect(out).to.contain(
            '! playbooks that ran: expected [], was ["submitAlert","scanFileHash","scanUrl"]',
        );
    });

    it("compares how long runs take with the least and the greatest duration, and how often they call", async () => {
        const sample = sampleNamed("slow-analysis");
        const told = async (expectation: Partial<Sample["expected"]["runs"][number]>) => {
            const runs = sample.expected.runs.map((one) =>
                one.playbook === "scanFileHash" ? { ...one, ...expectation } : one,
            );
            return (await run({}, { samples: [{ ...sample, expected: { ...sample.expected, runs } }] })).out;
        };
        const differs = (least: number, greatest: number) =>
            `! duration of scanFileHash: expected ${least} to ${greatest} s, was 240 s`;
        expect(await told({ seconds: [0, 239] })).to.contain(differs(0, 239));
        expect(await told({ seconds: [241, 300] })).to.contain(differs(241, 300));
        expect(await told({ seconds: [240, 240] })).to.contain("ok   slow-analysis");
        expect(await told({ calls: 0 })).to.contain("! calls of scanFileHash: expected 0, was ");
    });

    it("compares the tags of incidents", async () => {
        const sample = sampleNamed("file-with-three-hashes");
        const tagging = settings.with({ tagIncidents: true });
        const runs = sample.expected.runs.map(({ playbook, status }) => ({ playbook, status }));
        const play = (tags: Sample["expected"]["tags"]) =>
            run(
                {},
                {
                    settings: tagging,
                    tenant: tenantFor(tagging),
                    samples: [{ ...sample, expected: { ...sample.expected, tags, runs } }],
                },
            );
        const untagged = await play(undefined);
        expect(untagged.out).to.contain('! tags of malware: expected [], was ["Intezer: malicious"]');
        expect((await play({ malware: ["Intezer: malicious"] })).code).to.equal(0);
    });

    it("ends with 1 when a sample uses what the simulator does not know, and goes on with the others", async () => {
        const odd: Sample = {
            name: "odd",
            sentence: "S.",
            webhook: { body: "{{incident:nobody}}" },
            expected: { runs: [], comments: [] },
        };
        const { code, out } = await run({}, { samples: [odd, sampleNamed("nothing-to-scan")] });
        expect(code).to.equal(1);
        expect(out)
            .to.contain("! The webhook names the incident 'nobody'")
            .and.contain("ok   nothing-to-scan");
    });

    it("ends with 1 and the program's own message when the settings are wrong", async () => {
        const wrong = settings.with({ severities: ["Huge"] });
        const { code, out, errors } = await run(
            { json: true },
            { settings: wrong, tenant: tenantFor(wrong) },
        );
        expect(code).to.equal(1);
        expect(errors).to.contain("severities").and.contain("Huge");
        expect(JSON.parse(out)).to.deep.equal({ resources: [], outputs: {}, replays: [] });
    });
});
