import { expect } from "chai";
import { addMissing, createTenant } from "../../../simulator/resources/tenant";
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

    it("gets only what it lacks, and keeps what it has as it is", () => {
        const azure = seeded();
        const before = azure.snapshot();
        const kept = { name: "kv-rbac", authorization: "accessPolicies" } as const;
        const seed = (secrets: Record<string, string>, location: string) => [
            {
                subscriptionId: SUBSCRIPTION,
                registeredProviders: [],
                resourceGroups: [{ name: "Playbooks", location, vaults: [{ ...kept, secrets }] }],
            },
        ];
        expect(addMissing(azure, seed({ "api-key": "another" }, "northeurope"))).to.deep.equal([]);
        expect(azure.snapshot()).to.deep.equal(before);

        const vault = azure.list("Microsoft.KeyVault/vaults")[1]?.id ?? "";
        expect(addMissing(azure, seed({ "api-key": "another", second: "2" }, "westeurope"))).to.have.lengthOf(
            1,
        );
        expect([azure.secretValue(vault, "api-key"), azure.secretValue(vault, "second")]).to.deep.equal([
            "s3cret",
            "2",
        ]);
    });

    it("gets another subscription with what is in it", () => {
        const azure = seeded();
        const subscriptionId = "00000000-0000-4000-8000-0000000000ff";
        const workspaces = [{ name: "law", customerId: "00000000-0000-4000-8000-0000000000fe" }];
        const resourceGroups = [{ name: "security", location: "westeurope", workspaces }];
        expect(azure.hasSubscription(subscriptionId)).to.equal(false);
        const group = `/subscriptions/${subscriptionId}/resourceGroups/security`;
        expect(addMissing(azure, [{ subscriptionId, resourceGroups }])).to.deep.equal([
            `/subscriptions/${subscriptionId}`,
            group,
            `${group}/providers/Microsoft.OperationalInsights/workspaces/law`,
        ]);
        expect(azure.hasSubscription(subscriptionId.toUpperCase())).to.equal(true);
        expect(azure.list("Microsoft.SecurityInsights/onboardingStates")).to.have.lengthOf(1);
    });
});
