import { ACTION_READERS } from "../../language/actionReaders";
import { nameKey } from "../../language/names";
import { runsBefore } from "../../language/order";
import { containersOf, isOfType, type ActionNode, type Outline } from "../../language/outline";
import { sitesOf } from "../../language/sites";
import { NotSupportedError } from "./errors";

/**
 * Azure saves a reference from outside to an action in a Foreach; no document says which iteration it gives.
 *
 * @throws NotSupportedError for such a reference
 */
export function checkLoopReferences(action: ActionNode, outline: Outline): void {
    const around = containersOf(action);
    for (const { name, args } of sitesOf(action).flatMap(({ calls }) => calls)) {
        const [target] = args;
        const other =
            ACTION_READERS.has(nameKey(name)) && target?.kind === "string"
                ? outline.find(target.value)
                : undefined;
        const isRepeated =
            other !== undefined &&
            // What is not saved at all is not a matter of support.
            runsBefore(other, action) &&
            containersOf(other).some((loop) => isOfType(loop, "Foreach") && !around.includes(loop));
        if (isRepeated) {
            throw new NotSupportedError(
                `A reference to action '${other.name}' from outside of the Foreach around it is not supported by the ` +
                    "simulator; result() of the loop is.",
                action.name,
            );
        }
    }
}
