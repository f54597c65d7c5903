import type { Actions, FinishedStatus, RunAfter, Trigger, WorkflowDefinition } from "../../language";

/** The whole definition around a trigger and its actions. Every playbook declares `$connections` and nothing else. */
export function workflow(triggerName: string, trigger: Trigger, actions: Actions): WorkflowDefinition {
    return {
        $schema:
            "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
        contentVersion: "1.0.0.0",
        parameters: { $connections: { type: "Object", defaultValue: {} } },
        triggers: { [triggerName]: trigger },
        actions,
    };
}

/** Starts after the action has succeeded. */
export function after(...actions: readonly string[]): { readonly runAfter: RunAfter } {
    return { runAfter: Object.fromEntries(actions.map((action) => [action, ["Succeeded"] as const])) };
}

const everyStatus: readonly FinishedStatus[] = ["Succeeded", "Failed", "Skipped", "TimedOut"];

/** Starts after the action has finished, however that ended. */
export function afterAny(...actions: readonly string[]): { readonly runAfter: RunAfter } {
    return { runAfter: Object.fromEntries(actions.map((action) => [action, everyStatus])) };
}

/** Starts only after the action has failed, or has not finished in time. */
export function afterFailure(action: string): { readonly runAfter: RunAfter } {
    return { runAfter: { [action]: ["Failed", "TimedOut"] } };
}

/** Starts after the action has run, however that ended, but not when it was skipped. */
export function afterRun(action: string): { readonly runAfter: RunAfter } {
    return { runAfter: { [action]: ["Succeeded", "Failed", "TimedOut"] } };
}
