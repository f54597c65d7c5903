/** Runs `npm start` in this process and keeps what it says. */
import { readSamples, type Sample, samplesFolder } from "../../cli/samples";
import { readSettings } from "../../cli/settings";
import { start, type StartParts } from "../../cli/start";
import { tenantFor } from "../../cli/tenant";

export const settings = readSettings("dev");
export const samples = readSamples(samplesFolder);

export interface Told {
    readonly code: number;
    readonly out: string;
    readonly errors: string;
}

export async function run(
    how: { json?: boolean; verbose?: boolean } = {},
    parts: Partial<StartParts> = {},
): Promise<Told> {
    const out: string[] = [];
    const errors: string[] = [];
    const code = await start(
        { json: how.json ?? false, verbose: how.verbose ?? false },
        {
            settings,
            tenant: tenantFor(settings),
            samples,
            write: (line) => out.push(line),
            writeError: (line) => errors.push(line),
            ...parts,
        },
    );
    return { code, out: out.join("\n"), errors: errors.join("\n") };
}

export function sampleNamed(name: string): Sample {
    const sample = samples.find((candidate) => candidate.name === name);
    if (sample === undefined) {
        throw new Error(`There is no sample '${name}'.`);
    }
    return sample;
}
