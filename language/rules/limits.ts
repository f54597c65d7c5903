import {
    MAX_ACTIONS,
    MAX_DESCRIPTION_LENGTH,
    MAX_NESTING,
    MAX_OUTPUTS,
    MAX_PARAMETERS,
    MAX_SWITCH_CASES,
    MAX_TRIGGERS,
    MAX_VARIABLES,
} from "../limits";
import { isOfType, objectOf, type Outline } from "../outline";
import { invalidTemplate, type DefinitionProblem } from "./problem";

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
    ];
}

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
    return [
        ...checkDescription(body["description"], "the definition"),
        ...triggers.flatMap((trigger) =>
            checkDescription(trigger.body["description"], `the template trigger '${trigger.name}'`),
        ),
        ...actions.flatMap(({ name, body: action }) =>
            checkDescription(action["description"], `the template action '${name}'`, name),
        ),
    ];
}

function checkDescription(
    description: unknown,
    owner: string,
    action?: string,
): readonly DefinitionProblem[] {
    return typeof description === "string" && description.length > MAX_DESCRIPTION_LENGTH
        ? [
              invalidTemplate(
                  `The description of ${owner} has ${description.length} characters; ` +
                      `the limit is ${MAX_DESCRIPTION_LENGTH}.`,
                  action,
              ),
          ]
        : [];
}
