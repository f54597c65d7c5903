import type { ActionNode } from "../../../language/outline";
import { compileValue, type Evaluate } from "../evaluate";
import { ExpressionError } from "../errors";
import { isArray, isObject, typeName, type Value, type ValueObject } from "../values";

/** Inputs that are an object of properties. */
export function compileInputs(node: ActionNode): (scope: Parameters<Evaluate>[0]) => ValueObject {
    const evaluate = compileValue(node.body["inputs"] ?? {});
    return (scope) => {
        const inputs = evaluate(scope);
        return isObject(inputs) ? inputs : {};
    };
}

/** A property of the inputs as written, for what is evaluated later or not at all. */
export function writtenInput(node: ActionNode, name: string): Value {
    const inputs = node.body["inputs"] ?? null;
    return isObject(inputs) ? (inputs[name] ?? null) : null;
}

/**
 * The array that a data operation is from.
 *
 * @throws ExpressionError in Azure's words
 */
export function requireFrom(type: string, value: Value): readonly Value[] {
    if (!isArray(value)) {
        throw new ExpressionError(
            `The 'from' property value in the '${type}' action inputs is of type '${typeName(value)}'. The value ` +
                "must be an array.",
        );
    }
    return value;
}
