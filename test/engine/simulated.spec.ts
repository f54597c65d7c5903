import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Report } from "../../cli/report";
import { projectFolder } from "../../cli/settings";
import type { Json } from "../../language/json";
import { AzureResourceManager } from "../../simulator/resources/machine";

/** Runs a script of package.json as a person does; temporary files are seen by `temporary`. */
function npm(script: string, args: readonly string[], temporary = tmpdir()) {
    const { status, stdout, stderr } = spawnSync("npm", ["run", "--silent", script, "--", ...args], {
        cwd: projectFolder,
        encoding: "utf8",
        env: { ...process.env, TMPDIR: temporary },
    });
    return { status, stdout, stderr };
}

describe("npm run simulated", () => {
    const parent = mkdtempSync(join(tmpdir(), "intezer-sentinel-"));
    const folder = join(parent, "simulated");

    after(() => {
        rmSync(parent, { recursive: true, force: true });
    });

    function simulated(...args: string[]) {
        return npm("simulated", [...args, "--folder", folder]);
    }

    function azure(): AzureResourceManager {
        return AzureResourceManager.restore(
            JSON.parse(readFileSync(join(folder, "azure.json"), "utf8")) as Json,
        );
    }

    it("deploys into a folder that keeps the subscription and the engine's state", () => {
        const { status, stdout, stderr } = simulated("up");
        expect(status, stdout + stderr).to.equal(0);
        expect(stdout)
            .to.contain(`New simulated subscription in ${folder}`)
            .and.match(/azure-native:logic:Workflow scanUrl-workflow created/)
            .and.match(/Resources:\n +\+ 30 created/)
            .and.match(/webhookUrl +: \[secret\]/)
            .and.match(/Time in Azure, estimated: \d+ s/);
        expect(azure().list("Microsoft.Logic/workflows")).to.have.lengthOf(4);
        expect(readdirSync(folder).sort()).to.deep.equal([
            "azure.json",
            "home",
            "keys.json",
            "project",
            "state",
        ]);
    });

    it("shows in another process what a changed setting would do, and does nothing", () => {
        const before = azure().snapshot();
        const { status, stdout, stderr } = simulated("preview", "--config", "tagIncidents=true");
        expect(status, stdout + stderr).to.equal(0);
        expect(stdout)
            .to.match(/~ {2}azure-native:logic:Workflow scanUrl-workflow update/)
            .and.match(/Resources:\n +~ \d to update\n +\d+ unchanged\n/)
            .and.not.contain("simulated subscription");
        expect(azure().snapshot()["resources"]).to.deep.equal(before["resources"]);
    });

    it("takes all of it down again", () => {
        const { status, stdout, stderr } = simulated("destroy");
        expect(status, stdout + stderr).to.equal(0);
        expect(stdout).to.match(/Resources:\n +- 30 deleted/);
        const left = azure().snapshot()["resources"] as readonly { name: string }[];
        expect(left.map(({ name }) => name)).to.deep.equal([
            "contoso-security",
            "contoso-sentinel",
            "default",
            "contoso-playbooks",
        ]);
    });

    it("ends with 1 where the engine fails, with the engine's own words", () => {
        const { status, stdout } = simulated("preview", "--config", 'severities=["Hihg"]');
        expect(status).to.equal(1);
        expect(stdout).to.contain('severities[0] = "Hihg"').and.contain("One of: High, Medium, Low");
    });
});

describe("npm start -- --engine", () => {
    const temporary = mkdtempSync(join(tmpdir(), "intezer-sentinel-"));

    after(() => {
        rmSync(temporary, { recursive: true, force: true });
    });

    it("deploys with the engine, plays the samples there, tells the time, and leaves no file behind", () => {
        const { status, stdout, stderr } = npm("start", ["--engine", "--json"], temporary);
        expect([status, stderr]).to.deep.equal([0, ""]);
        const report = JSON.parse(stdout) as Report;
        expect(report.resources.map(({ name }) => name)).to.include.members(["intezer", "scanUrl-workflow"]);
        expect(report.outputs).to.deep.include({
            webhookUrl: "[secret]",
            resourceGroupName: "contoso-playbooks",
        });
        expect(report.replays.length).to.be.greaterThan(5);
        expect(report.replays.filter(({ ok }) => !ok)).to.deep.equal([]);
        const { seconds = 0, longestChain = [] } = report.duration ?? {};
        // Sentinel's right on the playbooks takes five minutes to work; nothing else may hold the stack up for longer.
        expect(seconds).to.be.within(300, 330);
        expect(longestChain.at(-1)?.name).to.match(/^automation-rule-/);
        expect(longestChain.at(-1)?.refusals.join()).to.contain("Missing required permissions");
        expect(readdirSync(temporary).filter((name) => name.startsWith("intezer-sentinel-"))).to.deep.equal(
            [],
        );
    });
});
