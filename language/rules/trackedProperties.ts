import { ACTION_READERS, TRIGGER_READERS } from "../actionReaders";
import type { Call } from "../expression";
import { isSameName, nameKey } from "../names";
import type { ActionNode, Outline, TriggerNode } from "../outline";
import { hiddenSides } from "../secureData";
import { sitesOf } from "../sites";
import { invalidTemplate, type DefinitionProblem } from "./problem";

/**
 * Tracked properties refer to what their own action did, to the trigger and to parameters, and to nothing secured. That
 * the action itself may not be secured is a rule about secured data.
 *
 * Source: Microsoft Learn, "Monitor and collect diagnostic data for workflows", tracked properties.
 */
export function trackedPropertyRules(outline: Outline): readonly DefinitionProblem[] {
    return outline.actions.flatMap((action) =>
        sitesOf(action)
            .filter(({ path: [section] }) => section === "trackedProperties")
            .flatMap(({ calls }) => calls)
            .flatMap((call) => checkCall(call, action, outline))
            .map((message) =>
                invalidTemplate(`The tracked property in action '${action.name}' is ${message}`, action.name),
            ),
    );
}

const ALLOWED =
    "Tracked properties can only reference its own action's inputs and outputs, trigger inputs and outputs and parameters.";

/** Functions that say something of other actions, whatever their argument; `result` tells of those inside. */
const OF_OTHERS = ["result", "variables"];

function checkCall(call: Call, action: ActionNode, outline: Outline): readonly string[] {
    if (OF_OTHERS.some((name) => isSameName(name, call.name))) {
        return [`calling the function '${call.name}'. ${ALLOWED}`];
    }
    const other = referredAction(call, outline);
    if (other !== undefined && other !== action) {
        return [`referencing action(s) '${other.name}'. ${ALLOWED}`];
    }
    const trigger = other === undefined ? referredTrigger(call, outline) : undefined;
    return trigger !== undefined && hiddenSides(trigger).length > 0
        ? [`referencing trigger '${trigger.name}', which has secured data.`]
        : [];
}

/** The action that a call reads, if there is one of this name. */
function referredAction({ name, args: [first] }: Call, outline: Outline): ActionNode | undefined {
    return ACTION_READERS.has(nameKey(name)) && first?.kind === "string"
        ? outline.find(first.value)
        : undefined;
}

/** The trigger that a call reads: without a name the secured one, of which a workflow may have several. */
function referredTrigger({ name, args: [first] }: Call, { triggers }: Outline): TriggerNode | undefined {
    if (TRIGGER_READERS.has(nameKey(name))) {
        return triggers.find((trigger) => hiddenSides(trigger).length > 0);
    }
    return ACTION_READERS.has(nameKey(name)) && first?.kind === "string"
        ? triggers.find((trigger) => isSameName(trigger.name, first.value))
        : undefined;
}
