/** Log Analytics workspaces and Microsoft Sentinel on them: what a tenant has before anything is deployed. */
import { normaliseLocation } from "../armId";
import { textAt } from "../json";
import { badRequest } from "../refusals";
import type { AzureState, ResourceType, Stored, Write } from "../state";

/** Log Analytics workspaces. `customerId` is the GUID that queries name the workspace by. */
export const workspaces: ResourceType = {
    type: "Microsoft.OperationalInsights/workspaces",
    apiVersions: ["2023-09-01", "2025-02-01"],
    put: (write) => ({
        location: normaliseLocation(write.location ?? ""),
        tags: write.tags,
        properties: { provisioningState: "Succeeded", ...write.properties },
    }),
};

/** Microsoft Sentinel is enabled on a workspace where this resource, always named `default`, is there. */
export const onboardingStates: ResourceType = {
    type: "Microsoft.SecurityInsights/onboardingStates",
    apiVersions: ["2024-09-01"],
    put: putOnboardingState,
};

/** Whether Microsoft Sentinel is enabled on a workspace. */
export function hasSentinel(workspaceId: string, state: AzureState): boolean {
    return state.get(`${workspaceId}/providers/${onboardingStates.type}/default`) !== undefined;
}

function putOnboardingState(write: Write, state: AzureState): Stored {
    const workspace = state.get(write.id.parent);
    if (write.id.name !== "default" || textAt(workspace?.properties, "customerId") === undefined) {
        throw badRequest("Microsoft Sentinel is enabled by the onboarding state 'default' of a workspace.");
    }
    return { properties: {} };
}
