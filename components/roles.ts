/** Azure's built-in roles that the stack assigns, by the names that the portal shows. */

/** Ids of the role definitions; the same in every tenant (Microsoft Learn, "Azure built-in roles"). */
export const roleIds = {
    "Microsoft Sentinel Responder": "3e150937-b8fe-4cfb-8069-0eaf05ecd056",
    "Microsoft Sentinel Automation Contributor": "f4c81013-99ee-4d62-a7ee-b3f1f648599a",
    "Key Vault Secrets User": "4633458b-17de-408a-b874-0445c86b69e6",
} as const;

/** A role that the stack assigns, as the portal calls it. */
export type RoleName = keyof typeof roleIds;

/** ARM id of a role definition as a subscription sees it. */
export function roleDefinitionId(role: RoleName, subscriptionId: string): string {
    return `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${roleIds[role]}`;
}
