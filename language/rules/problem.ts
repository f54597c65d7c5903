import type { Outline } from "../outline";

/** Something for which Azure refuses to save a definition. */
export interface DefinitionProblem {
    /** Azure's error code, mostly `InvalidTemplate`. */
    readonly code: string;
    readonly message: string;
    /** The action that the cause lies in; absent if it lies in a trigger or in the definition as a whole. */
    readonly action?: string;
}

/** What rules look at beside the definition. */
export interface RuleOptions {
    /**
     * Names of the parameters that the workflow is given values for. With it, each must be declared, and each that is
     * declared without default must be given; without it, values are not checked.
     */
    readonly parameters?: readonly string[];
}

/** A group of save-time rules: all problems of its kind, in document order. */
export type Rule = (outline: Outline, options: RuleOptions) => readonly DefinitionProblem[];

/** A problem with the code that Azure gives to most. */
export function invalidTemplate(message: string, action?: string): DefinitionProblem {
    return { code: "InvalidTemplate", message, action };
}

/** A definition that Azure would refuse to save. */
export class InvalidDefinitionError extends Error {
    constructor(readonly problems: readonly DefinitionProblem[]) {
        super(describe(problems));
        this.name = "InvalidDefinitionError";
    }
}

function describe(problems: readonly DefinitionProblem[]): string {
    const lines = problems.map((problem) => `- ${problem.code}: ${problem.message}`);
    return ["Azure would refuse to save this workflow definition:", ...lines].join("\n");
}

/** How a message shows a value that was found in a definition. */
export function show(value: unknown): string {
    return value === undefined ? "nothing" : jsonText(value);
}

/** The value as JSON; a reader may give integers that need more than a double as `bigint`. */
export function jsonText(value: unknown): string {
    return typeof value === "bigint"
        ? value.toString()
        : JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? part.toString() : part));
}

/** Whether a value is only known when the workflow runs. */
export function isExpression(value: unknown): boolean {
    return typeof value === "string" && value.length > 1 && value.startsWith("@");
}
