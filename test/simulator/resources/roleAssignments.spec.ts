import { expect } from "chai";
import type { AzureResourceManager } from "../../../simulator/resources/machine";
import { NotSimulated } from "../../../simulator/resources/notSimulated";
import {
    ANALYST,
    assignment,
    connection,
    contoso,
    GROUP,
    refusalOf,
    RESPONDER,
    SENTINEL_PRINCIPAL,
    SUBSCRIPTION,
    without,
    workflow,
    WORKSPACE,
} from "../../support/resources";

const OTHER_NAME = "55555555-5555-4555-8555-555555555555";

/** A tenant in which the deployment under way has just made a workflow with its identity. */
function withFreshPrincipal(): { azure: AzureResourceManager; principalId: string; workflowId: string } {
    const azure = contoso();
    azure.put(connection("azuresentinel"));
    const created = azure.put(workflow({}, { after: [] }));
    return { azure, principalId: created.identity?.principalId ?? "", workflowId: created.id };
}

describe("role assignments", () => {
    it("are stored with scope, role and principal", () => {
        expect(
            contoso().put(assignment(WORKSPACE, RESPONDER, SENTINEL_PRINCIPAL)).properties,
        ).to.deep.include({
            scope: WORKSPACE,
            principalId: SENTINEL_PRINCIPAL,
            principalType: "ServicePrincipal",
        });
    });

    it("refuse a principal that was just made unless its type is given", () => {
        const { azure, principalId, workflowId } = withFreshPrincipal();
        for (const principalType of [undefined, "User"]) {
            const request = assignment(WORKSPACE, RESPONDER, principalId, { after: [workflowId] });
            const untyped = without(request.properties, "principalType");
            const properties = principalType === undefined ? untyped : { ...untyped, principalType };
            expect(refusalOf(() => azure.put({ ...request, properties }))).to.include(
                `400 PrincipalNotFound: Principal ${principalId} does not exist in the directory`,
            );
        }
        const typed = assignment(WORKSPACE, RESPONDER, principalId, { after: [workflowId] });
        expect(azure.put(typed).properties["principalId"]).to.equal(principalId);
    });

    it("refuse a principal whose resource they do not wait for", () => {
        const { azure, principalId, workflowId } = withFreshPrincipal();
        const request = assignment(WORKSPACE, RESPONDER, principalId, { after: [] });
        expect(refusalOf(() => azure.put(request))).to.match(
            new RegExp(`^400 PrincipalNotFound: .*\\(The same deployment makes '${workflowId}'`),
        );
    });

    it("find a principal without its type once it is known everywhere", () => {
        const { azure, principalId } = withFreshPrincipal();
        azure.finishWrites();
        const typed = assignment(WORKSPACE, RESPONDER, principalId, { after: [] });
        const request = { ...typed, properties: without(typed.properties, "principalType") };
        expect(azure.put(request).properties["principalType"]).to.equal("ServicePrincipal");
    });

    it("refuse the principal of a workflow that is gone", () => {
        const { azure, principalId, workflowId } = withFreshPrincipal();
        azure.finishWrites();
        azure.delete({ id: workflowId });
        expect(refusalOf(() => azure.put(assignment(WORKSPACE, RESPONDER, principalId)))).to.include(
            `400 PrincipalNotFound: Principal ${principalId} does not exist`,
        );
    });

    it("refuse a principal that does not exist", () => {
        expect(refusalOf(() => contoso().put(assignment(WORKSPACE, RESPONDER, OTHER_NAME)))).to.include(
            `400 PrincipalNotFound: Principal ${OTHER_NAME} does not exist in the directory`,
        );
    });

    it("refuse a type that is not the principal's", () => {
        expect(refusalOf(() => contoso().put(assignment(WORKSPACE, RESPONDER, ANALYST)))).to.equal(
            `400 UnmatchedPrincipalType: The PrincipalId '${ANALYST}' has type 'User', which is different from ` +
                "specified PrincipalType 'ServicePrincipal'.",
        );
    });

    it("refuse a name that is no GUID", () => {
        const request = assignment(WORKSPACE, RESPONDER, SENTINEL_PRINCIPAL, { name: "responder" });
        expect(refusalOf(() => contoso().put(request))).to.equal(
            "400 InvalidRoleAssignmentId: The role assignment ID 'responder' is not valid. The role assignment ID " +
                "must be a GUID.",
        );
    });

    it("refuse a second name for the same scope, role and principal", () => {
        const azure = contoso();
        azure.put(assignment(WORKSPACE, RESPONDER, SENTINEL_PRINCIPAL));
        const again = assignment(WORKSPACE.toUpperCase(), RESPONDER, SENTINEL_PRINCIPAL, {
            name: OTHER_NAME,
        });
        expect(refusalOf(() => azure.put(again))).to.equal(
            "409 RoleAssignmentExists: The role assignment already exists. The ID of the existing role assignment is " +
                "11111111111141118111111111111111.",
        );
        azure.put(assignment(GROUP, RESPONDER, SENTINEL_PRINCIPAL, { name: OTHER_NAME }));
        azure.put(assignment(WORKSPACE, RESPONDER, SENTINEL_PRINCIPAL));
    });

    it("refuse another meaning for the same name, at whatever scope", () => {
        const azure = contoso();
        azure.put(assignment(WORKSPACE, RESPONDER, SENTINEL_PRINCIPAL));
        expect(refusalOf(() => azure.put(assignment(GROUP, RESPONDER, SENTINEL_PRINCIPAL)))).to.equal(
            "400 RoleAssignmentUpdateNotPermitted: Tenant ID, application ID, principal ID, and scope are not " +
                "allowed to be updated.",
        );
    });

    it("refuse a role that does not exist, and what is no id of a role", () => {
        expect(
            refusalOf(() => contoso().put(assignment(WORKSPACE, OTHER_NAME, SENTINEL_PRINCIPAL))),
        ).to.equal(
            `404 RoleDefinitionDoesNotExist: The specified role definition with ID '${OTHER_NAME}' does not exist.`,
        );
        const named = assignment(WORKSPACE, RESPONDER, SENTINEL_PRINCIPAL, {
            properties: { roleDefinitionId: RESPONDER },
        });
        expect(refusalOf(() => contoso().put(named))).to.include(
            `400 BadRequest: The role definition id '${RESPONDER}' of role assignment`,
        );
    });

    it("take the role's id with or without a subscription", () => {
        const request = assignment(WORKSPACE, RESPONDER, SENTINEL_PRINCIPAL, {
            properties: {
                roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${RESPONDER.toUpperCase()}`,
            },
        });
        expect(contoso().put(request).properties["roleDefinitionId"]).to.match(new RegExp(`/${RESPONDER}$`));
    });

    it("can be made for a whole subscription", () => {
        const azure = contoso();
        azure.put(assignment(`/subscriptions/${SUBSCRIPTION}`, RESPONDER, SENTINEL_PRINCIPAL));
        const read = "Microsoft.SecurityInsights/incidents/read";
        expect(azure.allows(SENTINEL_PRINCIPAL, read, GROUP)).to.equal(true);
        expect(azure.allows(SENTINEL_PRINCIPAL, read, WORKSPACE)).to.equal(false);
    });

    it("refuse conditions by name, since the simulation does not know them", () => {
        const request = assignment(WORKSPACE, RESPONDER, SENTINEL_PRINCIPAL, {
            properties: { condition: "x" },
        });
        expect(() => contoso().put(request)).to.throw(NotSimulated, 'the property "condition"');
    });
});
