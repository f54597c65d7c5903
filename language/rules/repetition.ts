import { durationSeconds } from "../duration";
import type { Json } from "../json";
import {
    MAX_CONCURRENT_REPETITIONS,
    MAX_CONCURRENT_RUNS,
    MAX_UNTIL_COUNT,
    MAX_WAITING_RUNS,
} from "../limits";
import { isSameName, nameKey } from "../names";
import { isOfType, valueAt, type ActionNode, type Outline, type TriggerNode } from "../outline";
import { invalidTemplate, isExpression, show, type DefinitionProblem } from "./problem";

/** How often, how long and how many at once: loops, calls, and runs that a trigger starts. */
export function repetitionRules({ actions, triggers }: Outline): readonly DefinitionProblem[] {
    return [
        ...triggers.flatMap((trigger) =>
            checkTrigger(trigger).map((message) =>
                invalidTemplate(`The template trigger '${trigger.name}' ${message}`),
            ),
        ),
        ...actions.flatMap((action) =>
            checkAction(action).map((message) =>
                invalidTemplate(`The template action '${action.name}' ${message}`, action.name),
            ),
        ),
    ];
}

/** Longest time between two runs of a Recurrence. */
const MAX_RECURRENCE_SECONDS = 500 * 86_400;
/** Months count as the longest ones. */
const SECONDS_PER_UNIT: ReadonlyMap<string, number> = new Map([
    ["second", 1],
    ["minute", 60],
    ["hour", 3_600],
    ["day", 86_400],
    ["week", 7 * 86_400],
    ["month", 31 * 86_400],
]);

function checkAction(action: ActionNode): readonly string[] {
    return [
        ...(isOfType(action, "Foreach") ? checkForeach(action) : []),
        ...(isOfType(action, "Until") ? checkUntil(action) : []),
        ...checkTimeout(action),
    ];
}

function checkForeach(action: ActionNode): readonly string[] {
    const repetitions = valueAt(action.body, "runtimeConfiguration.concurrency.repetitions");
    if (repetitions === undefined) {
        return [];
    }
    return [
        ...checkRange("repetitions", repetitions, MAX_CONCURRENT_REPETITIONS),
        ...(hasOption(action, "Sequential")
            ? [
                  "has both the operation option 'Sequential' and 'concurrency.repetitions'; only one is allowed.",
              ]
            : []),
    ];
}

function checkUntil({ body }: ActionNode): readonly string[] {
    const count = valueAt(body, "limit.count");
    return count === undefined ? [] : checkRange("limit.count", count, MAX_UNTIL_COUNT);
}

/** Source: Microsoft Learn, "Schema reference guide for trigger and action types", change asynchronous duration. */
function checkTimeout({ body }: ActionNode | TriggerNode): readonly string[] {
    const timeout = valueAt(body, "limit.timeout");
    const isDuration = typeof timeout === "string" && durationSeconds(timeout) !== undefined;
    return timeout === undefined || isExpression(timeout) || isDuration
        ? []
        : [
              `has ${show(timeout)} as 'limit.timeout'; allowed is an ISO 8601 duration of days, hours, minutes and ` +
                  "seconds, e.g. PT1H or P1DT30M.",
          ];
}

function checkTrigger(trigger: TriggerNode): readonly string[] {
    const runs = valueAt(trigger.body, "runtimeConfiguration.concurrency.runs");
    const waiting = valueAt(trigger.body, "runtimeConfiguration.concurrency.maximumWaitingRuns");
    return [
        ...checkTimeout(trigger),
        ...(waiting === undefined
            ? []
            : checkRange("concurrency.maximumWaitingRuns", waiting, MAX_WAITING_RUNS)),
        ...(runs === undefined ? [] : checkRange("concurrency.runs", runs, MAX_CONCURRENT_RUNS)),
        ...(runs !== undefined && hasOption(trigger, "SingleInstance")
            ? ["has both the operation option 'SingleInstance' and 'concurrency.runs'; only one is allowed."]
            : []),
        ...(isOfType(trigger, "Recurrence") ? checkRecurrence(trigger) : []),
    ];
}

function checkRecurrence({ body }: TriggerNode): readonly string[] {
    const frequency = valueAt(body, "recurrence.frequency");
    const interval = valueAt(body, "recurrence.interval");
    if (typeof frequency !== "string" || isExpression(frequency)) {
        return [];
    }
    const unit = SECONDS_PER_UNIT.get(nameKey(frequency));
    if (unit === undefined) {
        return [`has the frequency "${frequency}"; allowed are Second, Minute, Hour, Day, Week, Month.`];
    }
    return interval === undefined
        ? []
        : checkRange("recurrence.interval", interval, Math.floor(MAX_RECURRENCE_SECONDS / unit));
}

function checkRange(path: string, value: Json, largest: number): readonly string[] {
    const isInRange = Number.isInteger(value) && Number(value) >= 1 && Number(value) <= largest;
    return isInRange || isExpression(value)
        ? []
        : [`has ${show(value)} as '${path}'; allowed is a whole number from 1 to ${largest}.`];
}

function hasOption(node: ActionNode | TriggerNode, option: string): boolean {
    const options = node.body["operationOptions"];
    return typeof options === "string" && options.split(",").some((each) => isSameName(each.trim(), option));
}
