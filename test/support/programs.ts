/** A project and a PATH of its own, with programs that are made up. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Place } from "../../cli/pulumi/find";

/** What a made-up go was asked to do. */
export interface GoCall {
    readonly args: readonly string[];
    readonly cwd: string;
    readonly env: Readonly<Record<string, string | undefined>>;
}

/** Asks for 3.218.0. */
const PULUMI_YAML = `name: intezer-sentinel
runtime: nodejs
requiredPulumiVersion: ">=3.218.0"
`;

/** Pins 3.259.0, and asks for Go 1.26. */
const GO_MOD = `module example

go 1.26

require github.com/pulumi/pulumi/pkg/v3 v3.259.0

require (
\tgithub.com/pulumi/inflector v0.1.1 // indirect
\tgithub.com/pulumi/pulumi/sdk/v3 v3.259.0 // indirect
)
`;

/** A temporary project, and a PATH with nothing on it. */
export class Programs {
    private readonly root = mkdtempSync(join(tmpdir(), "programs-"));
    private readonly log = join(this.root, "go.json");
    /** The project. */
    readonly folder = join(this.root, "project");
    /** The only folder on the PATH. */
    readonly path = join(this.root, "path");
    /** Where a CLI is built to. */
    readonly built = join(this.folder, "tools", "pulumi-cli", "bin", "pulumi");

    constructor() {
        mkdirSync(this.path);
        mkdirSync(join(this.folder, "tools", "pulumi-cli"), { recursive: true });
        writeFileSync(join(this.folder, "Pulumi.yaml"), PULUMI_YAML);
        writeFileSync(join(this.folder, "tools", "pulumi-cli", "go.mod"), GO_MOD);
    }

    /** Where to look, instead of this computer. */
    get place(): Place {
        return {
            folder: this.folder,
            env: { PATH: this.path, GOPROXY: "https://proxy.example" },
            platform: "linux",
        };
    }

    /** Changes a file of the project. */
    edit(file: string, from: string | RegExp, to: string): void {
        const path = join(this.folder, file);
        writeFileSync(path, readFileSync(path, "utf8").replace(from, to));
    }

    /** A program that prints a text for `version`, and refuses everything else. */
    tells(file: string, text: string): string {
        return this.program(file, toldBy(text));
    }

    /**
     * A program that runs a script.
     *
     * @param script - JavaScript
     */
    program(file: string, script: string): string {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, `#!${process.execPath}\n${script}`);
        chmodSync(file, 0o755);
        return file;
    }

    /**
     * A go on the PATH, which notes how it was asked to build.
     *
     * @param version - e.g. `go1.26.8`
     * @param told - what the CLI that it builds prints for `version`; undefined if it builds none
     * @param exitCode - how the build ends
     */
    go(version: string, told?: string, exitCode = 0): string {
        const cli = told === undefined ? undefined : `#!${process.execPath}\n${toldBy(told)}`;
        return this.program(
            join(this.path, "go"),
            `const { mkdirSync, writeFileSync } = require("node:fs");
            const { dirname } = require("node:path");
            const args = process.argv.slice(2);
            if (args[0] === "version") {
                console.log(${JSON.stringify(`go version ${version} linux/amd64`)});
                process.exit();
            }
            const { GOPROXY, GOTOOLCHAIN, GOWORK, GOFLAGS } = process.env;
            const env = { GOPROXY, GOTOOLCHAIN, GOWORK, GOFLAGS };
            writeFileSync(${JSON.stringify(this.log)}, JSON.stringify({ args, cwd: process.cwd(), env }));
            console.error("go: downloading example.com/module v1.0.0");
            const cli = ${JSON.stringify(cli) ?? "undefined"};
            if (cli !== undefined) {
                const file = args[args.indexOf("-o") + 1];
                mkdirSync(dirname(file), { recursive: true });
                writeFileSync(file, cli, { mode: 0o755 });
            }
            process.exitCode = ${exitCode};`,
        );
    }

    /** How the made-up go was asked to build; undefined if it was not. */
    get goCall(): GoCall | undefined {
        return existsSync(this.log) ? (JSON.parse(readFileSync(this.log, "utf8")) as GoCall) : undefined;
    }

    remove(): void {
        rmSync(this.root, { recursive: true });
    }
}

function toldBy(text: string): string {
    return `process.argv[2] === "version" ? console.log(${JSON.stringify(text)}) : process.exit(9);`;
}
