import * as authorization from "@pulumi/azure-native/authorization";
import * as pulumi from "@pulumi/pulumi";
import { errorHooks } from "./errorHooks";
import { stackGuid } from "./names";
import { roleDefinitionId, type RoleName } from "./roles";

/** Which role, for what, to whom. */
export interface RoleGrant {
    readonly role: RoleName;
    /** ARM id of what the role is for. */
    readonly scope: pulumi.Input<string>;
    /** Subscription of the scope. */
    readonly subscriptionId: string;
    /** Object id of a service principal or managed identity. */
    readonly principalId: pulumi.Input<string>;
}

/**
 * Assigns a role to a service principal.
 *
 * @param name - logical name; Azure's name, a GUID, is derived from it, so it is the same in every run of the stack and
 * another one for every other assignment in it
 */
export function assignRole(
    name: string,
    { role, scope, subscriptionId, principalId }: RoleGrant,
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
            roleAssignmentName: pulumi.output(scope).apply((id) => stackGuid(id, role, name)),
        },
        // The name is fixed, so a replacement cannot exist beside what it replaces.
        { deleteBeforeReplace: true, hooks: errorHooks(), ...opts },
    );
}
