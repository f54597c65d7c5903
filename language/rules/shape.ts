import {
    ACTION_TYPES,
    TRIGGER_TYPES,
    UNSIMULATED_ACTION_TYPES,
    UNSIMULATED_TRIGGER_TYPES,
    canonicalType,
} from "../actionTypes";
import { isJsonObject } from "../json";
import type { ActionNode, Outline, TriggerNode } from "../outline";
import { invalidTemplate, show, type DefinitionProblem } from "./problem";

/** Objects are where objects belong, and every action and trigger has a type that Azure knows. */
export function shapeRules(outline: Outline): readonly DefinitionProblem[] {
    const { body } = outline;
    return [
        ...["triggers", "actions", "parameters", "outputs"]
            .filter((key) => body[key] !== undefined && !isJsonObject(body[key]))
            .map((key) =>
                invalidTemplate(`The '${key}' of the definition must be an object, not ${show(body[key])}.`),
            ),
        ...checkVersion(body["contentVersion"]),
        ...outline.triggers.flatMap(checkTrigger),
        ...outline.actions.flatMap(checkAction),
    ];
}

function checkVersion(version: unknown): readonly DefinitionProblem[] {
    if (version === undefined || (typeof version === "string" && /^\d+\.\d+\.\d+\.\d+$/.test(version))) {
        return [];
    }
    const found = show(version);
    return [
        invalidTemplate(
            `The 'contentVersion' must be four numbers with dots, e.g. "1.0.0.0"; it is ${found}.`,
        ),
    ];
}

function checkTrigger({ name, type }: TriggerNode): readonly DefinitionProblem[] {
    const known = canonicalType(type, [...TRIGGER_TYPES, ...UNSIMULATED_TRIGGER_TYPES]);
    return known === undefined
        ? [
              invalidTemplate(
                  `The template trigger '${name}' has the type '${type}', which Azure does not know.`,
              ),
          ]
        : [];
}

function checkAction({ name, type }: ActionNode): readonly DefinitionProblem[] {
    const known = canonicalType(type, [...ACTION_TYPES, ...UNSIMULATED_ACTION_TYPES]);
    return known === undefined
        ? [
              invalidTemplate(
                  `The template action '${name}' has the type '${type}', which Azure does not know.`,
                  name,
              ),
          ]
        : [];
}
