/**
 * The part of the Kusto Query Language that the simulator understands:
 *
 * ```
 * query     := table { "|" operator } [ ";" ]
 * operator  := "where" or | "project" columns | "distinct" columns | ("take" | "limit") number
 *            | "summarize" [ "arg_max" "(" column "," "*" ")" ] "by" columns
 * or        := and { "or" and }      and := condition { "and" condition }
 * condition := "(" or ")" | "not" "(" or ")"
 *            | column ("==" | "!=" | "=~" | "!~") string | column ("in" | "in~") "(" strings ")"
 *            | column (">" | ">=" | "<" | "<=") "ago" "(" timespan ")"
 * ```
 *
 * Source: Microsoft Learn, "Kusto Query Language".
 */
import { KqlError, syntaxError, type Token, tokenize } from "./tokens";

/** What a row has to fulfil. */
export type Condition =
    | { readonly kind: "and" | "or"; readonly parts: readonly Condition[] }
    | { readonly kind: "not"; readonly part: Condition }
    | {
          readonly kind: "text";
          readonly column: string;
          readonly values: readonly string[];
          readonly ignoreCase: boolean;
          readonly negated: boolean;
      }
    | {
          readonly kind: "time";
          readonly column: string;
          readonly comparison: ">" | ">=" | "<" | "<=";
          /** How long before now, in milliseconds. */
          readonly ago: number;
      };

/** A step of a query, as far as the simulator knows them. */
export type Operator =
    | { readonly kind: "where"; readonly condition: Condition }
    | { readonly kind: "project" | "distinct"; readonly columns: readonly string[] }
    | { readonly kind: "take"; readonly count: number }
    | { readonly kind: "summarize"; readonly argMax?: string; readonly by: readonly string[] };

/** A query: a table, and what is done with it step by step. */
export interface Query {
    readonly table: string;
    readonly operators: readonly Operator[];
}

/**
 * Parses a query.
 *
 * @throws {@link KqlError} `SyntaxError` for what is no KQL, `NotSupported` for KQL that the simulator does not
 * know; the message names the token
 */
export function parseQuery(text: string): Query {
    return new Parser(tokenize(text)).query();
}

class Parser {
    private next = 0;

    constructor(private readonly tokens: readonly Token[]) {}

    query(): Query {
        const table = this.take("name").text;
        const operators: Operator[] = [];
        while (this.accept("|")) {
            operators.push(this.operator());
        }
        this.accept(";");
        if (this.peek().kind !== "end") {
            throw this.unexpected();
        }
        return { table, operators };
    }

    private operator(): Operator {
        const keyword = this.take("name");
        switch (keyword.text) {
            case "where":
                return { kind: "where", condition: this.either("or") };
            case "project":
            case "distinct":
                return { kind: keyword.text, columns: this.columns() };
            case "take":
            case "limit":
                return { kind: "take", count: Number(this.take("number").text) };
            case "summarize":
                return this.summarize();
            default:
                throw notSupported("operator", keyword);
        }
    }

    private summarize(): Operator {
        let argMax: string | undefined;
        if (this.peek().text !== "by") {
            const aggregate = this.take("name");
            if (aggregate.text !== "arg_max") {
                throw notSupported("aggregate", aggregate);
            }
            this.expect("(");
            argMax = this.take("name").text;
            this.expect(",");
            this.expect("*");
            this.expect(")");
        }
        this.expect("by");
        const by = this.columns();
        return argMax === undefined ? { kind: "summarize", by } : { kind: "summarize", argMax, by };
    }

    private either(kind: "and" | "or"): Condition {
        const parts = [kind === "or" ? this.either("and") : this.condition()];
        while (this.accept(kind)) {
            parts.push(kind === "or" ? this.either("and") : this.condition());
        }
        return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind, parts };
    }

    private condition(): Condition {
        if (this.accept("(")) {
            return this.closed();
        }
        if (this.accept("not")) {
            this.expect("(");
            return { kind: "not", part: this.closed() };
        }
        const column = this.take("name").text;
        const comparison = this.peek();
        this.next++;
        switch (comparison.text) {
            case "==":
            case "!=":
            case "=~":
            case "!~":
                return textCondition(column, comparison.text, [this.take("string").text]);
            case "in":
            case "in~":
                return textCondition(column, comparison.text, this.strings());
            case ">":
            case ">=":
            case "<":
            case "<=":
                return { kind: "time", column, comparison: comparison.text, ago: this.ago() };
            default:
                throw comparison.kind === "name"
                    ? notSupported("comparison", comparison)
                    : syntaxError(comparison.text, comparison.at);
        }
    }

    private closed(): Condition {
        const condition = this.either("or");
        this.expect(")");
        return condition;
    }

    private ago(): number {
        const name = this.take("name");
        if (name.text !== "ago") {
            throw notSupported("function", name);
        }
        this.expect("(");
        const span = milliseconds(this.take("timespan").text);
        this.expect(")");
        return span;
    }

    private strings(): readonly string[] {
        this.expect("(");
        const values = [this.take("string").text];
        while (this.accept(",")) {
            values.push(this.take("string").text);
        }
        this.expect(")");
        return values;
    }

    private columns(): readonly string[] {
        const columns = [this.take("name").text];
        while (this.accept(",")) {
            columns.push(this.take("name").text);
        }
        return columns;
    }

    private peek(): Token {
        return this.tokens[this.next] ?? { kind: "end", text: "end of query", at: 0 };
    }

    private accept(text: string): boolean {
        const token = this.peek();
        const found = (token.kind === "name" || token.kind === "symbol") && token.text === text;
        this.next += found ? 1 : 0;
        return found;
    }

    private expect(text: string): void {
        if (!this.accept(text)) {
            throw this.unexpected();
        }
    }

    private take(kind: Token["kind"]): Token {
        const token = this.peek();
        if (token.kind !== kind) {
            throw this.unexpected();
        }
        this.next++;
        return token;
    }

    private unexpected(): KqlError {
        const { text, at } = this.peek();
        return syntaxError(text, at);
    }
}

function textCondition(column: string, comparison: string, values: readonly string[]): Condition {
    const ignoreCase = comparison.includes("~");
    return { kind: "text", column, values, ignoreCase, negated: comparison.startsWith("!") };
}

const UNITS: { readonly [unit: string]: number } = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function milliseconds(timespan: string): number {
    const unit = timespan.replace(/[\d.]/g, "");
    return parseFloat(timespan) * (UNITS[unit] ?? NaN);
}

function notSupported(what: string, token: Token): KqlError {
    return new KqlError(
        "NotSupported",
        `The simulated Log Analytics does not know the ${what} '${token.text}' on position ${token.at}.`,
    );
}
