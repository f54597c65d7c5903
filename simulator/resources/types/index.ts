import type { ResourceType } from "../state";
import { accessPolicies } from "./accessPolicies";
import { automationRules } from "./automationRules";
import { connections } from "./connections";
import { resourceGroups } from "./resourceGroups";
import { roleAssignments } from "./roleAssignments";
import { secrets } from "./secrets";
import { vaults } from "./vaults";
import { workflows } from "./workflows";
import { onboardingStates, workspaces } from "./workspaces";

/** Every kind of resource that the simulated Azure has. */
export const resourceTypes: readonly ResourceType[] = [
    resourceGroups,
    workspaces,
    onboardingStates,
    vaults,
    secrets,
    accessPolicies,
    connections,
    workflows,
    roleAssignments,
    automationRules,
];
