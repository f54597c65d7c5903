import { MAX_NAME_LENGTH } from "../limits";
import { nameKey } from "../names";
import type { Outline } from "../outline";
import { invalidTemplate, type DefinitionProblem } from "./problem";

/** Names of actions and triggers: their characters, their length, and that no two actions share one. */
export function nameRules({ actions, triggers }: Outline): readonly DefinitionProblem[] {
    return [
        ...triggers.flatMap(({ name }) => checkName("trigger", name)),
        ...actions.flatMap(({ name }) => checkName("action", name)),
        ...checkUnique(actions.map(({ name }) => name)),
    ];
}

/** Source: Azure/LogicAppsUX, pull request 9307. */
const FORBIDDEN = /[:#<>%&\\?/\p{Cc}]/gu;
const RESERVED_PREFIX = "internal.";

function checkName(kind: "action" | "trigger", name: string): readonly DefinitionProblem[] {
    const action = kind === "action" ? name : undefined;
    if (name === "") {
        return [invalidTemplate(`The name of a template ${kind} is empty.`, action)];
    }
    const problems: DefinitionProblem[] = [];
    if (name.length > MAX_NAME_LENGTH) {
        const length = `has ${name.length} characters; the limit is ${MAX_NAME_LENGTH}`;
        problems.push(invalidTemplate(`The name of the template ${kind} '${name}' ${length}.`, action));
    }
    const invalid = [...new Set(name.match(FORBIDDEN))];
    if (invalid.length > 0) {
        const list = invalid.map((character) => JSON.stringify(character)).join(", ");
        problems.push(
            invalidTemplate(
                `The name of the template ${kind} '${name}' has these invalid characters: ${list}.`,
                action,
            ),
        );
    }
    if (nameKey(name).startsWith(RESERVED_PREFIX)) {
        problems.push(
            invalidTemplate(
                `The name of the template ${kind} '${name}' must not start with '${RESERVED_PREFIX}'.`,
                action,
            ),
        );
    }
    return problems;
}

function checkUnique(names: readonly string[]): readonly DefinitionProblem[] {
    const seen = new Set<string>();
    return names.flatMap((name) => {
        const isDuplicate = seen.has(nameKey(name));
        seen.add(nameKey(name));
        return isDuplicate
            ? [
                  invalidTemplate(
                      `The template action name '${name}' is used more than once; action names must be unique ` +
                          "in the whole workflow, without regard to letter case.",
                      name,
                  ),
              ]
            : [];
    });
}
