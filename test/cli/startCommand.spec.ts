import { spawnSync } from "node:child_process";
import { expect } from "chai";
import { here, howToGetPulumi, type Place } from "../../cli/pulumi/find";
import type { Report } from "../../cli/report";
import { projectFolder } from "../../cli/settings";
import { main } from "../../cli/start";
import { samples } from "../support/start";

describe("npm start: the command line", () => {
    async function command(...args: string[]) {
        const out: string[] = [];
        const errors: string[] = [];
        const code = await main(
            args,
            (line) => out.push(line),
            (line) => errors.push(line),
        );
        return { code, out: out.join("\n"), errors: errors.join("\n") };
    }

    it("explains itself with --help", async () => {
        const { code, out, errors } = await command("--help");
        expect([code, errors]).to.deep.equal([0, ""]);
        for (const option of ["--engine", "--json", "--verbose", "--help"]) {
            expect(out).to.contain(option);
        }
    });

    it("ends with 2 for an option that it does not know, and says which", async () => {
        const { code, out, errors } = await command("--loud");
        expect([code, out]).to.deep.equal([2, ""]);
        expect(errors).to.contain("--loud").and.contain("npm start");
    });

    it("says how to get a CLI where --engine is asked for and there is none", async () => {
        const errors: string[] = [];
        const withoutCli: Place = { ...here, env: {}, platform: "win32" };
        const nobody = () => undefined;
        const code = await main(["--engine"], nobody, (line) => errors.push(line), withoutCli);
        expect([code, errors]).to.deep.equal([1, [howToGetPulumi]]);
    });

    it("goes on to its end where its reader stops early", () => {
        const { status, stderr } = spawnSync(
            "bash",
            ["-c", "set -o pipefail; npm run --silent start | head -1"],
            {
                cwd: projectFolder,
                encoding: "utf8",
            },
        );
        expect([status, stderr]).to.deep.equal([0, ""]);
    });

    it("writes one JSON document to standard output, and nothing to standard error", () => {
        const { status, stdout, stderr } = spawnSync("npm", ["run", "--silent", "start", "--", "--json"], {
            cwd: projectFolder,
            encoding: "utf8",
        });
        expect([status, stderr]).to.deep.equal([0, ""]);
        expect((JSON.parse(stdout) as Report).replays).to.have.lengthOf(samples.length);
    });
});
