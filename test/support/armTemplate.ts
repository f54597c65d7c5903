/** Deploys an ARM template by hand, as far as evaluating its expressions goes. */
import { isJsonObject, parseExpression, type Call, type Expression, type Json } from "../../language";

/** Where and with what a template is deployed. */
export interface ArmDeployment {
    readonly subscriptionId: string;
    readonly resourceGroup: { readonly name: string; readonly location: string };
    readonly parameters: { readonly [name: string]: Json };
    readonly variables: { readonly [name: string]: Json };
}

/**
 * What Resource Manager makes of a value in a template: strings in brackets are expressions, `[[` stands for `[`,
 * everything else stays as it is.
 *
 * Source: Microsoft Learn, "Syntax and expressions in ARM templates".
 *
 * @throws Error for a function that it does not know
 */
export function evaluateArm(value: Json, deployment: ArmDeployment): Json {
    if (typeof value === "string") {
        return evaluateText(value, deployment);
    }
    if (Array.isArray(value)) {
        return value.map((item: Json) => evaluateArm(item, deployment));
    }
    return isJsonObject(value)
        ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, evaluateArm(item, deployment)]))
        : value;
}

function evaluateText(text: string, deployment: ArmDeployment): Json {
    if (text.startsWith("[[")) {
        return text.slice(1);
    }
    // The grammar of these expressions is that of the workflow language, as far as calls, members and texts go.
    return text.startsWith("[") && text.endsWith("]")
        ? evaluate(parseExpression(text.slice(1, -1)), deployment)
        : text;
}

function evaluate(expression: Expression, deployment: ArmDeployment): Json {
    switch (expression.kind) {
        case "string":
            return expression.value;
        case "call":
            return callFunction(expression, deployment);
        case "member": {
            const target = evaluate(expression.target, deployment);
            const key = textOf(evaluate(expression.key, deployment));
            return memberOf(target, key);
        }
        case "integer":
        case "float":
        case "boolean":
        case "null":
            throw new Error(`A ${expression.kind} in an expression of a template is not known here.`);
    }
}

function callFunction({ name, args }: Call, deployment: ArmDeployment): Json {
    const { subscriptionId, resourceGroup, parameters, variables } = deployment;
    const values = args.map((argument) => evaluate(argument, deployment));
    const [first = "", ...names] = values.map(textOf);
    const subscription = `/subscriptions/${subscriptionId}`;
    switch (name) {
        case "concat":
            return values.map(textOf).join("");
        case "parameters":
            return evaluateArm(memberOf(parameters, first), deployment);
        case "variables":
            return evaluateArm(memberOf(variables, first), deployment);
        case "resourceGroup":
            return resourceGroup;
        case "subscription":
            return { subscriptionId };
        case "resourceId":
            return `${subscription}/resourceGroups/${resourceGroup.name}/providers/${idPath(first, names)}`;
        case "subscriptionResourceId":
            return `${subscription}/providers/${idPath(first, names)}`;
        default:
            throw new Error(`The function '${name}' of ARM templates is not known here.`);
    }
}

/** `a/b/c` and the names `x`, `y` give `a/b/x/c/y`. */
function idPath(type: string, names: readonly string[]): string {
    const [provider = "", ...types] = type.split("/");
    return [provider, ...types.flatMap((segment, index) => [segment, names[index] ?? ""])].join("/");
}

function memberOf(target: Json, key: string): Json {
    const value = isJsonObject(target) ? target[key] : undefined;
    if (value === undefined) {
        throw new Error(`The template has no value for '${key}'.`);
    }
    return value;
}

function textOf(value: Json): string {
    if (typeof value !== "string") {
        throw new Error(`${JSON.stringify(value)} stands where an ARM template needs a text.`);
    }
    return value;
}
