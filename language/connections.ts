import type { Expression } from "./expression";
import { isSameName } from "./names";
import { objectOf, outlineOf, type ActionNode, type TriggerNode } from "./outline";
import { parseTemplate } from "./parser";
import { expressionsIn } from "./sites";

/** Name of the parameter that Azure gives the connections of a workflow in. */
export const CONNECTIONS_PARAMETER = "$connections";

/**
 * Keys of `$connections` that the triggers and actions of a definition use, sorted and each once.
 *
 * @throws ExpressionSyntaxError if the name of a connection cannot be read
 * @throws Error if the key of a connection is only known when the workflow runs
 */
export function connectionsOf(definition: unknown): readonly string[] {
    const outline = outlineOf(definition);
    const keys = [...outline.triggers, ...outline.actions].flatMap(keysOf);
    return [...new Set(keys)].sort();
}

function keysOf(node: ActionNode | TriggerNode): readonly string[] {
    const host = objectOf(objectOf(node.body["inputs"])["host"]);
    const name = objectOf(host["connection"])["name"];
    if (typeof name !== "string") {
        return [];
    }
    return expressionsIn(parseTemplate(name)).flatMap((expression) => keysIn(expression, node.name));
}

/** Keys of `parameters('$connections')['key']` within an expression. */
function keysIn(expression: Expression, user: string): readonly string[] {
    if (expression.kind === "call") {
        return expression.args.flatMap((argument) => keysIn(argument, user));
    }
    if (expression.kind !== "member") {
        return [];
    }
    if (!isConnectionsParameter(expression.target)) {
        return [...keysIn(expression.target, user), ...keysIn(expression.key, user)];
    }
    if (expression.key.kind !== "string") {
        throw new Error(
            `"${user}" computes the key of its connection. Write it as text: ` +
                `@parameters('${CONNECTIONS_PARAMETER}')['key']['connectionId'].`,
        );
    }
    return [expression.key.value];
}

function isConnectionsParameter(expression: Expression): boolean {
    if (expression.kind !== "call" || !isSameName(expression.name, "parameters")) {
        return false;
    }
    const [name] = expression.args;
    return name?.kind === "string" && isSameName(name.value, CONNECTIONS_PARAMETER);
}
