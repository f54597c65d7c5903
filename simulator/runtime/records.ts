/** What a run leaves behind: the run history, the wire, and the bill. */
import type { SecuredSide } from "../../language/definition";
import type { Value } from "./values";

export type ActionStatus = "Succeeded" | "Failed" | "Skipped" | "TimedOut" | "Cancelled";

/** `Skipped`: a condition of the trigger did not hold, so there is no run. */
export type RunStatus = "Succeeded" | "Failed" | "Cancelled" | "Skipped";

export interface ErrorRecord {
    readonly code: string;
    readonly message: string;
}

/** One execution of an action, as the run history shows it. */
export interface ExecutionRecord {
    readonly status: ActionStatus;
    readonly code?: string;
    readonly error?: ErrorRecord;
    /** Absent where there are none, or where they are secured. */
    readonly inputs?: Value;
    readonly outputs?: Value;
    /** The sides that are hidden, `inputs` first; absent when none is. */
    readonly secured?: readonly SecuredSide[];
    /** ISO 8601; absent for an action of a loop without iterations. */
    readonly startTime?: string;
    readonly endTime?: string;
    /** Requests sent, polls not counted; 1 for what sends none; 0 for what was skipped. */
    readonly attempts: number;
}

/** One execution within loops. */
export interface RepetitionRecord extends ExecutionRecord {
    /** Indexes of the iterations around it, outermost first. */
    readonly index: readonly number[];
}

/** An action; in loops, what describes it is its execution with the highest index. */
export interface ActionRecord extends ExecutionRecord {
    /** Present within loops, ordered by index. */
    readonly repetitions?: readonly RepetitionRecord[];
}

/** A request on the wire. Secured inputs and outputs do not hide it: this is no run history. */
export interface CallRecord {
    /** ISO 8601. */
    readonly time: string;
    readonly action: string;
    readonly index: readonly number[];
    /** 1 for the first attempt; a poll has the number of the attempt that it belongs to. */
    readonly attempt: number;
    readonly method: string;
    readonly uri?: string;
    readonly connection?: string;
    readonly path?: string;
    readonly queries: { readonly [name: string]: Value };
    readonly headers: { readonly [name: string]: string };
    readonly body: Value;
    /** Absent when no answer came. */
    readonly status?: number;
}

/** Billable executions by class, and what they cost at list price. */
export interface BillingRecord {
    readonly builtIn: number;
    readonly standard: number;
    readonly enterprise: number;
    readonly usd: number;
}

export interface RunRecord {
    readonly status: RunStatus;
    readonly code?: string;
    readonly error?: ErrorRecord;
    readonly startTime: string;
    readonly endTime: string;
    readonly durationSeconds: number;
    /** Every action of the definition, nested ones too; empty if there was no run. */
    readonly actions: { readonly [name: string]: ActionRecord };
    readonly calls: readonly CallRecord[];
    /** Final values. */
    readonly variables: { readonly [name: string]: Value };
    /** What the workflow returns; absent where its definition has no outputs. */
    readonly outputs?: { readonly [name: string]: { readonly type: string; readonly value: Value } };
    readonly billing: BillingRecord;
}
