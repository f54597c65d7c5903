import { CHANGE_VARIABLE_TYPES, CONTAINER_TYPES } from "./actionTypes";
import type { SecuredSide } from "./definition";
import { isSameName } from "./names";
import { isOfType, objectOf, type ActionNode, type TriggerNode } from "./outline";

/**
 * Which sides of an action or trigger `runtimeConfiguration.secureData` can hide from the run history.
 *
 * Source: Microsoft Learn, "Secure access and data for workflows", secure inputs and outputs.
 */
export function securableSides(node: ActionNode | TriggerNode): readonly SecuredSide[] {
    if (isOfType(node, ...WITHOUT_SECURED_SIDES)) {
        return [];
    }
    return isOfType(node, ...WITH_SECURED_INPUTS_ONLY) ? ["inputs"] : ["inputs", "outputs"];
}

/**
 * What an action must list so that this side is hidden: mostly the side itself; Compose, ParseJson and Response hide
 * their outputs along with their inputs. Undefined if it cannot be hidden.
 */
export function sideThatHides(node: ActionNode | TriggerNode, side: SecuredSide): SecuredSide | undefined {
    const sides = securableSides(node);
    if (sides.includes(side)) {
        return side;
    }
    return sides.includes("inputs") && isOfType(node, ...HIDING_OUTPUTS_WITH_INPUTS) ? "inputs" : undefined;
}

/** Sides that the run history hides. */
export function hiddenSides(node: ActionNode | TriggerNode): readonly SecuredSide[] {
    const listed = listedSides(node).filter((side) => typeof side === "string");
    return (["inputs", "outputs"] as const).filter((side) => {
        const needed = sideThatHides(node, side);
        return needed !== undefined && listed.some((each) => isSameName(each, needed));
    });
}

/** The entries of `runtimeConfiguration.secureData.properties`; none if it is absent or no list. */
export function listedSides(node: ActionNode | TriggerNode): readonly unknown[] {
    const configuration = objectOf(node.body["runtimeConfiguration"]);
    const properties = objectOf(configuration["secureData"])["properties"];
    return Array.isArray(properties) ? properties : [];
}

const WITHOUT_SECURED_SIDES = [
    ...CHANGE_VARIABLE_TYPES,
    ...CONTAINER_TYPES,
    "InitializeVariable",
    "Recurrence",
    "Terminate",
];

const HIDING_OUTPUTS_WITH_INPUTS = ["Compose", "ParseJson", "Response"];

const WITH_SECURED_INPUTS_ONLY = [...HIDING_OUTPUTS_WITH_INPUTS, "Wait"];
