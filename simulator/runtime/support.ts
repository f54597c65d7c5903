/**
 * A closed world: before a run, the whole definition is searched, branches not taken included, for what the simulator
 * does not simulate. It is refused by name, never ignored.
 */
import type { JsonObject } from "../../language/json";
import { isSameName, nameKey } from "../../language/names";
import { isOfType, objectOf, type ActionNode, type Outline, type TriggerNode } from "../../language/outline";
import { isExpression, show } from "../../language/rules/problem";
import { sitesIn, sitesOf, type Site } from "../../language/sites";
import { NotSupportedError } from "./errors";
import { isImplemented } from "./functions";
import { unknownKeywords } from "./jsonSchema";
import { checkLoopReferences } from "./loopReferences";
import { checkSelfReferences } from "./selfReferences";
import {
    ACTION_PROPERTIES,
    ACTIONS,
    AUTHENTICATION_TYPE,
    DEFINITION_PROPERTIES,
    OUTPUT_PROPERTIES,
    PARAMETER_PROPERTIES,
    SCHEMA_VERSION,
    TRIGGER_PROPERTIES,
    TRIGGERS,
    type Supported,
} from "./supported";

/**
 * Refuses what the simulator does not support.
 *
 * @throws NotSupportedError for the first that is found
 */
export function assertSupported(outline: Outline): void {
    requireKnown(Object.keys(outline.body), DEFINITION_PROPERTIES, "of the definition");
    for (const [name, value] of Object.entries(objectOf(outline.body["parameters"]))) {
        requireKnown(Object.keys(objectOf(value)), PARAMETER_PROPERTIES, `of parameter '${name}'`);
    }
    Object.entries(objectOf(outline.body["outputs"])).forEach(checkOutput);
    outline.triggers.forEach(checkTrigger);
    for (const action of outline.actions) {
        checkAction(action);
        checkLoopReferences(action, outline);
    }
    checkSplitOn(outline);
    checkSchema(outline.body["$schema"]);
}

/** Older versions of the language differ. */
function checkSchema(schema: unknown): void {
    if (typeof schema === "string" && !schema.includes(`/${SCHEMA_VERSION}/`)) {
        throw new NotSupportedError(
            `The '$schema' '${schema}' is not supported by the simulator; that of ${SCHEMA_VERSION} is.`,
        );
    }
}

function checkOutput([name, value]: readonly [string, unknown]): void {
    const where = `of output '${name}'`;
    const { type } = objectOf(value);
    requireKnown(Object.keys(objectOf(value)), OUTPUT_PROPERTIES, where);
    if (typeof type === "string" && nameKey(type).startsWith("secure")) {
        throw new NotSupportedError(`The type '${type}' ${where} is not supported by the simulator.`);
    }
    checkCalls(sitesIn(objectOf(value)["value"]), [], where, undefined);
}

/** Azure answers at once then, and runs what would answer later all the same. */
function checkSplitOn({ triggers, actions }: Outline): void {
    const trigger = triggers.find(({ body }) => body["splitOn"] !== undefined);
    const response = actions.find((action) => isOfType(action, "Response"));
    if (trigger !== undefined && response !== undefined) {
        throw new NotSupportedError(
            `The action '${response.name}' of type 'Response' with a trigger that has 'splitOn' is not supported by the ` +
                "simulator.",
            response.name,
        );
    }
}

function checkTrigger(trigger: TriggerNode): void {
    const where = `of trigger '${trigger.name}'`;
    const supported = TRIGGERS.get(nameKey(trigger.type));
    if (supported === undefined) {
        throw new NotSupportedError(
            `The trigger type '${trigger.type}' ${where} is not supported by the simulator.`,
        );
    }
    checkNode(trigger, supported, TRIGGER_PROPERTIES, where);
}

function checkAction(action: ActionNode): void {
    const where = `of action '${action.name}'`;
    const supported = ACTIONS.get(nameKey(action.type));
    if (supported === undefined) {
        throw new NotSupportedError(
            `The action type '${action.type}' ${where} is not supported by the simulator.`,
            action.name,
        );
    }
    checkNode(action, supported, ACTION_PROPERTIES, where, action.name);
    checkAuthentication(action, where);
    checkSelfReferences(action, where);
    checkCases(action, where);
    if (isOfType(action, "ParseJson")) {
        const [keyword] = unknownKeywords(objectOf(objectOf(action.body["inputs"])["schema"]));
        if (keyword !== undefined) {
            throw new NotSupportedError(
                `The schema keyword '${keyword}' ${where} is not supported by the simulator.`,
                action.name,
            );
        }
    }
}

function checkAuthentication(action: ActionNode, where: string): void {
    const { type } = objectOf(objectOf(action.body["inputs"])["authentication"]);
    const isKnown = typeof type !== "string" || isExpression(type) || isSameName(type, AUTHENTICATION_TYPE);
    if (isOfType(action, "Http") && !isKnown) {
        throw new NotSupportedError(
            `The authentication type '${type}' ${where} is not supported by the simulator; ${AUTHENTICATION_TYPE} is.`,
            action.name,
        );
    }
}

/** No document says whether a case may be computed, nor which of two equal ones is taken. */
function checkCases({ name, body }: ActionNode, where: string): void {
    const values = Object.values(objectOf(body["cases"])).map((each) => objectOf(each)["case"]);
    const refused =
        values.find((value) => sitesIn(value).some(({ expressions }) => expressions.length > 0)) ??
        values.find((value, index) => value !== undefined && values.indexOf(value) !== index);
    if (refused !== undefined) {
        throw new NotSupportedError(
            `The case ${show(refused)} ${where}, computed or there twice, is not supported by the simulator.`,
            name,
        );
    }
}

function checkNode(
    node: ActionNode | TriggerNode,
    supported: Supported,
    common: readonly string[],
    where: string,
    action?: string,
): void {
    const { body } = node;
    requireKnown(Object.keys(body), [...common, ...supported.properties], where, action);
    for (const [path, known] of Object.entries(supported.nested)) {
        for (const holder of holdersAt(body, path)) {
            requireKnown(Object.keys(objectOf(holder.value)), known, where, action, holder.path);
        }
    }
    checkOptions(body["operationOptions"], supported.options, where, action);
    checkFunctions(node, supported, where, action);
}

/** What a definition has at such a path, and where exactly. */
function holdersAt(
    body: JsonObject,
    path: string,
): readonly { readonly value: unknown; readonly path: string }[] {
    return path.split("/").reduce<readonly { readonly value: unknown; readonly path: string }[]>(
        (holders, key) =>
            holders.flatMap(({ value, path: above }) => {
                const entries = Array.isArray(value)
                    ? value.map((item: unknown, index) => [String(index), item] as const)
                    : Object.entries(objectOf(value));
                return entries
                    .filter(([name]) => key === "*" || key === name)
                    .map(([name, item]) => ({
                        value: item,
                        path: above === "" ? name : `${above}.${name}`,
                    }));
            }),
        [{ value: body, path: "" }],
    );
}

function checkOptions(
    written: unknown,
    known: readonly string[],
    where: string,
    action: string | undefined,
): void {
    const options = typeof written === "string" ? written.split(",").map((option) => option.trim()) : [];
    const unknown = options.find(
        (option) => option !== "" && !known.some((each) => nameKey(each) === nameKey(option)),
    );
    if (unknown !== undefined) {
        throw new NotSupportedError(
            `The operation option '${unknown}' ${where} is not supported by the simulator.`,
            action,
        );
    }
}

function checkFunctions(
    node: ActionNode | TriggerNode,
    supported: Supported,
    where: string,
    action: string | undefined,
): void {
    // What a container holds in its cases are actions with expressions of their own, apart from the case itself.
    const cases = Object.values(objectOf(node.body["cases"])).flatMap((each) =>
        sitesIn(objectOf(each)["case"]),
    );
    checkCalls([...sitesOf(node), ...cases], supported.functions, where, action);
}

function checkCalls(
    sites: readonly Site[],
    special: readonly string[],
    where: string,
    action: string | undefined,
): void {
    for (const call of sites.flatMap((site) => site.calls)) {
        if (!isImplemented(call.name) && !special.includes(nameKey(call.name))) {
            throw new NotSupportedError(
                `The function '${call.name}' ${where} is not supported by the simulator.`,
                action,
            );
        }
    }
}

function requireKnown(
    names: readonly string[],
    known: readonly string[],
    where: string,
    action?: string,
    within?: string,
): void {
    const unknown = names.find((name) => !known.includes(name));
    if (unknown !== undefined) {
        const path = within === undefined ? unknown : `${within}.${unknown}`;
        throw new NotSupportedError(
            `The property '${path}' ${where} is not supported by the simulator.`,
            action,
        );
    }
}
