/** Effective rights: what the role assignments at a scope and above it permit. */
import { idKey, isWithin } from "./armId";
import { textAt } from "./json";
import type { Resource } from "./model";
import { builtInRoles, type RoleDefinition } from "./roles";

/** Permissions on resources, or on the data that they hold. */
export type Plane = "control" | "data";

/** Type of role assignments in Resource Manager. */
export const ROLE_ASSIGNMENT_TYPE = "Microsoft.Authorization/roleAssignments";

/**
 * Whether the assignments let a principal perform an action on a scope. Assignments are inherited downwards, and
 * each counts for itself: the `notActions` of one role take nothing away from another.
 */
export function isAllowed(
    assignments: readonly Resource[],
    request: { principalId: string; action: string; scope: string; plane: Plane },
): boolean {
    return assignments
        .filter((assignment) => textAt(assignment.properties, "principalId") === idKey(request.principalId))
        .filter((assignment) => isWithin(request.scope, textAt(assignment.properties, "scope") ?? ""))
        .some((assignment) => permits(roleOf(assignment), request.action, request.plane));
}

/** GUID of the role in a role definition's id. */
export function roleGuid(roleDefinitionId: string): string {
    return idKey(roleDefinitionId.slice(roleDefinitionId.lastIndexOf("/") + 1));
}

/** Whether a role permits an action. */
export function permits(role: RoleDefinition, action: string, plane: Plane): boolean {
    if (plane === "data") {
        return matchesAny(role.dataActions ?? [], action);
    }
    return matchesAny(role.actions, action) && !matchesAny(role.notActions ?? [], action);
}

function roleOf(assignment: Resource): RoleDefinition {
    const guid = roleGuid(textAt(assignment.properties, "roleDefinitionId") ?? "");
    return builtInRoles.get(guid) ?? { name: guid, actions: [] };
}

function matchesAny(patterns: readonly string[], action: string): boolean {
    return patterns.some((pattern) => matches(pattern, action));
}

function matches(pattern: string, action: string): boolean {
    const source = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
    return new RegExp(`^${source}$`, "i").test(action);
}
