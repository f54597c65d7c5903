import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readSettings } from "../../../cli/settings";
import { FolderError, SimulatedFolder } from "../../../cli/simulated/folder";
import { tenantFor } from "../../../cli/tenant";
import { inTemporaryFolder } from "../../support/temporaryFolder";

describe("The folder of a simulated subscription", () => {
    const { azure } = tenantFor(readSettings("dev"));

    it("is made where it is not there, for its owner alone", () =>
        inTemporaryFolder((parent) => {
            const folder = SimulatedFolder.take(join(parent, "a", "b"));
            expect(folder.path).to.equal(join(parent, "a", "b"));
            expect(statSync(folder.path).mode & 0o777).to.equal(0o700);
            expect(folder.readAzure()).to.equal(undefined);
        }));

    it("gives back the Azure that was saved, which its owner alone can read", () =>
        inTemporaryFolder((path) => {
            const folder = SimulatedFolder.take(path);
            folder.saveAzure(azure);
            expect(folder.readAzure()?.snapshot()).to.deep.equal(azure.snapshot());
            expect(statSync(join(path, "azure.json")).mode & 0o777).to.equal(0o600);
        }));

    it("replaces the saved Azure in one step: a process that dies before leaves the old one", () =>
        inTemporaryFolder((path) => {
            const folder = SimulatedFolder.take(path);
            folder.saveAzure(azure);
            const { ino } = statSync(join(path, "azure.json"));
            writeFileSync(join(path, "azure.json.new"), '{"half');
            expect(folder.readAzure()?.now).to.equal(azure.now);
            folder.saveAzure(azure);
            // Another file under the same name, never one that is half written.
            expect(statSync(join(path, "azure.json")).ino).not.to.equal(ino);
            expect(readdirSync(path).sort()).to.deep.equal(["azure.json", "lock"]);
        }));

    it("refuses a damaged Azure, with the remedy", () =>
        inTemporaryFolder((path) => {
            writeFileSync(join(path, "azure.json"), '{"version": 0}');
            expect(() => SimulatedFolder.take(path).readAzure())
                .to.throw(FolderError, join(path, "azure.json"))
                .with.property("message")
                .that.matches(/version is 0/)
                .and.matches(/npm run simulated -- reset --folder /);
        }));

    it("makes up one key for all commands", () =>
        inTemporaryFolder((path) => {
            const key = SimulatedFolder.take(path).madeUpKey();
            SimulatedFolder.take(`${path}/second`);
            expect(key).to.match(/^[0-9a-f-]{36}$/);
            const folder = SimulatedFolder.take(`${path}/third`);
            expect(folder.madeUpKey()).to.equal(folder.madeUpKey()).and.not.to.equal(key);
            expect(statSync(join(path, "keys.json")).mode & 0o777).to.equal(0o600);
        }));

    it("tells where a stack gets another key than it had", () =>
        inTemporaryFolder((path) => {
            const folder = SimulatedFolder.take(path);
            expect(folder.noteKey("dev", "a")).to.equal(false);
            expect(folder.noteKey("prod", "b")).to.equal(false);
            expect(folder.noteKey("dev", "a")).to.equal(false);
            expect(folder.noteKey("dev", "c")).to.equal(true);
            expect(folder.noteKey("prod", "b")).to.equal(false);
        }));

    it("is for one process at a time", () =>
        inTemporaryFolder((path) => {
            const folder = SimulatedFolder.take(path);
            expect(() => SimulatedFolder.take(path)).to.throw(
                FolderError,
                `Another command is using this simulated subscription (process ${process.pid}). Wait until it is ` +
                    `done, or use another one: --folder <path>\nIf there is no such command, delete ${path}/lock`,
            );
            folder.release();
            expect(SimulatedFolder.take(path).wasAbandoned).to.equal(false);
        }));

    it("is taken over from a process that is no more, which it tells", () =>
        inTemporaryFolder((path) => {
            const { pid } = spawnSync("true");
            writeFileSync(join(path, "lock"), String(pid));
            expect(SimulatedFolder.take(path).wasAbandoned).to.equal(true);
            expect(readFileSync(join(path, "lock"), "utf8")).to.equal(String(process.pid));
        }));

    it("stays abandoned until somebody has cleared up", () =>
        inTemporaryFolder((path) => {
            writeFileSync(join(path, "lock"), String(spawnSync("true").pid));
            SimulatedFolder.take(path).release();
            const folder = SimulatedFolder.take(path);
            expect(folder.wasAbandoned).to.equal(true);
            folder.clearedUp();
            folder.release();
            expect(SimulatedFolder.take(path).wasAbandoned).to.equal(false);
        }));

    it("is not one that holds something else, which stays as it is", () =>
        inTemporaryFolder((path) => {
            mkdirSync(join(path, "state"));
            writeFileSync(join(path, "thesis.txt"), "");
            expect(() => SimulatedFolder.take(path)).to.throw(
                FolderError,
                `${path} holds something else than a simulated subscription (thesis.txt).`,
            );
            expect(readdirSync(path)).to.deep.equal(["state", "thesis.txt"]);
            expect(() => SimulatedFolder.take(join(path, "thesis.txt"))).to.throw(FolderError, "is a file");
        }));

    it("is gone with everything in it once it is removed", () =>
        inTemporaryFolder((path) => {
            const folder = SimulatedFolder.take(join(path, "s"));
            folder.saveAzure(azure);
            folder.remove();
            expect(existsSync(join(path, "s"))).to.equal(false);
        }));
});
