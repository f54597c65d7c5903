import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { projectFolder, StackSettings } from "../../cli/settings";
import { tenantFor } from "../../cli/tenant";
import { isJsonObject, type Json } from "../../language/json";
import { changes, Rig, type RigOptions } from "../support/engine";

const smallest = new StackSettings("intezer-sentinel", "test", {
    "azure-native:location": "westeurope",
    "intezer-sentinel:workspaceName": "contoso-sentinel",
    "intezer-sentinel:workspaceResourceGroup": "contoso-security",
});

const OTHER_SUBSCRIPTION = "00000000-0000-4000-8000-0000000000e1";
const OTHER_PRINCIPAL = "00000000-0000-4000-8000-0000000000e2";

/** Which preview sets a key, and what comes of it: in the planned inputs of a resource, or that there is none. */
interface Effect {
    readonly value: Json;
    readonly vault?: "created" | "existing";
    readonly resource: string;
    /** Text in the JSON of the inputs. @default - the resource is not planned, though it is where the key is left out */
    readonly inputs?: string;
}

/** Every optional key with a value that is not its default. */
const optional: { readonly [key: string]: Effect } = {
    workspaceSubscriptionId: {
        value: OTHER_SUBSCRIPTION,
        resource: "scanUrl-workspace-role",
        inputs: `"scope":"/subscriptions/${OTHER_SUBSCRIPTION}/resourceGroups/contoso-security/`,
    },
    resourceGroup: {
        value: "contoso-playbooks",
        resource: "scanUrl-workflow",
        inputs: '"resourceGroupName":"contoso-playbooks"',
    },
    keyVault: {
        value: "contoso-vault",
        vault: "existing",
        resource: "keyvault-connection",
        inputs: '"vaultName":"contoso-vault"',
    },
    keyVaultResourceGroup: {
        value: "contoso-security",
        vault: "existing",
        resource: "scanUrl-vault-access",
        inputs: '"resourceGroupName":"contoso-security"',
    },
    keyVaultAuthorization: {
        value: "rbac",
        vault: "created",
        resource: "intezer-cd25d2",
        inputs: '"enableRbacAuthorization":true',
    },
    intezerSecretName: {
        value: "another-name",
        resource: "intezer-secret",
        inputs: '"secretName":"another-name"',
    },
    intezerUrl: {
        value: "https://us.app.intezer.com",
        resource: "scanUrl-workflow",
        inputs: '"uri":"https://us.app.intezer.com/',
    },
    intezerEnvironment: {
        value: "soc",
        resource: "submitAlert-workflow",
        inputs: '"environment":"soc"',
    },
    playbooks: { value: ["scanUrl", "submitAlert", "updateIncident"], resource: "scanFileHash-workflow" },
    automatedPlaybooks: { value: ["submitAlert"], resource: "automation-rule-scanUrl" },
    severities: {
        value: ["High"],
        resource: "automation-rule-submitAlert",
        inputs: '"propertyValues":["High"]',
    },
    automationOrder: { value: 7, resource: "automation-rule-submitAlert", inputs: '"order":7,' },
    grantSentinelAccess: { value: false, vault: "existing", resource: "automation-grant" },
    securityInsightsPrincipalId: {
        value: OTHER_PRINCIPAL,
        vault: "created",
        resource: "automation-grant",
        inputs: `"principalId":"${OTHER_PRINCIPAL}"`,
    },
    webhookCallerIps: {
        value: ["203.0.113.0/24"],
        resource: "updateIncident-workflow",
        inputs: '"allowedCallerIpAddresses":[{"addressRange":"203.0.113.0/24"}]',
    },
    logQueryVia: { value: "http", resource: "azuremonitorlogs-connection" },
    analysisTimeoutMinutes: {
        value: 5,
        resource: "updateIncident-workflow",
        inputs: '"timeout":"PT5M"',
    },
    tagIncidents: { value: true, resource: "updateIncident-workflow", inputs: '"tagsToAdd"' },
    tags: { value: { team: "soc" }, resource: "scanUrl-workflow", inputs: '"tags":{"team":"soc"}' },
};

/** All keys that go together with such a vault. */
function settingsWith(vault: "created" | "existing"): StackSettings {
    const fitting = Object.entries(optional).filter(([, effect]) =>
        [undefined, vault].includes(effect.vault),
    );
    return smallest.with(Object.fromEntries(fitting.map(([key, { value }]) => [key, value])));
}

/** JSON of the inputs of each resource that a preview plans, by logical name. */
type Plan = ReadonlyMap<string, string>;

/** What a preview plans that the CLI lets through. */
async function planOf(settings: StackSettings): Promise<Plan> {
    const plan = new Map<string, string>();
    await Rig.run({ settings, tenant: tenantFor(settings) }, async (rig) => {
        const file = join(rig.folder, "plan.json");
        const outcome = await (await rig.stack()).preview({ plan: file });
        expect(outcome.succeeded, outcome.output).to.equal(true);
        const { resourcePlans } = JSON.parse(readFileSync(file, "utf8")) as {
            resourcePlans: { [urn: string]: { goal: { inputDiff: { adds?: Json } } } };
        };
        for (const [urn, { goal }] of Object.entries(resourcePlans)) {
            plan.set(urn.slice(urn.lastIndexOf("::") + 2), JSON.stringify(goal.inputDiff.adds ?? {}));
        }
        const created = changes(outcome).map((change) => change.replace(/^create /, ""));
        expect([...plan.keys()]).to.include.members(created);
    });
    return plan;
}

/** What the CLI prints when a preview fails. */
async function refusal(settings: StackSettings, options: RigOptions = {}): Promise<string> {
    const texts: string[] = [];
    await Rig.run({ settings, tenant: tenantFor(smallest), ...options }, async (rig) => {
        const outcome = await (await rig.stack()).preview();
        expect(outcome.succeeded).to.equal(false);
        texts.push(outcome.output);
    });
    return texts.join("");
}

describe("The CLI's own check of Pulumi.yaml", () => {
    const plans = new Map<"smallest" | "created" | "existing", Plan>();

    before(async () => {
        plans.set("smallest", await planOf(smallest));
        plans.set("created", await planOf(settingsWith("created")));
        plans.set("existing", await planOf(settingsWith("existing")));
    });

    it("lets the smallest configuration through, with all four playbooks and what they need", () => {
        const planned = [...(plans.get("smallest")?.keys() ?? [])];
        expect(planned.filter((name) => !name.startsWith("default_")).sort()).to.deep.equal(
            [
                "automation",
                "automation-grant",
                ...["azuremonitorlogs", "azuresentinel", "keyvault"].flatMap((api) => [
                    api,
                    `${api}-connection`,
                ]),
                "intezer",
                "intezer-cd25d2",
                "intezer-secret",
                "intezer-sentinel",
                "intezer-sentinel-test",
                ...["scanFileHash", "scanUrl", "submitAlert"].flatMap((playbook) => [
                    playbook,
                    `automation-rule-${playbook}`,
                    `${playbook}-vault-access`,
                    `${playbook}-workflow`,
                    `${playbook}-workspace-role`,
                ]),
                "updateIncident",
                "updateIncident-workflow",
                "updateIncident-workspace-role",
            ].sort(),
        );
    });

    it("knows every optional key that this test sets", () => {
        const project: unknown = parse(readFileSync(join(projectFolder, "Pulumi.yaml"), "utf8"));
        const declared = isJsonObject(project) && isJsonObject(project["config"]) ? project["config"] : {};
        const withDefault = Object.entries(declared).filter(
            ([, key]) => isJsonObject(key) && "default" in key,
        );
        expect(Object.keys(optional).sort()).to.deep.equal(withDefault.map(([key]) => key).sort());
    });

    for (const [key, { vault = "created", value, resource, inputs }] of Object.entries(optional)) {
        it(`takes ${key}, left out and set`, () => {
            const leftOut = plans.get("smallest")?.get(resource);
            const set = plans.get(vault)?.get(resource);
            expect(leftOut, `${resource} of the smallest configuration`).to.be.a("string");
            if (inputs === undefined) {
                expect(set, `${resource} with ${JSON.stringify(value)}`).to.equal(undefined);
            } else {
                expect(set).to.include(inputs);
                expect(leftOut).to.not.include(inputs);
            }
        });
    }

    for (const [what, wrong, words] of [
        ["a text for a number", { automationOrder: "first" }, "'automationOrder' must be of type 'integer'"],
        ["a text for a list", { severities: '["High"]' }, "'severities' must be of type 'array<string>'"],
        ["a text for a boolean", { tagIncidents: "perhaps" }, "'tagIncidents' must be of type 'boolean'"],
        ["no workspace", { workspaceName: null }, "is missing configuration value 'workspaceName'"],
    ] as const) {
        it(`refuses ${what}, naming the key`, async () => {
            expect(await refusal(smallest.with(wrong))).to.include(words);
        });
    }

    it("leaves to the program what it cannot know, which tells all of it at once, with the commands", async () => {
        const wrong = {
            "azure-native:location": null,
            severities: ["Huge"],
            automationOrder: 2000,
            keyVaultResourceGroup: "contoso",
        };
        const words = await refusal(smallest.with(wrong), { apiKey: undefined });
        expect(words).to.include("The configuration of stack test has 5 problems; nothing was deployed.");
        for (const problem of [
            "azure-native:location is not set",
            'severities[0] = "Huge"',
            'automationOrder = "2000"',
            'keyVaultResourceGroup = "contoso"',
            "intezerApiKey is not set",
            "pulumi config set --secret intezerApiKey",
        ]) {
            expect(words).to.include(problem);
        }
        expect(words).to.not.match(/^\s+at /m);
    });
});
