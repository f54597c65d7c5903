/** `npm run pulumi:install`: a Pulumi CLI for the project, found or built. */
import { parseArgs } from "node:util";
import { buildPulumi, type Stopwatch } from "./pulumi/build";
import {
    builtCommand,
    builtPulumi,
    type Found,
    goOnPath,
    here,
    isFound,
    type Look,
    officialWays,
    type Place,
    pulumiOnPath,
} from "./pulumi/find";
import { readWanted, type Wanted } from "./pulumi/wanted";

const usage = `npm run pulumi:install [-- --check | --help]

Gets a Pulumi CLI for this project. Takes the first of:
  1. the one that was built here before, if it is of the version that tools/pulumi-cli/go.mod pins
  2. the one on the PATH, if it is as new as Pulumi.yaml asks for (requiredPulumiVersion)
  3. one that is built now into tools/pulumi-cli/bin, if Go is installed. go build then downloads the Go modules that
     go.mod and go.sum name. Nothing else is ever downloaded.
Without any of them it tells how to install Pulumi, and ends with exit code 1.

  --check  only tells what is there; ends with exit code 0 if that is a CLI that will do, else with 1
  --help   this text`;

/** What the command works with; a test has its own. */
export interface InstallParts extends Place {
    readonly stopwatch: Stopwatch;
    readonly write: (line: string) => void;
    readonly writeError: (line: string) => void;
}

/**
 * The command line.
 *
 * @param args - what stands behind `npm run pulumi:install --`
 * @returns the exit code: 0 with a CLI, 1 without one, 2 for options that are not known
 */
export async function main(args: readonly string[], parts: InstallParts): Promise<number> {
    let values;
    try {
        const flag = { type: "boolean", default: false } as const;
        ({ values } = parseArgs({ args: [...args], options: { check: flag, help: flag } }));
    } catch (error) {
        parts.writeError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
        return 2;
    }
    if (values.help) {
        parts.write(usage);
        return 0;
    }
    const wanted = readWanted(parts.folder);
    return values.check ? check(wanted, parts) : install(wanted, parts);
}

function check(wanted: Wanted, parts: InstallParts): number {
    const pulumi = findAndTell(wanted, parts);
    const go = goOnPath(parts, wanted);
    parts.write(lineOf("Go", go));
    if (pulumi !== undefined) {
        parts.write(`Used is ${pulumi.command}.`);
        return 0;
    }
    if (isFound(go)) {
        parts.write(`npm run pulumi:install would build Pulumi ${wanted.pinned}.`);
    } else {
        parts.writeError(withoutGo(wanted));
    }
    return 1;
}

async function install(wanted: Wanted, parts: InstallParts): Promise<number> {
    const pulumi = findAndTell(wanted, parts);
    if (pulumi !== undefined) {
        parts.write(`Used is ${pulumi.command}. There is nothing to install.`);
        return 0;
    }
    const go = goOnPath(parts, wanted);
    parts.write(lineOf("Go", go));
    if (!isFound(go)) {
        parts.writeError(withoutGo(wanted));
        return 1;
    }
    return build(go, wanted, parts);
}

async function build(go: Found, wanted: Wanted, parts: InstallParts): Promise<number> {
    parts.write(
        `Building Pulumi ${wanted.pinned} into ${builtCommand(parts)}.
go build downloads the Go modules that go.mod and go.sum name, as far as they are not there yet; nothing else is
downloaded. The first build takes some minutes (about 4 on two cores).`,
    );
    const built = await buildPulumi(go, parts, wanted, parts.stopwatch, parts.write);
    if (!isFound(built)) {
        parts.writeError(
            `${built.command} ${built.problem}. Run it again, or:\n${officialWays(wanted.minimum)}`,
        );
        return 1;
    }
    parts.write(`Pulumi ${built.version} is ready: ${built.command}`);
    return 0;
}

/** Tells of every CLI that it looks at, up to the first that will do. */
function findAndTell(wanted: Wanted, parts: InstallParts): Found | undefined {
    const built = builtPulumi(parts, wanted);
    parts.write(lineOf("Pulumi built here", built));
    if (isFound(built)) {
        return built;
    }
    const onPath = pulumiOnPath(parts, wanted);
    parts.write(lineOf("Pulumi on the PATH", onPath));
    return isFound(onPath) ? onPath : undefined;
}

function lineOf(what: string, look: Look): string {
    if (look === undefined) {
        return `${what}: none`;
    }
    return isFound(look)
        ? `${what}: ${look.version}, ${look.command}`
        : `${what}: ${look.command} ${look.problem}`;
}

function withoutGo({ minimum, go }: Wanted): string {
    return `There is no Pulumi CLI that will do, and no Go to build one with.
${officialWays(minimum)}
Or install Go ${go} or newer (https://go.dev/doc/install), and run npm run pulumi:install again.`;
}

if (require.main === module) {
    const stopwatch: Stopwatch = {
        now: () => performance.now(),
        every: (milliseconds, call) => {
            const timer = setInterval(call, milliseconds);
            return () => {
                clearInterval(timer);
            };
        },
    };
    const write = (line: string) => {
        console.log(line);
    };
    const writeError = (line: string) => {
        console.error(line);
    };
    main(process.argv.slice(2), { ...here, stopwatch, write, writeError }).then(
        (code) => {
            process.exitCode = code;
        },
        (error: unknown) => {
            console.error(error);
            process.exitCode = 1;
        },
    );
}
