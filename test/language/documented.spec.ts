/**
 * What Microsoft Learn shows of expressions: "Schema reference guide for the Workflow Definition Language"
 * (expressions, operators) and "Reference guide to workflow expression functions" (how to use functions).
 */
import { expect } from "chai";
import { parseTemplate, type Expression, type Template } from "../../language";

const call = (name: string, ...args: Expression[]): Expression => ({ kind: "call", name, args });
const text = (value: string): Expression => ({ kind: "string", value });
const age = call("parameters", text("age"));
const typed = (expression: Expression): Template => ({ kind: "expression", expression });

describe("the documented examples of expressions", () => {
    const examples: readonly (readonly [meaning: string, source: string, template: Template])[] = [
        ["plain text is itself", "January", { kind: "text", value: "January" }],
        ["two @ are one", "@@", { kind: "text", value: "@" }],
        ["an @ behind a blank is no expression", " @", { kind: "text", value: " @" }],
        ["a whole expression keeps its type", "@parameters('age')", typed(age)],
        [
            "an expression in braces becomes text",
            "@{parameters('age')}",
            { kind: "interpolation", parts: [age] },
        ],
        [
            "text may hold an expression",
            "Age: @{parameters('age')}",
            { kind: "interpolation", parts: ["Age: ", age] },
        ],
        [
            "so may a function that makes the text",
            "@concat('Age: ', string(parameters('age')))",
            typed(call("concat", text("Age: "), call("string", age))),
        ],
        [
            "two @ keep the expression from being one",
            "Age: @@{parameters('age')}",
            { kind: "text", value: "Age: @{parameters('age')}" },
        ],
        [
            "expressions may be side by side",
            "@{parameters('age')}@{parameters('age')}",
            { kind: "interpolation", parts: [age, age] },
        ],
        ["a quote within quotes is doubled", "@concat('it''s')", typed(call("concat", text("it's")))],
        [
            "members are named behind a dot or in brackets, with ? where they may be missing",
            "@coalesce(trigger().outputs?.body?['name'], 'none')",
            typed(
                call(
                    "coalesce",
                    {
                        kind: "member",
                        safe: true,
                        key: text("name"),
                        target: {
                            kind: "member",
                            safe: true,
                            key: text("body"),
                            target: {
                                kind: "member",
                                safe: false,
                                key: text("outputs"),
                                target: call("trigger"),
                            },
                        },
                    },
                    text("none"),
                ),
            ),
        ],
        [
            "an item of an array has a number",
            "@createArray('a')[0]",
            typed({
                kind: "member",
                safe: false,
                key: { kind: "integer", value: 0n },
                target: call("createArray", text("a")),
            }),
        ],
        [
            "functions may be in functions",
            "@toUpper(trim(' a '))",
            typed(call("toUpper", call("trim", text(" a ")))),
        ],
    ];
    for (const [meaning, source, template] of examples) {
        it(`${meaning}: ${source}`, () => {
            expect(parseTemplate(source)).to.deep.equal(template);
        });
    }
});
