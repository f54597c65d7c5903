/** Listening to Pulumi's mock monitor: it knows dependencies, which it does not pass on to mocks. */
import * as pulumi from "@pulumi/pulumi";
import type { RegistrationRequest } from "./registrations";

/** What happens at the monitor. */
export interface MonitorEvents {
    /** A resource is about to be registered; the mock's `newResource` for it runs before anything else does. */
    registering(request: RegistrationRequest): void;
    /** A resource is there. */
    registered(request: RegistrationRequest, urn: string): void;
    /** The mock threw for a resource. */
    refused(request: RegistrationRequest, error: Error): void;
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

type Callback = (error: Error | null, response?: { getUrn(): string }) => void;

/**
 * gRPC's status *unavailable*. An engine that has seen a resource fail answers with it, and the SDK then stops
 * without further ado: with any other error every value that comes from the resource becomes a rejected promise
 * that nobody handles, and Node ends the process.
 */
const UNAVAILABLE = 14;

/** Listens to the monitor that `pulumi.runtime.setMocks` has put in place. */
export function watchMonitor(events: MonitorEvents): void {
    const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
    const registerResource = monitor.registerResource.bind(monitor);
    const invoke = monitor.invoke.bind(monitor);

    monitor.registerResource = (message, callback) => {
        const request = read(message);
        events.registering(request);
        return registerResource(message, (error, response) => {
            if (error !== null || response === undefined) {
                const reason = error ?? new Error(`${request.name} was not registered.`);
                events.refused(request, reason);
                callback(Object.assign(new Error(reason.message), { code: UNAVAILABLE }));
                return;
            }
            events.registered(request, response.getUrn());
            callback(null, response);
        });
    };
    // The SDK shows the `details` of a failed look-up, which only errors of gRPC have.
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
