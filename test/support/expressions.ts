/** Arbitrary expressions, and texts that are likely to confuse whoever reads them. */
import fc from "fast-check";
import type { Expression, Literal } from "../../language";

/** Any text, and texts in which what means something to the grammar is frequent. */
export const anyText = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.string({ unit: "grapheme", maxLength: 6 }),
    fc.string({ unit: fc.constantFrom("@", "{", "}", "'", "a", " "), maxLength: 8 }),
);

/** Pieces of the grammar in any order, of any length up to the greatest. */
export const anyPieces = (maxLength: number) =>
    fc.string({
        unit: fc.constantFrom(
            ..."@{}'()[]?.,-+ \"\n\u00a0",
            "@{",
            "@@{",
            "''",
            "f",
            "f(",
            "null",
            "1",
            "2.5e3",
        ),
        maxLength,
        size: "max",
    });

/** Names that a call may have. */
const name = fc
    .string({
        unit: fc.constantFrom("f", "toLower", "Z", "_", "-", "$", "1", "é", "*", "/", "\\", ":", "😀"),
        minLength: 1,
        maxLength: 4,
    })
    .filter((text) => !/^[+\-.\d]/.test(text));

const literal: fc.Arbitrary<Literal> = fc.oneof(
    anyText.map((value) => ({ kind: "string" as const, value })),
    fc
        .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
        .map((value) => ({ kind: "integer" as const, value })),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => ({ kind: "float" as const, value })),
    fc.boolean().map((value) => ({ kind: "boolean" as const, value })),
    fc.constant({ kind: "null" as const }),
);

/** Any tree that the grammar has a source for. */
export const { expression: anyExpression } = fc.letrec<{
    expression: Expression;
    call: Expression;
    dereferenceable: Expression;
}>((tie) => ({
    expression: fc.oneof({ maxDepth: 4 }, literal, tie("dereferenceable")),
    call: fc
        .record({ name, args: fc.array(tie("expression"), { maxLength: 3 }) })
        .map((parts) => ({ kind: "call" as const, ...parts })),
    dereferenceable: fc.oneof(
        { maxDepth: 4 },
        tie("call"),
        fc
            .record({ target: tie("dereferenceable"), key: tie("expression"), safe: fc.boolean() })
            .map((parts) => ({ kind: "member" as const, ...parts })),
    ),
}));
