import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { vaultLogicalName } from "../../components/names";
import { SecretVault, type SecretVaultArgs } from "../../components/secretVault";
import { read, run, subscriptionId, tenantId } from "../support/pulumi";

const created: SecretVaultArgs = {
    resourceGroupName: "playbooks",
    location: "westeurope",
    tenantId,
    subscriptionId,
    secretName: "intezer-key",
    secretValue: "test-key",
    tags: { team: "x" },
};

const existing = {
    id: "/subscriptions/s-1/resourceGroups/contoso-security/providers/Microsoft.KeyVault/vaults/contoso-vault",
    name: "contoso-vault",
    resourceGroup: "contoso-security",
    authorization: "accessPolicies" as const,
};

const vaultName = vaultLogicalName("safe");

/** A vault with two readers. */
function withReaders(args: SecretVaultArgs) {
    return run(() => {
        const vault = new SecretVault("safe", args);
        const grants = ["first", "second"].map((reader) =>
            vault.grantRead(
                `${reader}-access`,
                {
                    principalId: `principal-${reader}`,
                    resource: new pulumi.ComponentResource("test:index:Reader", reader),
                },
                { parent: vault },
            ),
        );
        return { vault, grants };
    });
}

describe("SecretVault that is created", () => {
    it("says its authorization model, and leaves access policies out", async () => {
        const { resource } = await withReaders(created);
        const { inputs, replaceOnChanges, replacementTrigger } = resource(vaultName);
        expect(replaceOnChanges).to.deep.equal(["location"]);
        expect(replacementTrigger).to.equal(subscriptionId);
        expect(inputs).to.deep.equal({
            resourceGroupName: "playbooks",
            location: "westeurope",
            tags: { team: "x" },
            properties: {
                tenantId,
                sku: { family: "A", name: "standard" },
                enableRbacAuthorization: false,
                enableSoftDelete: true,
                // Filled in by the SDK of azure-native.
                softDeleteRetentionInDays: 90,
                publicNetworkAccess: "enabled",
                enabledForDeployment: false,
                enabledForDiskEncryption: false,
                enabledForTemplateDeployment: false,
            },
        });
    });

    it("uses Azure RBAC where asked", async () => {
        const { resource } = await withReaders({ ...created, authorization: "rbac" });
        expect(resource(vaultName).inputs["properties"]).to.include({ enableRbacAuthorization: true });
    });

    it("writes the secret as a secret, which nobody has to delete: it goes with the vault", async () => {
        const { resource, registered } = await withReaders(created);
        const secret = resource("safe-secret");
        expect(secret.type).to.equal("azure-native:keyvault:Secret");
        expect(secret.inputs).to.deep.equal({
            resourceGroupName: "playbooks",
            vaultName: `${vaultName}0123abcd`,
            secretName: "intezer-key",
            tags: { team: "x" },
            properties: { value: "test-key" },
        });
        expect(secret.secretPaths).to.deep.equal(["properties.value"]);
        expect(secret.retainOnDelete).to.equal(true);
        const others = registered.filter((other) => other !== secret);
        expect(JSON.stringify(others)).to.not.contain("test-key");
    });

    it("lets each reader get secrets and nothing more, one write after the other", async () => {
        const { resource } = await withReaders(created);
        const policyOf = (reader: string) => ({
            resourceGroupName: "playbooks",
            vaultName: `${vaultName}0123abcd`,
            policy: { tenantId, objectId: `principal-${reader}`, permissions: { secrets: ["get"] } },
        });
        expect(resource("first-access").type).to.equal("azure-native:keyvault:AccessPolicy");
        expect(resource("first-access").inputs).to.deep.equal(policyOf("first"));
        expect(resource("second-access").inputs).to.deep.equal(policyOf("second"));
        expect(resource("safe-secret").dependsOn).to.deep.equal([vaultName]);
        expect(resource("first-access").dependsOn).to.deep.equal([vaultName, "safe-secret"].sort());
        expect(resource("second-access").dependsOn).to.deep.equal([vaultName, "first-access"].sort());
    });

    it("gives the readers a role on the one secret where it uses Azure RBAC", async () => {
        const { resource, namesOf } = await withReaders({ ...created, authorization: "rbac" });
        const vaultId = `/subscriptions/${subscriptionId}/resourceGroups/playbooks/providers/azure-native:keyvault:Vault/${vaultName}0123abcd`;
        expect(namesOf("azure-native:keyvault:AccessPolicy")).to.deep.equal([]);
        const { inputs, dependsOn } = resource("second-access");
        expect(inputs).to.deep.equal({
            scope: `${vaultId}/secrets/intezer-key`,
            principalId: "principal-second",
            principalType: "ServicePrincipal",
            roleDefinitionId: `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/4633458b-17de-408a-b874-0445c86b69e6`,
            roleAssignmentName: inputs["roleAssignmentName"],
        });
        expect(dependsOn).to.deep.equal([vaultName, "safe-secret"].sort());
        expect(inputs["roleAssignmentName"]).to.not.equal(
            resource("first-access").inputs["roleAssignmentName"],
        );
    });

    it("gives name and id of the vault, which wait for it", async () => {
        const { result } = await withReaders(created);
        expect((await read(result.vault.vaultName)).value).to.equal(`${vaultName}0123abcd`);
        expect((await read(result.vault.vaultId)).value).to.match(/0123abcd$/);
        expect(result.grants.map((grant) => pulumi.Resource.isInstance(grant))).to.deep.equal([true, true]);
    });

    it("keeps a secret value secret that was given in clear or as a secret", async () => {
        const { resource } = await withReaders({ ...created, secretValue: pulumi.secret("test-key") });
        expect(resource("safe-secret").secretPaths).to.deep.equal(["properties.value"]);
        expect(resource("safe-secret").inputs["properties"]).to.deep.equal({ value: "test-key" });
    });

    it("gives two vaults different logical names", async () => {
        const { namesOf } = await run(() => {
            new SecretVault("intezer-production-eu", created);
            new SecretVault("intezer-production-us", created);
        });
        const names = namesOf("azure-native:keyvault:Vault");
        expect(names).to.have.length(2);
        expect(new Set(names).size).to.equal(2);
    });
});

describe("SecretVault that is adopted", () => {
    const withoutKey: SecretVaultArgs = { ...created, secretValue: undefined };

    it("leaves vault and secret alone where no key is given", async () => {
        const { registered, resource } = await withReaders({ ...withoutKey, existing });
        expect(registered.filter(({ custom }) => custom).map(({ name }) => name)).to.deep.equal([
            "first-access",
            "second-access",
        ]);
        expect(resource("first-access").inputs).to.include({
            resourceGroupName: "contoso-security",
            vaultName: "contoso-vault",
        });
        expect(resource("first-access").dependsOn).to.deep.equal([]);
        expect(resource("second-access").dependsOn).to.deep.equal(["first-access"]);
    });

    it("writes the key as a secret that stays when the stack goes", async () => {
        const { resource, namesOf } = await withReaders({ ...created, existing });
        const secret = resource("safe-secret");
        expect(namesOf("azure-native:keyvault:Vault")).to.deep.equal([]);
        expect(secret.inputs).to.include({
            resourceGroupName: "contoso-security",
            vaultName: "contoso-vault",
        });
        expect(secret.retainOnDelete).to.equal(true);
        expect(resource("first-access").dependsOn).to.deep.equal(["safe-secret"]);
        expect(resource("second-access").dependsOn).to.deep.equal(["first-access"]);
    });

    it("follows a vault that uses Azure RBAC", async () => {
        const rbac = { ...existing, authorization: "rbac" as const };
        const { resource } = await withReaders({ ...withoutKey, existing: rbac });
        expect(resource("first-access").inputs).to.include({ scope: `${existing.id}/secrets/intezer-key` });
        expect(resource("second-access").dependsOn).to.deep.equal([]);
    });
});

describe("SecretVault", () => {
    const wrong: readonly [string, SecretVaultArgs, string][] = [
        [
            "an authorization model for an existing vault",
            { ...created, existing, authorization: "rbac" },
            "Only one of `existing` and `authorization` can be given: an existing vault has its model.",
        ],
        [
            "a vault to create without a secret",
            { ...created, secretValue: undefined },
            "A vault that is created needs `secretValue`, the secret that it is for.",
        ],
    ];
    for (const [title, args, message] of wrong) {
        it(`refuses ${title}, before anything is registered`, async () => {
            const { registered } = await run(() => {
                expect(() => new SecretVault("safe", args)).to.throw(message);
            });
            expect(registered).to.deep.equal([]);
        });
    }
});
