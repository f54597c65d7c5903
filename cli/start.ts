/** `npm start`: deploys the program into a simulated Azure and plays the samples there. */
import { parseArgs } from "node:util";
import { deploy, type Deploy, type Deployed } from "./deploy";
import {
    durationLines,
    engineHeading,
    heading,
    outputLines,
    replayLines,
    resourceHeading,
    resourcePrinter,
    sampleHeading,
    verdict,
} from "./print";
import { deployWithEngine } from "./engine/deploy";
import { waitForEngine } from "./engine/interruption";
import { findPulumi, here, howToGetPulumi, type Place } from "./pulumi/find";
import { replay, type Replay, type Report } from "./report";
import { readSamples, type Sample, samplesFolder } from "./samples";
import { readSettings, type StackSettings } from "./settings";
import { tenantFor, type Tenant } from "./tenant";

/** The stack whose settings are used. */
const STACK = "dev";

const usage = `npm start [-- [--engine] [--json | --verbose] | --help]

Deploys this Pulumi program with the settings of Pulumi.${STACK}.yaml and a made-up Intezer key into a simulated
Azure on this computer, then plays the samples of samples/ there: incidents and webhooks, down to the comments
that an analyst would read. Ends with exit code 0 only when every sample ended as it says.

  --engine   with the real Pulumi engine in between: what pulumi up does, and how long it would take in Azure
             (needs the Pulumi CLI: npm run pulumi:install)
  --json     one JSON document and nothing else (npm puts its own heading above it: npm run --silent start -- --json)
  --verbose  nothing is cut: all that a resource waits for, whole comments, every difference of a sample that failed
  --help     this text`;

/** Where things come from and go to; a test has its own. */
export interface StartParts {
    readonly settings: StackSettings;
    readonly tenant: Tenant;
    readonly samples: readonly Sample[];
    /** @default {@link deploy}, without the engine */
    readonly deploy?: Deploy;
    readonly write: (line: string) => void;
    readonly writeError: (line: string) => void;
}

/**
 * Deploys and replays.
 *
 * @returns the exit code: 0, or 1 when something was refused or a sample did not end as it says
 */
export async function start(how: { json: boolean; verbose: boolean }, parts: StartParts): Promise<number> {
    const say = how.json ? () => undefined : parts.write;
    (parts.deploy === undefined ? heading : engineHeading).forEach(say);
    say(resourceHeading(parts.settings.stack));
    const lineOf = resourcePrinter(how.verbose);
    const resources: Report["resources"][number][] = [];
    let deployed: Deployed | undefined;
    try {
        deployed = await (parts.deploy ?? deploy)(parts.settings, parts.tenant, (registration) => {
            const { type, name, dependsOn } = registration;
            resources.push({ type, name, dependsOn });
            say(lineOf(registration));
        });
    } catch (error) {
        parts.writeError(
            `The deployment was refused.\n${error instanceof Error ? error.message : String(error)}`,
        );
    }
    const outputs = deployed?.outputs ?? {};
    const replays: Replay[] = [];
    if (deployed !== undefined) {
        outputLines(outputs, how.verbose).forEach(say);
        durationLines(deployed.duration, how.verbose).forEach(say);
        say(sampleHeading);
        for (const sample of parts.samples) {
            const replayed = replay(sample, deployed);
            replays.push(replayed);
            replayLines(replayed, how.verbose).forEach(say);
        }
        say(verdict(replays, parts.deploy === undefined ? [] : ["--engine"]));
    }
    if (how.json) {
        const duration = deployed?.duration;
        const report: Report = {
            resources,
            outputs,
            ...(duration === undefined ? {} : { duration }),
            replays: replays.map((replayed) => replayed.report),
        };
        parts.write(JSON.stringify(report, undefined, 2));
        tellProblems(replays, parts.writeError);
    }
    return deployed !== undefined && replays.every(({ report }) => report.ok) ? 0 : 1;
}

/** The document has no place for them. */
function tellProblems(replays: readonly Replay[], writeError: (line: string) => void): void {
    for (const { report, problems } of replays) {
        problems.forEach((problem) => {
            writeError(`${report.sample}: ${problem}`);
        });
    }
}

/**
 * The command line.
 *
 * @param args - what stands behind `npm start --`
 * @param place - where the Pulumi CLI is looked for, if it is needed. @default {@link here}
 * @returns the exit code: that of `start`, or 2 for options that are not known
 */
export async function main(
    args: readonly string[],
    write: (line: string) => void,
    writeError: (line: string) => void,
    place: Place = here,
): Promise<number> {
    let values;
    try {
        const flag = { type: "boolean", default: false } as const;
        ({ values } = parseArgs({
            args: [...args],
            options: { engine: flag, json: flag, verbose: flag, help: flag },
        }));
    } catch (error) {
        writeError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
        return 2;
    }
    if (values.help) {
        write(usage);
        return 0;
    }
    const settings = readSettings(STACK);
    const samples = readSamples(samplesFolder);
    const parts = { settings, tenant: tenantFor(settings), samples, write, writeError };
    if (!values.engine) {
        return start(values, parts);
    }
    if (findPulumi(place) === undefined) {
        writeError(howToGetPulumi);
        return 1;
    }
    waitForEngine(process, writeError);
    return start(values, { ...parts, deploy: deployWithEngine });
}

if (require.main === module) {
    const print = (line: string) => {
        console.log(line);
    };
    const printError = (line: string) => {
        console.error(line);
    };
    process.stdout.on("error", (error: NodeJS.ErrnoException) => {
        // Whoever reads may have seen enough, like `head`; the exit code still tells how it ended.
        if (error.code !== "EPIPE") {
            throw error;
        }
    });
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
