/** Scenarios: what starts a run, and how its calls are answered. */
import Ajv, { type ErrorObject } from "ajv";
import type { JsonObject } from "../../language/json";
import { parseDateTime, toUnixMs } from "./dateTime";
import { durationMs } from "./durations";
import { scenarioSchema } from "./scenarioSchema";
import type { Reply } from "./transport";
import type { Value, ValueObject } from "./values";

/** A scenario that is malformed, or that has no answer to a call. */
export class ScenarioError extends Error {
    constructor(
        readonly code: "InvalidScenario" | "NoReply",
        message: string,
    ) {
        super(message);
        this.name = "ScenarioError";
    }
}

/** Which calls are answered by an entry; what is absent matches anything. */
export interface Match {
    readonly method?: string;
    /** Exact, or with `*` for any run of characters. */
    readonly uri?: string;
    /** Key under `$connections`. */
    readonly connection?: string;
    /** As {@link Match.uri}; of a connection's calls. */
    readonly path?: string;
    /** Values that queries of a connection's call must have. */
    readonly queries?: JsonObject;
}

export interface Scenario {
    /** Virtual start in milliseconds since 1970-01-01 UTC. */
    readonly startTime: number;
    readonly workflow: {
        readonly id: string;
        readonly name: string;
        readonly location: string;
        readonly tags: { readonly [name: string]: string };
    };
    /** Plain values, which win over the workflow file's. */
    readonly parameters: ValueObject;
    readonly trigger: {
        readonly name?: string;
        readonly headers: { readonly [name: string]: string };
        readonly body: Value;
    };
    /** In the order in which they are tried. */
    readonly calls: readonly { readonly match: Match; readonly replies: readonly Reply[] }[];
    /** Answers what nothing else does; absent: such a call is an error. */
    readonly unmatched?: Reply;
}

/** A date, or a date and time; functions of workflows read other forms as well. */
const ISO_8601 = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** @default of a scenario without `startTime` */
const DEFAULT_START = "2026-01-01T00:00:00Z";

/** @default of a scenario without `workflow` */
const DEFAULT_WORKFLOW = {
    id:
        "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/simulated/providers/Microsoft.Logic/" +
        "workflows/simulated",
    name: "simulated",
    location: "westeurope",
    tags: {},
};

const validate = new Ajv({ allErrors: true }).compile(scenarioSchema);

/** A scenario as its file has it. */
type Written = {
    readonly startTime?: string;
    readonly workflow?: Partial<Scenario["workflow"]>;
    readonly parameters?: ValueObject;
    readonly trigger?: Partial<Scenario["trigger"]>;
    readonly calls?: readonly { readonly match: Match; readonly replies: readonly WrittenReply[] }[];
    readonly unmatched?: "error" | WrittenReply;
};

type WrittenReply = {
    readonly status?: number;
    readonly headers?: { readonly [name: string]: string };
    readonly body?: Value;
    readonly latency?: string;
    readonly error?: string;
    readonly message?: string;
    readonly timeout?: true;
};

/**
 * Reads a scenario.
 *
 * @throws ScenarioError (`InvalidScenario`) that names the place and what is allowed there
 */
export function readScenario(value: unknown): Scenario {
    if (!isWritten(value)) {
        throw invalid(describe(validate.errors ?? []));
    }
    const start = value.startTime ?? DEFAULT_START;
    const startTime = ISO_8601.test(start) ? parseDateTime(start) : undefined;
    if (startTime === undefined) {
        throw invalid(`/startTime is '${start}'; it must be an ISO 8601 timestamp, e.g. ${DEFAULT_START}.`);
    }
    const { unmatched = "error" } = value;
    return {
        startTime: toUnixMs(startTime),
        workflow: { ...DEFAULT_WORKFLOW, ...value.workflow },
        parameters: value.parameters ?? {},
        trigger: { headers: {}, body: null, ...value.trigger },
        calls: (value.calls ?? []).map((call, index) => {
            checkMatch(call.match, `/calls/${index}/match`);
            const replies = call.replies.map((reply, at) =>
                readReply(reply, `/calls/${index}/replies/${at}`),
            );
            return { match: call.match, replies };
        }),
        ...(unmatched === "error" ? {} : { unmatched: readReply(unmatched, "/unmatched") }),
    };
}

function isWritten(value: unknown): value is Written {
    return validate(value);
}

function checkMatch(match: Match, place: string): void {
    const ofConnection = (["connection", "path", "queries"] as const).find((key) => match[key] !== undefined);
    if (match.uri !== undefined && ofConnection !== undefined) {
        throw invalid(
            `${place} has both 'uri' and '${ofConnection}'; 'uri' is for Http actions, 'connection', 'path' and ` +
                "'queries' are for calls through a connection.",
        );
    }
}

function readReply(reply: WrittenReply, place: string): Reply {
    const kinds = (["status", "error", "timeout"] as const).filter((key) => reply[key] !== undefined);
    if (kinds.length !== 1) {
        const found = kinds.length === 0 ? "none of them" : kinds.map((kind) => `'${kind}'`).join(" and ");
        throw invalid(
            `${place} must have exactly one of 'status' (an answer), 'error' (a transport failure) and 'timeout'; ` +
                `it has ${found}.`,
        );
    }
    const latency = reply.latency === undefined ? 0 : durationMs(reply.latency);
    if (latency === undefined) {
        throw invalid(`${place}/latency is '${reply.latency}'; it must be an ISO 8601 duration, e.g. PT1S.`);
    }
    if (reply.timeout === true) {
        return { timeout: true };
    }
    if (reply.error !== undefined) {
        return {
            error: reply.error,
            latency,
            ...(reply.message === undefined ? {} : { message: reply.message }),
        };
    }
    return {
        status: reply.status ?? 0,
        latency,
        ...(reply.headers === undefined ? {} : { headers: reply.headers }),
        ...(reply.body === undefined ? {} : { body: reply.body }),
    };
}

function describe(errors: readonly ErrorObject[]): string {
    const lines = errors.map(({ instancePath, message, params }) => {
        const place = instancePath === "" ? "The scenario" : instancePath;
        const details = params as { readonly additionalProperty?: string; readonly allowedValue?: unknown };
        if (details.additionalProperty !== undefined) {
            return `${place} must not have the property '${details.additionalProperty}'`;
        }
        const allowed = details.allowedValue === undefined ? "" : ` ${JSON.stringify(details.allowedValue)}`;
        return `${place} ${message ?? "is not valid"}${allowed}`;
    });
    return `${[...new Set(lines)].join("; ")}.`;
}

function invalid(message: string): ScenarioError {
    return new ScenarioError("InvalidScenario", message);
}
