import * as authorization from "@pulumi/azure-native/authorization";
import * as pulumi from "@pulumi/pulumi";
import { errorHooks } from "./errorHooks";
import { stackGuid } from "./names";
import { roleDefinitionId, type RoleName } from "./roles";

export interface RoleGrant {
    readonly role: RoleName;
    /** ARM id of what the role is for. */
    readonly scope: pulumi.Input<string>;
    /** Subscription of the scope. */
    readonly subscriptionId: string;
    /** Object id of a service principal or managed identity. */
    readonly principalId: pulumi.Input<string>;
    /** Who gets the role, in words that stay the same; part of the assignment's GUID. */
    readonly holder: string;
}

/** Assigns a role to a service principal. The assignment's name is the same in every run of the stack. */
export function assignRole(
    name: string,
    { role, scope, subscriptionId, principalId, holder }: RoleGrant,
    opts: pulumi.CustomResourceOptions,
): authorization.RoleAssignment {
    return new authorization.RoleAssignment(
        name,
        {
            scope,
            principalId,
            // Without the type, Azure looks the principal up in Entra ID, which does not know a fresh one yet.
            principalType: "ServicePrincipal",
            roleDefinitionId: roleDefinitionId(role, subscriptionId),
            roleAssignmentName: pulumi.output(scope).apply((id) => stackGuid(id, role, holder)),
        },
        // The name is fixed, so a replacement cannot exist beside what it replaces.
        { deleteBeforeReplace: true, hooks: errorHooks(), ...opts },
    );
}
