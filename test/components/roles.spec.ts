import { expect } from "chai";
import { assignRole } from "../../components/roleAssignment";
import { roleDefinitionId } from "../../components/roles";
import { stackGuid } from "../../components/names";
import { run } from "../support/pulumi";

const scope = "/subscriptions/s-1/resourceGroups/g/providers/Microsoft.OperationalInsights/workspaces/w";

describe("roleDefinitionId", () => {
    it("gives the built-in roles as a subscription sees them", () => {
        const ids = [
            roleDefinitionId("Microsoft Sentinel Responder", "s-1"),
            roleDefinitionId("Microsoft Sentinel Automation Contributor", "s-2"),
            roleDefinitionId("Key Vault Secrets User", "s-2"),
        ];
        expect(ids).to.deep.equal([
            "/subscriptions/s-1/providers/Microsoft.Authorization/roleDefinitions/3e150937-b8fe-4cfb-8069-0eaf05ecd056",
            "/subscriptions/s-2/providers/Microsoft.Authorization/roleDefinitions/f4c81013-99ee-4d62-a7ee-b3f1f648599a",
            "/subscriptions/s-2/providers/Microsoft.Authorization/roleDefinitions/4633458b-17de-408a-b874-0445c86b69e6",
        ]);
    });
});

describe("assignRole", () => {
    const grant = {
        role: "Microsoft Sentinel Responder",
        scope,
        subscriptionId: "s-1",
        principalId: "p",
    } as const;

    it("assigns to a service principal, under a name that can be replaced only after deletion", async () => {
        const { result, resource } = await run(() => {
            assignRole("grant", grant, {});
            return stackGuid(scope, "Microsoft Sentinel Responder", "grant");
        });
        const assignment = resource("grant");
        expect(assignment.type).to.equal("azure-native:authorization:RoleAssignment");
        expect(assignment.inputs).to.deep.equal({
            scope,
            principalId: "p",
            principalType: "ServicePrincipal",
            roleDefinitionId: roleDefinitionId("Microsoft Sentinel Responder", "s-1"),
            roleAssignmentName: result,
        });
        expect(assignment.deleteBeforeReplace).to.equal(true);
    });

    it("gives each assignment of a stack a name of its own, and keeps it when the principal is another", async () => {
        const deploy = (principalId: string) =>
            run(() => {
                assignRole("a", { ...grant, principalId }, {});
                assignRole("b", { ...grant, principalId }, {});
            });
        const [{ resource }, later] = [await deploy("p"), await deploy("q")];
        const nameOf = (name: string) => resource(name).inputs["roleAssignmentName"];
        expect(nameOf("a")).to.not.equal(nameOf("b"));
        expect(later.resource("a").inputs["roleAssignmentName"]).to.equal(nameOf("a"));
    });
});
