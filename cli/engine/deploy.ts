/** Deploys the Pulumi program of this project into a simulated tenant, through the real Pulumi engine. */
import type { OutputMap } from "@pulumi/pulumi/automation";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Json } from "../../language/json";
import type { DeployedOutputs } from "../../simulator/resources/azureNative/wire";
import { type Deploy, deployedIn } from "../deploy";
import { deployer } from "../tenant";
import { durationOf } from "./deploymentDuration";
import { errorText } from "./errorText";
import { pulumiCommand } from "./pulumiCommand";
import { SimulatedStack } from "./simulatedStack";

/** Deploys with a made-up key of Intezer, from a temporary folder. */
export const deployWithEngine: Deploy = async (settings, tenant, onRegistration) => {
    const apiKey = randomUUID();
    const { azure, subscriptionId } = tenant;
    const cli = await pulumiCommand();
    const folder = mkdtempSync(join(tmpdir(), "intezer-sentinel-"));
    let stack: SimulatedStack | undefined;
    try {
        stack = await SimulatedStack.open({
            folder,
            settings,
            azure,
            subscriptionId,
            deployer,
            cli,
            apiKey,
            onRegistration,
        });
        const outcome = await stack.up();
        if (!outcome.succeeded) {
            throw new Error(errorText(outcome));
        }
        const outputs = outputsOf(await stack.outputs());
        const { time } = stack;
        azure.finishWrites();
        const { registrations } = time;
        return {
            ...deployedIn(tenant, { settings, apiKey, outputs, registrations }),
            duration: durationOf(time),
        };
    } finally {
        stack?.close();
        rmSync(folder, { recursive: true, force: true });
    }
};

/** Outputs of the engine as those of the program. */
export function outputsOf(outputs: OutputMap): DeployedOutputs {
    return Object.fromEntries(
        Object.entries(outputs).map(([name, { value, secret }]) => [name, { value: value as Json, secret }]),
    );
}
