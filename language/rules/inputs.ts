import { isJsonObject, type JsonObject } from "../json";
import { isSameName, nameKey } from "../names";
import { objectOf, valueAt, type ActionNode, type Outline, type TriggerNode } from "../outline";
import { invalidTemplate, isExpression, show, type DefinitionProblem } from "./problem";

/** What each type of action and trigger must be given. */
export function inputRules({ actions, triggers }: Outline): readonly DefinitionProblem[] {
    return [
        ...triggers.flatMap((trigger) =>
            missing(trigger, REQUIRED_BY_TRIGGER).map((message) =>
                invalidTemplate(`The template trigger '${trigger.name}' ${message}`),
            ),
        ),
        ...actions.flatMap((action) =>
            [
                ...missing(action, REQUIRED_BY_ACTION),
                ...misshapen(action),
                ...(CHECKS.get(nameKey(action.type))?.(action) ?? []),
            ].map((message) =>
                invalidTemplate(`The template action '${action.name}' ${message}`, action.name),
            ),
        ),
    ];
}

type Kind = "any" | "string" | "object" | "array" | "number or string";

interface Properties {
    readonly [path: string]: Kind;
}

/** Properties by type, in lower case because Azure takes types in any. */
type Requirements = ReadonlyMap<string, Properties>;

const CONNECTION: Properties = { "inputs.host.connection.name": "string" };
const CHANGED_VARIABLE: Properties = { "inputs.name": "string", "inputs.value": "any" };

/**
 * Source: Microsoft Learn, "Schema reference guide for trigger and action types" (2022-08-20).
 */
const REQUIRED_BY_ACTION: Requirements = new Map(
    Object.entries<Properties>({
        apiconnection: { ...CONNECTION, "inputs.method": "string", "inputs.path": "string" },
        appendtoarrayvariable: CHANGED_VARIABLE,
        appendtostringvariable: CHANGED_VARIABLE,
        compose: { inputs: "any" },
        // Without a value these two count by one.
        decrementvariable: { "inputs.name": "string" },
        incrementvariable: { "inputs.name": "string" },
        foreach: { foreach: "any", actions: "object" },
        http: { "inputs.method": "string", "inputs.uri": "string" },
        if: { expression: "any", actions: "object" },
        initializevariable: { "inputs.variables": "array" },
        join: { "inputs.from": "any", "inputs.joinWith": "string" },
        parsejson: { "inputs.content": "any", "inputs.schema": "any" },
        query: { "inputs.from": "any", "inputs.where": "any" },
        response: { "inputs.statusCode": "number or string" },
        scope: { actions: "object" },
        select: { "inputs.from": "any", "inputs.select": "any" },
        setvariable: CHANGED_VARIABLE,
        switch: { expression: "any", cases: "object" },
        table: { "inputs.from": "any", "inputs.format": "string" },
        terminate: { "inputs.runStatus": "string" },
        until: { expression: "any", actions: "object" },
        wait: { inputs: "object" },
    }),
);

const REQUIRED_BY_TRIGGER: Requirements = new Map(
    Object.entries<Properties>({
        apiconnectionwebhook: { ...CONNECTION, "inputs.body": "any" },
        recurrence: { "recurrence.frequency": "string", "recurrence.interval": "number or string" },
    }),
);

/** What calls may be given; an expression may yield it, too. */
const OPTIONAL_OF_CALLS: Properties = { "inputs.headers": "object", "inputs.queries": "object" };

const OPTIONAL_BY_ACTION: Requirements = new Map(
    Object.entries<Properties>({
        apiconnection: OPTIONAL_OF_CALLS,
        http: OPTIONAL_OF_CALLS,
        response: { "inputs.headers": "object" },
        terminate: { "inputs.runError": "object" },
    }),
);

/** What a table cannot say; each message continues "The template action 'X' …". */
const CHECKS: ReadonlyMap<string, (action: ActionNode) => readonly string[]> = new Map(
    Object.entries({
        if: ({ body }: ActionNode) => checkOptionalObject(body, "else"),
        switch: checkSwitch,
        table: checkTable,
        terminate: checkTerminate,
        wait: checkWait,
    }),
);

function missing(node: ActionNode | TriggerNode, requirements: Requirements): readonly string[] {
    return Object.entries(requirements.get(nameKey(node.type)) ?? {}).flatMap(([path, kind]) => {
        const value = valueAt(node.body, path);
        if (value === undefined) {
            return [`has no '${path}', which its type '${node.type}' requires.`];
        }
        return isOfKind(value, kind)
            ? []
            : [`has ${show(value)} as '${path}', which must be of type ${kind}.`];
    });
}

function misshapen(action: ActionNode): readonly string[] {
    return Object.entries(OPTIONAL_BY_ACTION.get(nameKey(action.type)) ?? {}).flatMap(([path, kind]) => {
        const value = valueAt(action.body, path);
        return value === undefined || isExpression(value) || isOfKind(value, kind)
            ? []
            : [`has ${show(value)} as '${path}', which must be of type ${kind}.`];
    });
}

function isOfKind(value: unknown, kind: Kind): boolean {
    switch (kind) {
        case "any":
            return true;
        case "array":
            return Array.isArray(value);
        case "object":
            return isJsonObject(value);
        case "string":
            return typeof value === "string";
        case "number or string":
            return typeof value === "number" || typeof value === "string";
    }
}

function checkOptionalObject(body: JsonObject, key: string): readonly string[] {
    return body[key] === undefined || isJsonObject(body[key])
        ? []
        : [`has ${show(body[key])} as '${key}', which must be of type object.`];
}

function checkSwitch({ body }: ActionNode): readonly string[] {
    const cases = isJsonObject(body["cases"]) ? Object.entries(body["cases"]) : [];
    return [
        ...checkOptionalObject(body, "default"),
        ...cases
            .filter(([, value]) => !isJsonObject(value) || value["case"] === undefined)
            .map(([name]) => `has no 'case' in its case '${name}'.`),
        ...cases.flatMap(([name, value]) => checkCase(name, valueAt(objectOf(value), "case"))),
    ];
}

/** A Switch compares texts and integers only. */
function checkCase(name: string, value: unknown): readonly string[] {
    return value === undefined || typeof value === "string" || isWhole(value)
        ? []
        : [`has ${show(value)} as the 'case' of its case '${name}'; allowed are text and whole numbers.`];
}

/** Whether a value is an integer; a reader may give those that need more than a double as `bigint`. */
function isWhole(value: unknown): boolean {
    return typeof value === "bigint" || Number.isInteger(value);
}

function checkTable({ body }: ActionNode): readonly string[] {
    const format = valueAt(body, "inputs.format");
    const columns = valueAt(body, "inputs.columns");
    return [
        ...(typeof format === "string" ? checkOneOf("inputs.format", format, ["CSV", "HTML"]) : []),
        ...(columns === undefined || Array.isArray(columns)
            ? []
            : [`has ${show(columns)} as 'inputs.columns', which must be of type array.`]),
    ];
}

function checkTerminate({ body }: ActionNode): readonly string[] {
    const status = valueAt(body, "inputs.runStatus");
    if (typeof status !== "string") {
        return [];
    }
    const hasError = valueAt(body, "inputs.runError") !== undefined;
    return [
        ...checkOneOf("inputs.runStatus", status, ["Succeeded", "Failed", "Cancelled"]),
        ...(hasError && !isSameName(status, "Failed")
            ? [
                  `has an 'inputs.runError', which only the status 'Failed' may have; its status is '${status}'.`,
              ]
            : []),
    ];
}

function checkWait({ body }: ActionNode): readonly string[] {
    const interval = valueAt(body, "inputs.interval");
    const until = valueAt(body, "inputs.until");
    if ((interval === undefined) === (until === undefined)) {
        return ["must have either 'inputs.interval' or 'inputs.until'."];
    }
    if (until !== undefined) {
        const timestamp = valueAt(body, "inputs.until.timestamp");
        return typeof timestamp === "string" ? [] : ["has no text as 'inputs.until.timestamp'."];
    }
    const count = valueAt(body, "inputs.interval.count");
    const unit = valueAt(body, "inputs.interval.unit");
    return [
        ...(isExpression(count) || (isWhole(count) && Number(count) >= 0)
            ? []
            : [`has ${show(count)} as 'inputs.interval.count'; allowed is a whole number, from 0 on.`]),
        ...(typeof unit === "string"
            ? checkOneOf("inputs.interval.unit", unit, ["Second", "Minute", "Hour", "Day", "Week", "Month"])
            : ["has no text as 'inputs.interval.unit'."]),
    ];
}

/** Letter case does not count, and what an expression yields is not known yet. */
function checkOneOf(path: string, value: string, allowed: readonly string[]): readonly string[] {
    return isExpression(value) || allowed.some((candidate) => isSameName(candidate, value))
        ? []
        : [`has "${value}" as '${path}'; allowed are ${allowed.join(", ")}.`];
}
