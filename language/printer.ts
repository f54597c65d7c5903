import type { Expression, Member, Template } from "./expression";

/**
 * The source of an expression, without the leading `@`; parsing it gives an equal tree.
 *
 * @throws RangeError if no source has this tree: a number that is not finite, a dereferenced literal
 */
export function printExpression(expression: Expression): string {
    switch (expression.kind) {
        case "string":
            return quote(expression.value);
        case "integer":
            return expression.value.toString();
        case "float":
            return printFloat(expression.value);
        case "boolean":
            return expression.value ? "true" : "false";
        case "null":
            return "null";
        case "call":
            return `${expression.name}(${expression.args.map(printExpression).join(", ")})`;
        case "member":
            return printMember(expression);
    }
}

/**
 * The string value of a template; parsing it gives an equal template, or where the grammar cannot spell it, one that
 * evaluates to the same: text before an expression cannot end with `@`, nor start with it at the very beginning, so
 * such an `@` becomes the part `@{'@'}`.
 *
 * @throws RangeError as {@link printExpression}
 */
export function printTemplate(template: Template): string {
    switch (template.kind) {
        case "text":
            return literalText(template.value);
        case "expression":
            return `@${printExpression(template.expression)}`;
        case "interpolation":
            return printParts(template.parts);
    }
}

/** An expression's string literal: `it's` gives `'it''s'`. */
export function quote(text: string): string {
    return `'${text.replaceAll("'", "''")}'`;
}

/** The string value that evaluates to exactly this text, whatever `@` it holds. */
export function literalText(text: string): string {
    // After a leading `@@` nothing else is looked at.
    return text.startsWith("@") && text.length > 1 ? `@${text}` : escapeInterpolation(text);
}

function printFloat(value: number): string {
    if (!Number.isFinite(value)) {
        throw new RangeError(`An expression has no literal for ${value}.`);
    }
    const text = Object.is(value, -0) ? "-0" : value.toString();
    // Without a point or an exponent it would be an integer.
    return /[.e]/.test(text) ? text : `${text}.0`;
}

function printMember(member: Member): string {
    if (member.target.kind !== "call" && member.target.kind !== "member") {
        throw new RangeError(`Only calls can be dereferenced, not a ${member.target.kind} literal.`);
    }
    return `${printExpression(member.target)}${member.safe ? "?" : ""}[${printExpression(member.key)}]`;
}

function printParts(parts: readonly (string | Expression)[]): string {
    let printed = "";
    let text = "";
    for (const part of parts) {
        if (typeof part === "string") {
            text += part;
        } else {
            printed += `${printTextBefore(text, printed === "")}@{${printExpression(part)}}`;
            text = "";
        }
    }
    return printed === "" ? literalText(text) : printed + escapeInterpolation(text);
}

/** Text before an expression: an `@` beside the `@{`, or at the very start, would be taken for an escape. */
function printTextBefore(text: string, atStart: boolean): string {
    let start = 0;
    while (atStart && text[start] === "@") {
        start++;
    }
    let end = text.length;
    while (end > start && text[end - 1] === "@") {
        end--;
    }
    return (
        interpolate(text.slice(0, start)) +
        escapeInterpolation(text.slice(start, end)) +
        interpolate(text.slice(end))
    );
}

function interpolate(text: string): string {
    return text === "" ? "" : `@{${quote(text)}}`;
}

function escapeInterpolation(text: string): string {
    return text.replaceAll("@{", "@@{");
}
