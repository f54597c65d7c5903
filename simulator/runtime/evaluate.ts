/** Expressions and templates of the Workflow Definition Language, compiled once and evaluated many times. */
import type { Call, Expression, Member, Template } from "../../language/expression";
import { parseTemplate } from "../../language/parser";
import { printExpression } from "../../language/printer";
import { Decimal } from "./decimal";
import { ExpressionError, NotSupportedError } from "./errors";
import { implementationOf } from "./functions";
import type { Random } from "./random";
import {
    findKey,
    isArray,
    isInteger,
    isObject,
    toInteger,
    toFloat,
    toText,
    typeName,
    type Value,
    type ValueObject,
} from "./values";

/** What expressions can ask of the run, at the place where they stand. */
export interface Scope {
    /** Virtual time in milliseconds since 1970-01-01 UTC. */
    readonly now: number;
    readonly random: Random;
    /** The record of an action as `actions()` gives it. */
    action(name: string): Value;
    /** The record of the action that the expression belongs to, where it can know it. */
    currentAction(): Value;
    outputs(name: string): Value;
    body(name: string): Value;
    /** The records of the first-level actions of a scope or loop. */
    result(name: string): Value;
    variable(name: string): Value;
    parameter(name: string): Value;
    trigger(): Value;
    triggerOutputs(): Value;
    triggerBody(): Value;
    workflow(): Value;
    /** The element that Select, Query or Table is at, else that of the innermost Foreach. */
    item(): Value;
    /** The element that the Foreach of this name is at. */
    items(loop: string): Value;
    /** The index, from 0, of the iteration that the loop of this name is in. */
    iterationIndex(loop: string): Value;
}

/** Something to be evaluated, in the scope where it stands. */
export type Evaluate = (scope: Scope) => Value;

/**
 * Compiles a value of a definition: strings may be expressions, names of properties too.
 *
 * @throws ExpressionSyntaxError
 * @throws NotSupportedError for a function that the simulator does not have
 */
export function compileValue(value: Value): Evaluate {
    if (typeof value === "string") {
        return compileTemplate(parseTemplate(value));
    }
    if (isPlain(value)) {
        return () => value;
    }
    if (isArray(value)) {
        const items = value.map(compileValue);
        return (scope) => items.map((item) => item(scope));
    }
    return compileObject(Object.entries(value as ValueObject));
}

/** Whether nothing in a value can be an expression. */
function isPlain(value: Value): boolean {
    if (typeof value === "string") {
        return !value.includes("@");
    }
    if (isArray(value)) {
        return value.every(isPlain);
    }
    return !isObject(value) || Object.entries(value).every(([key, item]) => isPlain(key) && isPlain(item));
}

/** Compiles an expression. */
function compileExpression(expression: Expression): Evaluate {
    switch (expression.kind) {
        case "string":
        case "boolean": {
            const { value } = expression;
            return () => value;
        }
        case "integer": {
            const integer = toInteger(expression.value);
            return () => integer;
        }
        case "float": {
            const float = toFloat(expression.value);
            return () => float;
        }
        case "null":
            return () => null;
        case "call":
            return compileCall(expression);
        case "member":
            return compileMember(expression);
    }
}

function compileTemplate(template: Template): Evaluate {
    switch (template.kind) {
        case "text": {
            const { value } = template;
            return () => value;
        }
        case "expression":
            return compileExpression(template.expression);
        case "interpolation": {
            const parts = template.parts.map((part) =>
                typeof part === "string" ? () => part : compileExpression(part),
            );
            return (scope) => parts.map((part) => toText(part(scope))).join("");
        }
    }
}

function compileObject(entries: readonly (readonly [string, Value])[]): Evaluate {
    const properties = entries.map(([name, value]) => {
        const key = compileTemplate(parseTemplate(name));
        return { key, value: compileValue(value) };
    });
    return (scope) => {
        const object: { [key: string]: Value } = {};
        for (const { key, value } of properties) {
            const name = toText(key(scope));
            if (name === "__proto__") {
                throw new NotSupportedError(
                    "A property named '__proto__' is not supported by the simulator.",
                );
            }
            object[name] = value(scope);
        }
        return object;
    };
}

function compileCall(call: Call): Evaluate {
    return compileInvocation(call.name, call.args.map(compileExpression));
}

/**
 * Compiles a call of a function with arguments that are compiled already.
 *
 * @throws NotSupportedError for a function that the simulator does not have
 */
export function compileInvocation(name: string, args: readonly Evaluate[]): Evaluate {
    const implementation = implementationOf(name);
    if (implementation.lazy) {
        return (scope) => implementation.evaluate(args, scope);
    }
    return (scope) => {
        const values = args.map((arg) => arg(scope));
        if (implementation.takesDecimals !== true && values.some((value) => value instanceof Decimal)) {
            throw new NotSupportedError(
                `A decimal as a parameter of function '${name}' is not supported by the simulator.`,
            );
        }
        return implementation.evaluate(values, scope);
    };
}

function compileMember(member: Member): Evaluate {
    const target = compileExpression(member.target);
    const key = compileExpression(member.key);
    return (scope) => select(member, target(scope), key(scope));
}

/** Names match without regard to letter case; `?` forgives what is missing, but not a value that has no members. */
function select(member: Member, target: Value, key: Value): Value {
    if (target === null) {
        if (member.safe) {
            return null;
        }
        throw unselectable(member, `property '${toText(key)}' cannot be selected.`);
    }
    if (isArray(target)) {
        return selectElement(member, target, key);
    }
    if (!isObject(target)) {
        throw unselectable(
            member,
            `property '${toText(key)}' cannot be selected. ` +
                `Property selection is not supported on values of type '${typeName(target)}'.`,
        );
    }
    const name = findKey(target, toText(key));
    if (name !== undefined) {
        return target[name] ?? null;
    }
    if (member.safe) {
        return null;
    }
    const available = Object.keys(target).join(", ");
    throw unselectable(
        member,
        `property '${toText(key)}' doesn't exist, available properties are '${available}'.`,
    );
}

function selectElement(member: Member, target: readonly Value[], key: Value): Value {
    if (!isInteger(key)) {
        throw unselectable(
            member,
            `property '${toText(key)}' cannot be selected. ` +
                "Array elements can only be selected using an integer index.",
        );
    }
    const element = target[Number(key)];
    if (element !== undefined) {
        return element;
    }
    if (member.safe) {
        return null;
    }
    throw unselectable(member, `array index '${key}' is outside bounds (0, ${target.length - 1}) of array.`);
}

function unselectable(member: Member, reason: string): ExpressionError {
    return new ExpressionError(
        `The template language expression '${printExpression(member)}' cannot be evaluated because ${reason} ` +
            "Please see https://aka.ms/logicexpressions for usage details.",
    );
}
