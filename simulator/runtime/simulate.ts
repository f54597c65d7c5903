/** Runs any workflow definition against a scenario, without Azure. */
import type { WorkflowDefinition } from "../../language/definition";
import { isSameName } from "../../language/names";
import { objectOf, outlineOf } from "../../language/outline";
import { assertSaveable, InvalidDefinitionError } from "../../language/rules";
import { VirtualClock } from "./clock";
import { NotSupportedError, RefusedError } from "./errors";
import type { RunRecord } from "./records";
import { startRun } from "./run";
import { readScenario, ScenarioError, type Scenario } from "./scenario";
import { scriptedTransport } from "./scriptedTransport";
import { assertSupported } from "./support";
import { isObject, type Value, type ValueObject } from "./values";

export interface SimulateOptions {
    /** Orders what Azure leaves unordered. @default 1 */
    readonly seed?: number;
}

/**
 * Simulates one run.
 *
 * @param workflowFile - a definition, or the ARM shape `{ definition, parameters: { name: { value } } }`
 * @param scenarioFile - what starts the run and how its calls are answered; every key is optional
 * @returns the run, or that there is none because a condition of the trigger does not hold
 * @throws RefusedError if Azure would not save the definition, or if it uses what the simulator does not support
 * @throws ScenarioError if the scenario is malformed, or has no reply to a call
 */
export function simulate(
    workflowFile: Value,
    scenarioFile: Value = {},
    { seed = 1 }: SimulateOptions = {},
): RunRecord {
    const { definition, parameters } = readWorkflow(workflowFile);
    const scenario = readScenario(scenarioFile);
    const given = merge(parameters, scenario.parameters);
    checkDefinition(definition, Object.keys(given));
    checkTrigger(definition, scenario);
    const clock = new VirtualClock(scenario.startTime);
    let record: RunRecord | undefined;
    startRun({
        // The rules have checked that it has the form of one.
        definition: definition as unknown as WorkflowDefinition,
        parameters: given,
        workflow: scenario.workflow,
        trigger: scenario.trigger,
        transport: scriptedTransport(scenario),
        clock,
        seed,
        // One document describes one run.
        onlyOneRun: true,
        onFinished: (finished) => {
            record = finished;
        },
    });
    clock.run();
    if (record === undefined) {
        throw new Error("The run did not end, although nothing is left that could happen in it.");
    }
    return record;
}

/** The definition and plain parameter values of a workflow file. */
function readWorkflow(file: Value): { readonly definition: ValueObject; readonly parameters: ValueObject } {
    if (!isObject(file)) {
        throw new RefusedError("InvalidTemplate", "The workflow must be a JSON object.");
    }
    const { definition } = file;
    if (definition === undefined) {
        return { definition: file, parameters: {} };
    }
    const unknown = Object.keys(file).find((key) => key !== "definition" && key !== "parameters");
    if (unknown !== undefined) {
        throw new NotSupportedError(
            `The property '${unknown}' beside 'definition' is not supported by the simulator; 'parameters' is.`,
        );
    }
    if (!isObject(definition)) {
        throw new RefusedError("InvalidTemplate", "The property 'definition' must be a JSON object.");
    }
    const parameters = file["parameters"] ?? {};
    if (!isObject(parameters)) {
        throw new RefusedError("InvalidTemplate", "The property 'parameters' must be a JSON object.");
    }
    return {
        definition,
        parameters: Object.fromEntries(
            Object.entries(parameters).map(([name, entry]) => [name, parameterValue(name, entry)]),
        ),
    };
}

/** What Azure's API has beside a parameter's value, and what changes nothing in a run. */
const PARAMETER_NOTES: ReadonlySet<string> = new Set(["description", "metadata", "type"]);

function parameterValue(name: string, entry: Value): Value {
    const value = isObject(entry) ? entry["value"] : undefined;
    if (!isObject(entry) || value === undefined) {
        throw new RefusedError(
            "InvalidTemplate",
            `The parameter '${name}' must be an object with the property 'value'.`,
        );
    }
    const unknown = Object.keys(entry).find((key) => key !== "value" && !PARAMETER_NOTES.has(key));
    if (unknown !== undefined) {
        throw new NotSupportedError(
            `The property '${unknown}' beside the value of the parameter '${name}' is not supported by the simulator.`,
        );
    }
    return value;
}

/** Both files' values; the scenario's win, whatever the letter case of their names. */
function merge(ofFile: ValueObject, ofScenario: ValueObject): ValueObject {
    const names = Object.keys(ofScenario);
    const kept = Object.entries(ofFile).filter(([name]) => !names.some((other) => isSameName(other, name)));
    return { ...Object.fromEntries(kept), ...ofScenario };
}

/** What is not supported comes first: Azure's rules may not know it either. What has no type at all is for the rules. */
function checkDefinition(definition: ValueObject, given: readonly string[]): void {
    const outline = outlineOf(definition);
    if ([...outline.triggers, ...outline.actions].every(({ type }) => type !== "")) {
        assertSupported(outline);
    }
    try {
        assertSaveable(definition, { parameters: given });
    } catch (error) {
        if (error instanceof InvalidDefinitionError) {
            const [problem] = error.problems;
            throw new RefusedError(
                problem?.code ?? "InvalidTemplate",
                problem?.message ?? "",
                problem?.action,
            );
        }
        throw error;
    }
}

function checkTrigger(definition: ValueObject, { trigger }: Scenario): void {
    const names = Object.keys(objectOf(definition["triggers"]));
    const list = names.join(", ");
    if (trigger.name === undefined && names.length > 1) {
        throw new ScenarioError(
            "InvalidScenario",
            `/trigger/name is missing, and the workflow has several triggers: ${list}.`,
        );
    }
    const { name } = trigger;
    if (name !== undefined && !names.some((each) => isSameName(each, name))) {
        throw new ScenarioError(
            "InvalidScenario",
            `/trigger/name is '${name}'; the workflow has the triggers: ${list}.`,
        );
    }
}
