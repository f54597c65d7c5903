import {
    MAX_ACTIONS,
    MAX_DESCRIPTION_LENGTH,
    MAX_INLINE_CODE_LENGTH,
    MAX_NESTING,
    MAX_OUTPUTS,
    MAX_PARAMETERS,
    MAX_SWITCH_CASES,
    MAX_TRACKED_PROPERTIES_LENGTH,
    MAX_TRIGGERS,
    MAX_URI_LENGTH,
    MAX_VARIABLES,
} from "../limits";
import { isOfType, objectOf, valueAt, type ActionNode, type Outline } from "../outline";
import { invalidTemplate, jsonText, type DefinitionProblem } from "./problem";

/** How much a definition may hold. */
export function limitRules(outline: Outline): readonly DefinitionProblem[] {
    const { body, triggers, actions } = outline;
    const variables = actions.filter((action) => isOfType(action, "InitializeVariable"));
    return [
        ...checkTriggerCount(triggers.length),
        ...checkCount("actions", actions.length, MAX_ACTIONS),
        ...checkCount("variables", variables.length, MAX_VARIABLES),
        ...checkCount("parameters", Object.keys(objectOf(body["parameters"])).length, MAX_PARAMETERS),
        ...checkCount("outputs", Object.keys(objectOf(body["outputs"])).length, MAX_OUTPUTS),
        ...checkNesting(outline),
        ...checkCases(outline),
        ...checkDescriptions(outline),
        ...checkLengths(outline),
    ];
}

const INLINE_CODE_TYPES = ["CSharpScriptCode", "JavaScriptCode", "PowerShellCode"];

function checkTriggerCount(count: number): readonly DefinitionProblem[] {
    return count === 0
        ? [invalidTemplate("The definition has no trigger; a workflow needs at least one.")]
        : checkCount("triggers", count, MAX_TRIGGERS);
}

function checkCount(what: string, count: number, limit: number): readonly DefinitionProblem[] {
    return count > limit
        ? [invalidTemplate(`The definition has ${count} ${what}; the limit is ${limit}.`)]
        : [];
}

function checkNesting({ actions }: Outline): readonly DefinitionProblem[] {
    return actions
        .filter(({ level }) => level > MAX_NESTING)
        .map(({ name, level }) =>
            invalidTemplate(
                `The template action '${name}' is nested at level '${level}', ` +
                    `which exceeds the maximum nesting limit of '${MAX_NESTING}'.`,
                name,
            ),
        );
}

function checkCases({ actions }: Outline): readonly DefinitionProblem[] {
    return actions
        .filter((action) => isOfType(action, "Switch"))
        .map(({ name, body }) => ({ name, count: Object.keys(objectOf(body["cases"])).length }))
        .filter(({ count }) => count > MAX_SWITCH_CASES)
        .map(({ name, count }) =>
            invalidTemplate(
                `The template action '${name}' has ${count} cases; the limit is ${MAX_SWITCH_CASES}.`,
                name,
            ),
        );
}

function checkDescriptions({ body, triggers, actions }: Outline): readonly DefinitionProblem[] {
    const check = (description: unknown, owner: string, action?: string) =>
        checkLength(description, `The description of ${owner}`, MAX_DESCRIPTION_LENGTH, action);
    return [
        ...check(body["description"], "the definition"),
        ...triggers.flatMap((trigger) =>
            check(trigger.body["description"], `the template trigger '${trigger.name}'`),
        ),
        ...actions.flatMap((action) =>
            check(action.body["description"], `the template action '${action.name}'`, action.name),
        ),
    ];
}

function checkLengths({ actions }: Outline): readonly DefinitionProblem[] {
    return actions.flatMap((action) => {
        const { name, body } = action;
        const tracked = body["trackedProperties"];
        const code = isOfType(action, ...INLINE_CODE_TYPES) ? valueAt(body, "inputs.code") : undefined;
        const owner = `of the template action '${name}'`;
        return [
            ...checkLength(
                tracked === undefined ? undefined : jsonText(tracked),
                `The 'trackedProperties' ${owner}`,
                MAX_TRACKED_PROPERTIES_LENGTH,
                name,
            ),
            ...checkLength(code, `The 'inputs.code' ${owner}`, MAX_INLINE_CODE_LENGTH, name),
            ...checkLength(plainUriOf(action), `The 'inputs.uri' ${owner}`, MAX_URI_LENGTH, name),
        ];
    });
}

/** The URI of an Http action, if it holds no expression. */
function plainUriOf(action: ActionNode): unknown {
    const uri = valueAt(action.body, "inputs.uri");
    return isOfType(action, "Http") && typeof uri === "string" && !uri.includes("@") ? uri : undefined;
}

function checkLength(
    text: unknown,
    what: string,
    limit: number,
    action?: string,
): readonly DefinitionProblem[] {
    return typeof text === "string" && text.length > limit
        ? [invalidTemplate(`${what} has ${text.length} characters; the limit is ${limit}.`, action)]
        : [];
}
