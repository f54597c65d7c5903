/** The Workflow Definition Language: its types, its expressions, and the rules by which Azure saves a definition. */
export * from "./actionTypes";
export * from "./build";
export * from "./connections";
export * from "./definition";
export { durationSeconds } from "./duration";
export * from "./expression";
export { findFunction, functions, type FunctionSignature } from "./functions";
export * from "./json";
export * from "./limits";
export type { ActionNode } from "./outline";
export { ExpressionSyntaxError, parseExpression, parseTemplate } from "./parser";
export { printExpression, printTemplate } from "./printer";
export {
    InvalidDefinitionError,
    assertSaveable,
    checkDefinition,
    type DefinitionProblem,
    type RuleOptions,
} from "./rules";
export { findExposedSecrets, type ExposedSecret } from "./secrecy";
export { hiddenSides, securableSides } from "./secureData";
