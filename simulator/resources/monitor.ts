/** Listening to Pulumi's resource monitor: it is told of dependencies, which providers and mocks never see. */
import * as pulumi from "@pulumi/pulumi";
import type { RegistrationRequest } from "./registrations";

/** What happens at the monitor. */
export interface MonitorEvents {
    /** A resource is about to be registered; the mock's `newResource` for it runs before anything else does. */
    registering(request: RegistrationRequest): void;
    /** A resource is there. The id is empty for components, and in a preview. */
    registered(request: RegistrationRequest, urn: string, id: string): void;
    /** The mock threw for a resource; left out, the program sees the monitor's own error. */
    refused?(request: RegistrationRequest, error: Error): void;
}

/** The part of the monitor that is used here, and of the messages that it takes. */
interface Monitor {
    registerResource(request: RegisterMessage, callback: Callback): unknown;
    invoke(request: unknown, callback: Callback): unknown;
}

interface RegisterMessage {
    getType(): string;
    getName(): string;
    getCustom(): boolean;
    getParent(): string;
    getImportid(): string;
    getDependenciesList(): string[];
}

type Callback = (error: Error | null, response?: { getUrn(): string; getId(): string }) => void;

/**
 * gRPC's status *unavailable*. An engine that has seen a resource fail answers with it, and the SDK then stops
 * without further ado: with any other error every value that comes from the resource becomes a rejected promise
 * that nobody handles, and Node ends the process.
 */
const UNAVAILABLE = 14;

/** Listens to the monitor of the program that runs: an engine's, or the one that `setMocks` has put in place. */
export function watchMonitor(events: MonitorEvents): void {
    const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
    const registerResource = monitor.registerResource.bind(monitor);

    monitor.registerResource = (message, callback) => {
        const request = read(message);
        events.registering(request);
        return registerResource(message, (error, response) => {
            if (events.refused === undefined && error !== null) {
                callback(error);
                return;
            }
            if (error !== null || response === undefined) {
                const reason = error ?? new Error(`${request.name} was not registered.`);
                events.refused?.(request, reason);
                callback(Object.assign(new Error(reason.message), { code: UNAVAILABLE }));
                return;
            }
            events.registered(request, response.getUrn(), response.getId());
            callback(null, response);
        });
    };
}

/** Lets mocks fail a look-up with words: the SDK shows the `details` of an error, which only gRPC's have. */
export function explainFailedLookUps(): void {
    const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
    const invoke = monitor.invoke.bind(monitor);
    monitor.invoke = (message, callback) =>
        invoke(message, (error, response) => {
            callback(error === null ? null : Object.assign(error, { details: error.message }), response);
        });
}

function read(message: RegisterMessage): RegistrationRequest {
    return {
        type: message.getType(),
        name: message.getName(),
        custom: message.getCustom(),
        parent: message.getParent(),
        importId: message.getImportid(),
        dependencies: message.getDependenciesList(),
    };
}
