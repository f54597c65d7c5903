import type { Diagnostic, EngineOutcome } from "./outcome";

/**
 * Why a command of the engine failed, and what to do about it: each error once, then the remedies that the program
 * tells as warnings. What the CLI printed where it never came to the engine.
 */
export function errorText({ diagnostics, output }: Pick<EngineOutcome, "diagnostics" | "output">): string {
    const errors = textsOf(diagnostics, "error");
    const causes = textsOf(diagnostics, "error", CONCLUSION);
    const remedies = textsOf(diagnostics, "warning", RETRY);
    const texts = causes.length > 0 ? [...causes, ...remedies] : errors;
    return texts.length > 0 ? texts.join("\n") : output.trim();
}

/** Follows on the errors of resources: "update failed". */
const CONCLUSION = /^\w+ failed$/;

/** What the engine says whenever an error hook wants another attempt. */
const RETRY = /^retrying \w+ due to on-error hook request/;

/** @param except - messages that are left out. @default - none */
function textsOf(
    diagnostics: readonly Diagnostic[],
    wanted: Diagnostic["severity"],
    except?: RegExp,
): readonly string[] {
    const texts = diagnostics
        .filter(({ severity, message }) => severity === wanted && except?.test(message.trim()) !== true)
        .map(textOf);
    return [...new Set(texts)];
}

function textOf({ message, urn }: Diagnostic): string {
    const [, , types = "", name] = urn?.split("::") ?? [];
    const subject = name === undefined ? "" : `${name} (${types.slice(types.lastIndexOf("$") + 1)}): `;
    return subject + message.trim();
}
