import { expect } from "chai";
import * as authorization from "@pulumi/azure-native/authorization";
import * as logic from "@pulumi/azure-native/logic";
import * as operationalinsights from "@pulumi/azure-native/operationalinsights";
import { Provider } from "@pulumi/azure-native/provider";
import * as resources from "@pulumi/azure-native/resources";
import { getServicePrincipal } from "@pulumi/azuread/getServicePrincipal";
import * as pulumi from "@pulumi/pulumi";
import { openMocksDoor } from "../../../simulator/resources/mocksDoor";
import {
    contoso,
    OTHER_SUBSCRIPTION,
    SENTINEL_PRINCIPAL,
    SUBSCRIPTION,
    TENANT,
    webhookDefinition,
    WORKSPACE,
} from "../../support/resources";
import { options } from "../../support/mocksDoor";

describe("look-ups through the door for Pulumi mocks", () => {
    it("answers look-ups with plain values, through the provider that they name", async () => {
        const azure = contoso();
        const door = await openMocksDoor(azure, options);
        const foreign = new Provider("foreign", { subscriptionId: OTHER_SUBSCRIPTION });
        const program = async () => ({
            client: await authorization.getClientConfig(),
            foreignClient: await authorization.getClientConfig({ provider: foreign }),
            group: await resources.getResourceGroup({ resourceGroupName: "playbooks" }),
            workspace: await operationalinsights.getWorkspace(
                { resourceGroupName: "soc", workspaceName: "contoso-soc" },
                { provider: foreign },
            ),
            sentinel: await getServicePrincipal({ clientId: "98785600-1bb7-4fb9-b9fa-19afe2c8a360" }),
        });
        const found = await program();
        await door.settled({});
        expect(found.client).to.include({ subscriptionId: SUBSCRIPTION, tenantId: TENANT });
        expect(found.client.objectId).to.match(/^[0-9a-f-]{36}$/);
        expect(found.foreignClient.subscriptionId).to.equal(OTHER_SUBSCRIPTION);
        expect(found.group).to.include({ name: "playbooks", location: "westeurope" });
        expect(found.workspace).to.include({
            id: WORKSPACE,
            name: "contoso-soc",
            customerId: "00000000-0000-0000-0000-0000000000dd",
        });
        expect(found.sentinel.objectId).to.equal(SENTINEL_PRINCIPAL);
    });

    it("gives a failed look-up to the program, which may put it into other words", async () => {
        const door = await openMocksDoor(contoso(), options);
        let text = "";
        await operationalinsights
            .getWorkspace({ resourceGroupName: "playbooks", workspaceName: "nowhere" })
            .catch((error: unknown) => {
                text = String(error);
            });
        expect(text).to.equal(
            "Error: invocation of azure-native:operationalinsights:getWorkspace returned an error: Status=404 " +
                `Code="ResourceNotFound" Message="The Resource 'Microsoft.OperationalInsights/workspaces/nowhere' ` +
                "under resource group 'playbooks' was not found. For more details please go to " +
                'https://aka.ms/ARMResourceNotFoundFix"',
        );
        expect(await door.settled({ done: true })).to.deep.equal({ done: { value: true, secret: false } });
        expect(door.refusals.map(({ resource }) => resource)).to.deep.equal([
            "azure-native:operationalinsights:getWorkspace",
        ]);
    });

    it("gives the callback URL of a workflow that is there, and refuses a name that is not yet", async () => {
        const azure = contoso();
        const door = await openMocksDoor(azure, options);
        const workflow = new logic.Workflow("webhook", {
            resourceGroupName: "playbooks",
            workflowName: "webhook",
            location: "westeurope",
            definition: webhookDefinition(),
        });
        const args = { resourceGroupName: "playbooks", triggerName: "webhook" };
        const early = logic.listWorkflowTriggerCallbackUrl({ ...args, workflowName: "webhook" });
        const message = await early.then(
            () => "found",
            (error: unknown) => String(error),
        );
        expect(message).to.include('Status=404 Code="WorkflowNotFound"');
        const url = logic.listWorkflowTriggerCallbackUrlOutput({
            ...args,
            workflowName: workflow.name,
        }).value;
        const outputs = await door.settled({ url: pulumi.secret(url) });
        expect(outputs["url"]).to.deep.equal({
            value: azure.listCallbackUrl(azure.list("Microsoft.Logic/workflows")[0]?.id ?? "", "webhook")
                .value,
            secret: true,
        });
    });

    it("rejects for a look-up that a resource's outputs led to and Azure refused", async () => {
        const door = await openMocksDoor(contoso(), options);
        const group = new resources.ResourceGroup("group");
        const url = logic.listWorkflowTriggerCallbackUrlOutput({
            resourceGroupName: group.name,
            workflowName: "none",
            triggerName: "none",
        });
        const message = await door
            .settled({ url: pulumi.secret(url.value) })
            .catch((error: unknown) => String(error));
        expect(message).to.include('Status=404 Code="WorkflowNotFound"');
    });
});
