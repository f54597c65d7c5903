/** What the engine did, read from its events. */
import type { EngineEvent, OpMap, OpType } from "@pulumi/pulumi/automation";

/** One resource in a command. */
export interface ResourceStep {
    readonly op: OpType;
    readonly urn: string;
    /** Type token. */
    readonly type: string;
    /** Logical name. */
    readonly name: string;
    /** Paths of the properties that differ. */
    readonly diffs: readonly string[];
}

/** What the engine tells people. */
export interface Diagnostic {
    readonly severity: "info" | "info#err" | "warning" | "error";
    readonly message: string;
    readonly urn?: string;
}

/** How a command of the engine ended. */
export interface EngineOutcome {
    readonly succeeded: boolean;
    /** Resources in the order in which the engine came to them; those that stay as they are among them. */
    readonly steps: readonly ResourceStep[];
    /** How many resources ended how; a refresh says only here what it changed. */
    readonly counts: OpMap;
    readonly diagnostics: readonly Diagnostic[];
    /** All that the CLI printed. */
    readonly output: string;
}

/** Gathers an outcome while the engine works. */
export class OutcomeRecorder {
    private readonly steps: ResourceStep[] = [];
    private readonly diagnostics: Diagnostic[] = [];
    private counts: OpMap = {};
    private output = "";

    /** For the Automation API. */
    readonly onEvent = (event: EngineEvent): void => {
        const { resourcePreEvent, diagnosticEvent, summaryEvent } = event;
        this.counts = summaryEvent?.resourceChanges ?? this.counts;
        if (resourcePreEvent !== undefined) {
            const { op, urn, type, detailedDiff } = resourcePreEvent.metadata;
            const name = urn.slice(urn.lastIndexOf("::") + 2);
            this.steps.push({ op, urn, type, name, diffs: Object.keys(detailedDiff ?? {}).sort() });
        }
        if (diagnosticEvent !== undefined && isForPeople(diagnosticEvent.severity)) {
            const { severity, message, urn } = diagnosticEvent;
            this.diagnostics.push({ severity, message, ...(urn === undefined ? {} : { urn }) });
        }
    };

    readonly onOutput = (text: string): void => {
        this.output += text;
    };

    finished(succeeded: boolean): EngineOutcome {
        const { steps, counts, diagnostics, output } = this;
        return { succeeded, steps, counts, diagnostics, output };
    }
}

/** The event log also holds what the SDK says for debugging, which its types do not mention. */
function isForPeople(severity: string): severity is Diagnostic["severity"] {
    return severity !== "debug";
}
