import { expect } from "chai";
import fc from "fast-check";
import {
    ExpressionSyntaxError,
    parseExpression,
    parseTemplate,
    printExpression,
    type Expression,
    type Template,
} from "../../language";
import { anyExpression, anyPieces, anyText } from "../support/expressions";

const call = (name: string, ...args: Expression[]): Expression => ({ kind: "call", name, args });
const text = (value: string): Expression => ({ kind: "string", value });
const member = (target: Expression, key: Expression, safe = false): Expression => ({
    kind: "member",
    target,
    key,
    safe,
});

describe("parseTemplate", () => {
    const texts: readonly (readonly [source: string, value: string])[] = [
        ["", ""],
        ["plain", "plain"],
        ["@", "@"],
        ["@@", "@"],
        ["@@x", "@x"],
        ["@@{x}", "@{x}"],
        ["@@ and @{x", "@ and @{x"],
        ["a@@{b}", "a@{b}"],
        ["a@@{b", "a@{b"],
        ["a@@@{b}", "a@@{b}"],
        [
            "<style>@media (print) { p { color: red } }</style>",
            "<style>@media (print) { p { color: red } }</style>",
        ],
        ["me@example.com", "me@example.com"],
    ];
    for (const [source, value] of texts) {
        it(`reads ${JSON.stringify(source)} as the text ${JSON.stringify(value)}`, () => {
            expect(parseTemplate(source)).to.deep.equal({ kind: "text", value });
        });
    }

    const templates: readonly (readonly [source: string, template: Template])[] = [
        ["@f()", { kind: "expression", expression: call("f") }],
        ["@ f ( ) ", { kind: "expression", expression: call("f") }],
        ["@{f()}", { kind: "interpolation", parts: [call("f")] }],
        ["a@{f()}b@{'c'}", { kind: "interpolation", parts: ["a", call("f"), "b", text("c")] }],
        ["a@@{b}@{f()}", { kind: "interpolation", parts: ["a@{b}", call("f")] }],
        ["@{f()}@@{", { kind: "interpolation", parts: [call("f"), "@{"] }],
        ["@{'}'}", { kind: "interpolation", parts: [text("}")] }],
        ["@{'it''s }'} {", { kind: "interpolation", parts: [text("it's }"), " {"] }],
    ];
    for (const [source, template] of templates) {
        it(`reads ${JSON.stringify(source)}`, () => {
            expect(parseTemplate(source)).to.deep.equal(template);
        });
    }

    const refused: readonly (readonly [source: string, position: number, message: string])[] = [
        ["@f() x", 5, 'Expected the end of the expression, found "x" (at position 5).'],
        ["@ ", 2, "Expected a literal or a function call, found the end of the expression (at position 2)."],
        ["@{}", 2, "Expected a literal or a function call, found the end of the expression (at position 2)."],
        ["a @{f()", 2, 'The "@{" at position 2 has no closing "}". Write "@@{" for the text "@{".'],
        ["a @{'}", 2, 'The "@{" at position 2 has no closing "}". Write "@@{" for the text "@{".'],
        ["a @{f() g()}", 8, 'Expected the end of the expression, found "g" (at position 8).'],
    ];
    for (const [source, position, message] of refused) {
        it(`refuses ${JSON.stringify(source)} and says where`, () => {
            expect(() => parseTemplate(source))
                .to.throw(ExpressionSyntaxError, message)
                .with.property("position", position);
        });
    }

    it("reads any text or refuses it with the place of what is wrong", () => {
        fc.assert(
            fc.property(fc.oneof(fc.string(), anyText, anyPieces(20)), (source) => {
                expect(readOrRefuse(source)).to.equal(true);
            }),
            { numRuns: 3000 },
        );
    });

    it("reads or refuses long texts as well", () => {
        fc.assert(
            fc.property(anyPieces(5000), (source) => {
                expect(readOrRefuse(source)).to.equal(true);
            }),
            { numRuns: 50 },
        );
    });

    const endless = [
        "'",
        "''",
        "@",
        "@@",
        "@{",
        "@@{",
        "@{}",
        "@{''}",
        "a@{f()}",
        "(",
        "f(",
        "[",
        "1",
        " ",
        "\u2028",
    ];
    for (const piece of endless) {
        it(`comes to an end with 200,000 times ${JSON.stringify(piece)}`, () => {
            const source = piece.repeat(200_000);
            expect([
                readOrRefuse(source),
                readOrRefuse(`@${source}`),
                readOrRefuse(`@{${source}`),
            ]).to.deep.equal([true, true, true]);
        });
    }
});

describe("parseExpression", () => {
    const expressions: readonly (readonly [source: string, expression: Expression])[] = [
        ["'it''s'", text("it's")],
        ["''", text("")],
        ["'line\nbreak'", text("line\nbreak")],
        ["5", { kind: "integer", value: 5n }],
        ["+5", { kind: "integer", value: 5n }],
        ["-5", { kind: "integer", value: -5n }],
        ["9223372036854775807", { kind: "integer", value: 9223372036854775807n }],
        ["-9223372036854775808", { kind: "integer", value: -9223372036854775808n }],
        [".5", { kind: "float", value: 0.5 }],
        ["-.5", { kind: "float", value: -0.5 }],
        ["1.", { kind: "float", value: 1 }],
        ["1.25", { kind: "float", value: 1.25 }],
        ["3e1", { kind: "float", value: 30 }],
        ["3E-1", { kind: "float", value: 0.3 }],
        ["true", { kind: "boolean", value: true }],
        ["FALSE", { kind: "boolean", value: false }],
        ["Null", { kind: "null" }],
        ["f(1,'a', g())", call("f", { kind: "integer", value: 1n }, text("a"), call("g"))],
        ["f\n(\t)\r\n", call("f")],
        ["my-fn$_1()", call("my-fn$_1")],
        ["f().a", member(call("f"), text("a"))],
        ["f()?.a", member(call("f"), text("a"), true)],
        ["f()['a b']", member(call("f"), text("a b"))],
        ["f() ? [ 0 ]", member(call("f"), { kind: "integer", value: 0n }, true)],
        ["f()[g()?.k]", member(call("f"), member(call("g"), text("k"), true))],
        ["f()?['a'].b", member(member(call("f"), text("a"), true), text("b"))],
        ["f().true", member(call("f"), text("true"))],
    ];
    for (const [source, expression] of expressions) {
        it(`reads ${JSON.stringify(source)}`, () => {
            expect(parseExpression(source)).to.deep.equal(expression);
        });
    }

    const refused: readonly (readonly [source: string, fragment: string])[] = [
        ["", "Expected a literal or a function call, found the end"],
        ["f", 'Expected "(", found the end'],
        ["f(", "Expected a literal or a function call, found the end"],
        ["f(1", 'Expected ")", found the end'],
        ["f(1,)", 'found ")"'],
        ["f(,1)", 'found ","'],
        ["f(1 2)", 'Expected ")", found "2"'],
        ["f())", 'Expected the end of the expression, found ")"'],
        ["'a", "The string has no closing quote"],
        ['"a"', "strings take single quotes"],
        ['f("a")', "strings take single quotes"],
        ["1a", "Expected a number"],
        ["-", "Expected a number"],
        [".", "Expected a number"],
        ["1e", "Expected a number"],
        ["1.2.3", 'Expected the end of the expression, found "."'],
        ["1e999", "The number 1e999 is out of range"],
        ["9223372036854775808", "The integer 9223372036854775808 is out of range"],
        ["-9223372036854775809", "The integer -9223372036854775809 is out of range"],
        ["'a'.b", 'Expected the end of the expression, found "."'],
        ["1['b']", 'Expected the end of the expression, found "["'],
        ["null?.b", 'Expected the end of the expression, found "?"'],
        ["true()", 'Expected the end of the expression, found "("'],
        ["f()?", 'Expected "." or "[" after "?"'],
        ["f()??.a", 'Expected "." or "[" after "?"'],
        ["f().", "Expected a property name"],
        ["f().1", "Expected a property name"],
        ["f()[]", "Expected a literal or a function call"],
        ["f()['a'", 'Expected "]"'],
        ["1 + 2", "Expected the end of the expression"],
        ["@f()", 'found "@"'],
        ["{}", 'found "{"'],
        ["[1]", 'found "["'],
    ];
    for (const [source, fragment] of refused) {
        it(`refuses ${JSON.stringify(source)}`, () => {
            expect(() => parseExpression(source)).to.throw(ExpressionSyntaxError, fragment);
        });
    }

    it("does not mind white space between tokens", () => {
        const space = fc.string({
            unit: fc.constantFrom(" ", "\t", "\r\n", "\u00a0", "\u2003"),
            maxLength: 2,
        });
        fc.assert(
            fc.property(anyExpression, fc.infiniteStream(space), (tree, spaces) => {
                const spaced = tokensOf(printExpression(tree)).map(
                    (token) => `${token}${spaces.next().value}`,
                );
                expect(parseExpression(spaced.join(""))).to.deep.equal(tree);
            }),
            { numRuns: 500 },
        );
    });

    it("refuses every expression that is cut short", () => {
        const call = anyExpression.filter(({ kind }) => kind === "call" || kind === "member");
        fc.assert(
            fc.property(
                call,
                fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
                (tree, where) => {
                    // Dereferences may be missing, what they belong to may not.
                    const source = `f(${printExpression(tree)})`;
                    const cut = source.slice(0, Math.floor(where * source.length));
                    expect(() => parseExpression(cut)).to.throw(ExpressionSyntaxError);
                },
            ),
            { numRuns: 500 },
        );
    });

    it("reads 8,192 characters and refuses one more", () => {
        const longest = `'${"a".repeat(8190)}'`;
        expect(parseExpression(longest)).to.deep.equal(text("a".repeat(8190)));
        expect(() => parseExpression(`${longest} `)).to.throw(
            ExpressionSyntaxError,
            "The expression has 8193 characters; the limit is 8192.",
        );
    });

    it("counts the characters of each part of a text, not of the text", () => {
        const part = `@{'${"a".repeat(8000)}'}`;
        expect(parseTemplate(part + part)).to.have.property("kind", "interpolation");
    });

    const deep: readonly (readonly [name: string, source: string])[] = [
        ["parentheses", "(".repeat(8192)],
        ["calls", "f(".repeat(4096)],
        ["closed calls", "f(".repeat(2000) + ")".repeat(2000)],
        ["dereferences", `f()${".a".repeat(4000)}`],
        ["keys", `f()${"[f()".repeat(1500)}`],
        ["dereferences of arguments", "f(".repeat(400) + ").a".repeat(400)],
    ];
    for (const [name, source] of deep) {
        it(`refuses too deep ${name} properly`, () => {
            expect(() => parseExpression(source)).to.throw(ExpressionSyntaxError);
        });
    }

    it("reads what is nested 500 levels deep and refuses one more", () => {
        const nested = (levels: number) => "f(".repeat(levels) + ")".repeat(levels);
        expect(parseExpression(nested(500))).to.have.property("kind", "call");
        expect(() => parseExpression(nested(501))).to.throw(ExpressionSyntaxError, "more than 500 levels");
    });
});

/** True if the text is read, or refused as it should be. */
function readOrRefuse(source: string): boolean {
    try {
        parseTemplate(source);
        return true;
    } catch (error) {
        expect(error).to.be.instanceOf(ExpressionSyntaxError);
        const { position } = error as ExpressionSyntaxError;
        return Number.isInteger(position) && position >= 0 && position <= source.length;
    }
}

/** Tokens of a printed expression. */
function tokensOf(source: string): readonly string[] {
    const tokens = source.match(/'(?:[^']|'')*'|[(),?[\]]|[^'(),?[\]\s]+/g) ?? [];
    expect(tokens.join("")).to.equal(source.replace(/('(?:[^']|'')*')|\s+/g, "$1"));
    return tokens;
}
