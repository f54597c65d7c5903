import type { ActionNode } from "../../../language/outline";
import { ExpressionError } from "../errors";
import type { Handler } from "../handler";
import { hasPatterns, validate } from "../jsonSchema";
import { JsonTextError, readLenientJson } from "../lenientJson";
import { failed, succeeded, type Outcome } from "../outcomes";
import { isBinary, type Value } from "../values";
import { compileInputs } from "./inputs";

/** Reads JSON text, or takes a value as it is, and checks it against a schema. */
export function compileParseJson(node: ActionNode): Handler {
    const evaluate = compileInputs(node);
    return (activity) => {
        const inputs = evaluate(activity.scope);
        const content = inputs["content"] ?? null;
        if (content === null || content === "") {
            throw new ExpressionError("Required property 'content' expects a value but got null. Path ''.");
        }
        activity.showInputs(inputs);
        activity.finish(parse(content, inputs["schema"] ?? {}));
    };
}

function parse(content: Value, schema: Value): Outcome {
    if (hasPatterns(schema)) {
        return failed(
            "ActionSchemaNotSupported",
            "The 'schema' property of action 'ParseJson' inputs contains 'pattern' or 'patternProperties' properties. " +
                "'Pattern' or 'patternProperties' properties are not supported in the action json schema.",
        );
    }
    if (isBinary(content)) {
        return failed(
            "BadRequest",
            "The property 'content' must be of type JSON in the 'ParseJson' action inputs, but was of type " +
                `'${content["$content-type"]}'.`,
        );
    }
    try {
        const value = typeof content === "string" ? readLenientJson(content) : content;
        const errors = validate(value, schema);
        return errors.length === 0
            ? succeeded({ body: value })
            : failed("ValidationFailed", "The schema validation failed.", { errors });
    } catch (error) {
        if (error instanceof JsonTextError) {
            return failed(
                "InvalidJSON",
                "The 'content' property of actions of type 'ParseJson' must be valid JSON. The provided value cannot " +
                    `be parsed: '${error.message}'.`,
            );
        }
        throw error;
    }
}
