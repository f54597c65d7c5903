import { CONNECTIONS_PARAMETER } from "./connections";
import { literalText, quote } from "./printer";

export { literalText, quote };

/**
 * An expression that makes text safe inside HTML, in element content and in quoted attributes alike.
 *
 * @param expr - source of an expression, without `@`, that yields a string (null is an error when it runs)
 */
export function escapeHtml(expr: string): string {
    return replaceEach(expr, [
        // First, or it would escape the escapes.
        ["&", "&amp;"],
        ["<", "&lt;"],
        [">", "&gt;"],
        ['"', "&quot;"],
        ["'", "&#39;"],
    ]);
}

/**
 * An expression that makes text safe inside a `"…"` literal of the Kusto Query Language.
 *
 * Source: Microsoft Learn, "The string data type" of Kusto: a backslash escapes, a line break is not allowed.
 *
 * @param expr - source of an expression, without `@`, that yields a string (null is an error when it runs)
 */
export function escapeKql(expr: string): string {
    return replaceEach(expr, [
        // First, or it would escape the escapes.
        ["\\", "\\\\"],
        ['"', '\\"'],
        ["\r", "\\r"],
        ["\n", "\\n"],
        ["\t", "\\t"],
    ]);
}

/** The `host.connection.name` of an action or trigger that uses the connection with this key of `$connections`. */
export function connectionName(key: string): string {
    return `@parameters(${quote(CONNECTIONS_PARAMETER)})[${quote(key)}]['connectionId']`;
}

function replaceEach(expr: string, pairs: readonly (readonly [string, string])[]): string {
    return pairs.reduce((source, [from, to]) => `replace(${source}, ${quote(from)}, ${quote(to)})`, expr);
}
