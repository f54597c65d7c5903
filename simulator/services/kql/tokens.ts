/** A query that Log Analytics would not run, or that the simulator does not know how to run. */
export class KqlError extends Error {
    /**
     * @param code - `SyntaxError` and `SemanticError` are Kusto's; `NotSupported` is the simulator's own
     */
    constructor(
        readonly code: "SyntaxError" | "SemanticError" | "NotSupported",
        message: string,
    ) {
        super(message);
        this.name = "KqlError";
    }
}

/** A token of a query. */
export interface Token {
    readonly kind: "name" | "string" | "number" | "timespan" | "symbol" | "end";
    /** As written; for a string its value. */
    readonly text: string;
    /** Offset in the query. */
    readonly at: number;
}

const PATTERNS: readonly { readonly kind: Token["kind"] | "space"; readonly pattern: RegExp }[] = [
    { kind: "space", pattern: /(?:\s+|\/\/[^\r\n]*)/y },
    { kind: "timespan", pattern: /\d+(?:\.\d+)?(?:ms|[dhms])\b/y },
    { kind: "number", pattern: /\d+(?:\.\d+)?\b/y },
    { kind: "name", pattern: /[A-Za-z_][A-Za-z0-9_]*~?/y },
    { kind: "symbol", pattern: /==|=~|!=|!~|>=|<=|[|(),*<>=;]/y },
];

/**
 * The tokens of a query, comments left out, `end` last.
 *
 * @throws {@link KqlError} for what is no token, e.g. a string that is not closed
 */
export function tokenize(query: string): readonly Token[] {
    const tokens: Token[] = [];
    let at = 0;
    while (at < query.length) {
        const read = readString(query, at) ?? readPattern(query, at);
        if (read.kind !== "space") {
            tokens.push({ kind: read.kind, text: read.text, at });
        }
        at = read.end;
    }
    return [...tokens, { kind: "end", text: "end of query", at }];
}

interface Read {
    readonly kind: Token["kind"] | "space";
    readonly text: string;
    readonly end: number;
}

function readPattern(query: string, at: number): Read {
    for (const { kind, pattern } of PATTERNS) {
        pattern.lastIndex = at;
        const text = pattern.exec(query)?.[0];
        if (text !== undefined) {
            return { kind, text, end: at + text.length };
        }
    }
    throw syntaxError(query.charAt(at), at);
}

/** A string literal: "…" or '…' with backslash escapes, or @"…" in which only the quote is doubled. */
function readString(query: string, at: number): Read | undefined {
    const verbatim = query.charAt(at) === "@";
    const start = verbatim ? at + 1 : at;
    const quote = query.charAt(start);
    if (quote !== '"' && quote !== "'") {
        return undefined;
    }
    let text = "";
    for (let next = start + 1; next < query.length; next++) {
        const character = query.charAt(next);
        if (character === quote && verbatim && query.charAt(next + 1) === quote) {
            text += quote;
            next++;
        } else if (character === quote) {
            return { kind: "string", text, end: next + 1 };
        } else if (character === "\\" && !verbatim) {
            const escape = readEscape(query, next);
            text += escape.text;
            next = escape.end - 1;
        } else if (character === "\n" || character === "\r") {
            break;
        } else {
            text += character;
        }
    }
    throw new KqlError("SyntaxError", `The string literal at position ${at} is not closed.`);
}

const ESCAPES: { readonly [character: string]: string } = {
    "\\": "\\",
    '"': '"',
    "'": "'",
    n: "\n",
    r: "\r",
    t: "\t",
    0: "\0",
};

function readEscape(query: string, at: number): { text: string; end: number } {
    const unicode = /\\u([0-9a-fA-F]{4})/y;
    unicode.lastIndex = at;
    const code = unicode.exec(query)?.[1];
    if (code !== undefined) {
        return { text: String.fromCharCode(parseInt(code, 16)), end: at + 6 };
    }
    const text = ESCAPES[query.charAt(at + 1)];
    if (text === undefined) {
        throw syntaxError(query.slice(at, at + 2), at);
    }
    return { text, end: at + 2 };
}

/** @internal */
export function syntaxError(token: string, at: number): KqlError {
    return new KqlError("SyntaxError", `Query could not be parsed at '${token}' on position ${at}.`);
}
