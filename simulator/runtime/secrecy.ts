/**
 * Which inputs and outputs the run history hides: those that an action secures itself, and those that Azure hides along
 * because they come from secured ones.
 *
 * Source: Microsoft Learn, "Secure access and data for workflows", secure inputs and outputs.
 */
import { ACTION_READERS, TRIGGER_READERS } from "../../language/actionReaders";
import type { Call } from "../../language/expression";
import type { SecuredSide } from "../../language/definition";
import { isSameName, nameKey } from "../../language/names";
import { descendantsOf, type ActionNode, type Outline } from "../../language/outline";
import { hiddenSides, securableSides, sideThatHides } from "../../language/secureData";
import { sitesOf } from "../../language/sites";

/**
 * Hidden sides by action. What reads a secured action has its inputs hidden, but is not secured by that: what reads
 * *it* is not hidden. Types that cannot be secured hide nothing.
 */
export function hiddenSidesOf(outline: Outline): ReadonlyMap<ActionNode, readonly SecuredSide[]> {
    const triggerIsSecured = outline.triggers.some((trigger) => hiddenSides(trigger).length > 0);
    return new Map(
        outline.actions.map((node) => {
            const own = hiddenSides(node);
            const calls = sitesOf(node)
                .filter((site) => site.path[0] === "inputs")
                .flatMap((site) => site.calls);
            const reads = calls.some((call) => readsSecured(call, outline, triggerIsSecured));
            return [node, reads && securableSides(node).includes("inputs") ? withInputs(node, own) : own];
        }),
    );
}

function readsSecured(call: Call, outline: Outline, triggerIsSecured: boolean): boolean {
    const name = nameKey(call.name);
    if (TRIGGER_READERS.has(name)) {
        return triggerIsSecured;
    }
    const [target] = call.args;
    if (!ACTION_READERS.has(name) || target?.kind !== "string") {
        return false;
    }
    const action = outline.find(target.value);
    if (action === undefined) {
        return triggerIsSecured && outline.triggers.some((trigger) => isSameName(trigger.name, target.value));
    }
    const read = isSameName(name, "result") ? descendantsOf(action) : [action];
    return read.some((each) => hiddenSides(each).length > 0 && !hidesOutputsWithInputs(each));
}

/** Compose, ParseJson and Response: what reads their hidden outputs is not hidden, says the page. */
function hidesOutputsWithInputs(node: ActionNode): boolean {
    return sideThatHides(node, "outputs") === "inputs";
}

/** Hides the inputs, and the outputs of the types whose outputs go with them. */
function withInputs(node: ActionNode, own: readonly SecuredSide[]): readonly SecuredSide[] {
    return own.includes("outputs") || hidesOutputsWithInputs(node) ? ["inputs", "outputs"] : ["inputs"];
}
