import { COMPARISON_OPERATORS, LOGICAL_OPERATORS } from "../conditionOperators";
import { isJsonObject, type Json } from "../json";
import { isSameName } from "../names";
import { isOfType, valueAt, type Outline } from "../outline";
import { invalidTemplate, show, type DefinitionProblem } from "./problem";

/** Conditions of If, Until and Query: an expression, or an object with one operator and its operands. */
export function conditionRules({ actions }: Outline): readonly DefinitionProblem[] {
    return actions.flatMap((action) => {
        const path = isOfType(action, "Query") ? "inputs.where" : "expression";
        const condition = valueAt(action.body, path);
        if (condition === undefined || !isOfType(action, "If", "Until", "Query")) {
            return [];
        }
        return checkCondition(condition).map((message) =>
            invalidTemplate(
                `The '${path}' of template action '${action.name}' is not valid: ${message}`,
                action.name,
            ),
        );
    });
}

function checkCondition(condition: Json): readonly string[] {
    if (typeof condition === "string" || typeof condition === "boolean") {
        return [];
    }
    if (!isJsonObject(condition)) {
        return [`${show(condition)} is neither an expression nor an object with an operator.`];
    }
    const [entry, ...others] = Object.entries(condition);
    if (entry === undefined || others.length > 0) {
        return [
            `an object must hold exactly one operator; this one has ${others.length === 0 ? 0 : others.length + 1}.`,
        ];
    }
    return checkOperator(...entry);
}

function checkOperator(operator: string, operands: Json): readonly string[] {
    if (LOGICAL_OPERATORS.some((each) => isSameName(each, operator))) {
        return Array.isArray(operands)
            ? operands.flatMap((operand: Json) => checkCondition(operand))
            : [`the operator '${operator}' takes an array of conditions.`];
    }
    if (isSameName(operator, "not")) {
        return checkCondition(operands);
    }
    if (COMPARISON_OPERATORS.some((each) => isSameName(each, operator))) {
        return checkComparison(operator, operands);
    }
    return [
        `the operator '${operator}' is unknown; known are ${[...LOGICAL_OPERATORS, "not", ...COMPARISON_OPERATORS].join(", ")}.`,
    ];
}

function checkComparison(operator: string, operands: Json): readonly string[] {
    if (!Array.isArray(operands) || operands.length !== 2) {
        return [`the operator '${operator}' takes an array of two values.`];
    }
    return operands.flatMap((operand: Json) => {
        if (Array.isArray(operand)) {
            return [
                `an operand of '${operator}' is an array; give it as an expression, e.g. createArray(…).`,
            ];
        }
        return isJsonObject(operand) ? checkCondition(operand) : [];
    });
}
