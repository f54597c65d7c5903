import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { findPulumi, howToGetPulumi } from "../../../cli/pulumi/find";
import { readWanted } from "../../../cli/pulumi/wanted";
import { projectFolder } from "../../../cli/settings";
import { Programs } from "../../support/programs";

describe("findPulumi", () => {
    let programs: Programs;
    let onPath: string;
    beforeEach(() => {
        programs = new Programs();
        onPath = join(programs.path, "pulumi");
    });
    afterEach(() => {
        programs.remove();
    });

    it("finds nothing where there is nothing", () => {
        expect(findPulumi(programs.place)).to.equal(undefined);
    });

    it("finds nothing without a PATH", () => {
        expect(findPulumi({ ...programs.place, env: {} })).to.equal(undefined);
    });

    it("takes the one that was built here before the one on the PATH", () => {
        programs.tells(programs.built, "v3.259.0");
        programs.tells(onPath, "v3.300.0");
        expect(findPulumi(programs.place)).to.deep.equal({ command: programs.built, version: "3.259.0" });
    });

    it("takes the one on the PATH where the one that was built here is of another version", () => {
        programs.tells(programs.built, "v3.260.0");
        programs.tells(onPath, "v3.218.0");
        expect(findPulumi(programs.place)).to.deep.equal({ command: onPath, version: "3.218.0" });
    });

    it("does not take one that is too old, even where Go could build another", () => {
        programs.tells(onPath, "v3.217.1");
        programs.go("go1.26.8", "v3.259.0");
        expect(findPulumi(programs.place)).to.equal(undefined);
        expect(programs.goCall).to.equal(undefined);
    });

    it("goes by what Pulumi.yaml asks for", () => {
        programs.tells(onPath, "v3.217.1");
        programs.edit("Pulumi.yaml", ">=3.218.0", ">=3.217.1");
        expect(findPulumi(programs.place)).to.deep.equal({ command: onPath, version: "3.217.1" });
    });

    it("takes the first on the PATH, as a shell does, and passes over folders and files that cannot be run", () => {
        const folders = ["folder", "plain", "first", "second"].map((name) => join(programs.path, name));
        const [folder = "", plain = "", first = "", second = ""] = folders.map((each) =>
            join(each, "pulumi"),
        );
        mkdirSync(folder, { recursive: true });
        chmodSync(programs.tells(plain, "v3.301.0"), 0o644);
        programs.tells(first, "v3.302.0");
        programs.tells(second, "v3.303.0");
        const place = { ...programs.place, env: { PATH: ["", ...folders].join(":") } };
        expect(findPulumi(place)).to.deep.equal({ command: first, version: "3.302.0" });
    });

    it("does not look in the working folder, which an empty entry of the PATH stands for", () => {
        programs.tells(join(programs.folder, "pulumi"), "v3.300.0");
        const before = process.cwd();
        process.chdir(programs.folder);
        try {
            expect(findPulumi({ ...programs.place, env: { PATH: `:${programs.path}` } })).to.equal(undefined);
        } finally {
            process.chdir(before);
        }
    });

    it("asks for the version without a check for updates", () => {
        programs.program(
            onPath,
            'console.log(process.env.PULUMI_SKIP_UPDATE_CHECK === "true" ? "v3.300.0" : "v1.0.0");',
        );
        expect(findPulumi(programs.place)?.version).to.equal("3.300.0");
    });

    it("looks for pulumi.exe on Windows, in a PATH with semicolons and quotes", () => {
        programs.tells(onPath, "v3.300.0");
        const command = programs.tells(join(programs.path, "with space", "pulumi.exe"), "v3.301.0");
        const env = { PATH: `${programs.path};"${join(programs.path, "with space")}"` };
        const place = { ...programs.place, env, platform: "win32" } as const;
        expect(findPulumi(place)).to.deep.equal({ command, version: "3.301.0" });
        const built = programs.tells(`${programs.built}.exe`, "v3.259.0");
        expect(findPulumi(place)).to.deep.equal({ command: built, version: "3.259.0" });
    });
});

describe("howToGetPulumi", () => {
    it("names the command that builds one, and the official ways", () => {
        const { go, pinned, minimum } = readWanted(projectFolder);
        expect(howToGetPulumi).to.equal(`A Pulumi CLI is needed: on the PATH, or built here.
With Go ${go} or newer, npm run pulumi:install builds Pulumi ${pinned}. Without Go:
Install Pulumi ${minimum} or newer, see https://www.pulumi.com/docs/install/
  macOS         brew install pulumi/tap/pulumi
  Linux, macOS  curl -fsSL https://get.pulumi.com | sh
  Windows       winget install pulumi
                choco install pulumi`);
    });
});
