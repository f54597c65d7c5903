/** The shapes of azure-native's inputs and outputs, as far as its provider looks at them. */

/** What a value looks like. */
export type Shape = TextShape | IntegerShape | FlagShape | UntypedShape | ListShape | MapShape | ObjectShape;

/** A text; also one of several. */
export interface TextShape {
    readonly kind: "text";
    readonly longest?: number;
    readonly pattern?: RegExp;
}

/** A whole number. */
export interface IntegerShape {
    readonly kind: "integer";
    readonly least?: number;
    readonly most?: number;
}

/** True or false. */
export interface FlagShape {
    readonly kind: "flag";
}

/** Whatever there is; azure-native passes it on untouched. */
export interface UntypedShape {
    readonly kind: "untyped";
}

/** An array. */
export interface ListShape {
    readonly kind: "list";
    readonly items: Shape;
    /** Properties that tell the items apart; their order then means nothing. @default - the order does */
    readonly identifiers?: readonly string[];
}

/** An object with any keys. */
export interface MapShape {
    readonly kind: "map";
    readonly values: Shape;
}

/** An object with these properties and no others. */
export interface ObjectShape {
    readonly kind: "object";
    readonly properties: { readonly [name: string]: Property };
}

/** A property of an object. */
export interface Property {
    readonly shape: Shape;
    /** Whether inputs without it are refused. @default false */
    readonly required?: boolean;
    /** `out` is never an input, `in` never an output. @default - both */
    readonly only?: "in" | "out";
    /** Whether a change takes a replacement; top level only. @default false */
    readonly forceNew?: boolean;
    /** Adding it with this value is no change; top level only. @default - none */
    readonly default?: string;
}

export const text: TextShape = { kind: "text" };
export const integer: IntegerShape = { kind: "integer" };
export const flag: FlagShape = { kind: "flag" };
export const untyped: UntypedShape = { kind: "untyped" };
export const tags: MapShape = { kind: "map", values: text };

/** An array of these, told apart by some of their properties or else by their place. */
export function list(items: Shape, identifiers?: readonly string[]): ListShape {
    return { kind: "list", items, identifiers };
}

/** An object with any keys and values of this shape. */
export function map(values: Shape): MapShape {
    return { kind: "map", values };
}

/** An object; a bare shape stands for an optional property that is input and output. */
export function object(properties: { readonly [name: string]: Property | Shape }): ObjectShape {
    const entries = Object.entries(properties).map(([name, property]) => [
        name,
        "kind" in property ? { shape: property } : property,
    ]);
    return { kind: "object", properties: Object.fromEntries(entries) as ObjectShape["properties"] };
}

/** A property that inputs must have. */
export function required(shape: Shape, more: Omit<Property, "shape" | "required" | "only"> = {}): Property {
    return { ...more, shape, required: true };
}

/** A property that Azure gives and nobody sets. */
export function output(shape: Shape): Property {
    return { shape, only: "out" };
}

/** A property that Azure takes and never gives back. */
export function inputOnly(shape: Shape): Property {
    return { shape, only: "in" };
}

/** The properties of one side. */
export function sideOf(shape: ObjectShape, side: "in" | "out"): readonly [string, Property][] {
    const other = side === "in" ? "out" : "in";
    return Object.entries(shape.properties).filter(([, property]) => property.only !== other);
}
