/** `npm run simulated`: a simulated Azure subscription in a folder, in which the real Pulumi engine deploys. */
import { CommandError } from "@pulumi/pulumi/automation";
import { AzureRefusal } from "../simulator/resources/model";
import { NotSimulated } from "../simulator/resources/notSimulated";
import { waitForEngine } from "./engine/interruption";
import { readArguments, usage, UsageError } from "./simulated/arguments";
import { runSimulated, type SimulatedParts } from "./simulated/commands";

/**
 * The command line.
 *
 * @param args - what stands behind `npm run simulated --`
 * @returns the exit code: 0, 1 where the engine or Azure refused, 2 for what was typed and is not understood
 */
export async function main(args: readonly string[], parts: SimulatedParts): Promise<number> {
    try {
        const request = readArguments(args);
        if (request === undefined) {
            parts.write(usage);
            return 0;
        }
        return await runSimulated(request, parts);
    } catch (error) {
        if (error instanceof UsageError) {
            parts.writeError(`${error.message}\nAll of it: npm run simulated -- --help`);
            return 2;
        }
        if (error instanceof AzureRefusal) {
            parts.writeError(`Azure refused (${error.status} ${error.code}): ${error.message}`);
            return 1;
        }
        if (error instanceof CommandError || error instanceof NotSimulated || isForPeople(error)) {
            parts.writeError(error.message);
            return 1;
        }
        throw error;
    }
}

/** Whatever JavaScript throws by itself is a bug, and comes with its trace. */
function isForPeople(error: unknown): error is Error {
    return error instanceof Error && error.name === "Error";
}

if (require.main === module) {
    const parts: SimulatedParts = {
        write: (line) => {
            console.log(line);
        },
        writeError: (line) => {
            console.error(line);
        },
        pass: (text) => {
            process.stdout.write(text);
        },
        passError: (text) => {
            process.stderr.write(text);
        },
        color: process.stdout.isTTY && process.env.NO_COLOR === undefined,
    };
    waitForEngine(process, parts.writeError);
    main(process.argv.slice(2), parts).then(
        (code) => {
            process.exitCode = code;
        },
        (error: unknown) => {
            console.error(error);
            process.exitCode = 1;
        },
    );
}
