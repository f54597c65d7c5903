import { isJsonObject } from "../json";
import { isSameName } from "../names";
import type { ActionNode, Outline } from "../outline";
import { predecessorsOf } from "../order";
import { invalidTemplate, show, type DefinitionProblem } from "./problem";

/** What an action may run after: siblings, in known statuses, without a circle. */
export function runAfterRules({ actions }: Outline): readonly DefinitionProblem[] {
    return actions.flatMap((action) => [...checkRunAfter(action), ...checkCycle(action)]);
}

/** Source: Microsoft Learn, "Handle errors and exceptions" (2022-09-07). */
const STATUSES = ["Succeeded", "Failed", "Skipped", "TimedOut"];

function checkRunAfter(action: ActionNode): readonly DefinitionProblem[] {
    const { name } = action;
    const runAfter = action.body["runAfter"];
    if (runAfter === undefined) {
        return [];
    }
    if (!isJsonObject(runAfter)) {
        return [
            invalidTemplate(
                `The 'runAfter' property of template action '${name}' must be an object, not ${show(runAfter)}.`,
                name,
            ),
        ];
    }
    return Object.entries(runAfter).flatMap(([target, statuses]) => [
        ...checkTarget(action, target),
        ...checkStatuses(name, target, statuses),
    ]);
}

function checkTarget({ name, scope }: ActionNode, target: string): readonly DefinitionProblem[] {
    return scope.find(target) !== undefined
        ? []
        : [
              invalidTemplate(
                  `The 'runAfter' property of template action '${name}' contains non-existent action: '${target}'. ` +
                      "An action can only run after an action of the same scope.",
                  name,
              ),
          ];
}

function checkStatuses(name: string, target: string, statuses: unknown): readonly DefinitionProblem[] {
    const isList = Array.isArray(statuses) && statuses.length > 0;
    if (isList && statuses.every((status) => isStatus(status))) {
        return [];
    }
    return [
        invalidTemplate(
            `The 'runAfter' property of template action '${name}' must list statuses of '${target}' ` +
                `(${STATUSES.join(", ")}), not ${show(statuses)}.`,
            name,
        ),
    ];
}

function isStatus(value: unknown): boolean {
    return typeof value === "string" && STATUSES.some((status) => isSameName(status, value));
}

function checkCycle(action: ActionNode): readonly DefinitionProblem[] {
    return predecessorsOf(action).has(action)
        ? [
              invalidTemplate(
                  `The template action '${action.name}' runs after itself: its 'runAfter' leads back to it.`,
                  action.name,
              ),
          ]
        : [];
}
