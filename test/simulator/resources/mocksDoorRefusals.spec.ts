import { expect } from "chai";
import * as keyvault from "@pulumi/azure-native/keyvault";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { DeploymentError, openMocksDoor } from "../../../simulator/resources/mocksDoor";
import { NotSimulated } from "../../../simulator/resources/notSimulated";
import { contoso } from "../../support/resources";
import {
    options,
    sku,
    WebApp,
    unhandledDuring,
    failureOf,
    connection,
    playbook,
    grant,
    automationRule,
    azureGroup,
    contosoInOneSubscription,
} from "../../support/mocksDoor";

describe("what the door for Pulumi mocks refuses", () => {
    it("rejects with the first refusal, in words, and neither hangs nor ends the process", async () => {
        const door = await openMocksDoor(contoso(), options);
        const vault = new keyvault.Vault("kv", {
            resourceGroupName: "playbooks",
            vaultName: "kv--bad",
            properties: sku,
        });
        new keyvault.Secret("key", {
            resourceGroupName: "playbooks",
            vaultName: vault.name,
            secretName: "api-key",
            properties: { value: "x" },
        });
        let failure = new DeploymentError("", new NotSimulated(""));
        const unhandled = await unhandledDuring(async () => {
            failure = await failureOf(door.settled({ id: vault.id, url: vault.properties.vaultUri }));
        });
        expect(unhandled).to.equal(0);
        expect(failure.resource).to.equal('azure-native:keyvault:Vault "kv"');
        expect(failure.message).to.match(
            /^azure-native:keyvault:Vault "kv": Status=400 Code="VaultNameNotValid" Message="The vault name 'kv--bad' is invalid\./,
        );
        expect(door.refusals.map(({ resource }) => resource)).to.deep.equal([
            'azure-native:keyvault:Vault "kv"',
        ]);
        expect(door.registrations).to.deep.equal([]);
    });

    it("refuses writes to one vault that the program does not put in order", async () => {
        const azure = contoso();
        const door = await openMocksDoor(azure, options);
        const vault = new keyvault.Vault("kv", { resourceGroupName: "playbooks", properties: sku });
        const secret = (name: string, opts?: pulumi.CustomResourceOptions) =>
            new keyvault.Secret(
                name,
                { resourceGroupName: "playbooks", vaultName: vault.name, properties: { value: name } },
                opts,
            );
        secret("one");
        secret("two");
        const failure = await failureOf(door.settled({}));
        expect(failure.message).to.include('Status=409 Code="ConflictError"');
        expect(failure.resource).to.equal('azure-native:keyvault:Secret "two"');
    });

    it("looks for what a resource belongs to in the subscription of its provider", async () => {
        const door = await openMocksDoor(contoso(), options);
        automationRule(playbook("playbooks", connection("azuresentinel", "playbooks")));
        const failure = await failureOf(door.settled({}));
        expect(failure.message).to.include("Resource group 'soc' could not be found.");
    });

    it("says what an automation rule does not wait for", async () => {
        const azure = contosoInOneSubscription();
        const door = await openMocksDoor(azure, options);
        const workflow = playbook("playbooks", connection("azuresentinel", "playbooks"));
        const given = grant(azureGroup());
        automationRule(workflow);
        const failure = await failureOf(door.settled({ given: given.id }));
        expect(failure.message).to.include(
            "Missing required permissions for Microsoft Sentinel on the playbook resource " +
                `'${azureGroup()}/providers/Microsoft.Logic/workflows/scan' (The same deployment makes '`,
        );
    });

    it("refuses types, functions and adoptions that it does not know by name", async () => {
        const azure = contoso();
        const door = await openMocksDoor(azure, options);
        new WebApp("azure-native:web:WebApp", "site", {});
        expect((await failureOf(door.settled({}))).message).to.equal(
            'azure-native:web:WebApp "site": The simulated Azure does not know the resource type "azure-native:web:WebApp".',
        );
        const second = await openMocksDoor(azure, options);
        const answer = pulumi.runtime.invoke("azure-native:web:getWebApp", {});
        expect(await answer.catch((error: unknown) => String(error))).to.equal(
            'Error: invocation of azure-native:web:getWebApp returned an error: The simulated Azure does not know the function "azure-native:web:getWebApp".',
        );
        second.close();
        const third = await openMocksDoor(azure, options);
        new resources.ResourceGroup("adopted", {}, { import: azureGroup() });
        expect((await failureOf(third.settled({}))).message).to.include(
            `how to adopt the existing resource "${azureGroup()}" as "adopted"`,
        );
    });

    it("refuses to create over what exists, in azure-native's words", async () => {
        const azure = contoso();
        const door = await openMocksDoor(azure, options);
        new resources.ResourceGroup("group", { resourceGroupName: "Playbooks" });
        expect((await failureOf(door.settled({}))).message).to.include(
            `cannot create already existing resource '${azureGroup()}'`,
        );
    });

    it("passes on what the program itself fails with", async () => {
        const door = await openMocksDoor(contoso(), options);
        const failing = Promise.reject(new Error("workspaceName is missing"));
        const message = await door.settled(failing).catch((error: unknown) => String(error));
        expect(message).to.equal("Error: workspaceName is missing");
    });

    it("rejects for an error in the program's own code between two resources", async () => {
        const door = await openMocksDoor(contoso(), options);
        const group = new resources.ResourceGroup("group");
        const wrong = group.name.apply((): string => {
            throw new Error("a slip of the pen");
        });
        const vault = new keyvault.Vault("kv", { resourceGroupName: wrong, properties: sku });
        const message = await door.settled({ id: vault.id }).catch((error: unknown) => String(error));
        expect(message).to.include("a slip of the pen");
    });

    it("leaves no listener behind", async () => {
        const before = process.listenerCount("unhandledRejection");
        const door = await openMocksDoor(contoso(), options);
        await openMocksDoor(contoso(), options).then((second) => second.settled({}));
        expect(process.listenerCount("unhandledRejection")).to.equal(before);
        door.close();
    });
});
