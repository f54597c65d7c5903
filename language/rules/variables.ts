import { CHANGE_VARIABLE_TYPES } from "../actionTypes";
import { isJsonObject } from "../json";
import { isSameName, nameKey } from "../names";
import { runsBefore } from "../order";
import { containersOf, isOfType, objectOf, valueAt, type ActionNode, type Outline } from "../outline";
import { sitesIn, sitesOf, type Site } from "../sites";
import { invalidTemplate, isExpression, show, type DefinitionProblem } from "./problem";

/**
 * Variables: initialized once, at top level, with a value of their type, and on the `runAfter` path of everything that
 * uses or changes them.
 *
 * Source: the errors with which Azure refuses to save a workflow, as users report them.
 */
export function variableRules({ body, actions }: Outline): readonly DefinitionProblem[] {
    const initializers = actions.filter((action) => isOfType(action, "InitializeVariable"));
    const declared = initializers.flatMap(declarationsOf);
    const isInitializedFor: IsInitializedFor = (name, action) =>
        declared.some((each) => isSameName(each.name, name) && runsBefore(each.action, action));
    return [
        ...initializers.flatMap(checkInitializer),
        ...checkDuplicates(declared),
        ...actions.flatMap((action) => [
            ...checkUses(action, isInitializedFor),
            ...checkChange(action, isInitializedFor),
        ]),
        ...variablesRead(sitesIn(objectOf(body["outputs"])))
            .filter((read) => !declared.some(({ name }) => isSameName(name, read)))
            .map((name) =>
                invalidTemplate(`The outputs of the definition read the unknown variable '${name}'.`),
            ),
    ];
}

/** Whether the variable of this name is there whenever the action starts. */
type IsInitializedFor = (name: string, action: ActionNode) => boolean;

const VARIABLE_TYPES = ["String", "Integer", "Float", "Boolean", "Array", "Object"];

function checkInitializer(action: ActionNode): readonly DefinitionProblem[] {
    const { name } = action;
    const container = containersOf(action)[0];
    const variables = valueAt(action.body, "inputs.variables");
    return [
        ...(container === undefined
            ? []
            : [
                  invalidInitialization(
                      `The variable action '${name}' of type 'InitializeVariable' cannot be nested in ` +
                          `an action of type '${container.type}'.`,
                      name,
                  ),
              ]),
        ...(Array.isArray(variables) ? checkDeclarations(variables, name) : []),
    ];
}

function checkDeclarations(variables: readonly unknown[], action: string): readonly DefinitionProblem[] {
    const problem = (message: string) =>
        invalidInitialization(
            `The variable action '${action}' of type 'InitializeVariable' ${message}`,
            action,
        );
    if (variables.length !== 1) {
        return [problem(`must initialize exactly one variable, not ${variables.length}.`)];
    }
    const declaration = variables[0];
    if (!isJsonObject(declaration)) {
        return [problem(`has ${show(declaration)} where a variable belongs.`)];
    }
    const { name, type, value } = declaration;
    const isKnownType = typeof type === "string" && VARIABLE_TYPES.some((each) => isSameName(each, type));
    return [
        ...(typeof name === "string" && name !== "" && !isExpression(name)
            ? []
            : [problem(`has ${show(name)} as the name of its variable; it must be plain text.`)]),
        ...(isKnownType
            ? []
            : [
                  problem(
                      `has ${show(type)} as the type of its variable; allowed are ${VARIABLE_TYPES.join(", ")}.`,
                  ),
              ]),
        ...(isKnownType ? checkFirstValue(typeof name === "string" ? name : "", type, value, action) : []),
    ];
}

/** A first value that is no expression has the type of its variable. */
function checkFirstValue(
    name: string,
    type: string,
    value: unknown,
    action: string,
): readonly DefinitionProblem[] {
    const found = literalType(value);
    const accepted = VARIABLE_TYPES.filter(
        (each) => isSameName(each, type) || (each === "Integer" && isSameName("Float", type)),
    );
    return found === undefined || accepted.includes(found)
        ? []
        : [
              invalidInputs(
                  action,
                  "InitializeVariable",
                  `The variable '${name}' of type '${type}' cannot be initialized or updated with value of type ` +
                      `'${found}'. The variable '${name}' only supports values of types '${accepted.join(", ")}'.`,
              ),
          ];
}

/** The type of a value; undefined where there is none, or where only the run knows it. */
function literalType(value: unknown): string | undefined {
    if (typeof value === "string") {
        return isExpression(value) ? undefined : "String";
    }
    if (typeof value === "number") {
        return Number.isInteger(value) ? "Integer" : "Float";
    }
    if (typeof value === "boolean") {
        return "Boolean";
    }
    if (Array.isArray(value)) {
        return "Array";
    }
    // A number that is kept in an object, to be exact, is none.
    return isJsonObject(value) && Object.getPrototypeOf(value) === Object.prototype ? "Object" : undefined;
}

interface Declaration {
    readonly name: string;
    readonly action: ActionNode;
}

function declarationsOf(action: ActionNode): readonly Declaration[] {
    const variables = valueAt(action.body, "inputs.variables");
    const declarations = Array.isArray(variables) ? variables : [];
    return declarations
        .map((declaration: unknown) => objectOf(declaration)["name"])
        .filter((name) => typeof name === "string")
        .map((name) => ({ name, action }));
}

function checkDuplicates(declared: readonly Declaration[]): readonly DefinitionProblem[] {
    const seen = new Set<string>();
    return declared.flatMap(({ name, action }) => {
        const isDuplicate = seen.has(nameKey(name));
        seen.add(nameKey(name));
        return isDuplicate
            ? [
                  invalidInitialization(
                      `The variable '${name}' is initialized more than once, again in action '${action.name}'.`,
                      action.name,
                  ),
              ]
            : [];
    });
}

function checkUses(action: ActionNode, isInitializedFor: IsInitializedFor): readonly DefinitionProblem[] {
    return variablesRead(sitesOf(action))
        .filter((name) => !isInitializedFor(name, action))
        .map((name) => notInitialized(name, action));
}

function checkChange(action: ActionNode, isInitializedFor: IsInitializedFor): readonly DefinitionProblem[] {
    const name = valueAt(action.body, "inputs.name");
    if (!isOfType(action, ...CHANGE_VARIABLE_TYPES) || typeof name !== "string") {
        return [];
    }
    const isSelfReference = variablesRead(sitesOf(action)).some((read) => isSameName(read, name));
    return [
        ...(isInitializedFor(name, action) ? [] : [notInitialized(name, action)]),
        ...(isSelfReference
            ? [
                  invalidInputs(
                      action.name,
                      action.type,
                      `Self reference is not supported when updating the value of variable '${name}'.`,
                  ),
              ]
            : []),
    ];
}

/** Names of variables that expressions read, unless they compute the name. */
function variablesRead(sites: readonly Site[]): readonly string[] {
    return sites
        .flatMap(({ calls }) => calls)
        .filter((call) => isSameName(call.name, "variables"))
        .flatMap(({ args: [first] }) => (first?.kind === "string" ? [first.value] : []));
}

function notInitialized(variable: string, { name, type }: ActionNode): DefinitionProblem {
    const message = `The variable '${variable}' must be initialized before it can be used inside action '${name}'.`;
    return { ...invalidInputs(name, type, message), code: "InvalidVariableOperation" };
}

function invalidInputs(action: string, type: string, message: string): DefinitionProblem {
    return {
        code: "WorkflowRunActionInputsInvalidProperty",
        message: `The inputs of workflow run action '${action}' of type '${type}' are not valid. ${message}`,
        action,
    };
}

function invalidInitialization(message: string, action: string): DefinitionProblem {
    return { code: "InvalidVariableInitialization", message, action };
}
