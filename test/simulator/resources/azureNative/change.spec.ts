import { expect } from "chai";
import type { JsonObject } from "../../../../language/json";
import type { AzureResourceManager } from "../../../../simulator/resources/machine";
import {
    CONNECTION,
    connectionInputs,
    DEPLOYER,
    GROUP,
    NOW,
    POLICY,
    policyInputs,
    provider,
    refusalText,
    RULE,
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
    AUTOMATION_CONTRIBUTOR,
    connection,
    contoso,
    GROUP as GROUP_ID,
    OTHER_SUBSCRIPTION,
    policy,
    rule,
    runPlaybook,
    SENTINEL_PRINCIPAL,
    webhookDefinition,
} from "../../../support/resources";

function policiesOf(azure: AzureResourceManager) {
    return azure.get(VAULT_ID)?.properties["accessPolicies"];
}

describe("an update in azure-native", () => {
    it("writes the new inputs and shows what came of it", () => {
        const azure = contoso();
        const { id } = provider(azure).create(CONNECTION, connectionInputs({ tags: { team: "soc" } }), NOW);
        const update = { inputs: connectionInputs({ tags: { team: "red" } }), oldOutputs: {} };
        expect(provider(azure).update(CONNECTION, id, update, NOW)["tags"]).to.deep.equal({ team: "red" });
        expect(azure.get(id)?.tags).to.deep.equal({ team: "red" });
    });

    it("keeps a vault's access policies where the inputs leave them out, and wipes them for an empty list", () => {
        const azure = withVault();
        azure.put(policy(VAULT_ID, ANALYST));
        const update = (properties: JsonObject) =>
            provider(azure).update(VAULT, VAULT_ID, { inputs: vaultInputs(properties), oldOutputs: {} }, NOW);
        update({ enabledForDeployment: true });
        expect(policiesOf(azure)).to.deep.equal([policyInputs(ANALYST)["policy"]]);
        update({ accessPolicies: [] });
        expect(policiesOf(azure)).to.deep.equal([]);
    });

    it("replaces the permissions of an access policy, and refuses one that is gone", () => {
        const azure = withVault();
        const { id } = provider(azure).create(POLICY, policyInputs(ANALYST), NOW);
        const update = { inputs: policyInputs(ANALYST, ["list"]), oldOutputs: policyInputs(ANALYST) };
        expect(provider(azure).update(POLICY, id, update, NOW)).to.deep.equal(
            policyInputs(ANALYST, ["list"]),
        );
        azure.delete({ id });
        expect(refusalText(() => provider(azure).update(POLICY, id, update, NOW))).to.equal(
            `access policy for ${ANALYST} does not exist`,
        );
    });

    it("does not move a workflow to another region", () => {
        const azure = contoso();
        azure.put(connection("azuresentinel"));
        const { id } = provider(azure).create(
            WORKFLOW,
            { ...workflowInputs, definition: webhookDefinition(), parameters: {} },
            NOW,
        );
        const inputs = {
            ...workflowInputs,
            definition: webhookDefinition(),
            parameters: {},
            location: "northeurope",
        };
        expect(
            refusalText(() => provider(azure).update(WORKFLOW, id, { inputs, oldOutputs: {} }, NOW)),
        ).to.match(/^Status=409 Code="InvalidResourceLocation"/);
    });
});

describe("a deletion in azure-native", () => {
    const state = { inputs: {}, outputs: {} };

    it("goes through where there is nothing any more", () => {
        for (const [subject, id] of [
            [SECRET, SECRET_ID],
            [POLICY, `${VAULT_ID}/accessPolicy/${ANALYST}`],
            [WORKFLOW, `${GROUP_ID}/providers/Microsoft.Logic/workflows/scan`],
        ] as const) {
            expect(() => {
                provider(withVault()).delete(subject, id, state, NOW);
            }).to.not.throw();
        }
    });

    it("takes a resource group with all that is in it", () => {
        const azure = withVault();
        provider(azure).delete(GROUP, GROUP_ID, state, NOW);
        expect([azure.get(GROUP_ID), azure.get(VAULT_ID)]).to.deep.equal([undefined, undefined]);
    });

    it("of a secret needs a right on the vault's data", () => {
        const azure = withVault();
        const azureNative = provider(azure);
        const { id } = azureNative.create(SECRET, secretInputs(), NOW);
        const remove = () => {
            azureNative.delete(SECRET, id, state, NOW);
        };
        expect(refusalText(remove)).to.match(
            new RegExp(
                `^Status=403 Code="Forbidden" Message="Caller '${DEPLOYER.objectId}' is not authorized`,
            ),
        );
        azure.put(policy(VAULT_ID, DEPLOYER.objectId, ["delete"]));
        remove();
        expect(azure.get(id)).to.equal(undefined);
    });

    it("of an access policy leaves the others, whoever made them", () => {
        const own = policyInputs(ANALYST)["policy"] ?? null;
        const azure = withVault({
            accessPolicies: [own, policyInputs(SENTINEL_PRINCIPAL)["policy"] ?? null],
        });
        provider(azure).delete(POLICY, `${VAULT_ID}/accessPolicy/${ANALYST}`, state, NOW);
        expect(policiesOf(azure)).to.deep.equal([policyInputs(SENTINEL_PRINCIPAL)["policy"]]);
    });

    it("removes an automation rule by its id, in whichever subscription", () => {
        const azure = contoso();
        const { id } = rule();
        azure.put(connection("azuresentinel"));
        provider(azure).create(WORKFLOW, workflowInputs, NOW);
        const inputs = {
            ...rule().properties,
            actions: [runPlaybook()],
            automationRuleId: id.slice(id.lastIndexOf("/") + 1),
            resourceGroupName: "soc",
            workspaceName: "contoso-soc",
        };
        azure.put({
            id: `${GROUP_ID}/providers/Microsoft.Authorization/roleAssignments/33333333-3333-4333-8333-333333333333`,
            properties: {
                principalId: SENTINEL_PRINCIPAL,
                roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${AUTOMATION_CONTRIBUTOR}`,
            },
        });
        provider(azure, { subscriptionId: OTHER_SUBSCRIPTION }).create(RULE, inputs, NOW);
        expect(azure.get(id)?.name).to.equal(inputs.automationRuleId);
        provider(azure).delete(RULE, id, state, NOW);
        expect(azure.get(id)).to.equal(undefined);
    });
});
