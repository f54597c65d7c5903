import {
    ACTION_TYPES,
    TRIGGER_TYPES,
    UNSIMULATED_ACTION_TYPES,
    UNSIMULATED_TRIGGER_TYPES,
    canonicalType,
} from "../actionTypes";
import { isJsonObject, type JsonObject } from "../json";
import { objectOf, type ActionNode, type Outline, type TriggerNode } from "../outline";
import { invalidTemplate, show, type DefinitionProblem } from "./problem";

/** Objects are where objects belong, and every action and trigger has a type that Azure knows. */
export function shapeRules(outline: Outline): readonly DefinitionProblem[] {
    const { body } = outline;
    return [
        ...["triggers", "actions", "parameters", "outputs"]
            .filter((key) => body[key] !== undefined && !isJsonObject(body[key]))
            .map((key) =>
                invalidTemplate(`The '${key}' of the definition must be an object, not ${show(body[key])}.`),
            ),
        ...checkSchema(body["$schema"]),
        ...checkVersion(body["contentVersion"]),
        ...Object.entries(objectOf(body["outputs"])).flatMap(checkOutput),
        ...outline.triggers.flatMap(checkTrigger),
        ...outline.actions.flatMap(checkAction),
    ];
}

function checkSchema(schema: unknown): readonly DefinitionProblem[] {
    return schema === undefined || typeof schema === "string"
        ? []
        : [invalidTemplate(`The '$schema' of the definition must be text, not ${show(schema)}.`)];
}

function checkOutput([name, output]: readonly [string, unknown]): readonly DefinitionProblem[] {
    if (!isJsonObject(output)) {
        return [invalidTemplate(`The output '${name}' must be an object, not ${show(output)}.`)];
    }
    return typeof output["type"] === "string"
        ? []
        : [invalidTemplate(`The output '${name}' has ${show(output["type"])} as its type.`)];
}

function checkVersion(version: unknown): readonly DefinitionProblem[] {
    if (version === undefined || (typeof version === "string" && /^\d+\.\d+\.\d+\.\d+$/.test(version))) {
        return [];
    }
    const found = show(version);
    return [
        invalidTemplate(
            `The 'contentVersion' must be four numbers with dots, e.g. "1.0.0.0"; it is ${found}.`,
        ),
    ];
}

function checkTrigger({ name, type, body }: TriggerNode): readonly DefinitionProblem[] {
    const known = canonicalType(type, [...TRIGGER_TYPES, ...UNSIMULATED_TRIGGER_TYPES]);
    return [
        ...(known === undefined ? [`has the type '${type}', which Azure does not know.`] : []),
        ...checkProperties(body),
        ...checkConditions(body["conditions"]),
    ].map((message) => invalidTemplate(`The template trigger '${name}' ${message}`));
}

function checkAction({ name, type, body }: ActionNode): readonly DefinitionProblem[] {
    const known = canonicalType(type, [...ACTION_TYPES, ...UNSIMULATED_ACTION_TYPES]);
    return [
        ...(known === undefined ? [`has the type '${type}', which Azure does not know.`] : []),
        ...checkProperties(body),
        ...checkBranches(body),
    ].map((message) => invalidTemplate(`The template action '${name}' ${message}`, name));
}

/** Each message continues "The template action 'X' …". */
function checkProperties(body: JsonObject): readonly string[] {
    const options = body["operationOptions"];
    const configuration = objectOf(body["runtimeConfiguration"]);
    return [
        ...checkObject("limit", body["limit"]),
        ...checkObject("runtimeConfiguration", body["runtimeConfiguration"]),
        ...["concurrency", "secureData"].flatMap((key) =>
            checkObject(`runtimeConfiguration.${key}`, configuration[key]),
        ),
        ...(options === undefined || typeof options === "string"
            ? []
            : [`has ${show(options)} as 'operationOptions', which must be text.`]),
    ];
}

/** The actions of a container; those that it must have are a matter of its type. */
function checkBranches(body: JsonObject): readonly string[] {
    const cases = Object.entries(objectOf(body["cases"]));
    return [
        ...["else", "default"].flatMap((key) =>
            checkObject(`${key}.actions`, objectOf(body[key])["actions"]),
        ),
        ...cases.flatMap(([name, each]) => checkObject(`cases.${name}.actions`, objectOf(each)["actions"])),
    ];
}

function checkConditions(conditions: unknown): readonly string[] {
    if (conditions === undefined) {
        return [];
    }
    if (!Array.isArray(conditions)) {
        return [`has ${show(conditions)} as 'conditions', which must be an array.`];
    }
    return conditions
        .filter((condition: unknown) => objectOf(condition)["expression"] === undefined)
        .map((condition: unknown) => `has a condition without 'expression': ${show(condition)}.`);
}

function checkObject(path: string, value: unknown): readonly string[] {
    return value === undefined || isJsonObject(value)
        ? []
        : [`has ${show(value)} as '${path}', which must be an object.`];
}
