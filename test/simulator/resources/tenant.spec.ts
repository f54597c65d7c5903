import { expect } from "chai";
import { createTenant } from "../../../simulator/resources/tenant";
import { ANALYST, contoso, GROUP, SUBSCRIPTION, TENANT, WORKSPACE } from "../../support/resources";

describe("a seeded tenant", () => {
    const vaults = [
        { name: "kv-policies", authorization: "accessPolicies", secretAdministrators: [ANALYST] },
        { name: "kv-rbac", authorization: "rbac", firewall: "Deny", secrets: { "api-key": "s3cret" } },
    ] as const;

    function seeded() {
        return createTenant({
            tenantId: TENANT,
            subscriptions: [
                {
                    subscriptionId: SUBSCRIPTION,
                    resourceGroups: [{ name: "playbooks", location: "westeurope", vaults }],
                },
            ],
        });
    }

    it("has vaults of both models, with their firewall and secrets", () => {
        const azure = seeded();
        const [policies, rbac] = azure.list("Microsoft.KeyVault/vaults");
        expect(policies?.properties).to.deep.include({ enableRbacAuthorization: false });
        expect(rbac?.properties).to.deep.include({
            enableRbacAuthorization: true,
            networkAcls: { bypass: "AzureServices", defaultAction: "Deny" },
        });
        expect(azure.secretValue(`${GROUP}/providers/Microsoft.KeyVault/vaults/kv-rbac`, "api-key")).to.equal(
            "s3cret",
        );
        expect(azure.mayReadSecret(ANALYST, policies?.id ?? "", "any")).to.equal(true);
    });

    it("has Sentinel's own principal unless nobody ever enabled Sentinel", () => {
        const appId = "98785600-1bb7-4fb9-b9fa-19afe2c8a360";
        expect(seeded().servicePrincipal(appId)?.displayName).to.equal("Azure Security Insights");
        expect(contoso({ securityInsightsPrincipalId: null }).servicePrincipal(appId)).to.equal(undefined);
    });

    it("has role assignments by the name of the role", () => {
        const azure = contoso({
            roleAssignments: [{ scope: WORKSPACE, role: "Microsoft Sentinel Reader", principalId: ANALYST }],
        });
        expect(azure.allows(ANALYST, "Microsoft.SecurityInsights/incidents/read", WORKSPACE)).to.equal(true);
        expect(() =>
            contoso({ roleAssignments: [{ scope: WORKSPACE, role: "Admin", principalId: ANALYST }] }),
        ).to.throw('There is no built-in role "Admin". Known are: Owner, Contributor,');
    });
});
