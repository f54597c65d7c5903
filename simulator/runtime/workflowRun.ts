import { isSameName, nameKey } from "../../language/names";
import type { VirtualClock } from "./clock";
import { Engine } from "./engine";
import { ExpressionError, NotSupportedError, RefusedError } from "./errors";
import { Frame, type Execution } from "./frame";
import type { Activity, ScopeStatus, Variable, Variables } from "./handler";
import { ACTION_FAILED, succeeded } from "./outcomes";
import type { Plan, PlannedTrigger } from "./plan";
import type { Random } from "./random";
import type { CallRecord, ErrorRecord, RunRecord, RunStatus } from "./records";
import { recordTime, runRecord } from "./runRecord";
import { RunScope, type RunFacts } from "./scope";
import type { OutboundRequest, Reply, Transport } from "./transport";
import { isObject, toText, type Value, type ValueObject } from "./values";

/** The longest that Azure keeps a run, in milliseconds. Source: Microsoft Learn, limits reference (Consumption). */
const MAX_RUN_DURATION = 90 * 86_400_000;

/** Everything that a run depends on. */
export interface RunSetup {
    readonly plan: Plan;
    readonly trigger: PlannedTrigger;
    readonly parameters: ReadonlyMap<string, Value>;
    readonly runName: string;
    readonly triggerOutputs: ValueObject;
    /** What `trigger()` gives. */
    readonly triggerRecord: ValueObject;
    /** What `workflow()` gives. */
    readonly workflow: ValueObject;
    readonly transport: Transport;
    readonly clock: VirtualClock;
    readonly random: Random;
    readonly onFinished: (record: RunRecord) => void;
}

/** One run: what its actions share, from beginning to end. */
export class WorkflowRun {
    private readonly engine: Engine;
    private readonly startTime: number;
    private readonly facts: RunFacts;
    private readonly calls: CallRecord[] = [];
    private readonly variables = new Map<string, Variable>();
    private readonly variableAccess: Variables;
    private readonly frame = Frame.ofRun();
    private isAnswered = false;

    constructor(private readonly setup: RunSetup) {
        const { clock, random, plan, variables } = { ...setup, variables: this.variables };
        this.startTime = clock.now;
        this.engine = new Engine(
            clock,
            random,
            (execution) => execution.action.handle(this.activityOf(execution)),
            (execution) => this.track(execution),
        );
        this.variableAccess = {
            find: (name) => variables.get(nameKey(name)),
            initialize: (name, type, value) => variables.set(nameKey(name), { name, type, value }),
        };
        this.facts = {
            get now() {
                return clock.now;
            },
            random,
            name: setup.runName,
            parameters: setup.parameters,
            trigger: setup.triggerRecord,
            triggerOutputs: setup.triggerOutputs,
            workflow: setup.workflow,
            findAction: (name) => plan.find(name),
            findVariable: (name) => variables.get(nameKey(name)),
        };
    }

    begin(): void {
        this.engine.runScope(this.setup.plan.root, this.frame, (status) =>
            // A run has no status of its own for what timed out.
            status === "Succeeded" ? this.finish("Succeeded") : this.finish("Failed", ACTION_FAILED),
        );
    }

    private finish(status: RunStatus, error?: ErrorRecord): void {
        const { clock, plan } = this.setup;
        if (clock.now - this.startTime > MAX_RUN_DURATION) {
            throw new NotSupportedError("A run of more than 90 days is not supported by the simulator.");
        }
        if (plan.outputs.size === 0) {
            this.report(status, error, undefined);
        } else {
            // Not within the action that came last: what goes wrong in an output is not its fault.
            clock.after(0, () => this.report(status, error, this.outputs()));
        }
    }

    private report(status: RunStatus, error: ErrorRecord | undefined, outputs: RunRecord["outputs"]): void {
        this.setup.onFinished(
            runRecord({
                plan: this.setup.plan,
                triggerType: this.setup.trigger.type,
                status,
                error,
                startTime: this.startTime,
                endTime: this.setup.clock.now,
                executions: this.engine.executions,
                calls: this.calls,
                variables: [...this.variables.values()],
                outputs,
            }),
        );
    }

    /** What the workflow returns. No document says what becomes of a run whose outputs cannot be evaluated. */
    private outputs(): NonNullable<RunRecord["outputs"]> {
        const scope = new RunScope(this.facts, this.frame);
        const entries = [...this.setup.plan.outputs].map(([name, { type, evaluate }]) => {
            try {
                return [name, { type, value: evaluate(scope) }] as const;
            } catch (error) {
                throw unevaluable(`The output '${name}'`, error);
            }
        });
        return Object.fromEntries(entries);
    }

    /**
     * Azure adds tracked properties to its diagnostics, which are no part of this record, so that only what goes wrong
     * shows. It is known as `TrackedPropertiesEvaluationFailed`, but no document says what becomes of the action.
     */
    private track(execution: Execution): void {
        const { action, frame, outcome } = execution;
        if (action.tracked === undefined || outcome?.status === "Skipped") {
            return;
        }
        try {
            action.tracked(new RunScope(this.facts, frame, { execution }));
        } catch (error) {
            throw unevaluable(`A tracked property of action '${action.name}'`, error, action.name);
        }
    }

    private activityOf(execution: Execution): Activity {
        const { engine, setup } = this;
        const { action, frame } = execution;
        return {
            action,
            execution,
            scope: new RunScope(this.facts, frame),
            get now() {
                return setup.clock.now;
            },
            runStart: this.startTime,
            variables: this.variableAccess,
            connectionKey: (connectionId) => this.connectionKey(connectionId, action.name),
            scopeOf: (value) => new RunScope(this.facts, frame, { element: value }),
            scopeIn: (inner) => new RunScope(this.facts, inner, { execution }),
            showInputs: (inputs) => {
                execution.inputs = inputs;
            },
            finish: (outcome) => engine.finish(execution, outcome),
            after: (milliseconds, act) => engine.after(execution, milliseconds, act),
            runScope: (scope, done: (status: ScopeStatus) => void, inner = frame) =>
                engine.runScope(scope, inner, (status) => engine.guard(execution, () => done(status))),
            settle: (branches, why) => branches.forEach((branch) => engine.settle(branch, frame, why)),
            send: (request, recorded) => this.send(request, recorded),
            terminate: (status, error) => {
                engine.terminate(execution, succeeded());
                this.finish(status, status === "Failed" ? (error ?? ACTION_FAILED) : undefined);
            },
            claimResponse: () => {
                const isFirst = !this.isAnswered;
                this.isAnswered = true;
                return isFirst;
            },
        };
    }

    private send(request: OutboundRequest, { queries, body }: Pick<CallRecord, "queries" | "body">): Reply {
        const reply = this.setup.transport(request);
        const { action, index, attempt, method, headers } = request;
        this.calls.push({
            time: recordTime(request.time),
            action,
            index,
            attempt,
            method,
            ...(request.kind === "http"
                ? { uri: request.uri }
                : { connection: request.connection, path: request.path }),
            queries,
            headers,
            body,
            ...("status" in reply ? { status: reply.status } : {}),
        });
        return reply;
    }

    private connectionKey(connectionId: string, action: string): string {
        const connections = this.setup.parameters.get("$connections") ?? null;
        const entry = Object.entries(isObject(connections) ? connections : {}).find(
            ([, value]) => isObject(value) && isSameName(toText(value["connectionId"] ?? null), connectionId),
        );
        if (entry === undefined) {
            throw new RefusedError(
                "InvalidTemplate",
                `The API connection '${connectionId}' is not among the values of the parameter '$connections'.`,
                action,
            );
        }
        return entry[0];
    }
}

/** The refusal of what cannot be evaluated, where no document says what Azure does then. */
function unevaluable(what: string, error: unknown, action?: string): unknown {
    if (error instanceof ExpressionError) {
        const message = `${what} cannot be evaluated, which is not supported by the simulator: ${error.message}`;
        return new NotSupportedError(message, action);
    }
    return error instanceof RefusedError && action !== undefined ? error.within(action) : error;
}
