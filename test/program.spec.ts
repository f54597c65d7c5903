import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { playbooks } from "../workflows";
import {
    answers,
    deploy,
    everything,
    existingVault,
    group,
    key,
    type Outputs,
    plainOutputs,
    resourcesOf,
    scanOnly,
    sorted,
    vault,
    workspaceId,
} from "./support/program";
import { read, subscriptionId, type Run, type RunOptions } from "./support/pulumi";

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
        // What was on its way to the monitor when the program failed arrives first.
        await pulumi.runtime.disconnect();
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

    it("registers nothing with a definition that Azure would not save", async () => {
        const { scanUrl } = playbooks;
        const broken: typeof scanUrl = {
            ...scanUrl,
            define: (settings) => {
                const definition = scanUrl.define(settings);
                const late = { type: "Compose", inputs: "", runAfter: { Nobody: ["Succeeded"] } } as const;
                return { ...definition, actions: { ...definition.actions, Late: late } };
            },
        };
        Object.assign(playbooks, { scanUrl: broken });
        try {
            const { message, touched } = await failure({});
            expect(message).to.contain("'Late'").and.contain("'Nobody'");
            expect(touched).to.deep.equal([]);
        } finally {
            Object.assign(playbooks, { scanUrl });
        }
    });
});
