import { isSameName } from "../../../language/names";
import type { ActionNode } from "../../../language/outline";

/** Whether `operationOptions`, a list with commas, has an option. */
export function hasOption(node: ActionNode, option: string): boolean {
    const options = node.body["operationOptions"];
    return typeof options === "string" && options.split(",").some((each) => isSameName(each.trim(), option));
}
