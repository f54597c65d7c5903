import { LOOP_TYPES } from "../actionTypes";
import { containersOf, isOfType, type ActionNode, type Outline } from "../outline";
import { invalidTemplate, type DefinitionProblem } from "./problem";

/** Actions that are not allowed everywhere. */
export function placementRules({ actions, triggers }: Outline): readonly DefinitionProblem[] {
    const isCalled = triggers.some((trigger) => isOfType(trigger, "Request"));
    return actions.flatMap((action) => [
        ...checkLoop(action),
        ...(isOfType(action, "Response") && !isCalled
            ? [
                  invalidTemplate(
                      `The template action '${action.name}' of type 'Response' needs a trigger of type 'Request'.`,
                      action.name,
                  ),
              ]
            : []),
    ]);
}

function checkLoop(action: ActionNode): readonly DefinitionProblem[] {
    const loop = containersOf(action).find((container) => isOfType(container, ...LOOP_TYPES));
    return loop !== undefined && isOfType(action, "Response", "Terminate")
        ? [
              invalidTemplate(
                  `The template action '${action.name}' of type '${action.type}' cannot be nested in ` +
                      `the action '${loop.name}' of type '${loop.type}'.`,
                  action.name,
              ),
          ]
        : [];
}
