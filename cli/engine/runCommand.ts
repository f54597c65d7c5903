import { spawn } from "node:child_process";
import { once } from "node:events";

/** Where and how a command runs. */
export interface CommandSurroundings {
    readonly folder: string;
    /** Added to that of this process. */
    readonly environment: Readonly<Record<string, string>>;
    /** Told what the command prints, errors included. */
    readonly onOutput: (text: string) => void;
}

/**
 * Runs a command that asks nobody anything.
 *
 * @returns whether it succeeded
 */
export async function runCommand(
    command: string,
    args: readonly string[],
    { folder, environment, onOutput }: CommandSurroundings,
): Promise<boolean> {
    const child = spawn(command, args, {
        cwd: folder,
        env: { ...process.env, ...environment },
        stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding("utf8").on("data", onOutput);
    }
    const [exitCode] = (await once(child, "close")) as [number | null];
    return exitCode === 0;
}
