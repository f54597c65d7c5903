import type { DefinitionParameter, WorkflowDefinition } from "../../language/definition";
import { nameKey } from "../../language/names";
import { RefusedError } from "./errors";
import {
    isArray,
    isEqual,
    isInteger,
    isNumber,
    isObject,
    typeName,
    type Value,
    type ValueObject,
} from "./values";

/** Whether a value is one of a declared type. */
const FITS: { readonly [type: string]: (value: Value) => boolean } = {
    string: (value) => typeof value === "string",
    securestring: (value) => typeof value === "string",
    int: isInteger,
    float: isNumber,
    bool: (value) => typeof value === "boolean",
    array: isArray,
    object: isObject,
    secureobject: isObject,
};

/**
 * The values of the declared parameters, by the key of their name: those given, else their defaults.
 *
 * @throws RefusedError (`InvalidTemplate`) if one is missing, of another type, or not declared
 */
export function parameterValues(
    definition: WorkflowDefinition,
    given: ValueObject,
): ReadonlyMap<string, Value> {
    const declared = definition.parameters ?? {};
    const byKey = new Map(Object.entries(given).map(([name, value]) => [nameKey(name), value]));
    const declaredKeys = new Set(Object.keys(declared).map(nameKey));
    const unknown = Object.keys(given).find((name) => !declaredKeys.has(nameKey(name)));
    if (unknown !== undefined) {
        throw invalid(
            `The workflow is given a value for the parameter '${unknown}', which its definition does not declare. ` +
                `Declared are: ${Object.keys(declared).join(", ") || "none"}.`,
        );
    }
    return new Map(
        Object.entries(declared).map(([name, parameter]) => {
            const key = nameKey(name);
            const value = byKey.has(key) ? byKey.get(key) : parameter.defaultValue;
            if (value === undefined) {
                throw invalid(
                    `The value for the workflow parameter '${name}' is not provided, and it has no default.`,
                );
            }
            checkValue(name, parameter, value);
            return [key, value];
        }),
    );
}

function checkValue(name: string, parameter: DefinitionParameter, value: Value): void {
    const fits = FITS[nameKey(String(parameter.type))];
    if (fits !== undefined && !fits(value)) {
        throw invalid(
            `The provided value for the workflow parameter '${name}' is not valid. Expected a value of type ` +
                `'${parameter.type}', but received a value of type '${typeName(value)}'.`,
        );
    }
    const { allowedValues } = parameter as DefinitionParameter & { readonly allowedValues?: Value };
    if (allowedValues !== undefined && isArray(allowedValues)) {
        if (!allowedValues.some((allowed) => isEqual(allowed, value))) {
            throw invalid(
                `The provided value for the workflow parameter '${name}' is not among its allowed values.`,
            );
        }
    }
}

function invalid(message: string): RefusedError {
    return new RefusedError("InvalidTemplate", message);
}
