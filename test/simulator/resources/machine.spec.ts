import { expect } from "chai";
import { NotSimulated } from "../../../simulator/resources/notSimulated";
import { resourceTypes } from "../../../simulator/resources/types";
import {
    assignment,
    contoso,
    GROUP,
    OTHER_SUBSCRIPTION,
    refusalOf,
    RESPONDER,
    SENTINEL_PRINCIPAL,
    SUBSCRIPTION,
    vault,
    workflow,
    WORKSPACE,
} from "../../support/resources";

describe("Azure Resource Manager", () => {
    it("answers with the resource, and finds it in any letter case", () => {
        const azure = contoso();
        const group = azure.put({
            id: `/subscriptions/${SUBSCRIPTION}/resourceGroups/New`,
            location: "West Europe",
        });
        expect(group).to.deep.equal({
            id: `/subscriptions/${SUBSCRIPTION}/resourceGroups/New`,
            type: "Microsoft.Resources/resourceGroups",
            name: "New",
            location: "westeurope",
            tags: undefined,
            properties: { provisioningState: "Succeeded" },
        });
        expect(azure.get(group.id.toUpperCase())).to.equal(group);
        expect(azure.lookUp(group.id.toLowerCase())).to.equal(group);
    });

    it("lists the resources of a type in order of creation", () => {
        const azure = contoso();
        azure.put(vault("kv-b"));
        azure.put(vault("kv-a"));
        expect(azure.list("microsoft.keyvault/VAULTS").map(({ name }) => name)).to.deep.equal([
            "kv-b",
            "kv-a",
        ]);
    });

    it("refuses what is no id", () => {
        expect(refusalOf(() => contoso().put({ id: "vaults/kv" }))).to.equal(
            "400 BadRequest: 'vaults/kv' is not the id of a resource.",
        );
    });

    it("refuses resource types that it does not know by name", () => {
        expect(() => contoso().put({ id: `${GROUP}/providers/Microsoft.Web/sites/site` })).to.throw(
            NotSimulated,
            'The simulated Azure does not know the resource type "Microsoft.Web/sites".',
        );
    });

    it("refuses API versions that a type does not have", () => {
        expect(refusalOf(() => contoso().put({ ...vault(), apiVersion: "2016-06-01" }))).to.equal(
            "400 NoRegisteredProviderFound: No registered resource provider found for location 'West Europe' and " +
                "API version '2016-06-01' for type 'vaults' of 'Microsoft.KeyVault'. The supported api-versions are " +
                "'2023-02-01, 2023-07-01, 2024-11-01, 2026-02-01'.",
        );
    });

    it("refuses a subscription that the tenant does not have", () => {
        const id = "/subscriptions/00000000-0000-0000-0000-000000000009/resourceGroups/group";
        expect(refusalOf(() => contoso().put({ id, location: "westeurope" }))).to.equal(
            "404 SubscriptionNotFound: The subscription '00000000-0000-0000-0000-000000000009' could not be found.",
        );
    });

    it("refuses a resource provider that the subscription has not registered", () => {
        const azure = contoso({
            subscriptions: [
                {
                    subscriptionId: SUBSCRIPTION,
                    registeredProviders: ["microsoft.web"],
                    resourceGroups: [{ name: "playbooks", location: "westeurope" }],
                },
            ],
        });
        expect(refusalOf(() => azure.put(workflow()))).to.equal(
            "409 MissingSubscriptionRegistration: The subscription is not registered to use namespace " +
                "'Microsoft.Logic'. See https://aka.ms/rps-not-found for how to register subscriptions.",
        );
    });

    it("refuses a resource in a group that does not exist", () => {
        const id = `/subscriptions/${SUBSCRIPTION}/resourceGroups/none/providers/Microsoft.KeyVault/vaults/kv-x`;
        expect(refusalOf(() => contoso().put({ ...vault(), id }))).to.equal(
            "404 ResourceGroupNotFound: Resource group 'none' could not be found.",
        );
        expect(refusalOf(() => contoso().lookUp(id))).to.equal(
            "404 ResourceGroupNotFound: Resource group 'none' could not be found.",
        );
    });

    it("refuses a resource whose parent does not exist", () => {
        const id = `${vault().id}/secrets/key`;
        expect(refusalOf(() => contoso().put({ id, properties: { value: "x" } }))).to.equal(
            "404 ParentResourceNotFound: Failed to perform 'write' on resource(s) of type " +
                `'Microsoft.KeyVault/vaults/secrets', because the parent resource '${vault().id}' could not be found.`,
        );
    });

    it("refuses to extend a resource that does not exist", () => {
        const missing = WORKSPACE.replace("contoso-soc", "none");
        const request = assignment(missing, RESPONDER, SENTINEL_PRINCIPAL);
        expect(refusalOf(() => contoso().put(request))).to.equal(
            "404 ResourceNotFound: The Resource 'Microsoft.OperationalInsights/workspaces/none' under resource group " +
                "'soc' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix",
        );
    });

    it("refuses what is not there yet for those who do not wait for it, and says so", () => {
        const azure = contoso();
        const group = `/subscriptions/${SUBSCRIPTION}/resourceGroups/new`;
        azure.put({ id: group, location: "westeurope", after: [] });
        const id = `${group}/providers/Microsoft.KeyVault/vaults/kv-new`;
        expect(refusalOf(() => azure.put({ ...vault(), id, after: [] }))).to.equal(
            "404 ResourceGroupNotFound: Resource group 'new' could not be found. (The same deployment makes " +
                `'${group}', and nothing makes this write wait for it.)`,
        );
        expect(azure.put({ ...vault(), id, after: [group.toUpperCase()] }).name).to.equal("kv-new");
        azure.finishWrites();
        expect(azure.put({ ...vault("kv-later"), after: [] }).name).to.equal("kv-later");
    });

    for (const [name, why] of [
        ["ends.", "ends with a period"],
        ["a/b".replace("/", "#"), "has other characters"],
        ["x".repeat(91), "is too long"],
    ] as const) {
        it(`refuses the name of a resource group that ${why}`, () => {
            const id = `/subscriptions/${SUBSCRIPTION}/resourceGroups/${name}`;
            expect(refusalOf(() => contoso().put({ id, location: "westeurope" }))).to.include(
                `400 InvalidResourceGroup: The provided resource group name '${name}' has these invalid characters`,
            );
        });
    }

    it("refuses to move a resource group, or to make one nowhere", () => {
        expect(refusalOf(() => contoso().put({ id: GROUP, location: "eastus" }))).to.equal(
            "409 InvalidResourceGroupLocation: Invalid resource group location 'eastus'. The Resource group already " +
                "exists in location 'westeurope'.",
        );
        expect(refusalOf(() => contoso().put({ id: `${GROUP}-2` }))).to.include("400 LocationRequired");
    });

    it("refuses another region for what exists, however the region is written", () => {
        const azure = contoso();
        azure.put(vault());
        expect(refusalOf(() => azure.put({ ...vault(), location: "East US" }))).to.equal(
            `409 InvalidResourceLocation: The resource 'kv-contoso' already exists in location 'westeurope' in ` +
                "resource group 'playbooks'. A resource with the same name cannot be created in location 'eastus'. " +
                "Please select a new resource name.",
        );
        expect(azure.put({ ...vault(), location: "West Europe" }).location).to.equal("westeurope");
    });

    it("deletes a resource group with everything in it, and nothing beside it", () => {
        const azure = contoso();
        azure.put({ id: `${GROUP}-2`, location: "westeurope" });
        azure.put(vault());
        azure.delete({ id: GROUP });
        expect(azure.get(vault().id)).to.equal(undefined);
        expect(azure.get(GROUP)).to.equal(undefined);
        expect(azure.get(`${GROUP}-2`)?.name).to.equal("playbooks-2");
        azure.delete({ id: GROUP });
    });

    it("has a workspace with Sentinel in another subscription, as the tenant was made", () => {
        const azure = contoso();
        expect(azure.lookUp(WORKSPACE)).to.deep.include({ name: "contoso-soc", location: "northeurope" });
        expect(WORKSPACE).to.include(OTHER_SUBSCRIPTION);
        expect(azure.servicePrincipal("98785600-1BB7-4fb9-b9fa-19afe2c8a360")?.objectId).to.equal(
            SENTINEL_PRINCIPAL,
        );
        expect(contoso({ securityInsightsPrincipalId: null }).servicePrincipal("x")).to.equal(undefined);
    });

    it("knows each type once", () => {
        const types = resourceTypes.map(({ type }) => type.toLowerCase());
        expect(new Set(types).size).to.equal(types.length);
    });
});
