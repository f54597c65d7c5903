/** What `npm start` tells, as data. */
import type { JsonObject } from "../language/json";
import type { BillingRecord } from "../simulator/runtime/records";
import { commentText } from "./commentText";
import type { Deployed, DeploymentDuration } from "./deploy";
import { differences } from "./judge";
import { play } from "./replay";
import type { Sample } from "./samples";

/** The JSON document of `npm start -- --json`. */
export interface Report {
    readonly resources: readonly {
        readonly type: string;
        readonly name: string;
        readonly dependsOn: readonly string[];
    }[];
    /** Secret ones are hidden. */
    readonly outputs: JsonObject;
    /** How long the deployment took in virtual time; only with the engine. */
    readonly duration?: DeploymentDuration;
    readonly replays: readonly ReplayReport[];
}

/** One sample in that document. */
export interface ReplayReport {
    readonly sample: string;
    /** Whether it ended as the sample says. */
    readonly ok: boolean;
    readonly runs: readonly RunReport[];
    readonly comments: readonly CommentReport[];
}

/** A run of a playbook in that document. */
export interface RunReport {
    /** Key of the playbook. */
    readonly playbook: string;
    readonly status: string;
    readonly code?: string;
    /** On the virtual clock. */
    readonly durationSeconds: number;
    readonly billing: BillingRecord;
}

/** A comment in that document. */
export interface CommentReport {
    /** ARM id. */
    readonly incident: string;
    /** ISO 8601, on the virtual clock. */
    readonly time: string;
    readonly html: string;
    readonly text: string;
}

/** A replay with what people want to know beside the document. */
export interface Replay {
    readonly report: ReplayReport;
    readonly sentence: string;
    /** Automation rules that fired, by run; absent for a run that the webhook started. */
    readonly rules: readonly (string | undefined)[];
    /** Why it did not end as the sample says; empty where it did. */
    readonly problems: readonly string[];
}

/** Plays a sample in a deployed program and judges what came of it. What breaks on the way is a problem too. */
export function replay(sample: Sample, deployed: Deployed): Replay {
    try {
        return judged(sample, deployed);
    } catch (error) {
        const problem = error instanceof Error ? error.message : String(error);
        const report = { sample: sample.name, ok: false, runs: [], comments: [] };
        return { report, sentence: sample.sentence, rules: [], problems: [problem] };
    }
}

function judged(sample: Sample, deployed: Deployed): Replay {
    const played = play(sample, deployed);
    const problems = differences(sample, played, deployed.playbookOf);
    const comments = [...played.incidents.values()].flatMap((incident) =>
        incident.comments.map(({ time, message }) => ({ incident: incident.id, time, html: message })),
    );
    return {
        report: {
            sample: sample.name,
            ok: problems.length === 0,
            runs: played.runs.map(({ workflow, record: { status, code, durationSeconds, billing } }) => ({
                playbook: deployed.playbookOf(workflow.id),
                status,
                ...(code === undefined ? {} : { code }),
                durationSeconds,
                billing,
            })),
            comments: comments
                .sort((left, right) => left.time - right.time)
                .map(({ incident, time, html }) => ({
                    incident,
                    time: new Date(time).toISOString(),
                    html,
                    text: commentText(html),
                })),
        },
        sentence: sample.sentence,
        rules: played.runs.map(({ rule }) => rule),
        problems,
    };
}
