import { expect } from "chai";
import * as authorization from "@pulumi/azure-native/authorization";
import * as keyvault from "@pulumi/azure-native/keyvault";
import * as logic from "@pulumi/azure-native/logic";
import { Provider } from "@pulumi/azure-native/provider";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { openMocksDoor } from "../../../simulator/resources/mocksDoor";
import {
    assignment,
    contoso,
    OTHER_SUBSCRIPTION,
    RESPONDER,
    SENTINEL_PRINCIPAL,
    SUBSCRIPTION,
    TENANT,
    WORKSPACE,
} from "../../support/resources";
import {
    options,
    sku,
    textOf,
    connection,
    playbook,
    grant,
    automationRule,
    azureGroup,
    contosoInOneSubscription,
} from "../../support/mocksDoor";

describe("the door for Pulumi mocks", () => {
    it("deploys a program and gives its outputs, secrets marked", async () => {
        const azure = contoso();
        const door = await openMocksDoor(azure, options);
        const group = new resources.ResourceGroup("intezer", { tags: { owner: "soc" } });
        const vault = new keyvault.Vault("kv", { resourceGroupName: group.name, properties: sku });
        const secret = new keyvault.Secret("key", {
            resourceGroupName: group.name,
            vaultName: vault.name,
            secretName: "api-key",
            properties: { value: pulumi.secret("s3cret") },
        });
        const workflow = playbook(group.name, connection("azuresentinel", group.name));
        const outputs = await door.settled({
            group: group.name,
            vault: vault.name,
            uri: vault.properties.vaultUri,
            hidden: pulumi.secret(secret.name),
            playbook: { id: workflow.id, principalId: workflow.identity.apply((one) => one?.principalId) },
        });

        const groupName = outputs["group"]?.value;
        expect(groupName).to.match(/^intezer[0-9a-f]{8}$/);
        expect(outputs["vault"]?.value).to.match(/^kv[0-9a-f]{8}$/);
        expect(outputs["uri"]?.value).to.equal(`https://${textOf(outputs["vault"]?.value)}.vault.azure.net/`);
        expect(outputs["hidden"]).to.deep.equal({ value: "api-key", secret: true });
        expect(outputs["group"]?.secret).to.equal(false);

        const deployed = azure.list("Microsoft.Logic/workflows")[0];
        expect(outputs["playbook"]?.value).to.deep.equal({
            id: deployed?.id,
            principalId: deployed?.identity?.principalId,
        });
        expect(deployed?.id).to.equal(
            `/subscriptions/${SUBSCRIPTION}/resourceGroups/${textOf(groupName)}` +
                "/providers/Microsoft.Logic/workflows/scan",
        );
        const vaultId = azure.list("Microsoft.KeyVault/vaults")[0]?.id ?? "";
        expect(azure.secretValue(vaultId, "api-key")).to.equal("s3cret");
        expect(azure.list("Microsoft.Resources/resourceGroups").at(-1)).to.deep.include({
            location: "westeurope",
            tags: { owner: "soc" },
        });
        expect(door.refusals).to.deep.equal([]);
    });

    it("records what was registered, in order, with what each resource waits for", async () => {
        const told: string[] = [];
        const door = await openMocksDoor(contoso(), {
            ...options,
            onRegistration: ({ name }) => told.push(name),
        });
        class Playbooks extends pulumi.ComponentResource {
            constructor(group: pulumi.Input<string>) {
                super("test:index:Playbooks", "playbooks");
                new keyvault.Vault("inside", { resourceGroupName: group, properties: sku }, { parent: this });
                this.registerOutputs({});
            }
        }
        const group = new resources.ResourceGroup("group");
        const component = new Playbooks(group.name);
        const after = new resources.ResourceGroup("after", {}, { dependsOn: [component, group] });
        await door.settled({ after: after.id });

        const summary = door.registrations.map(({ type, name, custom, dependsOn, parent }) => ({
            type,
            name,
            custom,
            dependsOn,
            parent,
        }));
        expect(summary).to.have.deep.members([
            {
                type: "azure-native:resources:ResourceGroup",
                name: "group",
                custom: true,
                dependsOn: [],
                parent: undefined,
            },
            {
                type: "test:index:Playbooks",
                name: "playbooks",
                custom: false,
                dependsOn: [],
                parent: undefined,
            },
            {
                type: "azure-native:keyvault:Vault",
                name: "inside",
                custom: true,
                dependsOn: ["group"],
                parent: "playbooks",
            },
            {
                type: "azure-native:resources:ResourceGroup",
                name: "after",
                custom: true,
                dependsOn: ["group", "inside"],
                parent: undefined,
            },
        ]);
        expect(summary.at(-1)?.name).to.equal("after");
        expect(told).to.deep.equal(door.registrations.map(({ name }) => name));
    });

    it("accepts them in order, also where the order comes about through a third resource", async () => {
        const azure = contoso();
        const door = await openMocksDoor(azure, options);
        const vault = new keyvault.Vault("kv", { resourceGroupName: "playbooks", properties: sku });
        const one = new keyvault.Secret("one", {
            resourceGroupName: "playbooks",
            vaultName: vault.name,
            properties: { value: "1" },
        });
        const between = new resources.ResourceGroup("between", {}, { dependsOn: one });
        new keyvault.AccessPolicy("policy", {
            resourceGroupName: between.name.apply(() => "playbooks"),
            vaultName: vault.name,
            policy: { objectId: SENTINEL_PRINCIPAL, tenantId: TENANT, permissions: { secrets: ["get"] } },
        });
        await door.settled({});
        const vaultId = azure.list("Microsoft.KeyVault/vaults")[0]?.id ?? "";
        expect(azure.mayReadSecret(SENTINEL_PRINCIPAL, vaultId, "one")).to.equal(true);
    });

    it("deploys the rule that waits for workflow and grant", async () => {
        const azure = contosoInOneSubscription();
        const door = await openMocksDoor(azure, options);
        const workflow = playbook("playbooks", connection("azuresentinel", "playbooks"));
        automationRule(workflow, { dependsOn: grant(azureGroup()) });
        await door.settled({});
        expect(azure.list("Microsoft.SecurityInsights/automationRules")).to.have.length(1);
    });

    it("creates resources in the subscription of their provider", async () => {
        const azure = contoso();
        const door = await openMocksDoor(azure, options);
        const foreign = new Provider("foreign", {
            subscriptionId: OTHER_SUBSCRIPTION,
            location: "northeurope",
        });
        const group = new resources.ResourceGroup("there", {}, { provider: foreign });
        const outputs = await door.settled({ id: group.id, location: group.location });
        expect(outputs["id"]?.value).to.match(
            new RegExp(`^/subscriptions/${OTHER_SUBSCRIPTION}/resourceGroups/there[0-9a-f]{8}$`),
        );
        expect(outputs["location"]?.value).to.equal("northeurope");
    });

    it("registers the same in a preview, writes nothing, and leaves unknown what only an update can know", async () => {
        const azure = contoso();
        const program = () => {
            const group = new resources.ResourceGroup("group", { tags: { a: "b" } });
            const vault = new keyvault.Vault("kv", { resourceGroupName: group.name, properties: sku });
            new keyvault.Secret("key", {
                resourceGroupName: group.name,
                vaultName: vault.name,
                properties: { value: pulumi.secret("s3cret") },
            });
            const url = logic.listWorkflowTriggerCallbackUrlOutput({
                resourceGroupName: group.name,
                workflowName: "none",
                triggerName: "none",
            });
            return { name: group.name, tags: group.tags, url: url.value };
        };
        const preview = await openMocksDoor(azure, { ...options, preview: true });
        const outputs = await preview.settled(program());
        expect(outputs).to.deep.equal({
            name: { value: undefined, secret: false },
            tags: { value: { a: "b" }, secret: false },
            url: { value: undefined, secret: false },
        });
        expect(azure.list("Microsoft.KeyVault/vaults")).to.deep.equal([]);
        expect(
            preview.registrations.map(({ type, name, dependsOn }) => ({ type, name, dependsOn })),
        ).to.deep.equal([
            { type: "azure-native:resources:ResourceGroup", name: "group", dependsOn: [] },
            { type: "azure-native:keyvault:Vault", name: "kv", dependsOn: ["group"] },
            { type: "azure-native:keyvault:Secret", name: "key", dependsOn: ["group", "kv"] },
        ]);
    });

    it("gives the same names in every run of a stack, and others to another stack", async () => {
        const nameIn = async (stack: string) => {
            const door = await openMocksDoor(contoso(), { ...options, stack });
            return (await door.settled({ name: new resources.ResourceGroup("group").name }))["name"]?.value;
        };
        expect(await nameIn("dev")).to.equal(await nameIn("dev"));
        expect(await nameIn("dev")).not.to.equal(await nameIn("prod"));
    });

    it("gives a role to the identity of a workflow that the assignment waits for", async () => {
        const azure = contoso();
        azure.put(assignment(azureGroup(), RESPONDER, SENTINEL_PRINCIPAL));
        const door = await openMocksDoor(azure, options);
        const workflow = playbook("playbooks", connection("azuresentinel", "playbooks"));
        const principalId = workflow.identity.apply((identity) => identity?.principalId ?? "");
        new authorization.RoleAssignment("responder", {
            scope: WORKSPACE,
            principalId,
            principalType: "ServicePrincipal",
            roleDefinitionId: `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${RESPONDER}`,
        });
        const outputs = await door.settled({ principalId });
        expect(
            azure.allows(
                textOf(outputs["principalId"]?.value),
                "Microsoft.SecurityInsights/incidents/comments/write",
                WORKSPACE,
            ),
        ).to.equal(true);
    });
});
