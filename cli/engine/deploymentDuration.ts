import type { DeploymentTime } from "../../simulator/resources/engineDoor/deploymentTime";
import type { DeploymentDuration } from "../deploy";

/** The virtual time of a deployment, as it is told. */
export function durationOf(time: Pick<DeploymentTime, "start" | "end" | "longestChain">): DeploymentDuration {
    return {
        seconds: inSeconds(time.end - time.start),
        longestChain: time.longestChain().map(({ name, ready, end, waited, refusals }) => ({
            name,
            seconds: inSeconds(end - ready),
            waitedSeconds: inSeconds(waited),
            refusals,
        })),
    };
}

function inSeconds(milliseconds: number): number {
    return Math.round(milliseconds / 100) / 10;
}
