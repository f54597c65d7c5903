/** What an action may ask about itself: in its tracked properties, and in the condition of an Until. */
import { ACTION_READERS } from "../../language/actionReaders";
import type { Call, Expression } from "../../language/expression";
import { isJsonObject } from "../../language/json";
import { isSameName, nameKey } from "../../language/names";
import { isOfType, type ActionNode } from "../../language/outline";
import { sitesOf, type Site } from "../../language/sites";
import { NotSupportedError } from "./errors";

/**
 * Refuses what no document describes.
 *
 * @param where - the action, as messages name it, e.g. `of action 'A'`
 * @throws NotSupportedError
 */
export function checkSelfReferences(action: ActionNode, where: string): void {
    try {
        checkTrackedProperties(action, where);
        if (isOfType(action, "Until")) {
            for (const expression of sitesAt(action, "expression").flatMap(
                ({ expressions }) => expressions,
            )) {
                checkCondition(expression, where);
            }
        }
    } catch (error) {
        throw error instanceof NotSupportedError ? error.within(action.name) : error;
    }
}

/**
 * What `action()` in the condition of an Until knows: the loop is the current action, and it is still under way. As a
 * container it has no inputs and no outputs. Its status, code and end are documented for what has ended only.
 *
 * Source: Microsoft Learn, "Reference guide to workflow expression functions" (2025-07-08), `action`.
 */
const KNOWN_UNDER_WAY = new Set(
    ["clientTrackingId", "inputs", "name", "outputs", "startTime", "trackingId"].map(nameKey),
);

/** Users report them to be allowed in tracked properties; the page on these does not list them. */
const ITERATION_READERS = new Set(["item", "items", "iterationIndexes"].map(nameKey));

function checkTrackedProperties(action: ActionNode, where: string): void {
    const tracked = action.body["trackedProperties"];
    if (tracked !== undefined && !isJsonObject(tracked)) {
        throw new NotSupportedError(
            `The property 'trackedProperties' ${where} is not supported by the simulator unless it is an object.`,
        );
    }
    for (const { name, args } of sitesAt(action, "trackedProperties").flatMap(({ calls }) => calls)) {
        const isComputed = ACTION_READERS.has(nameKey(name)) && args[0]?.kind !== "string";
        if (isComputed || ITERATION_READERS.has(nameKey(name))) {
            throw new NotSupportedError(
                `The function '${name}' ${isComputed ? "with a computed name " : ""}in 'trackedProperties' ${where} is ` +
                    "not supported by the simulator.",
            );
        }
    }
}

function checkCondition(expression: Expression, where: string): void {
    switch (expression.kind) {
        case "call":
            if (isSelf(expression)) {
                throw unknownUnderWay("without the name of a property", where);
            }
            expression.args.forEach((argument) => checkCondition(argument, where));
            return;
        case "member": {
            const { target, key } = expression;
            if (target.kind !== "call" || !isSelf(target) || key.kind !== "string") {
                checkCondition(target, where);
                checkCondition(key, where);
            } else if (!KNOWN_UNDER_WAY.has(nameKey(key.value))) {
                throw unknownUnderWay(`with the property '${key.value}'`, where);
            }
            return;
        }
        case "string":
        case "integer":
        case "float":
        case "boolean":
        case "null":
            return;
    }
}

function isSelf({ name }: Call): boolean {
    return isSameName(name, "action");
}

function unknownUnderWay(how: string, where: string): NotSupportedError {
    return new NotSupportedError(
        `The function 'action' ${how} in the condition ${where} is not supported by the simulator.`,
    );
}

function sitesAt(action: ActionNode, section: string): readonly Site[] {
    return sitesOf(action).filter(({ path }) => path[0] === section);
}
