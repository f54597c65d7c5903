/** Runs of a workflow on a virtual clock. Several runs may share one clock; they share nothing else. */
import type { WorkflowDefinition } from "../../language/definition";
import { nameKey } from "../../language/names";
import { Meter } from "./billing";
import type { VirtualClock } from "./clock";
import { holds } from "./conditions";
import { ExpressionError, RefusedError } from "./errors";
import { Frame } from "./frame";
import { timeText, trackingId } from "./history";
import { parameterValues } from "./parameters";
import { planOf, type Plan, type PlannedTrigger } from "./plan";
import { Random } from "./random";
import type { ErrorRecord, RunRecord } from "./records";
import { recordTime } from "./runRecord";
import { RunScope } from "./scope";
import type { Transport } from "./transport";
import type { Value, ValueObject } from "./values";
import { WorkflowRun, type RunSetup } from "./workflowRun";

/** Which workflow runs, and what it runs with. */
export interface RunRequest {
    readonly definition: WorkflowDefinition;
    /** Plain values, `$connections` among them. @default the definition's own defaults */
    readonly parameters?: ValueObject;
    readonly workflow: {
        /** ARM id. */
        readonly id: string;
        readonly name: string;
        readonly location: string;
        readonly tags?: { readonly [name: string]: string };
    };
    readonly trigger: {
        /** @default the only trigger of the definition */
        readonly name?: string;
        readonly headers?: { readonly [name: string]: string };
        readonly body: Value;
    };
    /** Answers the requests of the run; what it throws ends the simulation. */
    readonly transport: Transport;
    /** The run begins at its present time, and goes on when it is run. */
    readonly clock: VirtualClock;
    /** Orders what Azure leaves unordered. @default 1 */
    readonly seed?: number;
    /** Told once, when the run has ended, or when a condition of the trigger did not hold. */
    readonly onFinished?: (record: RunRecord) => void;
}

/**
 * Fires the trigger: the run begins at once and goes on while the clock is run.
 *
 * @throws RefusedError if the definition, or what it is given, is not valid or not supported
 */
export function startRun(request: RunRequest): void {
    const plan = planOf(request.definition);
    const trigger = findTrigger(plan, request.trigger.name);
    const parameters = parameterValues(request.definition, request.parameters ?? {});
    const setup = prepare(request, plan, trigger, parameters);
    request.clock.after(0, () => {
        const skipped = conditionsFailed(trigger, setup);
        if (skipped === undefined) {
            new WorkflowRun(setup).begin();
        } else {
            request.onFinished?.(notRun(trigger, request.clock.now, skipped));
        }
    });
}

function findTrigger(plan: Plan, name: string | undefined): PlannedTrigger {
    const triggers = [...plan.triggers.values()];
    const trigger = name === undefined ? triggers[0] : plan.triggers.get(nameKey(name));
    if (trigger === undefined || (name === undefined && triggers.length > 1)) {
        const names = triggers.map((each) => each.name).join(", ");
        throw new RefusedError(
            "TriggerNotFound",
            name === undefined
                ? `The definition has ${triggers.length} triggers (${names}); say which one starts the run.`
                : `The definition has no trigger '${name}'. It has: ${names}.`,
        );
    }
    return trigger;
}

function prepare(
    request: RunRequest,
    plan: Plan,
    trigger: PlannedTrigger,
    parameters: ReadonlyMap<string, Value>,
): RunSetup {
    const { workflow, clock, seed = 1 } = request;
    const name = `${trackingId(workflow.id, clock.now, seed).replaceAll("-", "").toUpperCase().slice(0, 29)}CU00`;
    const outputs = { headers: request.trigger.headers ?? {}, body: request.trigger.body };
    const time = timeText(clock.now);
    return {
        plan,
        trigger,
        parameters,
        runName: name,
        triggerOutputs: outputs,
        triggerRecord: {
            name: trigger.name,
            outputs,
            startTime: time,
            endTime: time,
            trackingId: trackingId(name, trigger.name),
            clientTrackingId: name,
            originHistoryName: name,
            status: "Succeeded",
        },
        workflow: {
            id: workflow.id,
            name: workflow.name,
            type: "Microsoft.Logic/workflows",
            location: workflow.location,
            tags: workflow.tags ?? {},
            run: { id: `${workflow.id}/runs/${name}`, name, type: "Microsoft.Logic/workflows/runs" },
        },
        transport: request.transport,
        clock,
        random: new Random(seed),
        onFinished: request.onFinished ?? (() => undefined),
    };
}

/** Undefined if all conditions hold; otherwise the error, if there was one. */
function conditionsFailed(
    trigger: PlannedTrigger,
    setup: RunSetup,
): { readonly error?: ErrorRecord } | undefined {
    const scope = new RunScope(
        {
            ...setup,
            name: setup.runName,
            now: setup.clock.now,
            trigger: setup.triggerRecord,
            findAction: () => undefined,
            findVariable: () => undefined,
        },
        Frame.ofRun(),
    );
    try {
        return trigger.conditions.every((condition) => holds(condition, scope)) ? undefined : {};
    } catch (error) {
        if (error instanceof ExpressionError) {
            const message =
                `Unable to process template language expressions for trigger '${trigger.name}' at line '0' and ` +
                `column '0': '${error.message}'.`;
            return { error: { code: "InvalidTemplate", message } };
        }
        throw error;
    }
}

/** There is no run, but the trigger is billed. */
function notRun(trigger: PlannedTrigger, now: number, { error }: { error?: ErrorRecord }): RunRecord {
    const meter = new Meter();
    meter.count(trigger.type, 1);
    return {
        status: "Skipped",
        ...(error === undefined ? {} : { code: error.code, error }),
        startTime: recordTime(now),
        endTime: recordTime(now),
        durationSeconds: 0,
        actions: {},
        calls: [],
        variables: {},
        billing: meter.read(),
    };
}
