/** The samples: one file each, checked against `samples/schema/sample.json`. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import Ajv from "ajv";
import type { Json } from "../language/json";
import type { Disturbance, IntezerUsage, IntezerWorld, NewIncident } from "../simulator/services";

/** An alert of a sample's incident. */
export interface SampleAlert {
    readonly systemAlertId: string;
    readonly displayName: string;
    readonly productName: string;
    readonly providerAlertId: string;
    /** When queries see it, in seconds from the start. @default with its incident */
    readonly arrivesAt?: number;
}

/** An incident of a sample. */
export interface SampleIncident extends Omit<NewIncident, "alerts"> {
    /** Names it within the sample. */
    readonly ref: string;
    /** In seconds from the start; negative: it was there before the automation rules. @default 0 */
    readonly at?: number;
    readonly alerts?: readonly SampleAlert[];
}

/** What must come of a run; what is not given is not compared. */
export interface ExpectedRun {
    readonly playbook: string;
    readonly status: string;
    readonly code?: string;
    readonly calls?: number;
    /** Least and greatest duration. */
    readonly seconds?: readonly [number, number];
}

/** A sample: what exists, what happens, and what must come of it. */
export interface Sample {
    readonly name: string;
    readonly sentence: string;
    readonly intezer?: Omit<IntezerWorld, "apiKey" | "baseUrl">;
    readonly incidents?: readonly SampleIncident[];
    readonly disturbances?: readonly Disturbance[];
    readonly webhook?: { readonly at?: number; readonly body: Json };
    readonly expected: {
        readonly runs: readonly ExpectedRun[];
        readonly comments: readonly { readonly incident: string; readonly text: readonly string[] }[];
        readonly tags?: { readonly [incident: string]: readonly string[] };
        readonly intezer?: Partial<Omit<IntezerUsage, "environments">>;
    };
}

/** Where the samples of this project are. */
export const samplesFolder = join(__dirname, "..", "samples");

/**
 * Reads every sample of a folder, in order of file names.
 *
 * @throws Error that lists every problem with file and place
 */
export function readSamples(folder: string): readonly Sample[] {
    const files = readdirSync(folder)
        .filter((file) => file.endsWith(".json"))
        .sort();
    const problems: string[] = [];
    const samples = files.flatMap((file) => {
        const [sample, found] = check(join(folder, file));
        problems.push(...found.map((problem) => `${file}: ${problem}`));
        return sample === undefined ? [] : [sample];
    });
    if (problems.length > 0) {
        throw new Error(
            `Samples that cannot be used (see samples/schema/sample.json):\n  ${problems.join("\n  ")}`,
        );
    }
    return samples;
}

const validate = new Ajv({ allErrors: true, allowUnionTypes: true, strictTypes: false }).compile<Sample>(
    JSON.parse(readFileSync(join(samplesFolder, "schema", "sample.json"), "utf8")) as object,
);

function check(path: string): readonly [Sample | undefined, readonly string[]] {
    let sample: unknown;
    try {
        sample = JSON.parse(readFileSync(path, "utf8"));
    } catch (error) {
        return [undefined, [`is no JSON: ${error instanceof Error ? error.message : String(error)}`]];
    }
    if (!validate(sample)) {
        const problems = (validate.errors ?? []).map(({ instancePath, message, params }) => {
            const allowed = "allowedValues" in params ? `: ${JSON.stringify(params["allowedValues"])}` : "";
            const property =
                "additionalProperty" in params ? ` '${String(params["additionalProperty"])}'` : "";
            return `${instancePath || "/"} ${message ?? "is wrong"}${property}${allowed}`;
        });
        return [undefined, problems];
    }
    const name = basename(path, ".json").replace(/^\d+-/, "");
    return [sample, sample.name === name ? [] : [`/name must be '${name}' as the file's`]];
}
