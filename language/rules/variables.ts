import { CHANGE_VARIABLE_TYPES } from "../actionTypes";
import { isJsonObject } from "../json";
import { isSameName, nameKey } from "../names";
import { containersOf, isOfType, objectOf, valueAt, type ActionNode, type Outline } from "../outline";
import { sitesIn, sitesOf, type Site } from "../sites";
import { invalidTemplate, isExpression, show, type DefinitionProblem } from "./problem";

/** Variables: initialized once, at top level, before anything uses or changes them. */
export function variableRules({ body, actions }: Outline): readonly DefinitionProblem[] {
    const initializers = actions.filter((action) => isOfType(action, "InitializeVariable"));
    const names = initializers.flatMap(initializedNames);
    const known = new Set(names.map(({ name }) => nameKey(name)));
    return [
        ...initializers.flatMap(checkInitializer),
        ...checkDuplicates(names),
        ...actions.flatMap((action) => [...checkUses(action, known), ...checkChange(action, known)]),
        ...variablesRead(sitesIn(objectOf(body["outputs"])))
            .filter((name) => !known.has(nameKey(name)))
            .map((name) =>
                invalidTemplate(`The outputs of the definition read the unknown variable '${name}'.`),
            ),
    ];
}

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
    const { name, type } = declaration;
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
    ];
}

interface NamedBy {
    readonly name: string;
    readonly action: string;
}

function initializedNames(action: ActionNode): readonly NamedBy[] {
    const variables = valueAt(action.body, "inputs.variables");
    const declarations = Array.isArray(variables) ? variables : [];
    return declarations
        .map((declaration: unknown) => objectOf(declaration)["name"])
        .filter((name) => typeof name === "string")
        .map((name) => ({ name, action: action.name }));
}

function checkDuplicates(names: readonly NamedBy[]): readonly DefinitionProblem[] {
    const seen = new Set<string>();
    return names.flatMap(({ name, action }) => {
        const isDuplicate = seen.has(nameKey(name));
        seen.add(nameKey(name));
        return isDuplicate
            ? [
                  invalidInitialization(
                      `The variable '${name}' is initialized more than once, again in action '${action}'.`,
                      action,
                  ),
              ]
            : [];
    });
}

function checkUses(action: ActionNode, known: ReadonlySet<string>): readonly DefinitionProblem[] {
    return variablesRead(sitesOf(action))
        .filter((name) => !known.has(nameKey(name)))
        .map((name) => notInitialized(name, action.name));
}

function checkChange(action: ActionNode, known: ReadonlySet<string>): readonly DefinitionProblem[] {
    const name = valueAt(action.body, "inputs.name");
    if (!isOfType(action, ...CHANGE_VARIABLE_TYPES) || typeof name !== "string") {
        return [];
    }
    const isSelfReference = variablesRead(sitesOf(action)).some((read) => isSameName(read, name));
    return [
        ...(known.has(nameKey(name)) ? [] : [notInitialized(name, action.name)]),
        ...(isSelfReference
            ? [
                  {
                      code: "WorkflowRunActionInputsInvalidProperty",
                      message:
                          `The inputs of workflow run action '${action.name}' of type '${action.type}' are not valid. ` +
                          `Self reference is not supported when updating the value of variable '${name}'.`,
                      action: action.name,
                  },
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

function notInitialized(name: string, action: string): DefinitionProblem {
    return invalidTemplate(
        `The variable '${name}' must be initialized before it can be used inside action '${action}'.`,
        action,
    );
}

function invalidInitialization(message: string, action: string): DefinitionProblem {
    return { code: "InvalidVariableInitialization", message, action };
}
