/**
 * Types of actions and triggers of a Consumption workflow.
 *
 * Source: Microsoft Learn, "Schema reference guide for trigger and action types" (2022-08-20).
 */
import { nameKey } from "./names";

/** Action types that the types of this folder describe and the simulator runs. */
export const ACTION_TYPES = [
    "ApiConnection",
    "AppendToArrayVariable",
    "AppendToStringVariable",
    "Compose",
    "DecrementVariable",
    "Foreach",
    "Http",
    "If",
    "IncrementVariable",
    "InitializeVariable",
    "Join",
    "ParseJson",
    "Query",
    "Response",
    "Scope",
    "Select",
    "SetVariable",
    "Switch",
    "Table",
    "Terminate",
    "Until",
    "Wait",
] as const;

/** Action types that Azure saves and the simulator does not run. */
export const UNSIMULATED_ACTION_TYPES = [
    "ApiConnectionWebhook",
    "ApiManagement",
    "CSharpScriptCode",
    "Expression",
    "FlatFileDecoding",
    "FlatFileEncoding",
    "Function",
    "HttpWebhook",
    "IntegrationAccountArtifactLookup",
    "JavaScriptCode",
    "Liquid",
    "PowerShellCode",
    "SendToBatch",
    "ServiceProvider",
    "Workflow",
    "XmlValidation",
    "Xslt",
] as const;

/** Trigger types that the types of this folder describe and the simulator starts runs by. */
export const TRIGGER_TYPES = ["ApiConnectionWebhook", "Recurrence", "Request"] as const;

/** Trigger types that Azure saves and the simulator does not know. */
export const UNSIMULATED_TRIGGER_TYPES = [
    "ApiConnection",
    "ApiConnectionNotification",
    "ApiManagement",
    "Batch",
    "Http",
    "HttpWebhook",
    "ServiceProvider",
    "SlidingWindow",
] as const;

/** Actions that change a variable, which they name by `inputs.name`. */
export const CHANGE_VARIABLE_TYPES = [
    "AppendToArrayVariable",
    "AppendToStringVariable",
    "DecrementVariable",
    "IncrementVariable",
    "SetVariable",
] as const;

/** Actions that run other actions. */
export const CONTAINER_TYPES = ["Foreach", "If", "Scope", "Switch", "Until"] as const;

/** Actions that run other actions more than once. */
export const LOOP_TYPES = ["Foreach", "Until"] as const;

/** The type in Azure's letter case, from one written in any. */
export function canonicalType(type: string, types: readonly string[]): string | undefined {
    return types.find((candidate) => nameKey(candidate) === nameKey(type));
}
