/**
 * The tree of a Workflow Definition Language expression and of the string value around it.
 * Only calls can be dereferenced; there are no operators and no array or object literals.
 */

/** A literal as written: whole numbers are `integer` (64 bits, hence `bigint`), others `float`. */
export type Literal =
    | { readonly kind: "string"; readonly value: string }
    | { readonly kind: "integer"; readonly value: bigint }
    | { readonly kind: "float"; readonly value: number }
    | { readonly kind: "boolean"; readonly value: boolean }
    | { readonly kind: "null" };

export interface Call {
    readonly kind: "call";
    /** As written; functions are found without regard to letter case. */
    readonly name: string;
    readonly args: readonly Expression[];
}

/** `target.key`, `target[key]`, and with `safe` the same behind `?`, which yields null instead of an error. */
export interface Member {
    readonly kind: "member";
    readonly target: Expression;
    readonly key: Expression;
    readonly safe: boolean;
}

export type Expression = Literal | Call | Member;

/** What a string value of a definition is. */
export type Template =
    | { readonly kind: "text"; readonly value: string }
    /** `@expr`: the value keeps its type. */
    | { readonly kind: "expression"; readonly expression: Expression }
    /** Text with `@{expr}` parts: always a string. */
    | { readonly kind: "interpolation"; readonly parts: readonly (string | Expression)[] };
