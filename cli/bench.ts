/** `npm run bench`: how fast the simulator and the program are. */
import { parseArgs } from "node:util";
import { measureExtremes } from "./bench/extremes";
import { tableLines, type Measurement } from "./bench/measurement";
import { measureProcesses } from "./bench/processes";
import { measureReplays } from "./bench/replays";

const INCIDENTS = 10_000;
const ROUNDS = 7;

const usage = `npm run bench [-- --incidents <n> | --rounds <n> | --help]

Measures on this computer, and prints a table; it takes a minute or two. Nothing is sent anywhere.

  --incidents <n>  how often the typical incident is replayed; a multiple of ten (default ${INCIDENTS})
  --rounds <n>     how often each process is started (default ${ROUNDS})
  --help           this text`;

/**
 * The command line.
 *
 * @param args - what stands behind `npm run bench --`
 * @returns the exit code: 0, or 2 for options that are not known; a target that is missed is told, and no failure
 */
export async function main(
    args: readonly string[],
    write: (line: string) => void,
    writeError: (line: string) => void,
): Promise<number> {
    const options = readOptions(args);
    if (typeof options === "string") {
        writeError(`${options}\n\n${usage}`);
        return 2;
    }
    if (options.help) {
        write(usage);
        return 0;
    }
    const progress = (text: string) => {
        writeError(`… ${text}`);
    };
    const measurements: readonly Measurement[] = [
        ...(await measureReplays(options.incidents, progress)),
        ...measureExtremes(progress),
        ...measureProcesses(options.rounds, progress),
    ];
    tableLines(measurements).forEach(write);
    return 0;
}

interface Options {
    readonly help: boolean;
    readonly incidents: number;
    readonly rounds: number;
}

/** The options, or what is wrong with them. */
function readOptions(args: readonly string[]): Options | string {
    try {
        const { values } = parseArgs({
            args: [...args],
            options: {
                help: { type: "boolean", default: false },
                incidents: { type: "string", default: String(INCIDENTS) },
                rounds: { type: "string", default: String(ROUNDS) },
            },
        });
        return {
            help: values.help,
            incidents: wholeNumber("--incidents", values.incidents, 10),
            rounds: wholeNumber("--rounds", values.rounds, 1),
        };
    } catch (error) {
        return error instanceof Error ? error.message : String(error);
    }
}

function wholeNumber(option: string, text: string, step: number): number {
    const value = Number(text);
    if (!Number.isInteger(value) || value < step || value % step !== 0) {
        const allowed = step === 1 ? "a whole number from 1" : `a multiple of ${step}`;
        throw new Error(`${option} is '${text}'; it must be ${allowed}.`);
    }
    return value;
}

if (require.main === module) {
    const print = (line: string) => {
        console.log(line);
    };
    const printError = (line: string) => {
        console.error(line);
    };
    main(process.argv.slice(2), print, printError).then(
        (code) => {
            process.exitCode = code;
        },
        (error: unknown) => {
            console.error(error);
            process.exitCode = 1;
        },
    );
}
