/**
 * Pieces of expression source that several playbooks use. All of them are null-safe: an answer that did not
 * come, or is not what was expected, must never stop the step that reports it.
 */
import { escapeHtml, quote } from "../../language";

/** A definition string that keeps the type of the expression's value. */
export function typed(expression: string): string {
    return `@${expression}`;
}

/** HTTP status that an action got; 0 when it got none or did not run. */
export function statusOf(action: string): string {
    return `coalesce(outputs(${quote(action)})?['statusCode'],0)`;
}

/** Whether the status that an action got is one of these. */
export function hasStatus(action: string, ...statuses: readonly number[]): string {
    const status = statusOf(action);
    return statuses.length === 1
        ? `equals(${status},${statuses[0]})`
        : `contains(createArray(${statuses.join(",")}),${status})`;
}

/** The value if it is a JSON object, else an empty object: `?` alone does not survive texts and numbers. */
export function objectOrEmpty(expression: string): string {
    return `if(startsWith(string(${expression}),'{'),${expression},json('{}'))`;
}

/** The body of an answer if it is a JSON object, else an empty object. */
export function objectBody(action: string): string {
    return objectOrEmpty(`body(${quote(action)})`);
}

/** The value as text; null is the empty text. */
export function asText(expression: string): string {
    return `string(coalesce(${expression},''))`;
}

/**
 * The value as text that is safe between HTML tags and in quoted attributes, at most `characters` long.
 * Cut before escaping, so that it reads well, and after it, because one character becomes up to six.
 */
export function htmlText(expression: string, characters: number): string {
    return `take(${escapeHtml(`take(${asText(expression)},${characters})`)},${characters * 2})`;
}

/** All of these hold. */
export function allOf(...conditions: readonly string[]): string {
    return conditions.length === 1 ? String(conditions[0]) : `and(${conditions.join(",")})`;
}

/** One of these holds. */
export function anyOf(...conditions: readonly string[]): string {
    return conditions.length === 1 ? String(conditions[0]) : `or(${conditions.join(",")})`;
}

/** The value of the first case whose condition holds, else the last value. Later cases are not evaluated. */
export function firstOf(
    cases: readonly (readonly [condition: string, value: string])[],
    otherwise: string,
): string {
    return cases.reduceRight((rest, [condition, value]) => `if(${condition},${value},${rest})`, otherwise);
}
