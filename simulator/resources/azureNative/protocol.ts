/**
 * What an engine asks of a resource provider, without the engine: inputs and outputs are plain JSON, with secrets
 * unwrapped. A value that is not known yet is the text `pulumi.runtime.unknownValue`.
 */
import type { JsonObject } from "../../../language/json";
import type { PutRequest } from "../machine";

/** How one instance of the provider is configured. */
export interface ProviderSettings {
    /** Subscription of everything that it writes and reads, except where an id or a scope names another. */
    readonly subscriptionId: string;
    /** Region for resources without one. @default - that of the resource group */
    readonly location?: string;
    /** Who deploys, which decides on rights to the data of a vault. */
    readonly deployer: { readonly objectId: string; readonly clientId: string };
}

/** The resource that is spoken of. */
export interface Subject {
    /** Type token, e.g. `azure-native:logic:Workflow`. */
    readonly type: string;
    /** Logical name. */
    readonly name: string;
}

/** When a write happens, and after which others. */
export type Timing = Pick<PutRequest, "at" | "lasts" | "after">;

/** Arguments of `check`. */
export interface CheckRequest {
    /** Inputs of the program. */
    readonly news: JsonObject;
    /** Checked inputs of the time before. @default - a new resource */
    readonly olds?: JsonObject;
    /** From the engine; two equal ones give equal names. */
    readonly randomSeed: Uint8Array;
}

/** A reason not to accept inputs. */
export interface CheckFailure {
    /** Empty: azure-native names the property in the reason only. */
    readonly property: string;
    readonly reason: string;
}

/** Inputs with defaults, and what is wrong with them. */
export interface Checked {
    readonly inputs: JsonObject;
    readonly failures: readonly CheckFailure[];
}

/** How a property changes. */
export type ChangeKind = "add" | "addReplace" | "delete" | "deleteReplace" | "update" | "updateReplace";

/** Arguments of `diff`. */
export interface DiffRequest {
    readonly oldInputs: JsonObject;
    readonly oldOutputs: JsonObject;
    /** Checked inputs. */
    readonly news: JsonObject;
}

/** What changes, and whether it takes a replacement. */
export interface Diff {
    /** Names of top-level properties; none where nothing changes. */
    readonly changes: readonly string[];
    /** Paths of the properties that force a replacement. */
    readonly replaces: readonly string[];
    /** Kinds by path, e.g. `actions[0].order`. */
    readonly detailed: { readonly [path: string]: ChangeKind };
    readonly deleteBeforeReplace: boolean;
}

/** A resource after its creation. */
export interface CreatedResource {
    readonly id: string;
    readonly outputs: JsonObject;
}

/** A resource as it is now. */
export interface ReadResource extends CreatedResource {
    readonly inputs: JsonObject;
}

/** Inputs and outputs of the state. */
export interface OldState {
    readonly inputs: JsonObject;
    readonly outputs: JsonObject;
}

/**
 * One configured instance of a resource provider.
 *
 * All methods throw NotSimulated for types, functions and properties that this simulation does not know; those
 * that reach Azure throw AzureRefusal where Azure refuses, and ProviderError where azure-native itself does.
 */
export interface ResourceProvider {
    check(subject: Subject, request: CheckRequest): Checked;
    diff(subject: Subject, request: DiffRequest): Diff;
    /** Outputs that creation would have. */
    previewCreate(subject: Subject, inputs: JsonObject): JsonObject;
    /** Outputs that an update would have. */
    previewUpdate(subject: Subject, inputs: JsonObject, oldOutputs: JsonObject): JsonObject;
    create(subject: Subject, inputs: JsonObject, timing: Timing): CreatedResource;
    /**
     * @param old - the state, for a refresh. @default - an import
     * @returns undefined where there is no such resource
     */
    read(subject: Subject, id: string, old?: OldState): ReadResource | undefined;
    /** @returns the new outputs */
    update(subject: Subject, id: string, change: Update, timing: Timing): JsonObject;
    delete(subject: Subject, id: string, old: OldState, timing: Timing): void;
    /** Answers a function, e.g. `azure-native:keyvault:getVault`. */
    lookUp(token: string, inputs: JsonObject): JsonObject;
}

/** Arguments of `update`. */
export interface Update {
    /** Checked inputs. */
    readonly inputs: JsonObject;
    readonly oldOutputs: JsonObject;
}
