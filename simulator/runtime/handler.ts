import type { Scope } from "./evaluate";
import type { Execution, Frame } from "./frame";
import type { Outcome } from "./outcomes";
import type { PlannedAction, PlannedScope } from "./plan";
import type { CallRecord, ErrorRecord } from "./records";
import type { OutboundRequest, Reply } from "./transport";
import type { Value } from "./values";

/** How the branches of a container ended. */
export type ScopeStatus = "Succeeded" | "Failed" | "TimedOut";

/** Carries out an action of one type; it ends with {@link Activity.finish}, now or later. */
export type Handler = (activity: Activity) => void;

/** An execution under way, as its handler sees it. */
export interface Activity {
    readonly action: PlannedAction;
    readonly execution: Execution;
    /** For the expressions of the action. */
    readonly scope: Scope;
    /** Virtual time in milliseconds since 1970-01-01 UTC. */
    readonly now: number;
    /** When the run began, likewise. */
    readonly runStart: number;
    readonly variables: Variables;
    /** The key of the `$connections` entry with this connection id. */
    connectionKey(connectionId: string): string;
    /** A scope for the expressions of one element: `item()` is that element. */
    scopeOf(item: Value): Scope;
    /** A scope for an expression about an iteration of this very action, such as the condition of an Until. */
    scopeIn(frame: Frame): Scope;
    /** What the run history shows as inputs. */
    showInputs(inputs: Value): void;
    finish(outcome: Outcome): void;
    /** Goes on after some virtual time, unless the execution has ended by then. */
    after(milliseconds: number, act: () => void): void;
    /** Runs the actions of a branch, in an iteration where `frame` is given. */
    runScope(scope: PlannedScope, done: (status: ScopeStatus) => void, frame?: Frame): void;
    /** Ends the actions of branches without having run them; what is nested in them is skipped along. */
    settle(branches: readonly PlannedScope[], why: (action: PlannedAction) => Outcome): void;
    /** Sends a request and writes it down. */
    send(request: OutboundRequest, recorded: Pick<CallRecord, "queries" | "body">): Reply;
    /** Ends the action with success, and the run with a status. */
    terminate(status: "Succeeded" | "Failed" | "Cancelled", error: ErrorRecord | undefined): void;
    /** Whether this is the first response of the run. */
    claimResponse(): boolean;
}

/** The variables of a run; they are the same everywhere in it. */
export interface Variables {
    initialize(name: string, type: string, value: Value): void;
    /** Undefined if there is no such variable yet. */
    find(name: string): Variable | undefined;
}

export interface Variable {
    readonly name: string;
    /** One of the language's types, in its own letter case. */
    readonly type: string;
    value: Value;
}
