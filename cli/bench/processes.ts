/** What a person waits for: whole processes, from their start. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFolder } from "../settings";
import { duration, median, timeOf, type Measurement, type Progress } from "./measurement";

/** What one simulation of a small definition may take, in milliseconds. */
const MOST_SIMULATION = 1000;
/** The program's time to its last registration, to that of a program with one resource. */
const MOST_RATIO = 1.3;

/**
 * Starts processes, alternating between those that are compared.
 *
 * @param rounds - how often each is started
 */
export function measureProcesses(rounds: number, progress: Progress): Measurement[] {
    const simulations: number[] = [];
    const programs: number[] = [];
    const singles: number[] = [];
    for (let round = 1; round <= rounds; round++) {
        progress(`starting processes, round ${round} of ${rounds}`);
        simulations.push(simulation());
        programs.push(registration("program"));
        singles.push(registration("one"));
    }
    const simulated = median(simulations);
    return [
        {
            what: "npm run simulate of a small definition",
            value: duration(simulated),
            target: { text: `at most ${duration(MOST_SIMULATION)}`, met: simulated <= MOST_SIMULATION },
        },
        ...compareStarts(programs, singles),
    ];
}

/**
 * The starts of the program, beside those of a program that imports the same modules and registers one resource.
 *
 * @param programs - milliseconds of each start
 * @param singles - the same of the other program
 */
export function compareStarts(programs: readonly number[], singles: readonly number[]): Measurement[] {
    const ratio = median(programs) / median(singles);
    return [
        { what: "program start to last registration", value: duration(median(programs)) },
        { what: "the same modules, one resource", value: duration(median(singles)) },
        {
            what: "program to one resource",
            value: ratio.toFixed(2),
            target: { text: `at most ${MOST_RATIO}`, met: ratio <= MOST_RATIO },
        },
    ];
}

const SMALL_DEFINITION = {
    triggers: { manual: { type: "Request", kind: "Http", inputs: {} } },
    actions: { Answer: { type: "Compose", inputs: "@concat('a', 'b')" } },
};

function simulation(): number {
    const folder = mkdtempSync(join(tmpdir(), "bench-"));
    try {
        const file = join(folder, "workflow.json");
        writeFileSync(file, JSON.stringify(SMALL_DEFINITION));
        return timeOf(() => run("npm", ["run", "--silent", "simulate", "--", file]));
    } finally {
        rmSync(folder, { recursive: true });
    }
}

function registration(program: "program" | "one"): number {
    return Number(run(process.execPath, ["--import=tsx", join(__dirname, "programStart.ts"), program]));
}

/** @returns what it writes to standard output */
function run(command: string, args: readonly string[]): string {
    const { status, stdout, stderr, error } = spawnSync(command, args, {
        cwd: projectFolder,
        encoding: "utf8",
    });
    if (error !== undefined || status !== 0) {
        throw new Error(`'${command} ${args.join(" ")}' failed: ${error?.message ?? stderr}`);
    }
    return stdout;
}
