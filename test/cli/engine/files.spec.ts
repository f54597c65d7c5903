import { expect } from "chai";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { writeProject } from "../../../cli/engine/settingsFile";
import { resourcesInState, stateFile } from "../../../cli/engine/stateFile";
import { projectFolder, StackSettings } from "../../../cli/settings";

const KEY = "intezer-sentinel:intezerApiKey";

describe("The files of a stack under the engine", () => {
    let folder: string;
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "intezer-sentinel-"));
    });
    afterEach(() => {
        rmSync(folder, { recursive: true });
    });

    const settings = new StackSettings("intezer-sentinel", "test", { "intezer-sentinel:workspaceName": "w" });
    const settingsFile = () => join(folder, "Pulumi.test.yaml");

    it("are the project's own Pulumi.yaml and the settings", () => {
        expect(writeProject(folder, settings, KEY)).to.equal(false);
        expect(readFileSync(join(folder, "Pulumi.yaml"), "utf8")).to.equal(
            readFileSync(join(projectFolder, "Pulumi.yaml"), "utf8"),
        );
        expect(parse(readFileSync(settingsFile(), "utf8"))).to.deep.equal({
            config: { "intezer-sentinel:workspaceName": "w" },
        });
    });

    it("keep what the engine has encrypted, and take other settings for the rest", () => {
        writeFileSync(
            settingsFile(),
            `encryptionsalt: v1:salt\nconfig:\n  ${KEY}:\n    secure: v1:cipher\n  intezer-sentinel:workspaceName: old\n`,
        );
        expect(writeProject(folder, settings, KEY)).to.equal(true);
        expect(parse(readFileSync(settingsFile(), "utf8"))).to.deep.equal({
            encryptionsalt: "v1:salt",
            config: { "intezer-sentinel:workspaceName": "w", [KEY]: { secure: "v1:cipher" } },
        });
    });

    it("tell which resources there are and what each depends on, its parent included", () => {
        const file = stateFile(folder, "project", "test");
        mkdirSync(dirname(file), { recursive: true });
        const resources = [
            { urn: "u:stack" },
            { urn: "u:a", id: "/a", parent: "u:stack", dependencies: ["u:b"], deletedWith: "u:c" },
        ];
        writeFileSync(file, JSON.stringify({ version: 3, checkpoint: { latest: { resources } } }));
        expect(resourcesInState(file)).to.deep.equal([
            { urn: "u:stack", id: undefined, dependencies: [] },
            { urn: "u:a", id: "/a", dependencies: ["u:b", "u:stack", "u:c"] },
        ]);
    });

    it("know no resources before the first update", () => {
        expect(resourcesInState(stateFile(folder, "project", "test"))).to.deep.equal([]);
    });
});
