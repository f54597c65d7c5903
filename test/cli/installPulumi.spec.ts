import { realpathSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { main } from "../../cli/installPulumi";
import { duration } from "../../cli/pulumi/build";
import { Programs } from "../support/programs";

const officialWays = `Install Pulumi 3.218.0 or newer, see https://www.pulumi.com/docs/install/
  macOS         brew install pulumi/tap/pulumi
  Linux, macOS  curl -fsSL https://get.pulumi.com | sh
  Windows       winget install pulumi
                choco install pulumi`;

const withoutGo = `There is no Pulumi CLI that will do, and no Go to build one with.
${officialWays}
Or install Go 1.26 or newer (https://go.dev/doc/install), and run npm run pulumi:install again.`;

describe("npm run pulumi:install", () => {
    const goMod = join("tools", "pulumi-cli", "go.mod");
    let programs: Programs;
    let onPath: string;
    beforeEach(() => {
        programs = new Programs();
        onPath = join(programs.path, "pulumi");
    });
    afterEach(() => {
        programs.remove();
    });

    /** The build is told of once, after 30 seconds, and takes 100. */
    async function command(...args: string[]) {
        const out: string[] = [];
        const errors: string[] = [];
        const intervals: number[] = [];
        let time = 5_000;
        const stopwatch = {
            now: () => time,
            every: (milliseconds: number, call: () => void) => {
                intervals.push(milliseconds);
                time += milliseconds;
                call();
                return () => {
                    time += 70_000;
                };
            },
        };
        const code = await main(args, {
            ...programs.place,
            stopwatch,
            write: (line) => out.push(line),
            writeError: (line) => errors.push(line),
        });
        return { code, out, errors, intervals };
    }

    const building = () => `Building Pulumi 3.259.0 into ${programs.built}.
go build downloads the Go modules that go.mod and go.sum name, as far as they are not there yet; nothing else is
downloaded. The first build takes some minutes (about 4 on two cores).`;

    it("uses the one that was built here before, and looks no further", async () => {
        programs.tells(programs.built, "v3.259.0");
        programs.tells(onPath, "v3.300.0");
        programs.go("go1.26.8", "v3.259.0");
        expect(await command()).to.deep.equal({
            code: 0,
            out: [
                `Pulumi built here: 3.259.0, ${programs.built}`,
                `Used is ${programs.built}. There is nothing to install.`,
            ],
            errors: [],
            intervals: [],
        });
        expect(programs.goCall).to.equal(undefined);
    });

    it("uses the one on the PATH where it is new enough, and builds none", async () => {
        programs.tells(onPath, "v3.218.0");
        programs.go("go1.26.8", "v3.259.0");
        expect(await command()).to.deep.equal({
            code: 0,
            out: [
                "Pulumi built here: none",
                `Pulumi on the PATH: 3.218.0, ${onPath}`,
                `Used is ${onPath}. There is nothing to install.`,
            ],
            errors: [],
            intervals: [],
        });
        expect(programs.goCall).to.equal(undefined);
    });

    it("builds one where there is none, tells how long it takes, and asks it for its version", async () => {
        const go = programs.go("go1.26.8", "v3.259.0");
        expect(await command()).to.deep.equal({
            code: 0,
            out: [
                "Pulumi built here: none",
                "Pulumi on the PATH: none",
                `Go: 1.26.8, ${go}`,
                building(),
                "… 30 s",
                "go: downloading example.com/module v1.0.0",
                "Built in 1 min 40 s.",
                `Pulumi 3.259.0 is ready: ${programs.built}`,
            ],
            errors: [],
            intervals: [30_000],
        });
    });

    it("asks Go for what go.mod and go.sum say and nothing else, and leaves its settings alone", async () => {
        programs.go("go1.26.8", "v3.259.0");
        await command();
        expect(programs.goCall).to.deep.equal({
            args: [
                "build",
                "-mod=readonly",
                "-trimpath",
                "-ldflags",
                "-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v3.259.0",
                "-o",
                programs.built,
                "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
            ],
            cwd: realpathSync(join(programs.folder, "tools", "pulumi-cli")),
            env: { GOPROXY: "https://proxy.example", GOTOOLCHAIN: "local", GOWORK: "off" },
        });
    });

    it("builds anew where what is there is of another version, or too old", async () => {
        programs.tells(programs.built, "v3.258.0");
        programs.tells(onPath, "v3.217.1");
        const go = programs.go("go1.27rc1", "v3.259.0");
        const { code, out } = await command();
        expect(code).to.equal(0);
        expect(out.slice(0, 3)).to.deep.equal([
            `Pulumi built here: ${programs.built} is 3.258.0, but ${goMod} pins 3.259.0`,
            `Pulumi on the PATH: ${onPath} is 3.217.1, but Pulumi.yaml asks for 3.218.0 or newer`,
            `Go: 1.27rc1, ${go}`,
        ]);
        expect(out.at(-1)).to.equal(`Pulumi 3.259.0 is ready: ${programs.built}`);
    });

    for (const [what, script, problem] of [
        ["fails", "process.exit(3);", "does not tell its version (exit code 3)"],
        ["prints nothing", "", 'does not tell its version, but ""'],
        ["prints no version", 'console.log("hello");', 'does not tell its version, but "hello"'],
        [
            "is killed",
            'process.kill(process.pid, "SIGKILL");',
            "does not tell its version (ended by SIGKILL)",
        ],
    ] as const) {
        it(`tells of a CLI that ${what} when it is asked for its version, and goes on`, async () => {
            programs.program(onPath, script);
            const { code, out, errors } = await command();
            expect(code).to.equal(1);
            expect(out[1]).to.equal(`Pulumi on the PATH: ${onPath} ${problem}`);
            expect(errors).to.deep.equal([withoutGo]);
        });
    }

    it("tells of a CLI that cannot be started at all", async () => {
        programs.tells(programs.built, "v3.259.0");
        programs.edit(join("tools", "pulumi-cli", "bin", "pulumi"), /^#!.*/, "#!/nowhere/node");
        const { out } = await command();
        expect(out[0]).to.equal(
            `Pulumi built here: ${programs.built} cannot be run (spawnSync ${programs.built} ENOENT)`,
        );
    });

    it("names the official ways where there is no Go, and ends with 1", async () => {
        expect(await command()).to.deep.equal({
            code: 1,
            out: ["Pulumi built here: none", "Pulumi on the PATH: none", "Go: none"],
            errors: [withoutGo],
            intervals: [],
        });
    });

    it("names them where Go is too old, and builds nothing", async () => {
        const go = programs.go("go1.25.9", "v3.259.0");
        const { code, out, errors } = await command();
        expect([code, errors]).to.deep.equal([1, [withoutGo]]);
        expect(out.at(-1)).to.equal(`Go: ${go} is 1.25.9, but ${goMod} asks for 1.26 or newer`);
        expect(programs.goCall).to.equal(undefined);
    });

    it("ends with 1 where the build fails, after what Go said", async () => {
        const go = programs.go("go1.26.8", undefined, 2);
        const { code, out, errors } = await command();
        expect(code).to.equal(1);
        expect(out.slice(-2)).to.deep.equal(["… 30 s", "go: downloading example.com/module v1.0.0"]);
        expect(errors).to.deep.equal([
            `${go} did not build it: exit code 2 after 1 min 40 s. Run it again, or:\n${officialWays}`,
        ]);
    });

    it("ends with 1 where Go says that it has built it, but it is not there", async () => {
        programs.go("go1.26.8");
        const { code, errors } = await command();
        expect(code).to.equal(1);
        expect(errors).to.deep.equal([
            `${programs.built} was built, but is not there. Run it again, or:\n${officialWays}`,
        ]);
    });

    it("ends with 1 where what was built tells another version", async () => {
        programs.go("go1.26.8", "v3.258.0");
        const { code, errors } = await command();
        expect(code).to.equal(1);
        expect(errors).to.deep.equal([
            `${programs.built} is 3.258.0, but ${goMod} pins 3.259.0. Run it again, or:\n${officialWays}`,
        ]);
    });

    it("only tells what is there with --check: 0 with a CLI, with Go in any case", async () => {
        programs.tells(onPath, "v3.300.0");
        const go = programs.go("go1.26.8", "v3.259.0");
        expect(await command("--check")).to.deep.equal({
            code: 0,
            out: [
                "Pulumi built here: none",
                `Pulumi on the PATH: 3.300.0, ${onPath}`,
                `Go: 1.26.8, ${go}`,
                `Used is ${onPath}.`,
            ],
            errors: [],
            intervals: [],
        });
    });

    it("only tells what would be built with --check, and ends with 1", async () => {
        const go = programs.go("go1.26.8", "v3.259.0");
        expect(await command("--check")).to.deep.equal({
            code: 1,
            out: [
                "Pulumi built here: none",
                "Pulumi on the PATH: none",
                `Go: 1.26.8, ${go}`,
                "npm run pulumi:install would build Pulumi 3.259.0.",
            ],
            errors: [],
            intervals: [],
        });
        expect(programs.goCall).to.equal(undefined);
    });

    it("names the official ways with --check where there is nothing", async () => {
        const { code, errors } = await command("--check");
        expect([code, errors]).to.deep.equal([1, [withoutGo]]);
    });

    it("explains itself with --help, and looks for nothing", async () => {
        programs.tells(onPath, "v3.300.0");
        const { code, out, errors } = await command("--help");
        expect([code, out.length, errors]).to.deep.equal([0, 1, []]);
        expect(out[0]).to.match(/^npm run pulumi:install \[-- --check \| --help\]\n/);
    });

    for (const argument of ["--force", "build"]) {
        it(`ends with 2 for ${argument}, says which, and builds nothing`, async () => {
            programs.go("go1.26.8", "v3.259.0");
            const { code, out, errors } = await command(argument);
            expect([code, out]).to.deep.equal([2, []]);
            expect(errors[0]).to.contain(`'${argument}'`).and.contain("npm run pulumi:install");
            expect(programs.goCall).to.equal(undefined);
        });
    }
});

describe("the duration of a build", () => {
    for (const [milliseconds, text] of [
        [0, "0 s"],
        [59_499, "59 s"],
        [59_500, "1 min 0 s"],
        [227_000, "3 min 47 s"],
    ] as const) {
        it(`of ${milliseconds} ms is ${text}`, () => {
            expect(duration(milliseconds)).to.equal(text);
        });
    }
});
