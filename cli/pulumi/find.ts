/** Finds a Pulumi CLI for the project, and Go to build one with. Starts nothing but `<command> version`. */
import { spawnSync } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { join, posix, resolve, win32 } from "node:path";
import { projectFolder } from "../settings";
import { isAtLeast, moduleFolder, readWanted, type Wanted } from "./wanted";

/** A program that can be used. */
export interface Found {
    /** Its file, absolute. */
    readonly command: string;
    /** Without a leading "v" or "go". */
    readonly version: string;
}

/** A program that is there, and why it cannot be used. */
export interface Unfit {
    readonly command: string;
    readonly problem: string;
}

/** What a look at one place brought: undefined where there is nothing. */
export type Look = Found | Unfit | undefined;

/** Where is looked; a test has its own. */
export interface Place {
    /** The project. */
    readonly folder: string;
    readonly env: NodeJS.ProcessEnv;
    readonly platform: NodeJS.Platform;
}

/** This project on this computer. */
export const here: Place = { folder: projectFolder, env: process.env, platform: process.platform };

/** How long a program may take to tell its version. Virus scanners read 100 MB first. */
const VERSION_TIMEOUT_MS = 60_000;

/**
 * The Pulumi CLI of the project: the one that was built here, if it is of the pinned version, else the one on the
 * PATH, if it is new enough. Nothing is built or downloaded.
 */
export function findPulumi(place: Place = here): Found | undefined {
    const wanted = readWanted(place.folder);
    const built = builtPulumi(place, wanted);
    if (isFound(built)) {
        return built;
    }
    const onPath = pulumiOnPath(place, wanted);
    return isFound(onPath) ? onPath : undefined;
}

/** Whether there is something that can be used. */
export function isFound(look: Look): look is Found {
    return look !== undefined && "version" in look;
}

/** Where a CLI is built to. */
export function builtCommand({ folder, platform }: Place): string {
    return join(folder, moduleFolder, "bin", fileName("pulumi", platform));
}

/** The CLI that was built here. Only the pinned version will do: another one is from before the pin was changed. */
export function builtPulumi(place: Place, { pinned }: Wanted): Look {
    const command = builtCommand(place);
    return isExecutable(command, place.platform)
        ? fit(
              lookAt(command, PULUMI_VERSION, place),
              (version) => version === pinned,
              `${join(moduleFolder, "go.mod")} pins ${pinned}`,
          )
        : undefined;
}

/** The CLI that a shell would start. */
export function pulumiOnPath(place: Place, { minimum }: Wanted): Look {
    const command = onPath("pulumi", place);
    return command === undefined
        ? undefined
        : fit(
              lookAt(command, PULUMI_VERSION, place),
              (version) => isAtLeast(version, minimum),
              `Pulumi.yaml asks for ${minimum} or newer`,
          );
}

/** The Go that a shell would start. */
export function goOnPath(place: Place, { go }: Wanted): Look {
    const command = onPath("go", place);
    return command === undefined
        ? undefined
        : fit(
              lookAt(command, GO_VERSION, place),
              (version) => isAtLeast(version, go),
              `${join(moduleFolder, "go.mod")} asks for ${go} or newer`,
          );
}

/** The environment of every program that is started: as it is, but nothing may be fetched unasked. */
export function quietEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    return {
        ...env,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        // Else Go replaces itself by a newer one where a go.mod asks for it: https://go.dev/doc/toolchain
        GOTOOLCHAIN: "local",
    };
}

/**
 * The ways to a CLI that Pulumi documents: https://www.pulumi.com/docs/install/
 *
 * @param minimum - the oldest version that will do
 */
export function officialWays(minimum: string): string {
    return `Install Pulumi ${minimum} or newer, see https://www.pulumi.com/docs/install/
  macOS         brew install pulumi/tap/pulumi
  Linux, macOS  curl -fsSL https://get.pulumi.com | sh
  Windows       winget install pulumi
                choco install pulumi`;
}

/** What to do where {@link findPulumi} finds nothing. */
export const howToGetPulumi = howToGet(readWanted(here.folder));

function howToGet({ minimum, pinned, go }: Wanted): string {
    return `A Pulumi CLI is needed: on the PATH, or built here.
With Go ${go} or newer, npm run pulumi:install builds Pulumi ${pinned}. Without Go:
${officialWays(minimum)}`;
}

const PULUMI_VERSION = /^v?(\d+\.\d+\.\d+\S*)\s*$/;

const GO_VERSION = /^go version (?:devel )?go(\d+\.\d+\S*)/;

function lookAt(command: string, pattern: RegExp, { env }: Place): Found | Unfit {
    const { error, status, signal, stdout } = spawnSync(command, ["version"], {
        encoding: "utf8",
        env: quietEnvironment(env),
        stdio: ["ignore", "pipe", "ignore"],
        timeout: VERSION_TIMEOUT_MS,
    });
    if (error !== undefined) {
        return { command, problem: `cannot be run (${error.message})` };
    }
    if (status !== 0) {
        const ending = status === null ? `ended by ${signal ?? "a signal"}` : `exit code ${status}`;
        return { command, problem: `does not tell its version (${ending})` };
    }
    const version = pattern.exec(stdout)?.[1];
    return version === undefined
        ? { command, problem: `does not tell its version, but ${JSON.stringify(stdout.trim())}` }
        : { command, version };
}

function fit(look: Found | Unfit, suffices: (version: string) => boolean, asked: string): Found | Unfit {
    return !isFound(look) || suffices(look.version)
        ? look
        : { command: look.command, problem: `is ${look.version}, but ${asked}` };
}

function onPath(program: string, { env, platform }: Place): string | undefined {
    const { delimiter } = platform === "win32" ? win32 : posix;
    return (
        (env.PATH ?? "")
            .split(delimiter)
            .map((folder) => folder.replace(/^"(.*)"$/, "$1"))
            // An empty entry is the working folder to a shell: nothing of there is started unasked.
            .filter((folder) => folder !== "")
            .map((folder) => resolve(folder, fileName(program, platform)))
            .find((file) => isExecutable(file, platform))
    );
}

function fileName(program: string, platform: NodeJS.Platform): string {
    // A .cmd is not looked for: it cannot be started without a shell.
    return platform === "win32" ? `${program}.exe` : program;
}

function isExecutable(file: string, platform: NodeJS.Platform): boolean {
    try {
        accessSync(file, platform === "win32" ? constants.F_OK : constants.X_OK);
        return statSync(file).isFile();
    } catch {
        return false;
    }
}
