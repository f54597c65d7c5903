import type { ActionNode } from "../../../language/outline";
import { compileCondition, holds } from "../conditions";
import { compileValue } from "../evaluate";
import type { Handler } from "../handler";
import { succeeded } from "../outcomes";
import { toText } from "../values";
import { compileInputs, requireFrom, writtenInput } from "./inputs";

/** Outputs are the value itself. */
export function compileCompose(node: ActionNode): Handler {
    const evaluate = compileValue(node.body["inputs"] ?? null);
    return (activity) => {
        const value = evaluate(activity.scope);
        activity.showInputs(value);
        activity.finish(succeeded(value));
    };
}

/** Keeps the elements for which `where` holds. */
export function compileQuery(node: ActionNode): Handler {
    const from = compileValue(writtenInput(node, "from"));
    const where = compileCondition(writtenInput(node, "where"));
    return (activity) => {
        const items = requireFrom("query", from(activity.scope));
        activity.showInputs({ from: items, where: writtenInput(node, "where") });
        const kept = items.filter((item) => holds(where, activity.scopeOf(item)));
        activity.finish(succeeded({ body: kept }));
    };
}

/** Makes something else of every element. */
export function compileSelect(node: ActionNode): Handler {
    const from = compileValue(writtenInput(node, "from"));
    const select = compileValue(writtenInput(node, "select"));
    return (activity) => {
        const items = requireFrom("select", from(activity.scope));
        activity.showInputs({ from: items, select: writtenInput(node, "select") });
        activity.finish(succeeded({ body: items.map((item) => select(activity.scopeOf(item))) }));
    };
}

/** Writes the elements, objects as JSON, with a delimiter between them. */
export function compileJoin(node: ActionNode): Handler {
    const evaluate = compileInputs(node);
    return (activity) => {
        const inputs = evaluate(activity.scope);
        const items = requireFrom("join", inputs["from"] ?? null);
        activity.showInputs(inputs);
        activity.finish(succeeded({ body: items.map(toText).join(toText(inputs["joinWith"] ?? null)) }));
    };
}
