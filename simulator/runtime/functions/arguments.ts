/** Checks of arguments, with the errors in Azure's words. */
import { ExpressionError } from "../errors";
import {
    isArray,
    isInteger,
    isNumber,
    isObject,
    typeName,
    type Float,
    type Value,
    type ValueObject,
} from "../values";

/** Characters. */
const MAX_TEXT_LENGTH = 104_857_600;

const ORDINALS = ["first", "second", "third", "fourth"];

/** An argument of a call. */
export interface Argument {
    /** The function, as Microsoft writes it. */
    readonly of: string;
    readonly args: readonly Value[];
    /** From 0. */
    readonly index: number;
}

/** The argument at an index. */
export function argument(of: string, args: readonly Value[], index: number): Argument {
    return { of, args, index };
}

export function valueOf({ args, index }: Argument): Value {
    return args[index] ?? null;
}

export function requireString(arg: Argument): string {
    const value = valueOf(arg);
    if (typeof value !== "string") {
        throw wrongType(arg, "a string");
    }
    return value;
}

export function requireArray(arg: Argument): readonly Value[] {
    const value = valueOf(arg);
    if (!isArray(value)) {
        throw wrongType(arg, "an array");
    }
    return value;
}

export function requireObject(arg: Argument): ValueObject {
    const value = valueOf(arg);
    if (!isObject(value)) {
        throw wrongType(arg, "an object");
    }
    return value;
}

/** A string or an array: both are collections. */
export function requireCollection(arg: Argument): string | readonly Value[] {
    const value = valueOf(arg);
    if (typeof value !== "string" && !isArray(value)) {
        throw wrongType(arg, "an array or a string");
    }
    return value;
}

export function requireNumber(arg: Argument): number | bigint | Float {
    const value = valueOf(arg);
    if (!isNumber(value)) {
        throw wrongType(arg, "an integer, a float or a decimal number");
    }
    return value;
}

export function requireInteger(arg: Argument): number | bigint {
    const value = valueOf(arg);
    if (!isInteger(value)) {
        throw wrongType(arg, "an integer");
    }
    return value;
}

export function requireBoolean(arg: Argument): boolean {
    const value = valueOf(arg);
    if (typeof value !== "boolean") {
        throw wrongType(arg, "a boolean");
    }
    return value;
}

/** An argument that may be left out, or null. */
export function optionalString(arg: Argument): string | undefined {
    return valueOf(arg) === null ? undefined : requireString(arg);
}

/** "The template language function 'x' expects its … to be …". */
export function wrongType(arg: Argument, expected: string): ExpressionError {
    const which =
        arg.args.length > 1 ? `${ORDINALS[arg.index] ?? `#${arg.index + 1}`} parameter` : "parameter";
    return new ExpressionError(
        `The template language function '${arg.of}' expects its ${which} to be ${expected}. ` +
            `The provided value is of type '${typeName(valueOf(arg))}'. ${usage(arg.of)}`,
    );
}

/** "The template language function 'x' parameters are out of range: …". */
export function outOfRange(of: string, reason: string): ExpressionError {
    return new ExpressionError(
        `The template language function '${of}' parameters are out of range: ${reason} ${usage(of)}`,
    );
}

/**
 * Refuses a text that would be longer than a function may make it.
 *
 * Source: Microsoft Learn, "Reference guide to workflow expression functions" (2025-07-08), `concat` and `join`.
 *
 * @param length - characters
 */
export function requireTextLength(of: string, length: number): void {
    if (length > MAX_TEXT_LENGTH) {
        throw outOfRange(
            of,
            `the result of ${length} characters exceeds the limit of ${MAX_TEXT_LENGTH} characters.`,
        );
    }
}

/** "The template language function 'x' was invoked with a parameter that is not valid. …". */
export function invalidParameter(of: string, reason: string): ExpressionError {
    return new ExpressionError(
        `The template language function '${of}' was invoked with a parameter that is not valid. ${reason}`,
    );
}

/** The pointer with which Azure's messages end. */
export function usage(of: string): string {
    return `Please see https://aka.ms/logicexpressions#${of} for usage details.`;
}
