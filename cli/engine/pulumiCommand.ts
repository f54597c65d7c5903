import { PulumiCommand } from "@pulumi/pulumi/automation";
import { dirname } from "node:path";
import { builtCommand, findPulumi, here, howToGetPulumi } from "../pulumi/find";

/**
 * The Pulumi CLI of this project for the Automation API.
 *
 * @throws Error with the ways to get one, where there is none
 */
export async function pulumiCommand(): Promise<PulumiCommand> {
    const found = findPulumi();
    if (found === undefined) {
        throw new Error(howToGetPulumi);
    }
    const isBuilt = found.command === builtCommand(here);
    return PulumiCommand.get(isBuilt ? { root: dirname(dirname(found.command)) } : {});
}
