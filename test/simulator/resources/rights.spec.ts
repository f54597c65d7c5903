import { expect } from "chai";
import { permits } from "../../../simulator/resources/rights";
import { builtInRoles } from "../../../simulator/resources/roles";
import {
    ANALYST,
    assignment,
    contoso,
    GROUP,
    RESPONDER,
    SECRETS_USER,
    SENTINEL_PRINCIPAL,
    WORKSPACE,
} from "../../support/resources";

const COMMENT = "Microsoft.SecurityInsights/incidents/comments/write";
const INCIDENT = `${WORKSPACE}/providers/Microsoft.SecurityInsights/Incidents/1`;

function role(name: string) {
    const found = [...builtInRoles.values()].find((candidate) => candidate.name === name);
    if (found === undefined) {
        throw new Error(`no role ${name}`);
    }
    return found;
}

describe("effective rights", () => {
    it("come from an assignment at the scope or above it, whatever the letter case", () => {
        const azure = contoso();
        azure.put(assignment(WORKSPACE, RESPONDER, SENTINEL_PRINCIPAL));
        expect(azure.allows(SENTINEL_PRINCIPAL.toUpperCase(), COMMENT, INCIDENT.toUpperCase())).to.equal(
            true,
        );
        expect(azure.allows(SENTINEL_PRINCIPAL, COMMENT, WORKSPACE)).to.equal(true);
    });

    it("do not reach beside or above the scope of the assignment", () => {
        const azure = contoso();
        azure.put(assignment(WORKSPACE, RESPONDER, SENTINEL_PRINCIPAL));
        expect(azure.allows(SENTINEL_PRINCIPAL, COMMENT, `${WORKSPACE}-2`)).to.equal(false);
        expect(azure.allows(SENTINEL_PRINCIPAL, COMMENT, WORKSPACE.split("/providers")[0] ?? "")).to.equal(
            false,
        );
    });

    it("are those of the principal alone, and end with the assignment", () => {
        const azure = contoso();
        const granted = azure.put(assignment(WORKSPACE, RESPONDER, SENTINEL_PRINCIPAL));
        expect(azure.allows(ANALYST, COMMENT, INCIDENT)).to.equal(false);
        azure.delete({ id: granted.id });
        expect(azure.allows(SENTINEL_PRINCIPAL, COMMENT, INCIDENT)).to.equal(false);
    });

    for (const [name, action, expected] of [
        ["Microsoft Sentinel Responder", "Microsoft.SecurityInsights/incidents/comments/write", true],
        ["Microsoft Sentinel Responder", "Microsoft.SecurityInsights/incidents/write", true],
        ["Microsoft Sentinel Responder", "Microsoft.SecurityInsights/incidents/comments/delete", false],
        ["Microsoft Sentinel Responder", "Microsoft.OperationalInsights/workspaces/query/read", true],
        ["Microsoft Sentinel Responder", "Microsoft.OperationalInsights/workspaces/write", false],
        ["Microsoft Sentinel Responder", "Microsoft.SecurityInsights/alertRules/write", false],
        ["Microsoft Sentinel Reader", "Microsoft.SecurityInsights/incidents/comments/write", false],
        ["Microsoft Sentinel Reader", "Microsoft.SecurityInsights/incidents/read", true],
        ["Microsoft Sentinel Contributor", "Microsoft.SecurityInsights/alertRules/write", true],
        ["Log Analytics Reader", "Microsoft.OperationalInsights/workspaces/query/read", true],
        ["Log Analytics Reader", "Microsoft.OperationalInsights/workspaces/sharedKeys/read", false],
        ["Contributor", "Microsoft.Logic/workflows/write", true],
        ["Contributor", "Microsoft.Authorization/roleAssignments/write", false],
        ["Owner", "Microsoft.Authorization/roleAssignments/write", true],
        ["Owner", "Microsoft.KeyVault/vaults/secrets/getSecret/action", true],
    ] as const) {
        it(`${expected ? "let" : "do not let"} ${name} perform ${action}`, () => {
            expect(permits(role(name), action, "control")).to.equal(expected);
        });
    }

    it("on data come from data actions alone, so that an owner cannot read secrets", () => {
        const read = "Microsoft.KeyVault/vaults/secrets/getSecret/action";
        expect(permits(role("Owner"), read, "data")).to.equal(false);
        expect(permits(role("Key Vault Secrets User"), read, "data")).to.equal(true);
        expect(permits(role("Key Vault Secrets User"), read, "control")).to.equal(false);
        expect(
            permits(role("Key Vault Secrets User"), "Microsoft.KeyVault/vaults/secrets/delete", "data"),
        ).to.equal(false);
    });

    it("of one role are not cut by the exceptions of another", () => {
        const azure = contoso();
        const contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";
        const administrator = "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9";
        azure.put(assignment(GROUP, contributor, SENTINEL_PRINCIPAL));
        const write = "Microsoft.Authorization/roleAssignments/write";
        expect(azure.allows(SENTINEL_PRINCIPAL, write, GROUP)).to.equal(false);
        azure.put(
            assignment(GROUP, administrator, SENTINEL_PRINCIPAL, {
                name: "33333333-3333-4333-8333-333333333333",
            }),
        );
        expect(azure.allows(SENTINEL_PRINCIPAL, write, GROUP)).to.equal(true);
    });

    it("know the roles by the GUIDs that Azure gives them", () => {
        expect(builtInRoles.get(RESPONDER)?.name).to.equal("Microsoft Sentinel Responder");
        expect(builtInRoles.get(SECRETS_USER)?.name).to.equal("Key Vault Secrets User");
    });
});
