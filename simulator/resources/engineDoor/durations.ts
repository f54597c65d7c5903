/** How long Azure takes for one write, in virtual time. */

const SECOND = 1_000;

/**
 * Estimates, in milliseconds: nobody documents these times, and they only serve to compare chains of a deployment.
 * What is not listed takes {@link OTHER}.
 */
const WRITES: ReadonlyMap<string, number> = new Map([
    ["azure-native:resources:ResourceGroup", 2 * SECOND],
    ["azure-native:resources:Resource", 4 * SECOND],
    ["azure-native:keyvault:Vault", 30 * SECOND],
    ["azure-native:keyvault:Secret", 3 * SECOND],
    ["azure-native:keyvault:AccessPolicy", 5 * SECOND],
    ["azure-native:logic:Workflow", 5 * SECOND],
    ["azure-native:authorization:RoleAssignment", 3 * SECOND],
    ["azure-native:securityinsights:AutomationRule", 3 * SECOND],
]);

const OTHER = 3 * SECOND;

/** What Azure takes to refuse something. */
export const REFUSAL = SECOND;

/** Virtual duration of a write to a resource of this type, in milliseconds. */
export function durationOf(type: string): number {
    return WRITES.get(type) ?? OTHER;
}
