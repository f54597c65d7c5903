/** The door for a real Pulumi engine: providers azure-native and azuread that the engine attaches to. */
import { readFileSync } from "node:fs";
import type { AzureResourceManager } from "../machine";
import { DeploymentTime, type KnownResource } from "./deploymentTime";
import { type ProviderPackage, ProviderServer } from "./providerServer";
import { ProviderService, type Disturbances } from "./providerService";

/** How the door is opened. */
export interface EngineDoorOptions extends Disturbances {
    readonly project: string;
    readonly stack: string;
    /** Subscription of providers that are configured without one. */
    readonly subscriptionId: string;
    /** Who deploys. */
    readonly deployer: { readonly objectId: string; readonly clientId: string };
    /** Told after each write, before the engine is. */
    readonly onWrite?: () => void;
}

/** An open door. */
export interface EngineDoor {
    /** For the engine's environment: where it finds its providers instead of starting them. */
    readonly environment: { readonly PULUMI_DEBUG_PROVIDERS: string };
    /** Order and time of the deployment under way. */
    readonly time: DeploymentTime;
    /**
     * Starts the time of another deployment; what was written before it is finished.
     *
     * @param known - what the engine's state holds
     */
    beginDeployment(known: readonly KnownResource[]): DeploymentTime;
    /** Ends all connections. */
    close(): void;
}

/** Puts providers in front of the simulated Azure. Close it in any case: its ports keep the process alive. */
export async function openEngineDoor(
    azure: AzureResourceManager,
    options: EngineDoorOptions,
): Promise<EngineDoor> {
    const newTime = (known: readonly KnownResource[]) => {
        azure.finishWrites();
        return new DeploymentTime(options.project, options.stack, azure.now, known);
    };
    let time = newTime([]);
    const service = new ProviderService(azure, options, () => time);
    const servers = await Promise.all([
        ProviderServer.start(packageOf("azure-native"), service),
        ProviderServer.start(packageOf("azuread"), service),
    ]);
    return {
        environment: {
            PULUMI_DEBUG_PROVIDERS: servers.map((server) => `${server.name}:${server.port}`).join(","),
        },
        get time() {
            return time;
        },
        beginDeployment: (known) => (time = newTime(known)),
        close: () => {
            servers.forEach((server) => {
                server.stop();
            });
        },
    };
}

/** The version that the program uses, so that the engine finds the provider that it looks for. */
function packageOf(name: string): ProviderPackage {
    const file = require.resolve(`@pulumi/${name}/package.json`);
    const { version } = JSON.parse(readFileSync(file, "utf8")) as { readonly version: string };
    return { name, version };
}
