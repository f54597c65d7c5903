import { MAX_VARIABLE_ITEMS, MAX_VARIABLE_LENGTH } from "../../../language/limits";
import { nameKey } from "../../../language/names";
import type { ActionNode } from "../../../language/outline";
import { Decimal } from "../decimal";
import { NotSupportedError } from "../errors";
import type { Scope } from "../evaluate";
import { implementationOf } from "../functions";
import type { Handler, Variable } from "../handler";
import { DONE, failed, type Outcome } from "../outcomes";
import { isArray, isInteger, isNumber, isObject, toText, typeName, type Value } from "../values";
import { compileInputs } from "./inputs";

const TYPES = ["String", "Integer", "Float", "Boolean", "Array", "Object"];

/** A variable that is not of the type that an action works on, or a value that it cannot take. */
class VariableError extends Error {}

/** The new value of a variable. */
type Change = (variable: Variable, value: Value | undefined, scope: Scope) => Value;

const CHANGES: ReadonlyMap<string, Change> = new Map<string, Change>([
    ["setvariable", set],
    ["appendtoarrayvariable", appendToArray],
    ["appendtostringvariable", appendToString],
    ["incrementvariable", (variable, value, scope) => shift("add", variable, value, scope)],
    ["decrementvariable", (variable, value, scope) => shift("sub", variable, value, scope)],
]);

/** Makes a variable of the run. Without a value it is null. */
export function compileInitializeVariable(node: ActionNode): Handler {
    const evaluate = compileInputs(node);
    return (activity) => {
        const inputs = evaluate(activity.scope);
        const list = inputs["variables"] ?? null;
        const [declared = null] = isArray(list) ? list : [];
        const { name = null, type = null, value = null } = isObject(declared) ? declared : {};
        const typeText = TYPES.find((each) => nameKey(each) === nameKey(toText(type))) ?? toText(type);
        activity.showInputs(inputs);
        activity.finish(
            attempt(() => {
                if (value !== null) {
                    requireFit(toText(name), typeText, value);
                    requireSize(toText(name), value);
                }
                activity.variables.initialize(toText(name), typeText, value);
            }),
        );
    };
}

/** Sets, appends to, increments or decrements a variable. */
export function compileChangeVariable(node: ActionNode): Handler {
    const evaluate = compileInputs(node);
    const change = CHANGES.get(nameKey(node.type));
    return (activity) => {
        const inputs = evaluate(activity.scope);
        const name = toText(inputs["name"] ?? null);
        activity.showInputs(inputs);
        activity.finish(
            attempt(() => {
                const variable = activity.variables.find(name);
                if (variable === undefined || change === undefined) {
                    throw new VariableError(`The variable '${name}' is not initialized.`);
                }
                const value = change(variable, inputs["value"], activity.scope);
                requireSize(name, value);
                variable.value = value;
            }),
        );
    };
}

function attempt(act: () => void): Outcome {
    try {
        act();
        return DONE;
    } catch (error) {
        if (error instanceof VariableError) {
            return failed("BadRequest", error.message);
        }
        throw error;
    }
}

function set(variable: Variable, value: Value = null): Value {
    if (value === null && (variable.type === "String" || variable.type === "Array")) {
        return null;
    }
    requireFit(variable.name, variable.type, value);
    return value;
}

function appendToArray(variable: Variable, value: Value = null): Value {
    requireType(variable, "Array");
    // Users report that an array can be appended, the measured engine refuses it: refused here.
    if (value === null || isArray(value)) {
        throw new VariableError(
            `The value of type '${typeName(value)}' cannot be appended to the variable '${variable.name}' of type ` +
                "'Array'.",
        );
    }
    return [...(isArray(variable.value) ? variable.value : []), value];
}

function appendToString(variable: Variable, value: Value = null): Value {
    requireType(variable, "String");
    return toText(variable.value) + toText(value);
}

function shift(operation: "add" | "sub", variable: Variable, value: Value = 1, scope: Scope): Value {
    requireType(variable, "Integer", "Float");
    const implementation = implementationOf(operation);
    if (variable.value === null || !fits(variable.type, value) || implementation.lazy) {
        throw new VariableError(
            `The variable '${variable.name}' of type '${variable.type}' and with value '${toText(variable.value)}' ` +
                `cannot be changed by the value '${toText(value)}' of type '${typeName(value)}'.`,
        );
    }
    return implementation.evaluate([variable.value, value], scope);
}

function requireType(variable: Variable, ...types: readonly string[]): void {
    if (!types.includes(variable.type)) {
        throw new VariableError(
            `The variable '${variable.name}' is of type '${variable.type}'. The action works on variables of type ` +
                `'${types.join("', '")}' only.`,
        );
    }
}

function requireFit(name: string, type: string, value: Value): void {
    if (value instanceof Decimal) {
        throw new NotSupportedError(
            `A decimal as the value of variable '${name}' is not supported by the simulator.`,
        );
    }
    if (!fits(type, value)) {
        throw new VariableError(
            `The variable '${name}' of type '${type}' cannot be initialized or updated with value ` +
                `'${toText(value)}' of type '${typeName(value)}'. The variable '${name}' only supports values of ` +
                `types '${type === "Float" ? "Float, Integer" : type}'.`,
        );
    }
}

function requireSize(name: string, value: Value): void {
    const [size, limit, unit] = isArray(value)
        ? [value.length, MAX_VARIABLE_ITEMS, "items"]
        : [typeof value === "string" ? value.length : 0, MAX_VARIABLE_LENGTH, "characters"];
    if (size > limit) {
        throw new VariableError(
            `The value of variable '${name}' has '${size}' ${unit}, which exceeds the limit of '${limit}'.`,
        );
    }
}

function fits(type: string, value: Value): boolean {
    switch (type) {
        case "String":
            return typeof value === "string";
        case "Integer":
            return isInteger(value);
        case "Float":
            return isNumber(value);
        case "Boolean":
            return typeof value === "boolean";
        case "Array":
            return isArray(value);
        case "Object":
            return isObject(value);
        default:
            return false;
    }
}
