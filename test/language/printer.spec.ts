import { expect } from "chai";
import fc from "fast-check";
import {
    ExpressionSyntaxError,
    literalText,
    parseExpression,
    parseTemplate,
    printExpression,
    printTemplate,
    quote,
    type Expression,
    type Template,
} from "../../language";
import { anyExpression, anyText } from "../support/expressions";

describe("printExpression", () => {
    it("prints what parses to an equal tree", () => {
        fc.assert(
            fc.property(anyExpression, (tree) => {
                expect(parseExpression(printExpression(tree))).to.deep.equal(tree);
            }),
            { numRuns: 500 },
        );
    });

    const printed: readonly (readonly [source: string, printed: string])[] = [
        ["f( 1 ,'it''s')", "f(1, 'it''s')"],
        ["f()?.a.b[0]", "f()?['a']['b'][0]"],
        ["1.", "1.0"],
        ["-.5", "-0.5"],
        ["1e30", "1e+30"],
        ["-0.", "-0.0"],
        ["TRUE", "true"],
        ["NULL", "null"],
    ];
    for (const [source, result] of printed) {
        it(`prints ${source} as ${result}`, () => {
            expect(printExpression(parseExpression(source))).to.equal(result);
        });
    }

    it("refuses trees that no source has", () => {
        const target: Expression = { kind: "string", value: "a" };
        const key: Expression = { kind: "string", value: "b" };
        expect(() => printExpression({ kind: "member", target, key, safe: false })).to.throw(
            RangeError,
            "Only calls can be dereferenced, not a string literal.",
        );
        expect(() => printExpression({ kind: "float", value: Infinity })).to.throw(
            RangeError,
            "An expression has no literal for Infinity.",
        );
    });
});

describe("printTemplate", () => {
    it("prints what parses to an equal template, wherever the template comes from a text", () => {
        const source = fc.oneof(
            anyText,
            anyExpression.map((tree) => `@${printExpression(tree)}`),
            fc
                .array(
                    fc.oneof(
                        anyText,
                        anyExpression.map((tree) => `@{${printExpression(tree)}}`),
                    ),
                    { maxLength: 4 },
                )
                .map((parts) => parts.join("")),
        );
        fc.assert(
            fc.property(source, (text) => {
                const template = parsed(text);
                fc.pre(template !== undefined);
                expect(parseTemplate(printTemplate(template))).to.deep.equal(template);
            }),
            { numRuns: 1000 },
        );
    });

    it("spells an @ that the grammar would take for an escape as an expression", () => {
        const f: Expression = { kind: "call", name: "f", args: [] };
        const print = (...parts: (string | Expression)[]) => printTemplate({ kind: "interpolation", parts });
        expect(print("me@", f)).to.equal("me@{'@'}@{f()}");
        expect(print("@@me", f)).to.equal("@{'@@'}me@{f()}");
        expect(print("a", "@", f, "@")).to.equal("a@{'@'}@{f()}@");
        expect(print(f, "@{")).to.equal("@{f()}@@{");
    });

    it("keeps every text of an interpolation", () => {
        const parts = fc.array(
            fc.oneof(anyText, fc.constant<Expression>({ kind: "string", value: "'}@{" })),
            {
                maxLength: 5,
            },
        );
        fc.assert(
            fc.property(parts, (list) => {
                const template = parseTemplate(printTemplate({ kind: "interpolation", parts: list }));
                expect(textOf(template)).to.equal(textOf({ kind: "interpolation", parts: list }));
            }),
            { numRuns: 1000 },
        );
    });
});

describe("literalText", () => {
    it("gives a text that evaluates to exactly the one given", () => {
        fc.assert(
            fc.property(anyText, (text) => {
                expect(parseTemplate(literalText(text))).to.deep.equal({ kind: "text", value: text });
            }),
            { numRuns: 1000 },
        );
    });

    const escaped: readonly (readonly [text: string, source: string])[] = [
        ["plain", "plain"],
        ["@", "@"],
        ["@me", "@@me"],
        ["a@{b}", "a@@{b}"],
        ["@{b} @{c}", "@@{b} @{c}"],
        ["me@example.com", "me@example.com"],
    ];
    for (const [text, source] of escaped) {
        it(`spells ${text} as ${source}`, () => {
            expect(literalText(text)).to.equal(source);
        });
    }
});

describe("quote", () => {
    it("doubles single quotes", () => {
        expect(quote("it's 'x'")).to.equal("'it''s ''x'''");
        expect(quote("")).to.equal("''");
    });
});

function parsed(text: string): Template | undefined {
    try {
        return parseTemplate(text);
    } catch (error) {
        expect(error).to.be.instanceOf(ExpressionSyntaxError);
        return undefined;
    }
}

/** The value of a template whose only expressions are strings. */
function textOf(template: Template): string {
    switch (template.kind) {
        case "text":
            return template.value;
        case "expression":
            return valueOf(template.expression);
        case "interpolation":
            return template.parts.map((part) => (typeof part === "string" ? part : valueOf(part))).join("");
    }
}

function valueOf(tree: Expression): string {
    expect(tree.kind).to.equal("string");
    return tree.kind === "string" ? tree.value : "";
}
