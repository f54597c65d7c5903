import type { JsonObject } from "../../../language/json";
import { AzureNativeProvider } from "../azureNative/provider";
import type {
    Checked,
    CheckRequest,
    CreatedResource,
    Diff,
    DiffRequest,
    OldState,
    ReadResource,
    ResourceProvider,
    Subject,
    Timing,
    Update,
} from "../azureNative/protocol";
import { textAt } from "../json";
import type { AzureResourceManager } from "../machine";
import { AzureRefusal } from "../model";
import type { DeploymentTime } from "./deploymentTime";
import { durationOf } from "./durations";

/** A resource that the engine speaks of. */
export interface EngineSubject extends Subject {
    readonly urn: string;
}

/** Something that the engine asks for and that reaches Azure. */
export interface Operation extends EngineSubject {
    readonly kind: "create" | "read" | "update" | "delete";
    /** Which attempt at it this is in the deployment, from 1. */
    readonly attempt: number;
}

/** What can go wrong beyond the rules of Azure. */
export interface Disturbances {
    /** Refuses an operation in place of Azure. @default - nothing */
    readonly refuse?: (operation: Operation) => AzureRefusal | undefined;
    /** Runs when Azure has done it and the engine has not been told; never coming back is a lost answer. */
    readonly beforeAnswer?: (operation: Operation) => Promise<void>;
}

/** Settings of {@link ProviderService}. */
export interface ProviderServiceOptions extends Disturbances {
    readonly subscriptionId: string;
    readonly deployer: { readonly objectId: string; readonly clientId: string };
    readonly onWrite?: () => void;
}

/**
 * The providers behind the gRPC servers. An engine opens a connection for each provider that a program has, and
 * configures it; so the connection tells which subscription is meant.
 */
export class ProviderService {
    private readonly instances = new Map<string, ResourceProvider>();
    private readonly attempts = new Map<string, number>();

    /** @param time - of the deployment under way */
    constructor(
        private readonly azure: AzureResourceManager,
        private readonly options: ProviderServiceOptions,
        private readonly time: () => DeploymentTime,
    ) {}

    configure(connection: string, configuration: JsonObject): void {
        const { subscriptionId, deployer } = this.options;
        const settings = {
            subscriptionId: textAt(configuration, "subscriptionId") ?? subscriptionId,
            location: textAt(configuration, "location"),
            deployer,
        };
        this.instances.set(connection, new AzureNativeProvider(this.azure, settings));
    }

    check(connection: string, subject: EngineSubject, request: CheckRequest): Checked {
        return this.through(connection).check(subject, request);
    }

    diff(connection: string, subject: EngineSubject, request: DiffRequest): Diff {
        return this.through(connection).diff(subject, request);
    }

    previewCreate(connection: string, subject: EngineSubject, inputs: JsonObject): JsonObject {
        return this.through(connection).previewCreate(subject, inputs);
    }

    previewUpdate(
        connection: string,
        subject: EngineSubject,
        inputs: JsonObject,
        oldOutputs: JsonObject,
    ): JsonObject {
        return this.through(connection).previewUpdate(subject, inputs, oldOutputs);
    }

    create(connection: string, subject: EngineSubject, inputs: JsonObject): Promise<CreatedResource> {
        return this.write("create", subject, (timing) =>
            this.through(connection).create(subject, inputs, timing),
        );
    }

    update(connection: string, subject: EngineSubject, id: string, change: Update): Promise<JsonObject> {
        return this.write("update", subject, (timing) =>
            this.through(connection).update(subject, id, change, timing),
        );
    }

    delete(connection: string, subject: EngineSubject, id: string, old: OldState): Promise<void> {
        return this.write("delete", subject, (timing) => {
            this.through(connection).delete(subject, id, old, timing);
        });
    }

    read(
        connection: string,
        subject: EngineSubject,
        id: string,
        old: OldState | undefined,
    ): ReadResource | undefined {
        this.refuseIfDisturbed({ ...subject, kind: "read", attempt: 1 });
        return this.through(connection).read(subject, id, old);
    }

    lookUp(connection: string, token: string, inputs: JsonObject): JsonObject {
        return this.through(connection).lookUp(token, inputs);
    }

    private async write<Result>(
        kind: Exclude<Operation["kind"], "read">,
        subject: EngineSubject,
        act: (timing: Timing) => Result,
    ): Promise<Result> {
        const time = this.time();
        time.begin(kind, subject.urn);
        const operation = { ...subject, kind, attempt: this.nextAttempt(`${kind} ${subject.urn}`) };
        const result = this.attempt(operation, time, act);
        this.options.onWrite?.();
        await this.options.beforeAnswer?.(operation);
        return result;
    }

    private attempt<Result>(
        operation: Operation,
        time: DeploymentTime,
        act: (timing: Timing) => Result,
    ): Result {
        const { urn, type } = operation;
        try {
            this.refuseIfDisturbed(operation);
            const result = act({
                at: time.timeOf(urn),
                lasts: durationOf(type),
                after: time.writesBefore(urn),
            });
            time.written(urn, type);
            return result;
        } catch (error) {
            time.refused(urn, error instanceof Error ? error.message : String(error));
            throw error;
        }
    }

    private refuseIfDisturbed(operation: Operation): void {
        const refusal = this.options.refuse?.(operation);
        if (refusal !== undefined) {
            throw refusal;
        }
    }

    private nextAttempt(key: string): number {
        const attempt = (this.attempts.get(key) ?? 0) + 1;
        this.attempts.set(key, attempt);
        return attempt;
    }

    private through(connection: string): ResourceProvider {
        const instance = this.instances.get(connection);
        if (instance === undefined) {
            throw new Error("The engine has not configured this provider.");
        }
        return instance;
    }
}
