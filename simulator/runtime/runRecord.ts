/** Turns what happened in a run into its record. */
import { Meter } from "./billing";
import type { Execution } from "./frame";
import type { Variable } from "./handler";
import type { Plan, PlannedAction } from "./plan";
import type {
    ActionRecord,
    CallRecord,
    ErrorRecord,
    ExecutionRecord,
    RepetitionRecord,
    RunRecord,
    RunStatus,
} from "./records";

/** A run that has ended. */
export interface EndedRun {
    readonly plan: Plan;
    readonly triggerType: string;
    readonly status: RunStatus;
    readonly error?: ErrorRecord;
    /** In milliseconds since 1970-01-01 UTC. */
    readonly startTime: number;
    readonly endTime: number;
    readonly executions: readonly Execution[];
    readonly calls: readonly CallRecord[];
    readonly variables: readonly Variable[];
    readonly outputs: RunRecord["outputs"];
}

export function runRecord(run: EndedRun): RunRecord {
    const byAction = new Map<PlannedAction, Execution[]>();
    for (const execution of run.executions) {
        const known = byAction.get(execution.action);
        if (known === undefined) {
            byAction.set(execution.action, [execution]);
        } else {
            known.push(execution);
        }
    }
    const meter = new Meter();
    meter.count(run.triggerType, 1);
    for (const { action, outcome, attempts } of run.executions) {
        if (outcome !== undefined && outcome.status !== "Skipped") {
            meter.count(action.type, attempts);
        }
    }
    return {
        status: run.status,
        ...(run.error === undefined ? {} : { code: run.error.code, error: run.error }),
        startTime: recordTime(run.startTime),
        endTime: recordTime(run.endTime),
        durationSeconds: (run.endTime - run.startTime) / 1_000,
        actions: Object.fromEntries(
            run.plan.actions.map((action) => [action.name, actionRecord(action, byAction.get(action) ?? [])]),
        ),
        calls: run.calls,
        variables: Object.fromEntries(run.variables.map(({ name, value }) => [name, value])),
        ...(run.outputs === undefined ? {} : { outputs: run.outputs }),
        billing: meter.read(),
    };
}

/** A time in a record: ISO 8601 with milliseconds. */
export function recordTime(milliseconds: number): string {
    return new Date(milliseconds).toISOString();
}

function actionRecord(action: PlannedAction, executions: readonly Execution[]): ActionRecord {
    if (action.loops.length === 0) {
        const [execution] = executions;
        return execution === undefined ? { status: "Skipped", attempts: 0 } : executionRecord(execution);
    }
    // Where a loop around it had no iteration, there is an execution outside of iterations, which says why.
    const repetitions = executions
        .filter((execution) => execution.frame.indexes.length === action.loops.length)
        .map((execution) => ({ index: execution.frame.indexes, execution: executionRecord(execution) }))
        .sort((a, b) => compareIndexes(a.index, b.index));
    const last = repetitions.at(-1);
    if (last !== undefined) {
        return { ...last.execution, repetitions: repetitions.map(toRepetition) };
    }
    const [unrepeated] = executions;
    const code = unrepeated?.outcome?.code;
    return { status: "Skipped", ...(code === undefined ? {} : { code }), attempts: 0, repetitions: [] };
}

function toRepetition({
    index,
    execution,
}: {
    readonly index: readonly number[];
    readonly execution: ExecutionRecord;
}): RepetitionRecord {
    return { index, ...execution };
}

function executionRecord({ action, outcome, ...execution }: Execution): ExecutionRecord {
    const { status = "Cancelled", code, error, outputs } = outcome ?? {};
    const hidden = status === "Skipped" ? [] : action.hidden;
    const { inputs } = execution;
    return {
        status,
        ...(code === undefined ? {} : { code }),
        ...(error === undefined ? {} : { error }),
        ...(inputs === undefined || hidden.includes("inputs") ? {} : { inputs }),
        ...(outputs === undefined || hidden.includes("outputs") ? {} : { outputs }),
        ...(hidden.length === 0 ? {} : { secured: hidden }),
        startTime: recordTime(execution.startTime),
        endTime: recordTime(execution.endTime),
        attempts: execution.attempts,
    };
}

function compareIndexes(a: readonly number[], b: readonly number[]): number {
    const at = a.findIndex((index, level) => index !== b[level]);
    return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
