import { outlineOf } from "../outline";
import { conditionRules } from "./conditions";
import { expressionRules } from "./expressions";
import { inputRules } from "./inputs";
import { limitRules } from "./limits";
import { nameRules } from "./names";
import { parameterRules } from "./parameters";
import { placementRules } from "./placement";
import { InvalidDefinitionError, type DefinitionProblem, type Rule, type RuleOptions } from "./problem";
import { referenceRules } from "./references";
import { repetitionRules } from "./repetition";
import { retryRules } from "./retry";
import { runAfterRules } from "./runAfter";
import { secureDataRules } from "./secureData";
import { shapeRules } from "./shape";
import { trackedPropertyRules } from "./trackedProperties";
import { variableRules } from "./variables";

export { InvalidDefinitionError, type DefinitionProblem, type RuleOptions } from "./problem";

/**
 * Everything for which Azure would refuse to save the definition; empty if it would be saved. Takes any JSON value.
 * Properties that no rule knows are not looked at.
 */
export function checkDefinition(
    definition: unknown,
    options: RuleOptions = {},
): readonly DefinitionProblem[] {
    const outline = outlineOf(definition);
    return rules.flatMap((rule) => rule(outline, options));
}

/**
 * Refuses a definition that Azure would not save.
 *
 * @throws InvalidDefinitionError listing all problems
 */
export function assertSaveable(definition: unknown, options: RuleOptions = {}): void {
    const problems = checkDefinition(definition, options);
    if (problems.length > 0) {
        throw new InvalidDefinitionError(problems);
    }
}

const rules: readonly Rule[] = [
    shapeRules,
    limitRules,
    nameRules,
    runAfterRules,
    inputRules,
    conditionRules,
    retryRules,
    repetitionRules,
    placementRules,
    expressionRules,
    referenceRules,
    variableRules,
    parameterRules,
    secureDataRules,
    trackedPropertyRules,
];
