import { expect } from "chai";
import type { JsonObject } from "../../../../language/json";
import type { Diff, Subject } from "../../../../simulator/resources/azureNative/protocol";
import { UNKNOWN } from "../../../../simulator/resources/azureNative/unknown";
import {
    ASSIGNMENT,
    changed,
    CONNECTION,
    connectionInputs,
    GROUP,
    POLICY,
    policyInputs,
    provider,
    RULE,
    SECRET,
    secretInputs,
    VAULT,
    vaultInputs,
    WORKFLOW,
} from "../../../support/azureNative";
import { ANALYST, managedApi, SENTINEL_PRINCIPAL, TENANT, without } from "../../../support/resources";

function diffOf(
    subject: Subject,
    oldInputs: JsonObject,
    news: JsonObject,
    oldOutputs: JsonObject = {},
): Diff {
    return provider().diff(subject, { oldInputs, oldOutputs, news });
}

/** What a change of one input leads to. */
function changeOf(subject: Subject, inputs: JsonObject, path: string, value: string): Diff {
    return diffOf(subject, inputs, changed(inputs, path.split("."), value));
}

const workflow: JsonObject = {
    azureApiVersion: "2019-05-01",
    location: "westeurope",
    resourceGroupName: "playbooks",
    workflowName: "scan",
    definition: { actions: { a: { inputs: 1 } }, triggers: {} },
    identity: { type: "SystemAssigned" },
};
const assignment: JsonObject = {
    azureApiVersion: "2022-04-01",
    principalId: ANALYST,
    principalType: "User",
    roleAssignmentName: "11111111-1111-4111-8111-111111111111",
    roleDefinitionId: "/providers/Microsoft.Authorization/roleDefinitions/1",
    scope: "/subscriptions/1",
};
const rule: JsonObject = {
    azureApiVersion: "2024-09-01",
    automationRuleId: "22222222-2222-4222-8222-222222222222",
    displayName: "Scan",
    order: 1,
    resourceGroupName: "soc",
    workspaceName: "contoso-soc",
    actions: [{ order: 1, actionType: "RunPlaybook", actionConfiguration: { tenantId: TENANT } }],
};

describe("the differences that azure-native sees", () => {
    it("are none between equal inputs", () => {
        const none = { changes: [], replaces: [], detailed: {}, deleteBeforeReplace: false };
        expect(diffOf(VAULT, vaultInputs(), vaultInputs())).to.deep.equal(none);
        const noted = { ...vaultInputs(), __createBeforeDelete: true };
        expect(diffOf(VAULT, vaultInputs(), noted)).to.deep.equal(none);
    });

    it("are none between two spellings of a region or a resource group", () => {
        const news = { ...vaultInputs(), location: "West Europe", resourceGroupName: "Playbooks" };
        expect(diffOf(VAULT, vaultInputs(), news).detailed).to.deep.equal({});
    });

    it("are added, deleted and updated properties, with the paths of the innermost", () => {
        const news = {
            ...without(workflow, "identity"),
            definition: { actions: { a: { inputs: 2 }, b: {} }, triggers: {} },
            state: "Disabled",
        };
        expect(diffOf(WORKFLOW, workflow, news)).to.deep.equal({
            changes: ["definition", "identity", "state"].sort(),
            replaces: [],
            detailed: {
                "definition.actions.a.inputs": "update",
                "definition.actions.b": "add",
                identity: "delete",
                state: "add",
            },
            deleteBeforeReplace: false,
        });
    });

    it("name the items of arrays by their place", () => {
        const actions: readonly JsonObject[] = [
            { order: 2, actionType: "RunPlaybook", actionConfiguration: { tenantId: TENANT } },
            {},
        ];
        expect(diffOf(RULE, rule, { ...rule, actions })).to.deep.include({
            changes: ["actions[0]", "actions[1]"],
            detailed: { "actions[0].order": "update", "actions[1]": "add" },
        });
        expect(diffOf(RULE, rule, { ...rule, actions: [] }).detailed).to.deep.equal({
            "actions[0]": "delete",
        });
    });

    it("do not care for the order of a vault's access policies", () => {
        const [first, second] = [policyInputs(ANALYST)["policy"], policyInputs(SENTINEL_PRINCIPAL)["policy"]];
        const third = policyInputs(ANALYST, ["list"])["policy"] ?? null;
        const both = vaultInputs({ accessPolicies: [first ?? null, second ?? null] });
        const turned = vaultInputs({ accessPolicies: [second ?? null, first ?? null] });
        expect(diffOf(VAULT, both, turned).changes).to.deep.equal([]);
        const other = vaultInputs({ accessPolicies: [third, second ?? null] });
        expect(diffOf(VAULT, both, other).detailed).to.deep.equal({
            "properties.accessPolicies[0]": "delete",
        });
    });

    it("contain the version of Azure's API where the inputs of the time before had none", () => {
        const olds = without(vaultInputs(), "azureApiVersion");
        expect(diffOf(VAULT, olds, vaultInputs(), { azureApiVersion: "2024-11-01" }).changes).to.deep.equal(
            [],
        );
        expect(diffOf(VAULT, olds, vaultInputs(), { azureApiVersion: "2023-02-01" }).detailed).to.deep.equal({
            azureApiVersion: "update",
        });
    });

    it("leave out a new input that has the default", () => {
        const olds = without(assignment, "principalType");
        expect(diffOf(ASSIGNMENT, olds, assignment).changes).to.deep.equal([]);
        const news = { ...assignment, principalType: "ServicePrincipal" };
        expect(diffOf(ASSIGNMENT, olds, news).detailed).to.deep.equal({ principalType: "add" });
    });
});

describe("a replacement in azure-native", () => {
    const forcing: readonly [Subject, JsonObject, readonly string[]][] = [
        [GROUP, { resourceGroupName: "g", location: "westeurope" }, ["resourceGroupName", "location"]],
        [VAULT, vaultInputs(), ["resourceGroupName", "vaultName"]],
        [SECRET, secretInputs(), ["resourceGroupName", "vaultName", "secretName"]],
        [POLICY, policyInputs(ANALYST), ["resourceGroupName", "vaultName", "policy.objectId"]],
        [WORKFLOW, workflow, ["resourceGroupName", "workflowName"]],
        [ASSIGNMENT, assignment, ["scope", "roleAssignmentName", "principalId"]],
        [RULE, rule, ["resourceGroupName", "workspaceName", "automationRuleId"]],
        [
            CONNECTION,
            connectionInputs(),
            [
                "resourceGroupName",
                "resourceProviderNamespace",
                "parentResourcePath",
                "resourceType",
                "resourceName",
            ],
        ],
    ];
    for (const [subject, inputs, paths] of forcing) {
        it(`of ${subject.type} is forced by ${paths.join(", ")}, unknown ones included`, () => {
            for (const path of paths) {
                for (const value of ["another", UNKNOWN]) {
                    expect(changeOf(subject, inputs, path, value)).to.deep.equal({
                        changes: [path.split(".")[0]],
                        replaces: [path],
                        detailed: { [path]: "updateReplace" },
                        deleteBeforeReplace: true,
                    });
                }
            }
        });
    }

    const updated: readonly [Subject, JsonObject, readonly string[]][] = [
        [VAULT, vaultInputs(), ["location", "properties.tenantId", "properties.sku.name"]],
        [SECRET, secretInputs(), ["properties.value"]],
        [WORKFLOW, workflow, ["location", "identity.type", "definition.triggers"]],
        [ASSIGNMENT, assignment, ["roleDefinitionId", "principalType"]],
        [RULE, rule, ["displayName", "order"]],
        [CONNECTION, connectionInputs(), ["apiVersion", "location", "kind", "properties.api.id"]],
    ];
    for (const [subject, inputs, paths] of updated) {
        it(`of ${subject.type} is not forced by ${paths.join(", ")}`, () => {
            for (const path of paths) {
                expect(changeOf(subject, inputs, path, "another")).to.deep.include({
                    replaces: [],
                    detailed: { [path]: "update" },
                    deleteBeforeReplace: false,
                });
            }
        });
    }

    it("is made before the deletion where the name was made up", () => {
        const olds = { ...vaultInputs(), __createBeforeDelete: true };
        expect(changeOf(VAULT, olds, "resourceGroupName", "other").deleteBeforeReplace).to.equal(false);
        const never = { ...vaultInputs(), __createBeforeDelete: false };
        expect(changeOf(VAULT, never, "location", "other").deleteBeforeReplace).to.equal(true);
    });

    it("is forced by a property that comes or goes", () => {
        const olds = without(vaultInputs(), "vaultName");
        expect(diffOf(VAULT, olds, vaultInputs()).detailed).to.deep.equal({ vaultName: "addReplace" });
        expect(diffOf(VAULT, vaultInputs(), olds).detailed).to.deep.equal({ vaultName: "deleteReplace" });
    });

    it("is not forced by an input that Azure shows with this value already", () => {
        const olds = { resourceGroupName: "g" };
        const news = { ...olds, location: "westeurope" };
        expect(diffOf(GROUP, olds, news, { location: "westeurope" }).detailed).to.deep.equal({
            location: "add",
        });
        expect(diffOf(GROUP, olds, news, { location: "northeurope" }).detailed).to.deep.equal({
            location: "addReplace",
        });
        const moved = diffOf(GROUP, { ...news, location: "northeurope" }, news, { location: "westeurope" });
        expect(moved.detailed).to.deep.equal({ location: "updateReplace" });
    });

    it("is not forced by the identifier of another API", () => {
        const inputs = connectionInputs();
        const news = changed(inputs, ["properties", "api", "id"], managedApi("keyvault"));
        expect(diffOf(CONNECTION, inputs, news)).to.deep.equal({
            changes: ["properties"],
            replaces: [],
            detailed: { "properties.api.id": "update" },
            deleteBeforeReplace: false,
        });
    });
});
