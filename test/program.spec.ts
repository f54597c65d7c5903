import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { vaultLogicalName } from "../components/names";
import program from "../index";
import { playbooks } from "../workflows";
import {
    read,
    run,
    subscriptionId,
    tenantId,
    type Answers,
    type Run,
    type RunOptions,
} from "./support/pulumi";

type Outputs = Awaited<ReturnType<typeof program>>;

const key = "test-key-3b1f";
const workspaceId = `/subscriptions/${subscriptionId}/resourceGroups/contoso-security/providers/Microsoft.OperationalInsights/workspaces/contoso-sentinel`;
const vault = vaultLogicalName("intezer");

const answers: Answers = {
    "azure-native:authorization:getClientConfig": () => ({
        clientId: "c",
        objectId: "o",
        tenantId,
        subscriptionId,
    }),
    "azure-native:operationalinsights:getWorkspace": () => ({ id: workspaceId, customerId: "w-1" }),
    "azure-native:resources:getResourceGroup": ({ resourceGroupName }) => ({
        id: `/subscriptions/${subscriptionId}/resourceGroups/${String(resourceGroupName)}`,
    }),
    "azure-native:keyvault:getVault": ({ resourceGroupName, vaultName }) => ({
        id: `/subscriptions/${subscriptionId}/resourceGroups/${String(resourceGroupName)}/providers/Microsoft.KeyVault/vaults/${String(vaultName)}`,
        properties: { enableRbacAuthorization: false },
    }),
    "azure-native:keyvault:getSecret": () => ({ id: "secret", properties: {} }),
    "azuread:index/getServicePrincipal:getServicePrincipal": () => ({ objectId: "sentinel-principal" }),
    "azure-native:logic:listWorkflowTriggerCallbackUrl": ({ workflowName, triggerName }) => ({
        value: `https://logic.example/${String(workflowName)}/${String(triggerName)}?sig=1`,
    }),
};

const required = {
    "azure-native:location": "westeurope",
    "intezer-sentinel:workspaceName": "contoso-sentinel",
    "intezer-sentinel:workspaceResourceGroup": "contoso-security",
    "intezer-sentinel:intezerApiKey": key,
};

/** Runs the program with changes to the least configuration; undefined takes a key away. */
function deploy(
    changes: Readonly<Record<string, unknown>> = {},
    options: RunOptions = {},
): Promise<Run<Outputs>> {
    const texts = Object.entries(changes).map(([name, value]) => [
        `intezer-sentinel:${name}`,
        typeof value === "string" || value === undefined ? value : JSON.stringify(value),
    ]);
    const config = Object.entries({
        ...required,
        ...(Object.fromEntries(texts) as Record<string, string | undefined>),
    });
    const set = config.filter((entry): entry is [string, string] => entry[1] !== undefined);
    return run(program, {
        config: Object.fromEntries(set),
        secretKeys: ["intezer-sentinel:intezerApiKey"],
        answers,
        ...options,
    });
}

/** Names of the Azure resources and what they wait for, components left out. */
function resourcesOf({ registered }: Run<Outputs>): Record<string, readonly string[]> {
    const custom = registered.filter((resource) => resource.custom);
    return Object.fromEntries(custom.map(({ name, dependsOn }) => [name, dependsOn]));
}

async function plainOutputs({ result }: Run<Outputs>): Promise<unknown> {
    return (await read(pulumi.output(result))).value;
}

const group = "intezer-sentinel";
const readers = ["submitAlert", "scanFileHash", "scanUrl"];

/** Everything that the least configuration deploys. */
const everything: Record<string, readonly string[]> = {
    [group]: [],
    [vault]: [group],
    "intezer-secret": [vault, group],
    "azuresentinel-connection": [group],
    "keyvault-connection": [vault, group],
    "azuremonitorlogs-connection": [group],
    "updateIncident-workflow": ["azuremonitorlogs-connection", "azuresentinel-connection", group],
    "updateIncident-workspace-role": ["updateIncident-workflow"],
    "submitAlert-workflow": ["azuresentinel-connection", group, "keyvault-connection"],
    "submitAlert-workspace-role": ["submitAlert-workflow"],
    "submitAlert-vault-access": [vault, group, "intezer-secret", "submitAlert-workflow"],
    "scanFileHash-workflow": ["azuresentinel-connection", group, "keyvault-connection"],
    "scanFileHash-workspace-role": ["scanFileHash-workflow"],
    "scanFileHash-vault-access": [vault, group, "scanFileHash-workflow", "submitAlert-vault-access"],
    "scanUrl-workflow": ["azuresentinel-connection", group, "keyvault-connection"],
    "scanUrl-workspace-role": ["scanUrl-workflow"],
    "scanUrl-vault-access": [vault, group, "scanFileHash-vault-access", "scanUrl-workflow"],
    "automation-grant": [group],
    ...Object.fromEntries(
        readers.map((reader) => [
            `automation-rule-${reader}`,
            ["automation-grant", `${reader}-vault-access`, `${reader}-workflow`, `${reader}-workspace-role`],
        ]),
    ),
};

const existingVault = { keyVault: "contoso-vault", keyVaultResourceGroup: "contoso-security" };

/** Less to deploy, where one playbook shows it. */
const scanOnly = { playbooks: ["scanUrl"] };

const sorted = (names: readonly string[]) => [...names].sort();
const namesOf = (deployed: Run<Outputs>) => sorted(Object.keys(resourcesOf(deployed)));
const without = (...parts: string[]) =>
    sorted(Object.keys(everything).filter((name) => !parts.some((part) => name.includes(part))));

describe("the program", () => {
    let least: Run<Outputs>;
    before(async () => {
        least = await deploy();
    });

    it("deploys everything, and each resource waits for exactly what it needs", () => {
        const deployed = resourcesOf(least);
        const expected = Object.entries(everything).map(([name, names]) => [name, sorted(names)]);
        expect(deployed).to.deep.equal(Object.fromEntries(expected));
    });

    it("gives the outputs of the contract", async () => {
        const workflow = (name: keyof typeof playbooks) => ({
            id: `/subscriptions/${subscriptionId}/resourceGroups/${group}0123abcd/providers/azure-native:logic:Workflow/${playbooks[name].workflowName}`,
            name: playbooks[name].workflowName,
            principalId: `principal of ${name}-workflow`,
        });
        const ruleId = (reader: string) => {
            const { inputs } = least.resource(`automation-rule-${reader}`);
            return `/subscriptions/${subscriptionId}/resourceGroups/contoso-security/providers/azure-native:securityinsights:AutomationRule/${String(inputs["automationRuleId"])}`;
        };
        expect(await plainOutputs(least)).to.deep.equal({
            webhookUrl: "https://logic.example/UpdateIncident-IntezerAlert-Webhook/manual?sig=1",
            resourceGroupName: `${group}0123abcd`,
            workspaceId,
            keyVaultName: `${vault}0123abcd`,
            playbooks: {
                updateIncident: workflow("updateIncident"),
                submitAlert: workflow("submitAlert"),
                scanFileHash: workflow("scanFileHash"),
                scanUrl: workflow("scanUrl"),
            },
            automationRules: {
                submitAlert: ruleId("submitAlert"),
                scanFileHash: ruleId("scanFileHash"),
                scanUrl: ruleId("scanUrl"),
            },
        });
    });

    it("keeps the webhook's URL secret, and nothing else", async () => {
        const { webhookUrl, ...others } = least.result;
        expect(webhookUrl && (await read(webhookUrl)).secret).to.equal(true);
        expect((await read(pulumi.output(others))).secret).to.equal(false);
    });

    it("has the API key in the vault's secret, as a secret, and nowhere else", async () => {
        const secret = least.resource("intezer-secret");
        expect(secret.inputs["properties"]).to.deep.equal({ value: key });
        expect(secret.secretPaths).to.deep.equal(["properties.value"]);
        const others = least.registered.filter((resource) => resource !== secret);
        expect(JSON.stringify([others, await plainOutputs(least), least.lookUps])).to.not.contain(key);
        expect(others.flatMap(({ secretPaths }) => secretPaths)).to.deep.equal([]);
    });

    it("looks up only what it has to, and the callback URL", () => {
        expect(least.lookUps.map(({ token }) => token)).to.deep.equal([
            "azure-native:authorization:getClientConfig",
            "azure-native:operationalinsights:getWorkspace",
            "azuread:index/getServicePrincipal:getServicePrincipal",
            "azure-native:logic:listWorkflowTriggerCallbackUrl",
        ]);
    });

    const shapes: readonly [string, Readonly<Record<string, unknown>>, number][] = [
        ["everything", {}, 30],
        ["an existing vault and no webhook", { ...existingVault, ...scanOnly }, 14],
        ["only the webhook", { playbooks: ["updateIncident"] }, 8],
    ];
    for (const [title, changes, count] of shapes) {
        it(`shows in a preview what an update deploys: ${title}`, async () => {
            const [update, preview] = [await deploy(changes), await deploy(changes, { preview: true })];
            const described = ({ registered }: Run<Outputs>) =>
                sorted(registered.map(({ type, name, parent }) => `${type} ${name} in ${parent}`));
            expect(described(preview)).to.deep.equal(described(update));
            expect(described(update)).to.have.length(count);
        });
    }

    it("runs afresh each time", async () => {
        const again = await deploy();
        expect(resourcesOf(again)).to.deep.equal(resourcesOf(least));
        expect(await plainOutputs(again)).to.deep.equal(await plainOutputs(least));
    });

    it("gives two stacks on one workspace different GUIDs", async () => {
        const guidsOf = ({ registered }: Run<Outputs>) =>
            registered
                .flatMap(({ inputs }) => [inputs["roleAssignmentName"], inputs["automationRuleId"]])
                .filter(Boolean);
        const guids = [...guidsOf(least), ...guidsOf(await deploy({}, { stack: "prod" }))];
        expect(guids).to.have.length(16);
        expect(new Set(guids).size).to.equal(16);
    });

    it("binds the error hook to every Azure resource", async () => {
        const registerErrorHook = (_: object, callback: (error: null) => void) => callback(null);
        const monitor = (mocks: object) => Object.assign(mocks, { registerErrorHook });
        const { registered } = await deploy({}, { monitor });
        const unbound = registered.filter(
            ({ custom, hooks }) => custom && hooks[0] !== "intezer-sentinel-refusal",
        );
        expect(registered.filter(({ custom }) => custom)).to.have.length(21);
        expect(unbound.map(({ name }) => name)).to.deep.equal([]);
    });
});

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

describe("the program, when something is wrong", () => {
    async function failure(changes: Readonly<Record<string, unknown>>, options: RunOptions = {}) {
        let touched: string[] = [];
        let message = "";
        const watching = (monitor: object) => {
            const mocks = monitor as { registerResource: (request: { getName(): string }) => unknown };
            const register = mocks.registerResource.bind(mocks);
            mocks.registerResource = (request, ...rest: []) => {
                touched = [...touched, request.getName()];
                return register(request, ...rest);
            };
        };
        await deploy(changes, { monitor: watching, ...options }).catch(
            (error: Error) => (message = error.message),
        );
        return { message, touched };
    }

    it("registers nothing with a wrong configuration", async () => {
        const { message, touched } = await failure({ severities: ["Hihg"], workspaceName: undefined });
        expect(message).to.match(/^The configuration of stack dev has 2 problems; nothing was deployed\./);
        expect(touched).to.deep.equal([]);
    });

    it("registers nothing when something is not there", async () => {
        const getWorkspace = () => {
            throw new Error("ResourceNotFound");
        };
        const { message, touched } = await failure(
            {},
            { answers: { ...answers, "azure-native:operationalinsights:getWorkspace": getWorkspace } },
        );
        expect(message).to.match(/^Looked up the Log Analytics workspace "contoso-sentinel"/);
        expect(touched).to.deep.equal([]);
    });
});
