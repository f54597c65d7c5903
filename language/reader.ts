import type { Call, Expression, Literal } from "./expression";
import { MAX_EXPRESSION_NESTING } from "./limits";

/** A string value that looks like an expression and is none. */
export class ExpressionSyntaxError extends Error {
    /**
     * @param message - what is wrong and where
     * @param position - index of the offending character in the text that was parsed, from 0
     */
    constructor(
        message: string,
        readonly position: number,
    ) {
        super(message);
        this.name = "ExpressionSyntaxError";
    }
}

/** Recursive descent over one expression, from `position` to `end` of `text`. */
export class ExpressionReader {
    /** How many expressions are being read, one within the other. */
    private depth = 0;
    /** Levels of the tree of the expression read last. */
    private height = 0;

    constructor(
        private readonly text: string,
        private position: number,
        private readonly end: number,
    ) {}

    readAll(): Expression {
        const expression = this.readExpression();
        if (this.peek() !== undefined) {
            throw this.unexpected("the end of the expression");
        }
        return expression;
    }

    private readExpression(): Expression {
        this.checkNesting(++this.depth);
        const expression = this.readLiteral() ?? this.readCallOrConstant();
        this.depth--;
        return expression;
    }

    private readLiteral(): Literal | undefined {
        const next = this.peek();
        this.height = 1;
        if (next === "'") {
            return this.readString();
        }
        return next !== undefined && /[+\-.\d]/.test(next) ? this.readNumber() : undefined;
    }

    private readCallOrConstant(): Expression {
        const name = this.readIdentifier("a literal or a function call");
        return constantNamed(name) ?? this.readDereferences(this.readCall(name));
    }

    private readCall(name: string): Call {
        this.expect("(");
        const args: Expression[] = [];
        let height = 0;
        if (!this.accept(")")) {
            do {
                args.push(this.readExpression());
                height = Math.max(height, this.height);
            } while (this.accept(","));
            this.expect(")");
        }
        this.height = height + 1;
        return { kind: "call", name, args };
    }

    private readDereferences(call: Call): Expression {
        let expression: Expression = call;
        for (;;) {
            const height = this.height;
            const safe = this.accept("?");
            let key: Expression;
            if (this.accept(".")) {
                key = { kind: "string", value: this.readPropertyName() };
            } else if (this.accept("[")) {
                key = this.readExpression();
                this.expect("]");
            } else if (safe) {
                throw this.unexpected(`"." or "[" after "?"`);
            } else {
                return expression;
            }
            expression = { kind: "member", target: expression, key, safe };
            this.height = Math.max(height, this.height) + 1;
            this.checkNesting(this.height);
        }
    }

    private readPropertyName(): string {
        const next = this.peek();
        if (next !== undefined && /[+\-\d]/.test(next)) {
            throw this.unexpected("a property name, which cannot start like a number: use ['…']");
        }
        return this.readIdentifier("a property name");
    }

    private readString(): Literal {
        const source = this.match(STRING);
        if (source === undefined) {
            throw this.error("The string has no closing quote; write '' for a quote inside a string");
        }
        return { kind: "string", value: source.slice(1, -1).replaceAll("''", "'") };
    }

    private readNumber(): Literal {
        const start = this.position;
        const source = this.match(NUMBER);
        if (source === undefined || this.isIdentifierAt(this.position)) {
            this.position = start;
            throw this.unexpected("a number");
        }
        if (/[.eE]/.test(source)) {
            const value = Number(source);
            if (!Number.isFinite(value)) {
                this.position = start;
                throw this.error(`The number ${source} is out of range`);
            }
            return { kind: "float", value };
        }
        const value = BigInt(source.replace("+", ""));
        if (value < SMALLEST_INTEGER || value > LARGEST_INTEGER) {
            this.position = start;
            throw this.error(
                `The integer ${source} is out of range (${SMALLEST_INTEGER} to ${LARGEST_INTEGER})`,
            );
        }
        return { kind: "integer", value };
    }

    private readIdentifier(expected: string): string {
        const identifier = this.peek() === `"` ? undefined : this.match(IDENTIFIER);
        if (identifier === undefined) {
            throw this.unexpected(expected);
        }
        return identifier;
    }

    /** The next character that is not white space; undefined at the end. */
    private peek(): string | undefined {
        while (this.position < this.end && WHITE_SPACE.test(this.text[this.position] ?? "")) {
            this.position++;
        }
        return this.position < this.end ? this.text[this.position] : undefined;
    }

    private accept(token: string): boolean {
        const found = this.peek() === token;
        if (found) {
            this.position++;
        }
        return found;
    }

    private expect(token: string): void {
        if (!this.accept(token)) {
            throw this.unexpected(`"${token}"`);
        }
    }

    /** Matches at the current position; no token goes beyond `end`, since a brace that ends it is part of none. */
    private match(pattern: RegExp): string | undefined {
        pattern.lastIndex = this.position;
        const found = pattern.exec(this.text)?.[0];
        this.position += found?.length ?? 0;
        return found;
    }

    private isIdentifierAt(position: number): boolean {
        IDENTIFIER.lastIndex = position;
        return position < this.end && IDENTIFIER.test(this.text);
    }

    private checkNesting(levels: number): void {
        if (levels > MAX_EXPRESSION_NESTING) {
            throw this.error(`The expression is nested more than ${MAX_EXPRESSION_NESTING} levels deep`);
        }
    }

    private unexpected(expected: string): ExpressionSyntaxError {
        const next = this.peek();
        if (next === `"`) {
            return this.error(`Expected ${expected}, found a double quote; strings take single quotes`);
        }
        return this.error(
            `Expected ${expected}, found ${next === undefined ? "the end of the expression" : `"${next}"`}`,
        );
    }

    private error(message: string): ExpressionSyntaxError {
        return new ExpressionSyntaxError(`${message} (at position ${this.position}).`, this.position);
    }
}

/** What .NET's `Char.IsWhiteSpace` accepts. */
const WHITE_SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const IDENTIFIER = /[^.,(){}@[\]?'\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/y;
const NUMBER = /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const STRING = /'[^']*(?:''[^']*)*'/y;

const SMALLEST_INTEGER = -(2n ** 63n);
const LARGEST_INTEGER = 2n ** 63n - 1n;

/** `true`, `false` and `null` are literals in any letter case, and never function names. */
function constantNamed(name: string): Literal | undefined {
    switch (name.toLowerCase()) {
        case "true":
            return { kind: "boolean", value: true };
        case "false":
            return { kind: "boolean", value: false };
        case "null":
            return { kind: "null" };
        default:
            return undefined;
    }
}
