/** The door for Pulumi mocks: a program registers its resources in process, without an engine. */
import * as pulumi from "@pulumi/pulumi";
import { type DeploymentSettings, ProviderDeployment } from "./azureNative/deployment";
import { azureNativeText } from "./azureNative/refusals";
import { type DeployedOutputs, markSecrets, readInputs, readOutputs } from "./azureNative/wire";
import type { AzureResourceManager } from "./machine";
import { AzureRefusal } from "./model";
import { explainFailedLookUps, watchMonitor } from "./monitor";
import { NotSimulated } from "./notSimulated";
import { type Registration, type RegistrationRequest, Registrations } from "./registrations";
import { stableGuid } from "./state";

/** How a program is deployed. */
export interface MocksDoorOptions extends DeploymentSettings {
    /** Whether to preview only: nothing is written. @default false */
    readonly preview?: boolean;
    /** Told of each resource as soon as it is there. */
    readonly onRegistration?: (registration: Registration) => void;
}

/** A refused resource or look-up. */
export interface RecordedRefusal {
    /** Type and name of the resource, or token of the look-up. */
    readonly resource: string;
    readonly refusal: AzureRefusal | NotSimulated;
}

/** A deployment that did not come to its end. */
export class DeploymentError extends Error {
    constructor(
        readonly resource: string,
        readonly refusal: AzureRefusal | NotSimulated,
    ) {
        super(`${resource}: ${textOf(refusal)}`);
        this.name = "DeploymentError";
    }
}

/** One deployment. */
export interface MocksDoor {
    /** In order of registration. */
    readonly registrations: readonly Registration[];
    /** In the order in which they happened. */
    readonly refusals: readonly RecordedRefusal[];
    /**
     * Waits for everything that the program registered. Give it the promise that the program returned, not only
     * its outcome: a program may itself wait for something that was refused.
     *
     * @param outputs - what the program exports
     * @returns the stack outputs
     * @throws DeploymentError for the first refused resource; whatever else the program fails with
     */
    settled(outputs: unknown): Promise<DeployedOutputs>;
    /** Ends the deployment without waiting; `settled` does so by itself. */
    close(): void;
}

/**
 * Puts Pulumi mocks in front of the simulated Azure. Import and run the program after this. One door is open at
 * a time, since Pulumi has one runtime per process.
 */
export async function openMocksDoor(
    azure: AzureResourceManager,
    options: MocksDoorOptions,
): Promise<MocksDoor> {
    openDoor?.close();
    const door = new Door(azure, options);
    openDoor = door;
    await door.open();
    return door;
}

let openDoor: MocksDoor | undefined;

class Door implements MocksDoor {
    readonly refusals: RecordedRefusal[] = [];
    private readonly registered = new Registrations();
    private readonly deployment: ProviderDeployment;
    private readonly created = new Map<RegistrationRequest, string>();
    private readonly failed: Promise<never>;
    private fail: (reason: unknown) => void = () => undefined;
    private request: RegistrationRequest | undefined;
    private readonly onUnhandled = (reason: unknown) => {
        this.fail(reason);
    };

    constructor(
        private readonly azure: AzureResourceManager,
        private readonly options: MocksDoorOptions,
    ) {
        this.deployment = new ProviderDeployment(azure, options);
        this.failed = new Promise<never>((_, reject) => {
            this.fail = reject;
        });
        this.failed.catch(() => undefined);
    }

    get registrations(): readonly Registration[] {
        return this.registered.all;
    }

    async open(): Promise<void> {
        const { project, stack, preview } = this.options;
        this.azure.finishWrites();
        process.on("unhandledRejection", this.onUnhandled);
        await pulumi.runtime.setMocks(
            {
                newResource: (args) => this.register(args),
                call: (args) => this.lookUp(args),
            },
            project,
            stack,
            preview ?? false,
        );
        watchMonitor({
            registering: (request) => {
                this.request = request;
            },
            registered: (request, urn) => {
                const registration = this.registered.add(request, urn, this.created.get(request));
                this.options.onRegistration?.(registration);
            },
            refused: (request, error) => {
                this.refuse(`${request.type} "${request.name}"`, error);
            },
        });
        explainFailedLookUps();
    }

    async settled(outputs: unknown): Promise<DeployedOutputs> {
        try {
            return await Promise.race([this.failed, this.finish(outputs)]);
        } finally {
            // Rejections that nobody handles are reported at the end of a turn of the event loop.
            await new Promise((resolve) => setImmediate(resolve));
            this.close();
        }
    }

    close(): void {
        process.off("unhandledRejection", this.onUnhandled);
    }

    private async finish(outputs: unknown): Promise<DeployedOutputs> {
        const exported: unknown = await outputs;
        await pulumi.runtime.disconnect();
        const deployed = await readOutputs(exported);
        this.azure.finishWrites();
        return deployed;
    }

    private register(args: pulumi.runtime.MockResourceArgs): pulumi.runtime.MockResourceResult {
        const request = this.request;
        this.request = undefined;
        if (request === undefined || request.importId !== "") {
            throw new NotSimulated(`how to adopt the existing resource "${args.id ?? ""}" as "${args.name}"`);
        }
        if (!request.custom) {
            return { id: undefined, state: {} };
        }
        const { values, secrets } = readInputs(args.inputs);
        if (args.type.startsWith("pulumi:providers:")) {
            this.deployment.addProvider(args.type, args.name, values);
            return { id: stableGuid(`provider ${args.name}`), state: markSecrets(values, secrets) };
        }
        if (this.options.preview === true) {
            this.deployment.assertKnown(args.type);
            return { id: undefined, state: markSecrets(values, secrets) };
        }
        const { type, name, provider } = args;
        const after = this.registered.writesBefore(request);
        const { id, outputs } = this.deployment.create({ type, name, provider, inputs: values, after });
        this.created.set(request, id);
        return { id, state: markSecrets(outputs, secrets) };
    }

    private lookUp(args: pulumi.runtime.MockCallArgs): pulumi.runtime.MockCallResult {
        try {
            const { values } = readInputs(args.inputs);
            return { ...this.deployment.lookUp(args.token, values, args.provider) };
        } catch (error) {
            if (isRefusal(error)) {
                this.refusals.push({ resource: args.token, refusal: error });
                throw new Error(`invocation of ${args.token} returned an error: ${textOf(error)}`);
            }
            throw error;
        }
    }

    private refuse(resource: string, error: unknown): void {
        if (isRefusal(error)) {
            this.refusals.push({ resource, refusal: error });
            this.fail(new DeploymentError(resource, error));
        } else {
            this.fail(error);
        }
    }
}

function isRefusal(error: unknown): error is AzureRefusal | NotSimulated {
    return error instanceof AzureRefusal || error instanceof NotSimulated;
}

function textOf(refusal: AzureRefusal | NotSimulated): string {
    return refusal instanceof AzureRefusal ? azureNativeText(refusal) : refusal.message;
}
