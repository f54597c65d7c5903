/** What `npm start` tells, as lines for people. */
import type { Json } from "../language/json";
import type { Registration } from "../simulator/resources/registrations";
import type { DeploymentDuration } from "./deploy";
import type { CommentReport, Replay, RunReport } from "./report";

/** Longest line of the default output. */
const WIDTH = 120;

/** Lines that a comment gets in the default output. */
const COMMENT_LINES = 2;

/** Problems of a sample that the default output shows, each of them whole. */
const SHOWN_PROBLEMS = 5;

const INDENT = " ".repeat(5);

/** Stands above everything. */
export const heading = [
    "Intezer for Microsoft Sentinel: this Pulumi program, deployed into a simulated Azure on this computer.",
    "Nothing is sent anywhere, and time is virtual.",
];

/** Stands above everything where the engine deploys. */
export const engineHeading = [
    "Intezer for Microsoft Sentinel: this Pulumi program, deployed by the real Pulumi engine into a simulated Azure.",
    "All of it runs on this computer. Nothing is sent anywhere, and time in Azure is virtual.",
];

/** Stands above the resources. */
export function resourceHeading(stack: string): string {
    return `Resources of stack ${stack}, as they come: type, name < what it waits for`;
}

/**
 * Makes a line of each resource, given in order of registration. Of what a resource waits for it names what is
 * not waited for anyway, by something else that it names.
 *
 * @param verbose - nothing is cut
 */
export function resourcePrinter(verbose: boolean): (registration: Registration) => string {
    const before = new Map<string, ReadonlySet<string>>();
    return ({ type, name, dependsOn }) => {
        const implied = new Set(dependsOn.flatMap((other) => [...(before.get(other) ?? [])]));
        before.set(name, new Set([...dependsOn, ...implied]));
        const named = dependsOn.filter((other) => !implied.has(other));
        const line = `  ${type.padEnd(44)} ${name}${named.length === 0 ? "" : ` < ${named.join(", ")}`}`;
        return verbose ? line : fitted(line);
    };
}

/**
 * Stack outputs, as `pulumi stack output` would show them.
 *
 * @param verbose - nothing is cut, and objects are shown with what is in them
 */
export function outputLines(outputs: { readonly [name: string]: Json }, verbose: boolean): string[] {
    const lines = Object.entries(outputs).map(
        ([name, value]) => `  ${name.padEnd(18)} ${verbose ? whole(value) : summary(value)}`,
    );
    return ["Outputs", ...(verbose ? lines : lines.map(fitted))];
}

/**
 * The virtual time of a deployment: the longest chain, a line for each step, and the whole; nothing where no time is
 * known, or nothing was written.
 *
 * @param verbose - nothing is cut
 */
export function durationLines(duration: DeploymentDuration | undefined, verbose: boolean): string[] {
    if (duration === undefined || duration.longestChain.length === 0) {
        return [];
    }
    const steps = duration.longestChain.flatMap(({ name, seconds, waitedSeconds, refusals }) => {
        const wait = waitedSeconds === 0 ? "" : `, of which ${waitedSeconds} s waiting for Azure:`;
        const why = refusals.map((words) => `${INDENT}${words}`);
        return [`  ${name.padEnd(32)} ${String(seconds).padStart(6)} s${wait}`, ...why];
    });
    const lines = [
        `Time in Azure, estimated: ${duration.seconds} s, by the longest chain of resources that wait for each other`,
        ...steps,
    ];
    return verbose ? lines : lines.map(fitted);
}

/** Stands above the samples. */
export const sampleHeading =
    "Samples: automation rules that fired; of each run status, virtual duration, billed executions, list price in USD";

/**
 * A sample: whether it ended as it says, the rules that fired, the runs, the comments.
 *
 * @param verbose - nothing is cut
 */
export function replayLines({ report, sentence, rules, problems }: Replay, verbose: boolean): string[] {
    const lines = [
        `${report.ok ? "ok  " : "FAIL"} ${report.sample}: ${sentence}`,
        ...ruleLines(rules, verbose),
        ...joined(report.runs.map(runText), " | "),
        ...report.comments.flatMap((comment) => commentLines(comment, verbose)),
        ...problems.slice(0, verbose ? undefined : SHOWN_PROBLEMS).flatMap(problemLines),
    ];
    return verbose ? lines : lines.map(fitted);
}

/**
 * The last line.
 *
 * @param options - of the command line, which bring the same again
 */
export function verdict(replays: readonly Replay[], options: readonly string[] = []): string {
    const failed = replays.filter(({ report }) => !report.ok).length;
    const again = `All of it, uncut: npm start -- ${[...options, "--verbose"].join(" ")}`;
    return failed === 0
        ? `All ${replays.length} samples ended as they should. ${again}`
        : `${failed} of ${replays.length} samples did not end as they should. ${again}`;
}

function ruleLines(rules: readonly (string | undefined)[], verbose: boolean): string[] {
    const fired = rules.filter((rule) => rule !== undefined);
    // What stands in brackets at the end of a rule's name is the same for all of a stack.
    const names = verbose ? fired : fired.map((rule) => rule.replace(/ \([^)]*\)$/, ""));
    return names.length === 0 ? [] : joined([`rules ${names.join(", ")}`], "");
}

function runText({ playbook, status, code, durationSeconds, billing }: RunReport): string {
    const executions = billing.builtIn + billing.standard + billing.enterprise;
    const result = code === undefined ? status : `${status} ${code}`;
    return `${playbook} ${result} ${durationSeconds} s ${executions}x $${billing.usd}`;
}

function commentLines({ time, text }: CommentReport, verbose: boolean): string[] {
    const head = `${INDENT}${time.slice(11, 19)} comment: `;
    const margin = " ".repeat(head.length);
    const lines = verbose
        ? text.split("\n")
        : cutTo(COMMENT_LINES, folded(text.split("\n").join(" / "), WIDTH - head.length));
    return lines.map((line, index) => `${index === 0 ? head : margin}${line}`);
}

/** Breaks a text between words into lines of at most this width; a longer word is broken itself. */
function folded(text: string, width: number): string[] {
    return text.match(new RegExp(`\\S.{0,${width - 1}}(?=\\s|$)|\\S{1,${width}}`, "gu")) ?? [];
}

function cutTo(count: number, lines: readonly string[]): string[] {
    return lines.length <= count
        ? [...lines]
        : lines.slice(0, count).map((line, index) => (index < count - 1 ? line : `${line.slice(0, -1)}…`));
}

/** As many parts in a line as fit. */
function joined(parts: readonly string[], separator: string): string[] {
    const lines: string[] = [];
    for (const part of parts) {
        const last = lines.at(-1);
        if (last !== undefined && last.length + separator.length + part.length <= WIDTH) {
            lines[lines.length - 1] = last + separator + part;
        } else {
            lines.push(INDENT + part);
        }
    }
    return lines;
}

function summary(value: Json): string {
    return typeof value === "object" && value !== null ? Object.keys(value).join(", ") : whole(value);
}

function whole(value: Json): string {
    return typeof value === "string" ? value : JSON.stringify(value);
}

function problemLines(problem: string): string[] {
    const margin = INDENT + "  ";
    const lines = folded(problem.replaceAll("\n", " / "), WIDTH - margin.length);
    return lines.map((line, index) => (index === 0 ? `${INDENT}! ${line}` : margin + line));
}

function fitted(line: string): string {
    return line.length <= WIDTH ? line : `${line.slice(0, WIDTH - 1)}…`;
}
