import { expect } from "chai";
import program from "../index";
import {
    answers,
    deploy,
    everything,
    existingVault,
    group,
    namesOf,
    plainOutputs,
    required,
    scanOnly,
    sorted,
    vault,
    without,
} from "./support/program";
import { run, subscriptionId } from "./support/pulumi";

describe("the program's switches", () => {
    it("resourceGroup: everything goes into the existing group", async () => {
        const deployed = await deploy({ resourceGroup: "contoso-playbooks" });
        expect(namesOf(deployed)).to.deep.equal(
            sorted(Object.keys(everything).filter((name) => name !== group)),
        );
        const groups = deployed.registered.map(({ inputs }) => inputs["resourceGroupName"]).filter(Boolean);
        expect(new Set(groups)).to.deep.equal(new Set(["contoso-playbooks", "contoso-security"]));
        expect(deployed.resource("automation-grant").inputs).to.include({
            scope: `/subscriptions/${subscriptionId}/resourceGroups/contoso-playbooks`,
        });
        expect(await plainOutputs(deployed)).to.include({ resourceGroupName: "contoso-playbooks" });
    });

    it("keyVault without a key: the secret is looked up, and vault and secret are left alone", async () => {
        const deployed = await deploy({ ...existingVault, intezerApiKey: undefined });
        expect(namesOf(deployed)).to.deep.equal(without(vault, "intezer-secret"));
        expect(deployed.lookUps.map(({ token }) => token)).to.include.members([
            "azure-native:keyvault:getVault",
            "azure-native:keyvault:getSecret",
        ]);
        expect(deployed.resource("keyvault-connection").inputs["properties"]).to.deep.include({
            alternativeParameterValues: { vaultName: "contoso-vault" },
        });
        expect(deployed.resource("submitAlert-vault-access").inputs).to.include({
            vaultName: "contoso-vault",
            resourceGroupName: "contoso-security",
        });
        expect(await plainOutputs(deployed)).to.include({ keyVaultName: "contoso-vault" });
    });

    it("keyVault with a key: the secret is written and stays", async () => {
        const deployed = await deploy(existingVault);
        expect(namesOf(deployed)).to.deep.equal(without(vault));
        expect(deployed.lookUps.map(({ token }) => token)).to.not.include("azure-native:keyvault:getSecret");
        expect(deployed.resource("intezer-secret").retainOnDelete).to.equal(true);
    });

    it("keyVault that uses Azure RBAC: roles on the secret instead of policies", async () => {
        const getVault = () => ({
            id: `/subscriptions/${subscriptionId}/v`,
            properties: { enableRbacAuthorization: true },
        });
        const deployed = await deploy(existingVault, {
            answers: { ...answers, "azure-native:keyvault:getVault": getVault },
        });
        expect(deployed.namesOf("azure-native:keyvault:AccessPolicy")).to.deep.equal([]);
        expect(deployed.resource("scanUrl-vault-access").inputs).to.include({
            scope: `/subscriptions/${subscriptionId}/v/secrets/intezer-sentinel-api-key`,
        });
    });

    it("keyVaultAuthorization rbac: a created vault uses it", async () => {
        const deployed = await deploy({ ...scanOnly, keyVaultAuthorization: "rbac" });
        expect(deployed.namesOf("azure-native:keyvault:AccessPolicy")).to.deep.equal([]);
        expect(deployed.resource(vault).inputs["properties"]).to.include({ enableRbacAuthorization: true });
        const rule = deployed.resource("automation-rule-scanUrl");
        expect(rule.dependsOn).to.include("scanUrl-vault-access");
    });

    it("intezerSecretName: the secret and the definitions use it", async () => {
        const deployed = await deploy({ ...scanOnly, intezerSecretName: "other-name" });
        expect(deployed.resource("intezer-secret").inputs).to.include({ secretName: "other-name" });
        expect(JSON.stringify(deployed.resource("scanUrl-workflow").inputs)).to.contain("other-name");
    });

    it("playbooks: without one that reads the key there is no vault, no key and no name of a vault", async () => {
        const deployed = await deploy({ playbooks: ["updateIncident"], intezerApiKey: undefined });
        expect(namesOf(deployed)).to.deep.equal(
            sorted([
                group,
                "azuresentinel-connection",
                "azuremonitorlogs-connection",
                "updateIncident-workflow",
                "updateIncident-workspace-role",
            ]),
        );
        expect(deployed.result).to.have.all.keys(
            "webhookUrl",
            "resourceGroupName",
            "workspaceId",
            "playbooks",
            "automationRules",
        );
        expect(deployed.result.automationRules).to.deep.equal({});
    });

    it("playbooks: without the webhook there is no connection for queries and no webhook URL", async () => {
        const deployed = await deploy({ playbooks: ["scanFileHash", "submitAlert"] });
        expect(namesOf(deployed)).to.deep.equal(without("azuremonitorlogs", "updateIncident", "scanUrl"));
        expect(deployed.result).to.not.have.property("webhookUrl");
        expect(Object.keys(deployed.result.playbooks)).to.deep.equal(["submitAlert", "scanFileHash"]);
    });

    it("logQueryVia http: there is no connection for queries either", async () => {
        expect(namesOf(await deploy({ logQueryVia: "http" }))).to.deep.equal(without("azuremonitorlogs"));
    });

    it("automatedPlaybooks: only these get a rule", async () => {
        const deployed = await deploy({
            automatedPlaybooks: ["scanUrl", "submitAlert"],
            automationOrder: 40,
        });
        expect(deployed.namesOf("azure-native:securityinsights:AutomationRule")).to.deep.equal([
            "automation-rule-scanUrl",
            "automation-rule-submitAlert",
        ]);
        expect(deployed.resource("automation-rule-submitAlert").inputs).to.include({ order: 40 });
        expect(deployed.resource("automation-rule-scanUrl").inputs).to.include({ order: 41 });
    });

    it("severities: they are the condition of every rule", async () => {
        const deployed = await deploy({ playbooks: ["scanUrl", "submitAlert"], severities: ["High"] });
        for (const reader of ["submitAlert", "scanUrl"]) {
            const logic = deployed.resource(`automation-rule-${reader}`).inputs["triggeringLogic"];
            expect(JSON.stringify(logic)).to.contain('"propertyValues":["High"]');
        }
    });

    it("grantSentinelAccess false: nothing is granted to Sentinel, and it is not looked up", async () => {
        const deployed = await deploy({ grantSentinelAccess: false });
        expect(namesOf(deployed)).to.deep.equal(without("automation-grant"));
        expect(deployed.lookUps.map(({ token }) => token)).to.not.include(
            "azuread:index/getServicePrincipal:getServicePrincipal",
        );
    });

    it("securityInsightsPrincipalId: it is granted to, and not looked up", async () => {
        const principalId = "00000000-0000-0000-0000-00000000000a";
        const deployed = await deploy({ ...scanOnly, securityInsightsPrincipalId: principalId });
        expect(deployed.resource("automation-grant").inputs).to.include({ principalId });
        expect(deployed.lookUps.map(({ token }) => token)).to.not.include(
            "azuread:index/getServicePrincipal:getServicePrincipal",
        );
    });

    it("workspaceSubscriptionId: a provider of its own for look-up and rules, and only for them", async () => {
        const deployed = await deploy({
            ...scanOnly,
            workspaceSubscriptionId: "00000000-0000-0000-0000-00000000d009",
        });
        const provided = deployed.registered.filter(({ provider }) => provider === "workspace-subscription");
        expect(provided.map(({ type }) => type)).to.deep.equal([
            "azure-native:securityinsights:AutomationRule",
        ]);
        const lookUp = deployed.lookUps.find(({ provider }) => provider === "workspace-subscription");
        expect(lookUp?.token).to.equal("azure-native:operationalinsights:getWorkspace");
    });

    it("webhookCallerIps: only the webhook is restricted", async () => {
        const deployed = await deploy({ webhookCallerIps: ["203.0.113.0/24"] });
        const restricted = deployed.registered.filter(({ inputs }) => "accessControl" in inputs);
        expect(restricted.map(({ name }) => name)).to.deep.equal(["updateIncident-workflow"]);
    });

    it("tags: every resource that takes tags has them", async () => {
        const deployed = await deploy({ tags: { team: "security" } });
        const tagged = deployed.registered.filter(({ inputs }) => "tags" in inputs);
        expect(
            tagged.every(({ inputs }) => JSON.stringify(inputs["tags"]) === '{"team":"security"}'),
        ).to.equal(true);
        expect(sorted(tagged.map(({ name }) => name))).to.deep.equal(without("role", "access", "automation"));
    });

    it("azure-native:location: everything is in the region, in whatever way it is written", async () => {
        const config = { ...required, "azure-native:location": "West Europe" };
        const { registered } = await run(program, { config, answers });
        const regions = registered.map(({ inputs }) => inputs["location"]).filter(Boolean);
        expect(regions).to.have.length(9);
        expect(new Set(regions)).to.deep.equal(new Set(["westeurope"]));
    });

    it("intezerUrl and intezerEnvironment: they are in the definitions", async () => {
        const deployed = await deploy({
            intezerUrl: "https://us.app.intezer.com",
            intezerEnvironment: "prod-eu",
        });
        const text = JSON.stringify(deployed.resource("submitAlert-workflow").inputs["definition"]);
        expect(text).to.contain("https://us.app.intezer.com").and.to.contain("prod-eu");
        expect(text).to.not.contain("analyze.intezer.com");
    });
});
