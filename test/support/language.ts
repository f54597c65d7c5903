import { checkDefinition, type RuleOptions } from "../../language";
import type { Json, JsonObject } from "../../language/json";

/** A definition with a Request trigger, where the test gives no other, and these actions. */
export function definitionOf(actions: Json, more: JsonObject = {}): JsonObject {
    return {
        $schema:
            "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
        contentVersion: "1.0.0.0",
        triggers: { manual: { type: "Request", kind: "Http", inputs: {} } },
        actions,
        ...more,
    };
}

/** Messages of all problems of these actions. */
export function messagesOf(actions: Json, more?: JsonObject, options?: RuleOptions): readonly string[] {
    return checkDefinition(definitionOf(actions, more), options).map(({ message }) => message);
}

/** An action with its type. */
export type TypedAction = JsonObject & { readonly type: string };

/** A Compose; empty inputs are good enough where a test is about something else. */
export function compose(inputs: Json = "", more: JsonObject = {}): TypedAction {
    return { type: "Compose", inputs, ...more };
}

/** The action, after others have succeeded. */
export function after(action: JsonObject, ...names: readonly string[]): JsonObject {
    return { ...action, runAfter: Object.fromEntries(names.map((name) => [name, ["Succeeded"]])) };
}

/** A Foreach over one item. */
export function foreach(actions: Json, more: JsonObject = {}): TypedAction {
    return { type: "Foreach", foreach: "@createArray(1)", actions, ...more };
}

/** An Until that ends at once. */
export function until(actions: Json, more: JsonObject = {}): TypedAction {
    return { type: "Until", expression: "@true", limit: { count: 1 }, actions, ...more };
}

/** A Scope. */
export function scope(actions: Json, more: JsonObject = {}): TypedAction {
    return { type: "Scope", actions, ...more };
}
