import { LOOP_TYPES } from "../actionTypes";
import { runInParallel } from "../order";
import { containersOf, isOfType, type ActionNode, type Outline } from "../outline";
import { invalidTemplate, type DefinitionProblem } from "./problem";

/**
 * Actions that are not allowed everywhere.
 *
 * Source: Microsoft Learn, "Schema reference guide for trigger and action types" (2022-08-20), restrictions of the
 * Response and Terminate actions.
 */
export function placementRules({ actions, triggers }: Outline): readonly DefinitionProblem[] {
    const isCalled = triggers.some((trigger) => isOfType(trigger, "Request"));
    return actions
        .filter((action) => isOfType(action, "Response", "Terminate"))
        .flatMap((action) =>
            [
                ...checkLoop(action),
                ...(isOfType(action, "Response") ? [...checkTrigger(isCalled), ...checkBranch(action)] : []),
            ].map((message) =>
                invalidTemplate(
                    `The template action '${action.name}' of type '${action.type}' ${message}`,
                    action.name,
                ),
            ),
        );
}

function checkLoop(action: ActionNode): readonly string[] {
    const loop = containersOf(action).find((container) => isOfType(container, ...LOOP_TYPES));
    return loop === undefined
        ? []
        : [`cannot be nested in the action '${loop.name}' of type '${loop.type}'.`];
}

function checkTrigger(isCalled: boolean): readonly string[] {
    return isCalled ? [] : ["needs a trigger of type 'Request'."];
}

/** The branch may be one of actions around it. */
function checkBranch(action: ActionNode): readonly string[] {
    for (const inBranch of [action, ...containersOf(action)]) {
        const parallel = inBranch.scope.actions.find((sibling) => runInParallel(inBranch, sibling));
        if (parallel !== undefined) {
            return [
                `cannot be in a parallel branch: the action '${parallel.name}' may run at the same time.`,
            ];
        }
    }
    return [];
}
