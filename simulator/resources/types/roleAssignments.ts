import { idKey, isGuid, isSameId } from "../armId";
import { textAt } from "../json";
import { AzureRefusal } from "../model";
import { NotSimulated } from "../notSimulated";
import { badRequest, whileUnordered } from "../refusals";
import { ROLE_ASSIGNMENT_TYPE, roleGuid } from "../rights";
import { builtInRoles } from "../roles";
import type { AzureState, Principal, ResourceType, Stored, Write, Writer } from "../state";

/** Role assignments. Their scope is what they extend. */
export const roleAssignments: ResourceType = {
    type: ROLE_ASSIGNMENT_TYPE,
    apiVersions: ["2018-09-01-preview", "2020-04-01-preview", "2020-10-01-preview", "2022-04-01"],
    put: putRoleAssignment,
};

const KNOWN = new Set(["description", "principalId", "principalType", "roleDefinitionId"]);

function putRoleAssignment(write: Write, state: AzureState): Stored {
    const { id, properties } = write;
    const unknown = Object.keys(properties).find((name) => !KNOWN.has(name));
    if (unknown !== undefined) {
        throw new NotSimulated(`the property "${unknown}" of a role assignment`);
    }
    if (!isGuid(id.name)) {
        throw new AzureRefusal(
            400,
            "InvalidRoleAssignmentId",
            `The role assignment ID '${id.name}' is not valid. The role assignment ID must be a GUID.`,
        );
    }
    const role = assertRole(textAt(properties, "roleDefinitionId") ?? "", write);
    const principal = assertPrincipal(write, state);
    const assignment = { scope: id.parent, principalId: principal.objectId, role };
    assertNew(write, assignment, state);
    return {
        properties: {
            scope: id.parent,
            roleDefinitionId: `/subscriptions/${id.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
            principalId: principal.objectId,
            principalType: principal.type,
            ...(properties["description"] === undefined ? {} : { description: properties["description"] }),
        },
    };
}

/** Ids of built-in roles are those of a subscription or of the tenant. */
function assertRole(roleDefinitionId: string, write: Write): string {
    const inSubscription =
        /^(\/subscriptions\/[^/]+)?\/providers\/Microsoft\.Authorization\/roleDefinitions\/[^/]+$/i;
    const guid = roleGuid(roleDefinitionId);
    if (!inSubscription.test(roleDefinitionId)) {
        throw badRequest(
            `The role definition id '${roleDefinitionId}' of role assignment '${write.id.name}' is not valid. It is ` +
                "'/subscriptions/<subscription>/providers/Microsoft.Authorization/roleDefinitions/<GUID>'.",
        );
    }
    if (!builtInRoles.has(guid)) {
        throw new AzureRefusal(
            404,
            "RoleDefinitionDoesNotExist",
            `The specified role definition with ID '${guid}' does not exist.`,
        );
    }
    return guid;
}

/**
 * Without the right `principalType` Azure looks the principal up, and does not find one that was made a moment
 * ago. With it, Azure takes the id on trust; this simulation does so only for principals that exist.
 */
function assertPrincipal(write: Write, state: AzureState): Principal {
    const given = textAt(write.properties, "principalId") ?? "";
    const type = textAt(write.properties, "principalType");
    const principal = state.principals.get(idKey(given));
    if (principal === undefined) {
        throw principalNotFound(given, state);
    }
    const { resourceId } = principal;
    if (resourceId !== undefined && !state.isFinishedFor(resourceId, write)) {
        throw whileUnordered(principalNotFound(given, state), resourceId);
    }
    if (type !== principal.type && !isInDirectory(principal, write, state)) {
        throw principalNotFound(given, state);
    }
    if (type !== undefined && type !== principal.type) {
        throw new AzureRefusal(
            400,
            "UnmatchedPrincipalType",
            `The PrincipalId '${given}' has type '${principal.type}', which is different from specified ` +
                `PrincipalType '${type}'.`,
        );
    }
    return principal;
}

/** Entra ID's directory as Resource Manager reads it: it has seen nothing that is still being written. */
const NEWCOMER: Writer = { after: new Set() };

function isInDirectory(principal: Principal, write: Write, state: AzureState): boolean {
    const { resourceId } = principal;
    const isWritten = resourceId === undefined || state.isFinishedFor(resourceId, NEWCOMER);
    return isWritten && state.isReplicated(principal, write);
}

function principalNotFound(objectId: string, state: AzureState): AzureRefusal {
    return new AzureRefusal(
        400,
        "PrincipalNotFound",
        `Principal ${objectId} does not exist in the directory ${state.tenantId}. Check that you have the correct ` +
            "principal ID. If you are creating this principal and then immediately assigning a role, this error " +
            "might be related to a replication delay. In this case, set the role assignment principalType " +
            "property to a value, such as ServicePrincipal, User, or Group. See https://aka.ms/docs-principaltype",
    );
}

/** One assignment per scope, role and principal; one meaning per name in the whole tenant. */
function assertNew(
    write: Write,
    wanted: { scope: string; principalId: string; role: string },
    state: AzureState,
): void {
    for (const other of state.list(ROLE_ASSIGNMENT_TYPE)) {
        const isSame =
            isSameId(textAt(other.properties, "scope") ?? "", wanted.scope) &&
            textAt(other.properties, "principalId") === wanted.principalId &&
            roleGuid(textAt(other.properties, "roleDefinitionId") ?? "") === wanted.role;
        const isSameName = idKey(other.name) === idKey(write.id.name);
        if (isSame && !isSameName) {
            throw new AzureRefusal(
                409,
                "RoleAssignmentExists",
                `The role assignment already exists. The ID of the existing role assignment is ` +
                    `${other.name.replaceAll("-", "")}.`,
            );
        }
        if (isSameName && !isSame) {
            throw new AzureRefusal(
                400,
                "RoleAssignmentUpdateNotPermitted",
                "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
            );
        }
    }
}
