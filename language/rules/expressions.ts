import type { Call } from "../expression";
import { findFunction } from "../functions";
import { objectOf, type Outline } from "../outline";
import { sitesIn, sitesOf, type Site } from "../sites";
import { invalidTemplate, type DefinitionProblem } from "./problem";

/** Expressions can be read, and call functions that exist with as many arguments as they take. */
export function expressionRules({ body, actions, triggers }: Outline): readonly DefinitionProblem[] {
    return [
        ...triggers.flatMap((trigger) =>
            checkSites(sitesOf(trigger)).map((message) =>
                invalidTemplate(`The template trigger '${trigger.name}' is not valid: ${message}`),
            ),
        ),
        ...actions.flatMap((action) =>
            checkSites(sitesOf(action)).map((message) =>
                invalidTemplate(`The template action '${action.name}' is not valid: ${message}`, action.name),
            ),
        ),
        ...checkSites(sitesIn(objectOf(body["outputs"]))).map((message) =>
            invalidTemplate(`The outputs of the definition are not valid: ${message}`),
        ),
    ];
}

function checkSites(sites: readonly Site[]): readonly string[] {
    return sites.flatMap(({ text, error, calls }) =>
        error === undefined
            ? calls.flatMap(checkCall)
            : [`Unable to parse template language expression '${shorten(text)}': ${error.message}`],
    );
}

function checkCall({ name, args }: Call): readonly string[] {
    const signature = findFunction(name);
    if (signature === undefined) {
        return [`The template function '${name}' is not defined or not valid.`];
    }
    const { minArgs, maxArgs } = signature;
    if (args.length >= minArgs && args.length <= maxArgs) {
        return [];
    }
    return [
        `The template function '${signature.name}' expects ${describeCount(minArgs, maxArgs)}, ` +
            `but is given '${args.length}'.`,
    ];
}

function describeCount(min: number, max: number): string {
    if (max === Infinity) {
        return `at least '${min}' parameters`;
    }
    return min === max ? `'${min}' parameters` : `'${min}' to '${max}' parameters`;
}

/** Enough of a long text to find it by. */
function shorten(text: string): string {
    return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
