/**
 * Types of the Workflow Definition Language (schema 2016-06-01), as far as Consumption workflows of this
 * project and of the simulator use it.
 *
 * Source: Microsoft Learn, "Schema reference guide for the Workflow Definition Language" and "Schema reference
 * guide for trigger and action types".
 */
import type { Json } from "./json";

/** Statuses that a `runAfter` list may name. */
export type FinishedStatus = "Succeeded" | "Failed" | "Skipped" | "TimedOut";

/** Sibling actions that must have finished, each in one of the listed statuses. */
export type RunAfter = { readonly [action: string]: readonly FinishedStatus[] };

/** Which sides of an action the run history hides. */
export type SecuredSide = "inputs" | "outputs";

export interface RuntimeConfiguration {
    readonly concurrency?: { readonly repetitions?: number; readonly runs?: number };
    readonly secureData?: { readonly properties: readonly SecuredSide[] };
}

/** Durations are ISO 8601, e.g. `PT10S`. */
export type RetryPolicy =
    | { readonly type: "none" }
    | { readonly type: "fixed"; readonly count: number; readonly interval: string }
    | {
          readonly type: "exponential";
          readonly count: number;
          readonly interval: string;
          readonly minimumInterval?: string;
          readonly maximumInterval?: string;
      };

interface ActionBase {
    readonly description?: string;
    /** Empty or absent: the action starts with its scope. */
    readonly runAfter?: RunAfter;
    readonly runtimeConfiguration?: RuntimeConfiguration;
    readonly operationOptions?: string;
    readonly limit?: { readonly timeout?: string; readonly count?: number };
}

export type HttpMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS";

export interface HttpAction extends ActionBase {
    readonly type: "Http";
    readonly inputs: {
        readonly method: HttpMethod;
        readonly uri: string;
        readonly headers?: { readonly [name: string]: string };
        readonly queries?: { readonly [name: string]: Json };
        readonly body?: Json;
        readonly authentication?: { readonly type: "ManagedServiceIdentity"; readonly audience: string };
        readonly retryPolicy?: RetryPolicy;
    };
}

export interface ApiConnectionAction extends ActionBase {
    readonly type: "ApiConnection";
    readonly inputs: {
        readonly host: { readonly connection: { readonly name: string } };
        readonly method: "get" | "post" | "put" | "patch" | "delete";
        readonly path: string;
        readonly queries?: { readonly [name: string]: Json };
        readonly headers?: { readonly [name: string]: string };
        readonly body?: Json;
        readonly retryPolicy?: RetryPolicy;
    };
}

export interface ComposeAction extends ActionBase {
    readonly type: "Compose";
    readonly inputs: Json;
}

export interface ParseJsonAction extends ActionBase {
    readonly type: "ParseJson";
    readonly inputs: { readonly content: Json; readonly schema: Json };
}

export type VariableType = "String" | "Integer" | "Float" | "Boolean" | "Array" | "Object";

export interface InitializeVariableAction extends ActionBase {
    readonly type: "InitializeVariable";
    readonly inputs: {
        readonly variables: readonly [
            { readonly name: string; readonly type: VariableType; readonly value?: Json },
        ];
    };
}

export interface ChangeVariableAction extends ActionBase {
    readonly type:
        | "SetVariable"
        | "AppendToArrayVariable"
        | "AppendToStringVariable"
        | "IncrementVariable"
        | "DecrementVariable";
    readonly inputs: { readonly name: string; readonly value: Json };
}

/** A condition: an expression that yields a boolean, or an object with one operator. */
export type Condition = string | { readonly [operator: string]: Json };

export interface IfAction extends ActionBase {
    readonly type: "If";
    readonly expression: Condition;
    readonly actions: Actions;
    readonly else?: { readonly actions: Actions };
}

export interface SwitchAction extends ActionBase {
    readonly type: "Switch";
    readonly expression: string;
    readonly cases: {
        readonly [name: string]: { readonly case: string | number; readonly actions: Actions };
    };
    readonly default?: { readonly actions: Actions };
}

export interface ForeachAction extends ActionBase {
    readonly type: "Foreach";
    readonly foreach: string;
    readonly actions: Actions;
}

export interface UntilAction extends ActionBase {
    readonly type: "Until";
    readonly expression: Condition;
    readonly limit: { readonly count?: number; readonly timeout?: string };
    readonly actions: Actions;
}

export interface ScopeAction extends ActionBase {
    readonly type: "Scope";
    readonly actions: Actions;
}

export interface TerminateAction extends ActionBase {
    readonly type: "Terminate";
    readonly inputs: {
        readonly runStatus: "Succeeded" | "Failed" | "Cancelled";
        /** Only with `Failed`. */
        readonly runError?: { readonly code: string; readonly message: string };
    };
}

export interface WaitAction extends ActionBase {
    readonly type: "Wait";
    readonly inputs:
        | { readonly interval: { readonly count: number | string; readonly unit: string } }
        | { readonly until: { readonly timestamp: string } };
}

export interface QueryAction extends ActionBase {
    readonly type: "Query";
    readonly inputs: { readonly from: Json; readonly where: Condition };
}

export interface SelectAction extends ActionBase {
    readonly type: "Select";
    readonly inputs: { readonly from: Json; readonly select: Json };
}

export interface JoinAction extends ActionBase {
    readonly type: "Join";
    readonly inputs: { readonly from: Json; readonly joinWith: string };
}

export interface TableAction extends ActionBase {
    readonly type: "Table";
    readonly inputs: {
        readonly from: Json;
        readonly format: "CSV" | "HTML";
        readonly columns?: readonly { readonly header: string; readonly value: Json }[];
    };
}

export interface ResponseAction extends ActionBase {
    readonly type: "Response";
    readonly kind?: string;
    readonly inputs: {
        readonly statusCode: number | string;
        readonly headers?: { readonly [name: string]: string };
        readonly body?: Json;
    };
}

export type Action =
    | HttpAction
    | ApiConnectionAction
    | ComposeAction
    | ParseJsonAction
    | InitializeVariableAction
    | ChangeVariableAction
    | IfAction
    | SwitchAction
    | ForeachAction
    | UntilAction
    | ScopeAction
    | TerminateAction
    | WaitAction
    | QueryAction
    | SelectAction
    | JoinAction
    | TableAction
    | ResponseAction;

/** Actions of one scope by name; the order of the keys has no meaning, `runAfter` has. */
export type Actions = { readonly [name: string]: Action };

interface TriggerBase {
    readonly description?: string;
    readonly conditions?: readonly { readonly expression: string }[];
    readonly splitOn?: string;
    readonly runtimeConfiguration?: RuntimeConfiguration;
    readonly operationOptions?: string;
}

/** The workflow has a callback URL; whoever knows it starts a run. */
export interface RequestTrigger extends TriggerBase {
    readonly type: "Request";
    readonly kind?: "Http";
    readonly inputs: { readonly schema?: Json; readonly method?: HttpMethod };
}

/** The connector calls back, e.g. Sentinel when an automation rule runs the playbook. */
export interface ApiConnectionWebhookTrigger extends TriggerBase {
    readonly type: "ApiConnectionWebhook";
    readonly inputs: {
        readonly host: { readonly connection: { readonly name: string } };
        readonly path: string;
        readonly body: Json;
        readonly queries?: { readonly [name: string]: Json };
    };
}

export interface RecurrenceTrigger extends TriggerBase {
    readonly type: "Recurrence";
    readonly recurrence: { readonly frequency: string; readonly interval: number };
}

export type Trigger = RequestTrigger | ApiConnectionWebhookTrigger | RecurrenceTrigger;

export interface DefinitionParameter {
    readonly type: "Array" | "Bool" | "Float" | "Int" | "Object" | "SecureObject" | "SecureString" | "String";
    readonly defaultValue?: Json;
}

export interface WorkflowDefinition {
    readonly $schema: "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#";
    readonly contentVersion: string;
    readonly parameters?: { readonly [name: string]: DefinitionParameter };
    readonly triggers: { readonly [name: string]: Trigger };
    readonly actions: Actions;
    readonly outputs?: { readonly [name: string]: { readonly type: string; readonly value: Json } };
}
