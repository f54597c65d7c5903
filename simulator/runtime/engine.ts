import { ExpressionError, RefusedError } from "./errors";
import type { VirtualClock } from "./clock";
import { Frame, type Execution } from "./frame";
import type { ScopeStatus } from "./handler";
import {
    CANCELLED_BY_TERMINATE,
    invalidInputs,
    SKIPPED_BY_TERMINATE,
    skippedByContainer,
    skippedByRunAfter,
    type Outcome,
} from "./outcomes";
import type { PlannedAction, PlannedScope } from "./plan";
import type { Random } from "./random";

/** Sibling actions under way. */
interface ScopeRun {
    readonly scope: PlannedScope;
    readonly frame: Frame;
    readonly done: (status: ScopeStatus) => void;
    /** Predecessors that each action still waits for. */
    readonly waitingFor: Map<PlannedAction, number>;
    unfinished: number;
}

/**
 * Decides which action runs when. What is ready at the same virtual time is not ordered by Azure, so the seed orders
 * it.
 */
export class Engine {
    /** Every execution, in order of its start. */
    readonly executions: Execution[] = [];
    private readonly ready: (() => void)[] = [];
    private readonly underWay = new Map<Execution, ScopeRun>();
    private readonly scopeRuns = new Set<ScopeRun>();
    private ended = false;

    constructor(
        private readonly clock: VirtualClock,
        private readonly random: Random,
        private readonly start: (execution: Execution) => void,
        private readonly onEnd: (execution: Execution) => void,
    ) {}

    /** Runs sibling actions; `done` is told how they ended. */
    runScope(scope: PlannedScope, frame: Frame, done: (status: ScopeStatus) => void): void {
        const run: ScopeRun = {
            scope,
            frame,
            done,
            waitingFor: new Map(scope.actions.map((action) => [action, action.runAfter.length])),
            unfinished: scope.actions.length,
        };
        this.scopeRuns.add(run);
        if (run.unfinished === 0) {
            this.schedule(() => this.endScope(run));
        }
        for (const action of scope.actions) {
            if (action.runAfter.length === 0) {
                this.schedule(() => this.startAction(run, action));
            }
        }
    }

    /** Goes on at the present virtual time, in an order with other work of that time that the seed decides. */
    schedule(act: () => void): void {
        this.ready.push(act);
        this.clock.after(0, () => this.runOne());
    }

    /** Goes on later, unless the execution has ended by then. */
    after(execution: Execution, milliseconds: number, act: () => void): void {
        this.clock.after(milliseconds, () =>
            this.schedule(() => {
                if (execution.outcome === undefined) {
                    this.guard(execution, act);
                }
            }),
        );
    }

    /** Ends an execution; a second end of the same is ignored. */
    finish(execution: Execution, outcome: Outcome): void {
        if (this.ended || execution.outcome !== undefined) {
            return;
        }
        this.end(execution, outcome);
        const run = this.underWay.get(execution);
        this.underWay.delete(execution);
        if (run !== undefined) {
            this.goOn(run, execution);
        }
    }

    /** Ends actions, and what is nested in them, without running them. */
    settle(scope: PlannedScope, frame: Frame, why: (action: PlannedAction) => Outcome): void {
        for (const action of scope.actions) {
            const outcome = why(action);
            const execution = this.begin(action, frame);
            execution.attempts = outcome.status === "Skipped" ? 0 : 1;
            this.end(execution, outcome);
            for (const branch of action.branches) {
                this.settle(branch, frame, (child) =>
                    outcome === SKIPPED_BY_TERMINATE
                        ? outcome
                        : skippedByContainer(child.name, action.name, outcome.status, outcome.code),
                );
            }
        }
    }

    /** Ends a Terminate, and with it everything: what is under way is cancelled, what has not started is skipped. */
    terminate(terminate: Execution, outcome: Outcome): void {
        this.end(terminate, outcome);
        for (const run of this.scopeRuns) {
            for (const action of run.scope.actions) {
                const execution = run.frame.executions.get(action);
                if (execution === undefined) {
                    this.settle({ actions: [action], leaves: [] }, run.frame, () => SKIPPED_BY_TERMINATE);
                } else if (execution.outcome === undefined) {
                    this.end(execution, CANCELLED_BY_TERMINATE);
                }
            }
        }
        this.ended = true;
    }

    /** Does something for an execution; an expression that fails makes the execution fail. */
    guard(execution: Execution, act: () => void): void {
        try {
            act();
        } catch (error) {
            if (error instanceof RefusedError) {
                throw error.within(execution.action.name);
            }
            if (!(error instanceof ExpressionError)) {
                throw error;
            }
            execution.inputs = undefined;
            this.finish(execution, invalidInputs(execution.action.name, error.message));
        }
    }

    private runOne(): void {
        const index = this.ready.length > 1 ? this.random.below(this.ready.length) : 0;
        const act = this.ready[index];
        const last = this.ready.pop();
        if (last !== undefined && index < this.ready.length) {
            this.ready[index] = last;
        }
        if (!this.ended) {
            act?.();
        }
    }

    private startAction(run: ScopeRun, action: PlannedAction): void {
        const execution = this.begin(action, run.frame);
        execution.attempts = 1;
        this.underWay.set(execution, run);
        this.guard(execution, () => this.start(execution));
    }

    private begin(action: PlannedAction, frame: Frame): Execution {
        const now = this.clock.now;
        const execution: Execution = { action, frame, startTime: now, endTime: now, attempts: 0 };
        frame.executions.set(action, execution);
        this.executions.push(execution);
        return execution;
    }

    private end(execution: Execution, outcome: Outcome): void {
        execution.outcome = outcome;
        execution.endTime = this.clock.now;
        this.onEnd(execution);
    }

    /** After an action has finished: starts or skips what waited for it. */
    private goOn(run: ScopeRun, finished: Execution): void {
        run.unfinished -= 1;
        for (const successor of finished.action.successors) {
            const waiting = (run.waitingFor.get(successor) ?? 0) - 1;
            run.waitingFor.set(successor, waiting);
            if (waiting === 0) {
                this.startOrSkip(run, successor);
            }
        }
        if (run.unfinished === 0) {
            this.endScope(run);
        }
    }

    private startOrSkip(run: ScopeRun, action: PlannedAction): void {
        for (const { action: predecessor, statuses } of action.runAfter) {
            const actual = statusOf(run.frame, predecessor);
            if (!statuses.some((status) => status.toLowerCase() === actual.toLowerCase())) {
                const why = skippedByRunAfter(action.name, predecessor.name, statuses, actual);
                this.settle({ actions: [action], leaves: [] }, run.frame, () => why);
                const execution = run.frame.executions.get(action);
                if (execution !== undefined) {
                    this.goOn(run, execution);
                }
                return;
            }
        }
        this.schedule(() => this.startAction(run, action));
    }

    private endScope(run: ScopeRun): void {
        if (this.scopeRuns.delete(run)) {
            run.done(scopeStatus(run.scope, run.frame));
        }
    }
}

/**
 * How a scope ends: by its last actions, where a skipped one stands for those that it was to run after. What was
 * cancelled does not count.
 */
function scopeStatus(scope: PlannedScope, frame: Frame): ScopeStatus {
    const seen = new Set<PlannedAction>();
    const statuses = new Set<string>();
    const pending = [...scope.leaves];
    for (let action = pending.pop(); action !== undefined; action = pending.pop()) {
        if (seen.has(action)) {
            continue;
        }
        seen.add(action);
        const status = statusOf(frame, action);
        statuses.add(status);
        if (status === "Skipped") {
            pending.push(...action.runAfter.map((each) => each.action));
        }
    }
    return statuses.has("Failed") ? "Failed" : statuses.has("TimedOut") ? "TimedOut" : "Succeeded";
}

function statusOf(frame: Frame, action: PlannedAction): string {
    return frame.executions.get(action)?.outcome?.status ?? "Skipped";
}
