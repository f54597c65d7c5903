/** Whether a sample ended as it says. */
import { commentText } from "./commentText";
import type { Played, PlayedRun } from "./replay";
import type { ExpectedRun, Sample } from "./samples";

/**
 * Why a sample did not end as it says: what Azure refused, and everything in which what came of it differs from
 * what it expects. Empty where nothing differs, whatever was refused: a sample may expect that.
 *
 * @param playbookOf - key of the playbook that a workflow is, by its ARM id
 */
export function differences(
    sample: Sample,
    played: Played,
    playbookOf: (workflowId: string) => string,
): string[] {
    const found = compare(sample, played, playbookOf);
    const causes = played.refusals.map(
        ({ workflow, action, status, body }) =>
            `Azure refused ${action} of ${workflow} with ${status}: ${JSON.stringify(body)}`,
    );
    return found.length === 0 ? [] : [...new Set(causes), ...found];
}

function compare(sample: Sample, played: Played, playbookOf: (workflowId: string) => string): string[] {
    const { runs, comments, tags = {}, intezer = {} } = sample.expected;
    const told = [...played.incidents].flatMap(([ref, incident]) =>
        incident.comments.map((comment) => ({ ref, ...comment })),
    );
    told.sort((left, right) => left.time - right.time);
    return [
        ...played.obstacles,
        ...compared(
            "playbooks that ran",
            runs.map(({ playbook }) => playbook),
            played.runs.map(({ workflow }) => playbookOf(workflow.id)),
        ),
        ...runs.flatMap((expected, index) => runDifferences(expected, played.runs[index])),
        ...compared(
            "comments",
            comments.map(({ incident, text }) => `${incident}: ${text.join("\n")}`),
            told.map(({ ref, message }) => `${ref}: ${commentText(message)}`),
        ),
        ...[...played.incidents].flatMap(([ref, incident]) =>
            compared(`tags of ${ref}`, tags[ref] ?? [], incident.labels),
        ),
        ...(["tokens", "files", "urls", "alerts"] as const).flatMap((count) =>
            intezer[count] === undefined
                ? []
                : compared(`Intezer's ${count}`, intezer[count], played.usage[count]),
        ),
    ];
}

function runDifferences(expected: ExpectedRun, run: PlayedRun | undefined): string[] {
    if (run === undefined) {
        return [];
    }
    const { status, code, durationSeconds, calls } = run.record;
    const [least, greatest] = expected.seconds ?? [0, Infinity];
    const inTime = durationSeconds >= least && durationSeconds <= greatest;
    return [
        ...compared(`status of ${expected.playbook}`, expected.status, status),
        ...compared(`code of ${expected.playbook}`, expected.code, code),
        ...(expected.calls === undefined
            ? []
            : compared(`calls of ${expected.playbook}`, expected.calls, calls.length)),
        ...(inTime
            ? []
            : [
                  `duration of ${expected.playbook}: expected ${least} to ${greatest} s, was ${durationSeconds} s`,
              ]),
    ];
}

function compared(what: string, expected: unknown, actual: unknown): string[] {
    const [wanted, found] = [expected, actual].map((value) => JSON.stringify(value) ?? "none");
    return wanted === found ? [] : [`${what}: expected ${wanted}, was ${found}`];
}
