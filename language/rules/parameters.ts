import { isJsonObject, type JsonObject } from "../json";
import { isSameName } from "../names";
import { objectOf, type Outline } from "../outline";
import { sitesIn, sitesOf, type Site } from "../sites";
import { invalidTemplate, show, type DefinitionProblem, type RuleOptions } from "./problem";

/** Parameters: of a known type, declared where they are used, and given where they have no default. */
export function parameterRules(outline: Outline, { parameters }: RuleOptions): readonly DefinitionProblem[] {
    const declared = objectOf(outline.body["parameters"]);
    const names = Object.keys(declared);
    return [
        ...Object.entries(declared).flatMap(([name, value]) => checkType(name, value)),
        ...outline.triggers.flatMap((trigger) =>
            undeclared(sitesOf(trigger), names).map((name) =>
                invalidTemplate(
                    `The template trigger '${trigger.name}' uses the parameter '${name}', which is not declared.`,
                ),
            ),
        ),
        ...outline.actions.flatMap((action) =>
            undeclared(sitesOf(action), names).map((name) =>
                invalidTemplate(
                    `The template action '${action.name}' uses the parameter '${name}', which is not declared.`,
                    action.name,
                ),
            ),
        ),
        ...undeclared(sitesIn(objectOf(outline.body["outputs"])), names).map((name) =>
            invalidTemplate(
                `The outputs of the definition use the parameter '${name}', which is not declared.`,
            ),
        ),
        ...(parameters === undefined ? [] : checkValues(declared, parameters)),
    ];
}

const PARAMETER_TYPES = ["Array", "Bool", "Float", "Int", "Object", "SecureObject", "SecureString", "String"];

function checkType(name: string, declaration: unknown): readonly DefinitionProblem[] {
    const type = objectOf(declaration)["type"];
    return typeof type === "string" && PARAMETER_TYPES.some((each) => isSameName(each, type))
        ? []
        : [
              invalidTemplate(
                  `The parameter '${name}' has the type ${show(type)}; allowed are ${PARAMETER_TYPES.join(", ")}.`,
              ),
          ];
}

function undeclared(sites: readonly Site[], names: readonly string[]): readonly string[] {
    return sites
        .flatMap(({ calls }) => calls)
        .filter((call) => isSameName(call.name, "parameters"))
        .flatMap(({ args: [first] }) => (first?.kind === "string" ? [first.value] : []))
        .filter((used) => !names.some((name) => isSameName(name, used)));
}

function checkValues(declared: JsonObject, given: readonly string[]): readonly DefinitionProblem[] {
    const isGiven = (name: string) => given.some((each) => isSameName(each, name));
    const isDeclared = (name: string) => Object.keys(declared).some((each) => isSameName(each, name));
    return [
        ...given
            .filter((name) => !isDeclared(name))
            .map((name) =>
                invalidTemplate(
                    `The workflow is given a value for '${name}', which the definition does not declare.`,
                ),
            ),
        ...Object.entries(declared)
            .filter(([name, declaration]) => !hasDefault(declaration) && !isGiven(name))
            .map(([name]) => invalidTemplate(`The workflow is given no value for the parameter '${name}'.`)),
    ];
}

function hasDefault(declaration: unknown): boolean {
    return isJsonObject(declaration) && declaration["defaultValue"] !== undefined;
}
