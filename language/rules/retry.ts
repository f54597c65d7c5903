import { durationSeconds } from "../duration";
import { isJsonObject, type JsonObject } from "../json";
import { MAX_RETRY_COUNT, MAX_RETRY_INTERVAL, MIN_RETRY_INTERVAL } from "../limits";
import { isSameName } from "../names";

import { valueAt, type ActionNode, type Outline, type TriggerNode } from "../outline";
import { invalidTemplate, isExpression, show, type DefinitionProblem } from "./problem";

/** Retry policies: their type, how often and how long they wait. */
export function retryRules({ actions, triggers }: Outline): readonly DefinitionProblem[] {
    return [
        ...triggers.flatMap((trigger) =>
            checkNode(trigger).map((message) =>
                invalidTemplate(`The retry policy of template trigger '${trigger.name}' ${message}`),
            ),
        ),
        ...actions.flatMap((action) =>
            checkNode(action).map((message) =>
                invalidTemplate(
                    `The retry policy of template action '${action.name}' ${message}`,
                    action.name,
                ),
            ),
        ),
    ];
}

const WAITING_TYPES = ["fixed", "exponential"];
const TYPES = ["none", "default", ...WAITING_TYPES];

function checkNode(node: ActionNode | TriggerNode): readonly string[] {
    const policy = valueAt(node.body, "inputs.retryPolicy");
    if (policy === undefined) {
        return [];
    }
    return isJsonObject(policy) ? checkPolicy(policy) : [`must be an object, not ${show(policy)}.`];
}

function checkPolicy(policy: JsonObject): readonly string[] {
    const type = policy["type"];
    if (isExpression(type)) {
        return [];
    }
    if (typeof type !== "string" || !TYPES.some((each) => isSameName(each, type))) {
        return [`has the type ${show(type)}; allowed are ${TYPES.join(", ")}.`];
    }
    const isWaiting = WAITING_TYPES.some((each) => isSameName(each, type));
    return [
        ...(isWaiting ? requireKeys(policy, type) : []),
        ...checkCount(policy["count"]),
        ...["interval", "minimumInterval", "maximumInterval"].flatMap((key) =>
            checkInterval(key, policy[key]),
        ),
        ...checkOrder(policy),
    ];
}

function requireKeys(policy: JsonObject, type: string): readonly string[] {
    return ["count", "interval"]
        .filter((key) => policy[key] === undefined)
        .map((key) => `has no '${key}', which the type '${type}' requires.`);
}

function checkCount(count: unknown): readonly string[] {
    if (count === undefined || isExpression(count)) {
        return [];
    }
    const isAllowed = Number.isInteger(count) && Number(count) >= 1 && Number(count) <= MAX_RETRY_COUNT;
    return isAllowed
        ? []
        : [`has the count ${show(count)}; allowed is a whole number from 1 to ${MAX_RETRY_COUNT}.`];
}

function checkInterval(key: string, interval: unknown): readonly string[] {
    if (interval === undefined || isExpression(interval)) {
        return [];
    }
    const seconds = typeof interval === "string" ? durationSeconds(interval) : undefined;
    const isAllowed =
        seconds !== undefined &&
        seconds >= (durationSeconds(MIN_RETRY_INTERVAL) ?? Infinity) &&
        seconds <= (durationSeconds(MAX_RETRY_INTERVAL) ?? 0);
    return isAllowed
        ? []
        : [
              `has ${show(interval)} as '${key}'; allowed is a duration from ${MIN_RETRY_INTERVAL} to ${MAX_RETRY_INTERVAL}.`,
          ];
}

function checkOrder({ minimumInterval, maximumInterval }: JsonObject): readonly string[] {
    if (typeof minimumInterval !== "string" || typeof maximumInterval !== "string") {
        return [];
    }
    const shortest = durationSeconds(minimumInterval);
    const longest = durationSeconds(maximumInterval);
    return shortest !== undefined && longest !== undefined && shortest > longest
        ? [`has a 'minimumInterval' of ${minimumInterval} above its 'maximumInterval' of ${maximumInterval}.`]
        : [];
}
