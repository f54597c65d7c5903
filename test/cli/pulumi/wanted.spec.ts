import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { isAtLeast, readWanted } from "../../../cli/pulumi/wanted";
import { projectFolder } from "../../../cli/settings";
import { Programs } from "../../support/programs";

describe("which Pulumi CLI is wanted", () => {
    const goMod = join("tools", "pulumi-cli", "go.mod");
    let programs: Programs;
    beforeEach(() => {
        programs = new Programs();
    });
    afterEach(() => {
        programs.remove();
    });

    it("is said by Pulumi.yaml and go.mod", () => {
        programs.edit("Pulumi.yaml", ">=3.218.0", ">=3.220.4");
        programs.edit(goMod, "pkg/v3 v3.259.0", "pkg/v3 v3.260.1");
        programs.edit(goMod, "go 1.26", "go 1.27.1");
        expect(readWanted(programs.folder)).to.deep.equal({
            minimum: "3.220.4",
            pinned: "3.260.1",
            go: "1.27.1",
        });
    });

    it("is a pinned version that the program itself accepts", () => {
        const { pinned, minimum } = readWanted(projectFolder);
        expect(isAtLeast(pinned, minimum)).to.equal(true);
    });

    it("has its checksums in go.sum, and those of the SDK of the same version", () => {
        const { pinned } = readWanted(projectFolder);
        const sums = readFileSync(join(projectFolder, "tools", "pulumi-cli", "go.sum"), "utf8");
        for (const module of ["pkg/v3", "sdk/v3"]) {
            for (const what of ["", "/go.mod"]) {
                expect(sums).to.contain(`\ngithub.com/pulumi/pulumi/${module} v${pinned}${what} h1:`);
            }
        }
    });

    it("may be required in a block of go.mod as well", () => {
        programs.edit(goMod, /^require (github\S+ \S+)$/m, "require (\n\t$1\n)");
        expect(readWanted(programs.folder).pinned).to.equal("3.259.0");
    });

    for (const [text, shown] of [
        ["requiredPulumiVersion: ^3.218.0", '"^3.218.0"'],
        ["requiredPulumiVersion: 3", "3"],
        ["", "not set"],
    ] as const) {
        it(`refuses a minimum that is ${shown}`, () => {
            programs.edit("Pulumi.yaml", 'requiredPulumiVersion: ">=3.218.0"', text);
            expect(() => readWanted(programs.folder)).to.throw(
                `requiredPulumiVersion of Pulumi.yaml is ${shown}; it must be ">=" and three numbers, such as ">=3.218.0".`,
            );
        });
    }

    it("refuses a go.mod without the CLI's module", () => {
        programs.edit(goMod, "github.com/pulumi/pulumi/pkg/v3 ", "github.com/pulumi/pulumi/pkg/v4 ");
        expect(() => readWanted(programs.folder)).to.throw(
            `${goMod} does not say a version. It must require github.com/pulumi/pulumi/pkg/v3 in one version, such as github.com/pulumi/pulumi/pkg/v3 v3.259.0.`,
        );
    });

    it("refuses a go.mod without a line for Go", () => {
        programs.edit(goMod, "go 1.26\n", "");
        expect(() => readWanted(programs.folder)).to.throw(
            `${goMod} does not say a version. It must have a line with the oldest Go, such as go 1.26.`,
        );
    });
});

describe("a version", () => {
    for (const [version, minimum, sufficient] of [
        ["3.218.0", "3.218.0", true],
        ["3.218.1", "3.218.0", true],
        ["3.217.9", "3.218.0", false],
        ["4.0.0", "3.218.0", true],
        ["2.999.999", "3.218.0", false],
        ["3.1000.0", "3.218.0", true],
        ["3.218.0-alpha.1", "3.218.0", false],
        ["3.219.0-alpha.1", "3.218.0", true],
        ["3.218.0+dirty", "3.218.0", true],
        ["1.26", "1.26", true],
        ["1.26.8", "1.26", true],
        ["1.26rc1", "1.26", false],
        ["1.27-4f6d3b2c", "1.26", true],
        ["1.26", "1.26.1", false],
        ["1.9", "1.26", false],
    ] as const) {
        it(`${version} is ${sufficient ? "" : "not "}at least ${minimum}`, () => {
            expect(isAtLeast(version, minimum)).to.equal(sufficient);
        });
    }
});
