/** Runs of a workflow on a virtual clock. Several runs may share one clock; they share nothing else. */
import type { WorkflowDefinition } from "../../language/definition";
import { MAX_SPLIT_WITH_CONCURRENCY } from "../../language/limits";
import { nameKey } from "../../language/names";
import { Meter } from "./billing";
import type { VirtualClock } from "./clock";
import { holds } from "./conditions";
import { ExpressionError, NotSupportedError, RefusedError } from "./errors";
import { Frame } from "./frame";
import { timeText, trackingId } from "./history";
import { parameterValues } from "./parameters";
import { planOf, type Plan, type PlannedTrigger } from "./plan";
import { Random } from "./random";
import type { ErrorRecord, RunRecord } from "./records";
import { recordTime } from "./runRecord";
import { RunScope } from "./scope";
import type { Transport } from "./transport";
import { isArray, typeName, type Value, type ValueObject } from "./values";
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
    /**
     * Told once for each run, when it has ended, or when a condition of the trigger did not hold. A trigger with
     * `splitOn` starts a run for each element.
     */
    readonly onFinished?: (record: RunRecord) => void;
    /** Refuses a trigger that splits into several runs. @default false */
    readonly onlyOneRun?: boolean;
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
    const fired = prepare(request, plan, trigger, parameters, request.trigger.body);
    request.clock.after(0, () => {
        const split = splitItems(fired, request.onlyOneRun ?? false);
        if ("error" in split) {
            request.onFinished?.(notRun(trigger, request.clock.now, split));
            return;
        }
        const setups = split.items?.map((item, index) =>
            prepare(request, plan, trigger, parameters, item, index),
        );
        (setups ?? [fired]).forEach(beginIfConditionsHold);
    });
}

function beginIfConditionsHold(setup: RunSetup): void {
    const failed = conditionsFailed(setup);
    if (failed === undefined) {
        new WorkflowRun(setup).begin();
    } else {
        setup.onFinished(notRun(setup.trigger, setup.clock.now, failed));
    }
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
    body: Value,
    index = 0,
): RunSetup {
    const { workflow, clock } = request;
    const seed = (request.seed ?? 1) + index;
    const name = `${trackingId(workflow.id, clock.now, seed).replaceAll("-", "").toUpperCase().slice(0, 29)}CU00`;
    const outputs = { headers: request.trigger.headers ?? {}, body };
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

/**
 * The elements that start a run each, where the trigger has `splitOn`; or why there is no run.
 *
 * @throws NotSupportedError if there is none, or more than one where only one run is wanted
 */
function splitItems(
    setup: RunSetup,
    onlyOneRun: boolean,
): { readonly items?: readonly Value[] } | { readonly error: ErrorRecord } {
    const { splitOn, name, limitsRuns } = setup.trigger;
    if (splitOn === undefined) {
        return {};
    }
    const result = evaluated(setup, () => splitOn.evaluate(triggerScope(setup)));
    if ("error" in result) {
        return result;
    }
    if (!isArray(result.value)) {
        const message =
            `The template language expression evaluation failed: 'The execution of template trigger '${name}' failed: ` +
            `the result of the evaluation of 'splitOn' expression '${splitOn.source}' is of type ` +
            `'${typeName(result.value)}'. The result must be a valid array.'`;
        return { error: { code: "ExpressionEvaluationFailed", message } };
    }
    const count = result.value.length;
    if (count === 0 || (onlyOneRun && count > 1)) {
        throw new NotSupportedError(
            `The trigger '${name}' splits into ${count} runs, which is not supported by the simulator; one is.`,
        );
    }
    if (limitsRuns && count > MAX_SPLIT_WITH_CONCURRENCY) {
        throw new NotSupportedError(
            `The trigger '${name}', which limits concurrent runs, splits into ${count} runs, which is not supported ` +
                `by the simulator; the limit is ${MAX_SPLIT_WITH_CONCURRENCY}.`,
        );
    }
    return { items: result.value };
}

/** Undefined if all conditions hold; otherwise the error, if there was one. */
function conditionsFailed(setup: RunSetup): { readonly error?: ErrorRecord } | undefined {
    const scope = triggerScope(setup);
    const result = evaluated(setup, () =>
        setup.trigger.conditions.every((condition) => holds(condition, scope)),
    );
    return "error" in result ? result : result.value === true ? undefined : {};
}

/** The value of an expression of the trigger, or the error that it ends with. */
function evaluated(
    { trigger }: RunSetup,
    evaluate: () => Value,
): { readonly value: Value } | { readonly error: ErrorRecord } {
    try {
        return { value: evaluate() };
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

/** For the expressions of the trigger, before there is a run. */
function triggerScope(setup: RunSetup): RunScope {
    const facts = {
        ...setup,
        name: setup.runName,
        now: setup.clock.now,
        trigger: setup.triggerRecord,
        findAction: () => undefined,
        findVariable: () => undefined,
    };
    return new RunScope(facts, Frame.ofRun());
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
