import type { Expression, Template } from "./expression";
import { ExpressionReader, ExpressionSyntaxError } from "./reader";
import { MAX_EXPRESSION_LENGTH } from "./limits";

export { ExpressionSyntaxError };

/**
 * Reads a string value of a definition: plain text, `@expression`, or text with `@{expression}` parts.
 *
 * A leading `@@` stands for a literal `@`, `@@{` for a literal `@{`, and a lone `@` for itself.
 *
 * Source: the expression parser of Azure/LogicAppsUX (the Logic Apps designer).
 *
 * @throws ExpressionSyntaxError if the value holds an expression that cannot be read
 */
export function parseTemplate(text: string): Template {
    if (text.length > 1 && text.startsWith("@") && text[1] !== "{") {
        return text[1] === "@"
            ? { kind: "text", value: text.slice(1) }
            : { kind: "expression", expression: parsePart(text, 1, text.length) };
    }
    return text.includes("@{") ? parseInterpolation(text) : { kind: "text", value: text };
}

/**
 * Reads an expression without the leading `@`.
 *
 * @throws ExpressionSyntaxError if the source is no expression, or is longer or more deeply nested than allowed
 */
export function parseExpression(source: string): Expression {
    return parsePart(source, 0, source.length);
}

function parsePart(text: string, start: number, end: number): Expression {
    if (end - start > MAX_EXPRESSION_LENGTH) {
        throw new ExpressionSyntaxError(
            `The expression has ${end - start} characters; the limit is ${MAX_EXPRESSION_LENGTH}.`,
            start,
        );
    }
    return new ExpressionReader(text, start, end).readAll();
}

function parseInterpolation(text: string): Template {
    const parts: (string | Expression)[] = [];
    let literal = "";
    let position = 0;
    for (let opening = text.indexOf("@{"); opening >= 0; opening = text.indexOf("@{", position)) {
        literal += text.slice(position, opening);
        if (opening > 0 && text[opening - 1] === "@") {
            // `@@{`: one `@` is in `literal` already, this one goes, the brace stays.
            position = opening + 1;
            continue;
        }
        const closing = findClosingBrace(text, opening);
        if (literal !== "") {
            parts.push(literal);
            literal = "";
        }
        parts.push(parsePart(text, opening + 2, closing));
        position = closing + 1;
    }
    literal += text.slice(position);
    if (parts.length === 0) {
        return { kind: "text", value: literal };
    }
    return { kind: "interpolation", parts: literal === "" ? parts : [...parts, literal] };
}

function findClosingBrace(text: string, opening: number): number {
    let quoted = false;
    for (let position = opening + 2; position < text.length; position++) {
        if (text[position] === "'") {
            quoted = !quoted;
        } else if (text[position] === "}" && !quoted) {
            return position;
        }
    }
    throw new ExpressionSyntaxError(
        `The "@{" at position ${opening} has no closing "}". Write "@@{" for the text "@{".`,
        opening,
    );
}
