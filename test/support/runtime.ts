import { definitionOf } from "./language";
import { compileValue, type Scope } from "../../simulator/runtime/evaluate";
import { Random } from "../../simulator/runtime/random";
import type { RunRecord } from "../../simulator/runtime/records";
import { simulate, type SimulateOptions } from "../../simulator/runtime/simulate";
import { writeJson } from "../../simulator/runtime/jsonText";
import type { Value, ValueObject } from "../../simulator/runtime/values";

/** A definition with a Request trigger named `manual`. */
export function definitionWith(actions: ValueObject, more: ValueObject = {}): ValueObject {
    return { ...definitionOf({}), actions, ...more };
}

/** Simulates one run of these actions. */
export function runActions(
    actions: ValueObject,
    scenario: ValueObject = {},
    options: SimulateOptions & { readonly definition?: ValueObject } = {},
): RunRecord {
    return simulate(definitionWith(actions, options.definition), scenario, options);
}

/** The value of an expression (without `@`) in a Compose that comes after the given actions. */
export function probe(
    actions: ValueObject,
    expression: Value,
    scenario: ValueObject = {},
    after?: readonly string[],
): Value {
    const last = after ?? Object.keys(actions).slice(-1);
    const runAfter = Object.fromEntries(
        last.map((name) => [name, ["Succeeded", "Failed", "Skipped", "TimedOut"]]),
    );
    const record = runActions(
        { ...actions, Probe: { type: "Compose", inputs: expression, runAfter } },
        scenario,
    );
    const { Probe } = record.actions;
    if (Probe?.status !== "Succeeded") {
        throw new Error(`The probe ended ${writeJson({ status: Probe?.status ?? "", ...Probe?.error })}`);
    }
    return Probe.outputs ?? null;
}

/** The value of an expression that refers to nothing, at 2026-01-15T10:30:00Z. */
export function evaluate(expression: string): Value {
    return compileValue(`@${expression}`)(emptyScope());
}

/** What a string of a definition becomes. */
export function evaluateTemplate(template: Value): Value {
    return compileValue(template)(emptyScope());
}

/** The value as JSON text, which tells integers from floats. */
export function jsonOf(expression: string): string {
    return writeJson(evaluate(expression));
}

function emptyScope(): Scope {
    const nothing = (): never => {
        throw new Error("This expression should not refer to a run.");
    };
    return {
        now: Date.UTC(2026, 0, 15, 10, 30),
        random: new Random(1),
        action: nothing,
        currentAction: nothing,
        outputs: nothing,
        body: nothing,
        result: nothing,
        variable: nothing,
        parameter: nothing,
        trigger: nothing,
        triggerOutputs: nothing,
        triggerBody: nothing,
        workflow: nothing,
        item: nothing,
        items: nothing,
        iterationIndex: nothing,
    };
}

/** `InitializeVariable` of one variable. */
export function initialize(name: string, type: string, value?: Value): ValueObject {
    return {
        type: "InitializeVariable",
        inputs: { variables: [{ name, type, ...(value === undefined ? {} : { value }) }] },
    };
}

/** `runAfter` one action that succeeded. */
export function after(name: string, ...statuses: readonly string[]): { readonly runAfter: ValueObject } {
    return { runAfter: { [name]: statuses.length === 0 ? ["Succeeded"] : statuses } };
}

/** A Compose with these inputs. */
export const compose = (inputs: Value, more: ValueObject = {}) => ({ type: "Compose", inputs, ...more });

/** An action that fails when it is evaluated. */
export const fails = compose("@div(1, 0)");

/** How each action ended. */
export function statuses(record: RunRecord): { [name: string]: string } {
    return Object.fromEntries(Object.entries(record.actions).map(([name, { status }]) => [name, status]));
}

/** Where `http` calls. */
export const URI = "https://api.example/x";

/** One Http action named `Call`. */
export const http = (inputs: ValueObject = {}, more: ValueObject = {}): ValueObject => ({
    Call: { type: "Http", inputs: { method: "GET", uri: URI, ...inputs }, runAfter: {}, ...more },
});

/** A scenario that answers every call with these replies in turn. */
export const answers = (...replies: readonly ValueObject[]): ValueObject => ({
    calls: [{ match: {}, replies }],
});

/** The record of the action named `Call`. */
export function callOf(record: RunRecord) {
    const { Call } = record.actions;
    if (Call === undefined) {
        throw new Error("There is no action 'Call'.");
    }
    return Call;
}

/** When each request was sent, in seconds after the start of the run. */
export function secondsOf(record: RunRecord): readonly number[] {
    const start = Date.parse(record.startTime);
    return record.calls.map(({ time }) => (Date.parse(time) - start) / 1000);
}
