import { expect } from "chai";
import {
    ASSIGNMENT,
    CONNECTION,
    connectionInputs,
    GROUP,
    NOW,
    POLICY,
    policyInputs,
    provider,
    refusalText,
    SECRET,
    SECRET_ID,
    secretInputs,
    VAULT,
    VAULT_ID,
    vaultInputs,
    withVault,
    WORKFLOW,
    workflowInputs,
} from "../../../support/azureNative";
import {
    ANALYST,
    connection,
    contoso,
    GROUP as GROUP_ID,
    incidentDefinition,
    managedApi,
    OTHER_SUBSCRIPTION,
    policy,
    RESPONDER,
    SUBSCRIPTION,
    TENANT,
    WORKSPACE,
} from "../../../support/resources";

const roleDefinitionId = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${RESPONDER}`;

describe("a creation in azure-native", () => {
    it("shows a resource group as Azure does", () => {
        const inputs = { resourceGroupName: "new", location: "North Europe", tags: { team: "soc" } };
        expect(provider().create(GROUP, { ...inputs, azureApiVersion: "2024-03-01" }, NOW)).to.deep.equal({
            id: `/subscriptions/${SUBSCRIPTION}/resourceGroups/new`,
            outputs: {
                azureApiVersion: "2024-03-01",
                location: "northeurope",
                name: "new",
                properties: { provisioningState: "Succeeded" },
                tags: { team: "soc" },
                type: "Microsoft.Resources/resourceGroups",
            },
        });
    });

    it("shows what Azure adds to a connection", () => {
        const created = provider().create(CONNECTION, connectionInputs(), NOW);
        expect(created.id).to.equal(connection("azuresentinel").id);
        expect(created.outputs).to.deep.include({
            azureApiVersion: "2024-03-01",
            kind: "V1",
            name: "azuresentinel-connection",
            type: "Microsoft.Web/connections",
        });
        expect(created.outputs["properties"]).to.deep.include({
            api: {
                id: managedApi("azuresentinel"),
                name: "azuresentinel",
                type: "Microsoft.Web/locations/managedApis",
            },
            statuses: [{ status: "Ready" }],
        });
    });

    it("shows a vault, and a secret without its value", () => {
        const azure = contoso();
        const made = provider(azure).create(VAULT, { ...vaultInputs(), __createBeforeDelete: true }, NOW);
        expect(made.outputs).to.deep.equal({
            azureApiVersion: "2024-11-01",
            location: "westeurope",
            name: "kv-contoso",
            properties: {
                accessPolicies: [],
                enableRbacAuthorization: false,
                enableSoftDelete: true,
                provisioningState: "Succeeded",
                sku: { family: "A", name: "standard" },
                softDeleteRetentionInDays: 90,
                tenantId: TENANT,
                vaultUri: "https://kv-contoso.vault.azure.net/",
            },
            type: "Microsoft.KeyVault/vaults",
        });
        const secret = provider(azure).create(SECRET, secretInputs(), NOW);
        expect(secret.id).to.equal(SECRET_ID);
        expect(secret.outputs["properties"]).to.have.all.keys(
            "attributes",
            "secretUri",
            "secretUriWithVersion",
        );
        expect(azure.secretValue(VAULT_ID, "api-key")).to.equal("api-key");
    });

    it("shows an access policy with what it was made of, and the permissions that it has", () => {
        const inputs = policyInputs(ANALYST);
        const permissions = { secrets: ["get"], keys: [] };
        const made = provider(withVault()).create(
            POLICY,
            { ...inputs, policy: { objectId: ANALYST, tenantId: TENANT, permissions } },
            NOW,
        );
        expect(made).to.deep.equal({ id: `${VAULT_ID}/accessPolicy/${ANALYST}`, outputs: inputs });
    });

    it("shows a workflow with its identity", () => {
        const azure = contoso();
        azure.put(connection("azuresentinel"));
        const { id, outputs } = provider(azure).create(WORKFLOW, workflowInputs, NOW);
        expect(id).to.equal(`${GROUP_ID}/providers/Microsoft.Logic/workflows/scan`);
        expect(outputs).to.deep.include({
            azureApiVersion: "2019-05-01",
            definition: incidentDefinition(),
            identity: { ...azure.get(id)?.identity },
            provisioningState: "Succeeded",
            state: "Enabled",
        });
        expect(outputs["identity"]).to.include({ type: "SystemAssigned", tenantId: TENANT });
    });

    it("makes role assignments at any scope, with or without the slash before it", () => {
        const inputs = {
            principalId: ANALYST,
            principalType: "User",
            roleAssignmentName: "11111111-1111-4111-8111-111111111111",
            roleDefinitionId,
            scope: WORKSPACE.slice(1),
        };
        const made = provider().create(ASSIGNMENT, inputs, NOW);
        expect(made.id).to.equal(
            `${WORKSPACE}/providers/Microsoft.Authorization/roleAssignments/${inputs.roleAssignmentName}`,
        );
        expect(made.outputs).to.include({
            scope: WORKSPACE,
            principalId: ANALYST,
            azureApiVersion: "2022-04-01",
        });
    });

    it("is in the subscription of the provider", () => {
        const other = provider(contoso(), { subscriptionId: OTHER_SUBSCRIPTION });
        const { id } = other.create(GROUP, { resourceGroupName: "new", location: "northeurope" }, NOW);
        expect(id).to.equal(`/subscriptions/${OTHER_SUBSCRIPTION}/resourceGroups/new`);
    });

    it("is refused over something that exists, in azure-native's words", () => {
        const azure = withVault();
        const azureNative = provider(azure);
        expect(refusalText(() => azureNative.create(VAULT, vaultInputs(), NOW))).to.equal(
            `cannot create already existing resource '${VAULT_ID}'`,
        );
        azure.put(policy(VAULT_ID, ANALYST));
        expect(refusalText(() => azureNative.create(POLICY, policyInputs(ANALYST), NOW))).to.equal(
            `cannot create already existing resource "${VAULT_ID}/accessPolicy/${ANALYST}"`,
        );
    });

    it("passes on the refusal of Azure, in azure-native's words", () => {
        expect(refusalText(() => provider().create(SECRET, secretInputs(), NOW))).to.match(
            /^Status=404 Code="ParentResourceNotFound" Message="Failed to perform 'write' on resource\(s\) of type/,
        );
        const inputs = { ...workflowInputs, properties: {} };
        expect(() => provider().create(WORKFLOW, inputs, NOW)).to.throw(
            'The simulated Azure does not know the property "properties" of a workflow.',
        );
    });

    it("tells Azure which writes it has waited for", () => {
        const azure = withVault();
        provider(azure).create(SECRET, secretInputs(), { after: [] });
        const second = () => provider(azure).create(POLICY, policyInputs(ANALYST), { after: [] });
        expect(refusalText(second)).to.match(/^Status=409 Code="ConflictError"/);
        expect(() =>
            provider(azure).create(POLICY, policyInputs(ANALYST), { after: [SECRET_ID] }),
        ).to.not.throw();
    });
});
