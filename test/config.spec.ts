import { expect } from "chai";
import { configTypes } from "../config/reader";
import { load } from "./support/config";
import { read } from "./support/pulumi";

describe("loadConfig", () => {
    it("gives the defaults where only the required keys are set", async () => {
        const { vault, ...config } = await load();
        expect(config).to.deep.equal({
            location: "westeurope",
            workspace: {
                name: "contoso-sentinel",
                resourceGroup: "contoso-security",
                subscriptionId: undefined,
            },
            resourceGroup: undefined,
            intezer: {
                intezerUrl: "https://analyze.intezer.com",
                intezerEnvironment: undefined,
                secretName: "intezer-sentinel-api-key",
                analysisTimeoutMinutes: 30,
                tagIncidents: false,
                logQueryVia: "connection",
            },
            playbooks: ["hook", "first", "second"],
            automatedPlaybooks: ["first", "second"],
            severities: [],
            automationOrder: 100,
            securityInsights: { objectId: undefined },
            webhookCallerIps: [],
            tags: {},
            azureNative: { ...config.azureNative, location: "westeurope", subscriptionId: undefined },
        });
        expect(vault?.existing).to.equal(undefined);
        expect(vault?.authorization).to.equal(undefined);
        expect(vault?.secretName).to.equal("intezer-sentinel-api-key");
    });

    it("takes every key", async () => {
        const { vault, ...config } = await load({
            "azure-native:location": "West Europe",
            "azure-native:tenantId": "contoso-tenant",
            workspaceSubscriptionId: "0000000A-0000-0000-0000-000000000001",
            resourceGroup: "contoso-playbooks",
            keyVaultAuthorization: "rbac",
            intezerSecretName: "intezer-key",
            intezerUrl: "https://us.app.intezer.com/",
            intezerEnvironment: "Production EU",
            playbooks: ["second", "first"],
            automatedPlaybooks: ["second"],
            severities: ["Medium", "High"],
            automationOrder: 7,
            grantSentinelAccess: true,
            securityInsightsPrincipalId: "0000000B-0000-0000-0000-000000000002",
            webhookCallerIps: ["203.0.113.0/24"],
            logQueryVia: "http",
            analysisTimeoutMinutes: 240,
            tagIncidents: true,
            tags: { team: "security", cost: 4711, live: true },
        });
        expect(config).to.deep.equal({
            location: "westeurope",
            workspace: {
                name: "contoso-sentinel",
                resourceGroup: "contoso-security",
                subscriptionId: "0000000a-0000-0000-0000-000000000001",
            },
            resourceGroup: "contoso-playbooks",
            intezer: {
                intezerUrl: "https://us.app.intezer.com",
                intezerEnvironment: "Production EU",
                secretName: "intezer-key",
                analysisTimeoutMinutes: 240,
                tagIncidents: true,
                logQueryVia: "http",
            },
            playbooks: ["first", "second"],
            automatedPlaybooks: ["second"],
            severities: ["Medium", "High"],
            automationOrder: 7,
            securityInsights: { objectId: "0000000b-0000-0000-0000-000000000002" },
            webhookCallerIps: ["203.0.113.0/24"],
            tags: { team: "security", cost: "4711", live: "true" },
            azureNative: { ...config.azureNative, tenantId: "contoso-tenant" },
        });
        expect(vault?.authorization).to.equal("rbac");
        expect(vault?.secretName).to.equal("intezer-key");
    });

    it("gives the key as a secret, also where it was set in clear", async () => {
        const { vault } = await load();
        expect(vault?.secretValue && (await read(vault.secretValue))).to.deep.equal({
            value: "test-key",
            known: true,
            secret: true,
        });
    });

    it("asks the existing vault for the secret where no key is set", async () => {
        const changes = {
            intezerApiKey: undefined,
            keyVault: "contoso-vault",
            resourceGroup: "contoso-playbooks",
        };
        expect((await load(changes)).vault).to.deep.equal({
            existing: {
                name: "contoso-vault",
                resourceGroup: "contoso-playbooks",
                secretName: "intezer-sentinel-api-key",
            },
            authorization: undefined,
            secretName: "intezer-sentinel-api-key",
            secretValue: undefined,
        });
    });

    it("does not ask the existing vault for a secret that the stack writes", async () => {
        const { vault } = await load({
            keyVault: "contoso-vault",
            keyVaultResourceGroup: "contoso-security",
        });
        expect(vault?.existing).to.deep.equal({ name: "contoso-vault", resourceGroup: "contoso-security" });
        expect(vault?.secretValue).to.not.equal(undefined);
    });

    it("needs neither vault nor key where no chosen playbook reads the key", async () => {
        const config = await load({ playbooks: ["hook", "second"], intezerApiKey: undefined });
        expect(config.vault).to.equal(undefined);
    });

    it("needs no grant where nothing is automated, or where it is switched off", async () => {
        expect((await load({ playbooks: ["hook"] })).securityInsights).to.equal(undefined);
        expect((await load({ grantSentinelAccess: false })).securityInsights).to.equal(undefined);
    });

    it("takes empty texts and lists for keys that are not set", async () => {
        const empty = Object.fromEntries(
            Object.entries(configTypes)
                .filter(([key]) => !(key in { workspaceName: 0, workspaceResourceGroup: 0 }))
                .map(([key, type]) => [key, type === "array" ? "[]" : type === "object" ? "{}" : ""]),
        );
        const { vault: emptyVault, ...withEmpty } = await load(empty);
        const { vault, ...withoutAny } = await load();
        expect(withEmpty).to.deep.equal(withoutAny);
        expect({ ...emptyVault, secretValue: 0 }).to.deep.equal({ ...vault, secretValue: 0 });
    });

    it("accepts addresses of both families, as networks and as ranges", async () => {
        const webhookCallerIps = [
            "0.0.0.0/0",
            "203.0.113.7/32",
            "203.0.113.1-203.0.113.1",
            "203.0.113.9-203.0.113.10",
            "2001:db8::/128",
            "2001:db8::9-2001:db8::10",
        ];
        expect((await load({ webhookCallerIps })).webhookCallerIps).to.deep.equal(webhookCallerIps);
    });
});
