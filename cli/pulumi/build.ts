/** Builds the pinned Pulumi CLI from its Go module. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { builtCommand, builtPulumi, type Found, type Place, quietEnvironment, type Unfit } from "./find";
import { cliModule, moduleFolder, type Wanted } from "./wanted";

/** Real time; a test has its own. */
export interface Stopwatch {
    /** Milliseconds since any moment. */
    now(): number;
    /** Calls until the function that it returns is called. */
    every(milliseconds: number, call: () => void): () => void;
}

/** How often it is told that the build still goes on. */
const TELL_EVERY_MS = 30_000;

/** The variable that holds the version: a CLI without it tells none, and the Automation API refuses it. */
const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/**
 * Builds the CLI, and asks it for its version.
 *
 * @param go - builds it
 * @param progress - takes what Go says while it builds, and how long it has taken so far
 */
export async function buildPulumi(
    go: Found,
    place: Place,
    wanted: Wanted,
    stopwatch: Stopwatch,
    progress: (line: string) => void,
): Promise<Found | Unfit> {
    const started = stopwatch.now();
    const elapsed = () => duration(stopwatch.now() - started);
    const stop = stopwatch.every(TELL_EVERY_MS, () => {
        progress(`… ${elapsed()}`);
    });
    const failure = await run(go.command, buildArguments(place, wanted), place, progress).finally(stop);
    if (failure !== undefined) {
        return { command: go.command, problem: `did not build it: ${failure} after ${elapsed()}` };
    }
    progress(`Built in ${elapsed()}.`);
    const command = builtCommand(place);
    return builtPulumi(place, wanted) ?? { command, problem: "was built, but is not there" };
}

/** Minutes and seconds. */
export function duration(milliseconds: number): string {
    const seconds = Math.round(milliseconds / 1000);
    const minutes = Math.floor(seconds / 60);
    return minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds % 60} s`;
}

function buildArguments(place: Place, { pinned }: Wanted): string[] {
    return [
        "build",
        // go.mod and go.sum are complete; whatever is not in them is refused, not added.
        "-mod=readonly",
        "-trimpath",
        "-ldflags",
        `-s -w -X ${VERSION_VARIABLE}=v${pinned}`,
        "-o",
        builtCommand(place),
        `${cliModule}/cmd/pulumi`,
    ];
}

/** @returns what went wrong */
function run(
    command: string,
    args: readonly string[],
    { folder, env }: Place,
    progress: (line: string) => void,
): Promise<string | undefined> {
    return new Promise((resolve) => {
        const child = spawn(command, args, {
            cwd: join(folder, moduleFolder),
            // A go.work of a folder above would put other modules beside the pinned ones.
            env: { ...quietEnvironment(env), GOWORK: "off" },
            stdio: ["ignore", "pipe", "pipe"],
        });
        createInterface({ input: child.stdout }).on("line", progress);
        createInterface({ input: child.stderr }).on("line", progress);
        child.once("error", ({ message }) => {
            resolve(message);
        });
        child.once("close", (code, signal) => {
            resolve(code === 0 ? undefined : code === null ? `${signal ?? "killed"}` : `exit code ${code}`);
        });
    });
}
