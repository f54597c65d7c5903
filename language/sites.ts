import type { Call, Expression, Template } from "./expression";
import { isJsonObject } from "./json";
import type { ActionNode, TriggerNode } from "./outline";
import { ExpressionSyntaxError, parseTemplate } from "./parser";

/** A string of a definition, where Azure looks for an expression. */
export interface Site {
    /** The first keys, at most two, from the action or trigger down to the string, e.g. `["inputs", "headers"]`. */
    readonly path: readonly string[];
    readonly text: string;
    /** None if it is plain text or cannot be read. */
    readonly expressions: readonly Expression[];
    /** Every call in its expressions, nested ones too. */
    readonly calls: readonly Call[];
    /** Why it cannot be read. */
    readonly error?: ExpressionSyntaxError;
}

/** Properties that Azure takes as they are, or that hold other actions with sites of their own. */
const WITHOUT_SITES = new Set([
    "actions",
    "cases",
    "default",
    "description",
    "else",
    "kind",
    "metadata",
    "operationOptions",
    "runAfter",
    "type",
]);

/** Strings of an action or trigger that may be expressions; names of properties count too. */
export function sitesOf(node: ActionNode | TriggerNode): readonly Site[] {
    const known = sitesByNode.get(node);
    if (known !== undefined) {
        return known;
    }
    const sites = Object.entries(node.body)
        .filter(([key]) => !WITHOUT_SITES.has(key))
        .flatMap(([key, value]) => sitesIn(value, [key]));
    sitesByNode.set(node, sites);
    return sites;
}

/** Read once per node: most rules ask for them. */
const sitesByNode = new WeakMap<ActionNode | TriggerNode, readonly Site[]>();

/** Strings within any JSON value, in document order. */
export function sitesIn(value: unknown, path: readonly string[] = []): readonly Site[] {
    const sites: Site[] = [];
    const pending: { value: unknown; path: readonly string[] }[] = [{ value, path }];
    // Not recursive: the JSON may be nested as deeply as it likes.
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
        if (typeof next.value === "string") {
            sites.push(readSite(next.value, next.path));
        } else if (Array.isArray(next.value) || isJsonObject(next.value)) {
            const within = next.path;
            const keys = Array.isArray(next.value) ? [] : Object.keys(next.value);
            sites.push(...keys.filter((key) => key.includes("@")).map((key) => readSite(key, within)));
            const entries = Object.entries(next.value).map(([key, child]: [string, unknown]) => ({
                value: child,
                path: within.length < 2 ? [...within, key] : within,
            }));
            pending.push(...entries.reverse());
        }
    }
    return sites;
}

/** Adds every call of an expression to those found, outer ones first. */
function collectCalls(expression: Expression, found: Call[]): void {
    switch (expression.kind) {
        case "call":
            found.push(expression);
            for (const argument of expression.args) {
                collectCalls(argument, found);
            }
            return;
        case "member":
            collectCalls(expression.target, found);
            collectCalls(expression.key, found);
            return;
        case "string":
        case "integer":
        case "float":
        case "boolean":
        case "null":
            return;
    }
}

/** The expressions of a template. */
export function expressionsIn(template: Template): readonly Expression[] {
    switch (template.kind) {
        case "text":
            return [];
        case "expression":
            return [template.expression];
        case "interpolation":
            return template.parts.filter((part) => typeof part !== "string");
    }
}

function readSite(text: string, path: readonly string[]): Site {
    try {
        const expressions = expressionsIn(parseTemplate(text));
        const calls: Call[] = [];
        for (const expression of expressions) {
            collectCalls(expression, calls);
        }
        return { path, text, expressions, calls };
    } catch (error) {
        if (error instanceof ExpressionSyntaxError) {
            return { path, text, expressions: [], calls: [], error };
        }
        throw error;
    }
}
