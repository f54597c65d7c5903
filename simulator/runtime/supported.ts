/** What the simulator simulates of each type of trigger and action. */
import { nameKey } from "../../language/names";

export interface Supported {
    /** Properties beside those that every action or trigger may have. */
    readonly properties: readonly string[];
    /** Properties of objects within, by their path, e.g. `inputs/host`; `*` stands for each of several, `cases/*`. */
    readonly nested: { readonly [path: string]: readonly string[] };
    /** Values of `operationOptions`. */
    readonly options: readonly string[];
    /** Functions, in lower case, that are for this type alone. */
    readonly functions: readonly string[];
}

/** How an Http action may authenticate. */
export const AUTHENTICATION_TYPE = "ManagedServiceIdentity";

/** Version of the language, as `$schema` names it. */
export const SCHEMA_VERSION = "2016-06-01";

export const DEFINITION_PROPERTIES = [
    "$schema",
    "actions",
    "contentVersion",
    "description",
    "outputs",
    "parameters",
    "triggers",
];

export const OUTPUT_PROPERTIES = ["description", "metadata", "type", "value"];

export const PARAMETER_PROPERTIES = ["allowedValues", "defaultValue", "metadata", "type"];

/** `metadata` and `description` are notes for people and the designer. */
const NOTES = ["description", "metadata"];

export const ACTION_PROPERTIES = [
    ...NOTES,
    "operationOptions",
    "runAfter",
    "runtimeConfiguration",
    // Go to diagnostics only; see selfReferences.ts for what they may refer to.
    "trackedProperties",
    "type",
];

export const TRIGGER_PROPERTIES = [
    ...NOTES,
    "conditions",
    "inputs",
    "operationOptions",
    "runtimeConfiguration",
    "type",
];

const RETRY_POLICY = ["count", "interval", "maximumInterval", "minimumInterval", "type"];

const SECURE_DATA = { "runtimeConfiguration/secureData": ["properties"] };

/** Actions with inputs, which may be secured. */
function withInputs(inputs: readonly string[], more: Partial<Supported> = {}): Supported {
    return supported(["inputs", ...(more.properties ?? [])], {
        ...more,
        nested: { inputs, runtimeConfiguration: ["secureData"], ...SECURE_DATA, ...more.nested },
    });
}

function call(inputs: readonly string[], nested: Supported["nested"]): Supported {
    return withInputs([...inputs, "body", "headers", "method", "queries", "retryPolicy"], {
        properties: ["limit"],
        nested: { ...nested, limit: ["timeout"], "inputs/retryPolicy": RETRY_POLICY },
        options: ["DisableAsyncPattern"],
    });
}

function container(properties: readonly string[], more: Partial<Supported> = {}): Supported {
    // That a container cannot be secured is a rule by which Azure saves.
    const nested = { runtimeConfiguration: ["secureData"], ...SECURE_DATA, ...more.nested };
    return supported(properties, { ...more, nested });
}

function supported(properties: readonly string[], more: Partial<Supported> = {}): Supported {
    return {
        nested: more.nested ?? {},
        options: more.options ?? [],
        functions: more.functions ?? [],
        properties,
    };
}

const CONNECTION_HOST = { "inputs/host": ["connection"], "inputs/host/connection": ["name"] };

const INTERVAL = { "inputs/interval": ["count", "unit"], "inputs/until": ["timestamp"] };

function byKey(types: { readonly [type: string]: Supported }): ReadonlyMap<string, Supported> {
    return new Map(Object.entries(types).map(([type, each]) => [nameKey(type), each]));
}

const CHANGE_VARIABLE = withInputs(["name", "value"]);

/** Action types by their key. */
export const ACTIONS: ReadonlyMap<string, Supported> = byKey({
    Http: call(["authentication", "uri"], { "inputs/authentication": ["audience", "type"] }),
    ApiConnection: call(["host", "path"], CONNECTION_HOST),
    // The inputs of a Compose are any value, so their properties are not looked at.
    Compose: supported(["inputs"], { nested: { runtimeConfiguration: ["secureData"], ...SECURE_DATA } }),
    ParseJson: withInputs(["content", "schema"]),
    InitializeVariable: withInputs(["variables"], {
        nested: { "inputs/variables/*": ["name", "type", "value"] },
    }),
    SetVariable: CHANGE_VARIABLE,
    AppendToArrayVariable: CHANGE_VARIABLE,
    AppendToStringVariable: CHANGE_VARIABLE,
    IncrementVariable: CHANGE_VARIABLE,
    DecrementVariable: CHANGE_VARIABLE,
    If: container(["actions", "else", "expression"], { nested: { else: ["actions"] } }),
    Switch: container(["cases", "default", "expression"], {
        nested: { "cases/*": ["actions", "case"], default: ["actions"] },
    }),
    Scope: container(["actions"]),
    Foreach: container(["actions", "foreach"], {
        nested: {
            runtimeConfiguration: ["concurrency", "secureData"],
            "runtimeConfiguration/concurrency": ["repetitions"],
        },
        options: ["Sequential"],
    }),
    Until: container(["actions", "expression", "limit"], {
        nested: { limit: ["count", "timeout"] },
        options: ["FailWhenLimitsReached"],
    }),
    Terminate: withInputs(["runError", "runStatus"], { nested: { "inputs/runError": ["code", "message"] } }),
    Wait: withInputs(["interval", "until"], { nested: INTERVAL }),
    Query: withInputs(["from", "where"]),
    Select: withInputs(["from", "select"]),
    Join: withInputs(["from", "joinWith"]),
    Table: withInputs(["columns", "format", "from"], { nested: { "inputs/columns/*": ["header", "value"] } }),
    Response: withInputs(["body", "headers", "schema", "statusCode"], { properties: ["kind"] }),
});

const TRIGGER_CONFIGURATION = {
    "conditions/*": ["expression"],
    runtimeConfiguration: ["concurrency", "secureData"],
    "runtimeConfiguration/concurrency": ["maximumWaitingRuns", "runs"],
    ...SECURE_DATA,
};

/** Trigger types by their key. One run is simulated, so what limits concurrent runs has no effect. */
export const TRIGGERS: ReadonlyMap<string, Supported> = byKey({
    Request: supported(["kind", "splitOn"], {
        nested: { inputs: ["headersSchema", "method", "schema"], ...TRIGGER_CONFIGURATION },
        options: ["SingleInstance"],
    }),
    Recurrence: supported(["recurrence"], {
        nested: {
            inputs: [],
            recurrence: ["endTime", "frequency", "interval", "schedule", "startTime", "timeZone"],
            "recurrence/schedule": ["hours", "minutes", "monthDays", "monthlyOccurrences", "weekDays"],
            "recurrence/schedule/monthlyOccurrences/*": ["day", "occurrence"],
            ...TRIGGER_CONFIGURATION,
        },
        options: ["SingleInstance"],
    }),
    ApiConnectionWebhook: supported(["splitOn"], {
        nested: {
            inputs: ["body", "headers", "host", "method", "path", "queries"],
            ...CONNECTION_HOST,
            ...TRIGGER_CONFIGURATION,
        },
        options: ["SingleInstance"],
        // The address that the connector is given to call back.
        functions: ["listcallbackurl"],
    }),
});
