import { isSameName } from "../names";
import { valueAt, type ActionNode, type Outline, type TriggerNode } from "../outline";
import { listedSides, securableSides } from "../secureData";
import { invalidTemplate, show, type DefinitionProblem } from "./problem";

/** Hidden inputs and outputs: only where Azure can hide them. */
export function secureDataRules({ actions, triggers }: Outline): readonly DefinitionProblem[] {
    return [
        ...triggers.flatMap((trigger) =>
            checkNode(trigger).map((message) =>
                invalidTemplate(`The template trigger '${trigger.name}' ${message}`),
            ),
        ),
        ...actions.flatMap((action) =>
            checkNode(action).map((message) =>
                invalidTemplate(`The template action '${action.name}' ${message}`, action.name),
            ),
        ),
    ];
}

function checkNode(node: ActionNode | TriggerNode): readonly string[] {
    const properties = valueAt(node.body, "runtimeConfiguration.secureData.properties");
    if (valueAt(node.body, "runtimeConfiguration.secureData") === undefined) {
        return [];
    }
    if (!Array.isArray(properties)) {
        return [`must list what to hide in 'secureData.properties', not ${show(properties)}.`];
    }
    const hasTracked = properties.length > 0 && node.body["trackedProperties"] !== undefined;
    return [
        ...listedSides(node).flatMap((side) => checkSide(node, side)),
        ...(hasTracked ? ["has both 'secureData' and 'trackedProperties'; only one is allowed."] : []),
    ];
}

function checkSide(node: ActionNode | TriggerNode, side: unknown): readonly string[] {
    if (typeof side !== "string" || !["inputs", "outputs"].some((each) => isSameName(each, side))) {
        return [`has ${show(side)} in 'secureData.properties'; allowed are "inputs" and "outputs".`];
    }
    return securableSides(node).some((each) => isSameName(each, side))
        ? []
        : [`of type '${node.type}' cannot hide its ${side.toLowerCase()}.`];
}
