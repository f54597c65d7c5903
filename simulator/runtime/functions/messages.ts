import { ExpressionError, NotSupportedError } from "../errors";
import type { Scope } from "../evaluate";
import { headerOf } from "../retry";
import { isArray, isBinary, isObject, toText, type Value } from "../values";
import { argument, outOfRange, requireInteger, requireString } from "./arguments";
import { eager, type Implementations } from "./implementation";

const FORM_TYPE = "application/x-www-form-urlencoded";

/** Parts of bodies that are forms, or that have several parts. */
export const messageFunctions: Implementations = {
    formDataValue: eager((args, scope) =>
        single("formDataValue", outputsOf("formDataValue", args, scope), key("formDataValue", args, 1)),
    ),
    formDataMultiValues: eager((args, scope) =>
        all(
            "formDataMultiValues",
            outputsOf("formDataMultiValues", args, scope),
            key("formDataMultiValues", args, 1),
        ),
    ),
    triggerFormDataValue: eager((args, scope) =>
        single("triggerFormDataValue", scope.triggerOutputs(), key("triggerFormDataValue", args, 0)),
    ),
    triggerFormDataMultiValues: eager((args, scope) =>
        all("triggerFormDataMultiValues", scope.triggerOutputs(), key("triggerFormDataMultiValues", args, 0)),
    ),
    multipartBody: eager((args, scope) =>
        part("multipartBody", outputsOf("multipartBody", args, scope), args, 1),
    ),
    triggerMultipartBody: eager((args, scope) =>
        part("triggerMultipartBody", scope.triggerOutputs(), args, 0),
    ),
};

function outputsOf(of: string, args: readonly Value[], scope: Scope): Value {
    return scope.outputs(requireString(argument(of, args, 0)));
}

function key(of: string, args: readonly Value[], index: number): string {
    return requireString(argument(of, args, index));
}

/** The value of a key that occurs once; more than one is an error, says Microsoft's page. */
function single(of: string, outputs: Value, name: string): Value {
    const values = all(of, outputs, name);
    const [value] = values;
    if (value === undefined) {
        throw new NotSupportedError(
            `A form without the key '${name}' in function '${of}' is not supported by the simulator.`,
        );
    }
    if (values.length > 1) {
        throw new ExpressionError(
            `The template language function '${of}' expects one value for the key '${name}', but the form has ` +
                `${values.length}.`,
        );
    }
    return value;
}

function all(of: string, outputs: Value, name: string): readonly string[] {
    return new URLSearchParams(formText(of, outputs)).getAll(name);
}

/** The form as it was sent: text under its content type, or binary content of that type. */
function formText(of: string, outputs: Value): string {
    const { body = null, headers = null } = isObject(outputs) ? outputs : {};
    const texts = Object.entries(isObject(headers) ? headers : {}).map(([name, value]) => [
        name,
        toText(value),
    ]);
    const sentAs = headerOf(Object.fromEntries(texts) as { [name: string]: string }, "content-type") ?? "";
    const type = isBinary(body) ? body["$content-type"] : sentAs;
    if (!type.toLowerCase().startsWith(FORM_TYPE) || (typeof body !== "string" && !isBinary(body))) {
        throw new NotSupportedError(
            `A body of another type than ${FORM_TYPE} in function '${of}' is not supported by the simulator.`,
        );
    }
    return toText(body);
}

/** The body of a part of `$multipart`, as Microsoft's page on the HTTP connector describes it. */
function part(of: string, outputs: Value, args: readonly Value[], index: number): Value {
    const { body = null } = isObject(outputs) ? outputs : {};
    const parts = isObject(body) ? (body["$multipart"] ?? null) : null;
    if (!isArray(parts)) {
        throw new NotSupportedError(
            `A body without '$multipart' in function '${of}' is not supported by the simulator.`,
        );
    }
    const at = Number(requireInteger(argument(of, args, index)));
    const found = parts[at] ?? null;
    if (!isObject(found)) {
        throw outOfRange(of, `the body has ${parts.length} parts, and none with the index ${at}.`);
    }
    return found["body"] ?? null;
}
