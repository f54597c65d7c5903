import { expect } from "chai";
import type { JsonObject } from "../../../../language/json";
import type { OldState, Subject } from "../../../../simulator/resources/azureNative/protocol";
import type { AzureResourceManager } from "../../../../simulator/resources/machine";
import {
    ASSIGNMENT,
    CONNECTION,
    connectionInputs,
    found,
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
    assignment,
    connection,
    contoso,
    GROUP as GROUP_ID,
    policy,
    RESPONDER,
    SUBSCRIPTION,
    vault,
    webhookDefinition,
    workflow,
} from "../../../support/resources";

/** A resource that azure-native made, and its state. */
function made(azure: AzureResourceManager, subject: Subject, inputs: OldState["inputs"]) {
    const { id, outputs } = provider(azure).create(subject, inputs, NOW);
    return { id, old: { inputs, outputs } };
}

/** The inputs after a refresh. */
function refreshed(azure: AzureResourceManager, subject: Subject, { id, old }: ReturnType<typeof made>) {
    return found(provider(azure).read(subject, id, old)).inputs;
}

describe("a refresh in azure-native", () => {
    it("changes nothing of what nobody has changed, not even what Azure adds", () => {
        const azure = contoso();
        const resources: [Subject, OldState["inputs"]][] = [
            [GROUP, { azureApiVersion: "2024-03-01", resourceGroupName: "new", location: "North Europe" }],
            [CONNECTION, connectionInputs()],
            [VAULT, { ...vaultInputs(), __createBeforeDelete: true }],
            [SECRET, secretInputs()],
            [POLICY, policyInputs(ANALYST)],
            [WORKFLOW, workflowInputs],
        ];
        for (const [subject, inputs] of resources) {
            const { id, old } = made(azure, subject, inputs);
            expect(provider(azure).read(subject, id, old), subject.type).to.deep.equal({ id, ...old });
        }
    });

    it("shows what was changed by hand in the inputs, and leaves Azure's defaults out", () => {
        const azure = contoso();
        azure.put(connection("azuresentinel"));
        const state = made(azure, WORKFLOW, { ...workflowInputs, tags: { team: "soc" } });
        azure.put(workflow({ state: "Disabled" }, { tags: { team: "red", more: "1" } }));
        expect(refreshed(azure, WORKFLOW, state)).to.deep.equal({
            ...workflowInputs,
            state: "Disabled",
            tags: { team: "red", more: "1" },
        });
        azure.put(workflow());
        expect(refreshed(azure, WORKFLOW, state)).to.deep.equal(workflowInputs);
    });

    it("changes only the innermost of what differs", () => {
        const azure = contoso();
        const state = made(azure, VAULT, vaultInputs({ networkAcls: { defaultAction: "Deny" } }));
        azure.put(
            vault("kv-contoso", { networkAcls: { defaultAction: "Allow" }, enabledForDeployment: true }),
        );
        expect(refreshed(azure, VAULT, state)).to.deep.equal(
            vaultInputs({ networkAcls: { defaultAction: "Allow" }, enabledForDeployment: true }),
        );
    });

    it("leaves a vault's access policies to others where the inputs do", () => {
        const azure = contoso();
        const state = made(azure, VAULT, vaultInputs());
        azure.put(policy(VAULT_ID, ANALYST));
        expect(refreshed(azure, VAULT, state)).to.deep.equal(vaultInputs());
        const own = vaultInputs({ accessPolicies: [] });
        expect(refreshed(azure, VAULT, { ...state, old: { ...state.old, inputs: own } })).to.deep.equal(
            vaultInputs({ accessPolicies: [policyInputs(ANALYST)["policy"] ?? null] }),
        );
    });

    it("shows other permissions of an access policy", () => {
        const azure = withVault();
        const state = made(azure, POLICY, policyInputs(ANALYST));
        azure.put(policy(VAULT_ID, ANALYST, ["get", "list"]));
        expect(refreshed(azure, POLICY, state)).to.deep.equal(policyInputs(ANALYST, ["get", "list"]));
    });

    it("never learns the value of a secret, so keeps the one that it knows", () => {
        const azure = withVault();
        const state = made(azure, SECRET, secretInputs());
        azure.put({ id: SECRET_ID, properties: { value: "another" } });
        const read = found(provider(azure).read(SECRET, state.id, state.old));
        expect(read.inputs).to.deep.equal(secretInputs());
        expect(read.outputs["properties"]).to.have.all.keys(
            "attributes",
            "secretUri",
            "secretUriWithVersion",
        );
    });

    it("finds nothing where the resource, or what it lies in, is gone", () => {
        const azure = withVault();
        const secret = made(azure, SECRET, secretInputs());
        const access = made(azure, POLICY, policyInputs(ANALYST));
        const key = made(azure, CONNECTION, connectionInputs());
        const read = ({ id, old }: typeof secret, subject: Subject) => provider(azure).read(subject, id, old);
        azure.put(vault("kv-contoso", { accessPolicies: [] }));
        expect(read(access, POLICY)).to.equal(undefined);
        azure.delete({ id: VAULT_ID });
        expect([read(secret, SECRET), read(access, POLICY)]).to.deep.equal([undefined, undefined]);
        azure.delete({ id: GROUP_ID });
        expect(read(key, CONNECTION)).to.equal(undefined);
    });
});

describe("an import in azure-native", () => {
    it("takes the inputs out of the id and out of what Azure shows, without what is read-only or empty", () => {
        const azure = contoso();
        const { id } = workflow();
        const definition: JsonObject = { ...webhookDefinition(), outputs: {} };
        const accessControl = { triggers: { allowedCallerIpAddresses: [] } };
        azure.put(workflow({ definition, accessControl, parameters: {} }, { tags: {} }));
        expect(found(provider(azure).read(WORKFLOW, id)).inputs).to.deep.equal({
            definition: {
                $schema: definition["$schema"] ?? null,
                contentVersion: "1.0.0.0",
                triggers: { webhook: { type: "Request", kind: "Http" } },
                actions: { Compose: { type: "Compose", inputs: 1 } },
            },
            identity: { type: "SystemAssigned" },
            location: "westeurope",
            resourceGroupName: "playbooks",
            state: "Enabled",
            workflowName: "scan",
        });
    });

    it("keeps the key of an access policy's object id as it is in the path", () => {
        const azure = withVault();
        azure.put(policy(VAULT_ID, ANALYST));
        const { inputs } = found(provider(azure).read(POLICY, `${VAULT_ID}/accessPolicy/${ANALYST}`));
        expect(inputs).to.deep.equal({ ...policyInputs(ANALYST), "policy.objectId": ANALYST });
    });

    it("takes the scope of a role assignment without the slash before it", () => {
        const azure = contoso();
        const request = assignment(GROUP_ID, RESPONDER, ANALYST, { properties: { principalType: "User" } });
        azure.put(request);
        expect(found(provider(azure).read(ASSIGNMENT, request.id)).inputs).to.deep.equal({
            principalId: ANALYST,
            principalType: "User",
            roleAssignmentName: "11111111-1111-4111-8111-111111111111",
            roleDefinitionId: `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${RESPONDER}`,
            scope: GROUP_ID.slice(1),
        });
    });

    it("takes an id in any letter case, and names as they are in it", () => {
        const id = VAULT_ID.toLowerCase().replace("playbooks", "Playbooks");
        const { inputs } = found(provider(withVault()).read(VAULT, id));
        expect(inputs).to.include({ resourceGroupName: "Playbooks", vaultName: "kv-contoso" });
    });

    it("does not give the value of a secret", () => {
        const azure = withVault();
        azure.put({ id: SECRET_ID, properties: { value: "hidden" } });
        expect(found(provider(azure).read(SECRET, SECRET_ID)).inputs).to.deep.equal({
            resourceGroupName: "playbooks",
            vaultName: "kv-contoso",
            secretName: "api-key",
            properties: { attributes: { enabled: true } },
        });
    });

    it("fails for the generic resource, which asks with a version that is its own", () => {
        const azure = contoso();
        azure.put(connection("azuresentinel"));
        expect(refusalText(() => provider(azure).read(CONNECTION, connection("azuresentinel").id))).to.match(
            /^Status=400 Code="NoRegisteredProviderFound" Message=".* API version '2024-03-01' for type 'connections'/,
        );
    });

    it("finds nothing where there is nothing, and refuses the id of another type", () => {
        const azure = withVault();
        expect(provider(azure).read(WORKFLOW, workflow().id)).to.equal(undefined);
        expect(refusalText(() => provider(azure).read(SECRET, VAULT_ID))).to.equal(
            `failed to parse '${VAULT_ID}' against the path '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}` +
                "/providers/Microsoft.KeyVault/vaults/{vaultName}/secrets/{secretName}'",
        );
    });
});
