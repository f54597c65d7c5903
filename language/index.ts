/** The Workflow Definition Language: its types, its expressions, and the rules by which Azure saves a definition. */
export * from "./build";
export * from "./connections";
export * from "./definition";
export * from "./expression";
export * from "./json";
export { ExpressionSyntaxError, parseExpression, parseTemplate } from "./parser";
export { printExpression, printTemplate } from "./printer";
export * from "./actionTypes";
export { durationSeconds } from "./duration";
export { findFunction, functions, type FunctionSignature } from "./functions";
export * from "./limits";
export {
    InvalidDefinitionError,
    assertSaveable,
    checkDefinition,
    type DefinitionProblem,
    type RuleOptions,
} from "./rules";
export type { ActionNode } from "./outline";
export { findExposedSecrets, type ExposedSecret } from "./secrecy";
export { hiddenSides, securableSides } from "./secureData";
