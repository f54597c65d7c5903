import type { Diagnostic, EngineOutcome } from "./outcome";

/**
 * Why a command of the engine failed, and what to do about it: each error, then each remedy that the program tells as
 * a warning, once for all resources that have it. What the CLI printed where it never came to the engine.
 */
export function errorText({ diagnostics, output }: Pick<EngineOutcome, "diagnostics" | "output">): string {
    const causes = textsOf(diagnostics, "error", CONCLUSION);
    const remedies = textsOf(diagnostics, "warning", RETRY);
    const texts = causes.length > 0 ? [...causes, ...remedies] : textsOf(diagnostics, "error");
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
    const subjects = new Map<string, Set<string>>();
    for (const { severity, message, urn } of diagnostics) {
        if (severity === wanted && except?.test(message.trim()) !== true) {
            const { subject, words } = urn === undefined ? spoken(message.trim()) : told(message.trim(), urn);
            subjects.set(words, (subjects.get(words) ?? new Set()).add(subject));
        }
    }
    return [...subjects].map(([words, named]) => {
        const names = [...named].filter((name) => name !== "").join(", ");
        return names === "" ? words : `${names}: ${words}`;
    });
}

interface Statement {
    /** The resource; empty where it is about none. */
    readonly subject: string;
    readonly words: string;
}

function told(words: string, urn: string): Statement {
    const [, , types = "", name = ""] = urn.split("::");
    return { subject: `${name} (${types.slice(types.lastIndexOf("$") + 1)})`, words };
}

/** What the program says itself is about the stack for the engine, and names the resource in its words. */
function spoken(message: string): Statement {
    const [, subject = "", words = message] = /^(\S+ \(\S+\)): ([^]*)$/.exec(message) ?? [];
    return { subject, words };
}
