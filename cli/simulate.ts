/** `npm run simulate`: one run of a workflow definition against a scenario, as one JSON document. */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { RefusedError } from "../simulator/runtime/errors";
import { readJson, writeJson } from "../simulator/runtime/jsonText";
import type { RunRecord } from "../simulator/runtime/records";
import { ScenarioError } from "../simulator/runtime/scenario";
import { simulate } from "../simulator/runtime/simulate";
import type { Value } from "../simulator/runtime/values";

const HELP = `Runs a workflow definition of Logic Apps (Consumption) against scripted replies, on a virtual clock.

npm run --silent simulate -- <workflow.json> [--scenario <scenario.json>] [--seed <n>]

  <workflow.json>  a definition, or { "definition": ..., "parameters": { "name": { "value": ... } } }
  --scenario       what starts the run, and how its calls are answered
  --seed           orders what Azure leaves unordered; the same seed gives the same output (default 1)

Exit codes: 0 the run, as JSON; 2 the definition is refused, or not supported; 3 the scenario is malformed, or has no
reply to a call; 1 a bug.
`;

/** A command line or a file that cannot be read. */
class UsageError extends Error {}

/** How the command ends. */
export interface Ending {
    readonly exitCode: 0 | 1 | 2 | 3;
    readonly output: string;
    readonly error: string;
}

/** Runs the command with its arguments; files are read, nothing is written. */
export function simulateCommand(args: readonly string[]): Ending {
    try {
        const { workflow, scenario, seed, help } = readArguments(args);
        const output = help ? HELP : `${show(run(workflow, scenario, seed))}\n`;
        return { exitCode: 0, output, error: "" };
    } catch (error) {
        return endingOf(error);
    }
}

if (require.main === module) {
    const { exitCode, output, error } = simulateCommand(process.argv.slice(2));
    process.stdout.write(output);
    process.stderr.write(error);
    process.exitCode = exitCode;
}

function run(workflow: string, scenario: string | undefined, seed: number): RunRecord {
    const definition = readFile(workflow, (message) => new RefusedError("InvalidTemplate", message));
    const script =
        scenario === undefined
            ? {}
            : readFile(scenario, (message) => new ScenarioError("InvalidScenario", message));
    return simulate(definition, script, { seed });
}

function readArguments(args: readonly string[]): {
    readonly workflow: string;
    readonly scenario: string | undefined;
    readonly seed: number;
    readonly help: boolean;
} {
    const { values, positionals } = parse(args);
    const [workflow = "", ...others] = positionals;
    const seed = values.seed ?? "1";
    if (values.help === true) {
        return { workflow, scenario: undefined, seed: 1, help: true };
    }
    if (workflow === "" || others.length > 0) {
        throw new UsageError(`Give one workflow file, not ${positionals.length}.`);
    }
    if (!/^\d+$/.test(seed) || !Number.isSafeInteger(Number(seed))) {
        throw new UsageError(
            `The seed is '${seed}'; it must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}.`,
        );
    }
    return { workflow, scenario: values.scenario, seed: Number(seed), help: false };
}

function parse(args: readonly string[]) {
    try {
        return parseArgs({
            args: [...args],
            allowPositionals: true,
            options: {
                scenario: { type: "string" },
                seed: { type: "string" },
                help: { type: "boolean", short: "h" },
            },
        });
    } catch (error) {
        throw new UsageError(error instanceof Error ? error.message : String(error));
    }
}

function readFile(path: string, refuse: (message: string) => Error): Value {
    let text: string;
    try {
        text = readFileSync(path, "utf8").replace(/^\ufeff/, "");
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new UsageError(`The file '${path}' cannot be read: ${reason}.`);
    }
    try {
        return readJson(text);
    } catch (error) {
        throw refuse(
            `The file '${path}' is no JSON: ${error instanceof Error ? error.message : String(error)}.`,
        );
    }
}

/** The document on standard output; what it holds has no `undefined` in it. */
function show(document: object): string {
    return writeJson(document as Value, 2);
}

function endingOf(error: unknown): Ending {
    if (error instanceof RefusedError) {
        return refused(2, error.code, error.message, error.action);
    }
    if (error instanceof ScenarioError) {
        return refused(3, error.code, error.message);
    }
    if (error instanceof UsageError) {
        return { exitCode: 1, output: "", error: `${error.message} See --help.\n` };
    }
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { exitCode: 1, output: "", error: `${trace}\n` };
}

function refused(exitCode: 2 | 3, code: string, message: string, action?: string): Ending {
    const document = { error: { code, message, ...(action === undefined ? {} : { action }) } };
    const line = message.replace(/\s*[\r\n\u2028\u2029]\s*/g, " ");
    return { exitCode, output: `${show(document)}\n`, error: `${code}: ${line}\n` };
}
