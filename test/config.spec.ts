import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { loadConfig, type Catalogue, type StackConfig } from "../config";
import { configTypes } from "../config/reader";
import { playbooks as knownPlaybooks } from "../workflows";
import { read, run } from "./support/pulumi";

type Key = "hook" | "first" | "second";

/** A catalogue in which only `first` reads the key. */
const catalogue: Catalogue<Key> = {
    playbooks: {
        hook: { trigger: "webhook" },
        first: { trigger: "incident" },
        second: { trigger: "incident" },
    },
    readsSecret: (key) => key === "first",
};

const required = {
    "azure-native:location": "westeurope",
    "intezer-sentinel:workspaceName": "contoso-sentinel",
    "intezer-sentinel:workspaceResourceGroup": "contoso-security",
    "intezer-sentinel:intezerApiKey": "test-key",
};

type Values = Readonly<Record<string, unknown>>;

/** Loads the required keys with changes; keys are those of the project, undefined takes a key away. */
async function load(changes: Values = {}): Promise<StackConfig<Key>> {
    const changed = Object.entries(changes).map(([key, value]) => [fullKey(key), asConfig(value)] as const);
    const entries = Object.entries({ ...required, ...Object.fromEntries(changed) });
    const config = Object.fromEntries(
        entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    );
    const { result, registered } = await run(() => loadConfig(catalogue), { config });
    expect(registered).to.deep.equal([]);
    return result;
}

function fullKey(key: string): string {
    return key.includes(":") ? key : `intezer-sentinel:${key}`;
}

function asConfig(value: unknown): string | undefined {
    return typeof value === "string" || value === undefined ? value : JSON.stringify(value);
}

/** The whole message of a configuration that is refused. */
async function refusal(changes: Values): Promise<string> {
    let message = "";
    await load(changes).catch((error: Error) => (message = error.message));
    expect(message, "nothing was refused").to.not.equal("");
    return message;
}

/** The problems of a configuration, one text per problem. */
async function problems(changes: Values): Promise<readonly string[]> {
    return (await refusal(changes)).trimEnd().split("\n\n").slice(1);
}

function problem(title: string, allowed: string, command: string): string {
    return `  ${title}\n    ${allowed}\n    ${command}`;
}

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

    it("lists all problems at once, with the stack's name, before anything is registered", async () => {
        const message = await refusal({
            "azure-native:location": undefined,
            workspaceName: undefined,
            intezerApiKey: undefined,
            severities: ["High", "Hihg"],
            analysisTimeoutMinutes: 0,
        });
        expect(message).to.equal(
            [
                "The configuration of stack dev has 5 problems; nothing was deployed.",
                problem(
                    'analysisTimeoutMinutes = "0"',
                    "A whole number from 1 to 240.",
                    "pulumi config set analysisTimeoutMinutes 1",
                ),
                problem(
                    "azure-native:location is not set",
                    'An Azure region, e.g. westeurope or "West Europe".',
                    "pulumi config set azure-native:location westeurope",
                ),
                problem(
                    "workspaceName is not set",
                    "The name of a Log Analytics workspace: 4 to 63 letters, digits and hyphens, no hyphen at either end.",
                    "pulumi config set workspaceName contoso-sentinel",
                ),
                problem(
                    "intezerApiKey is not set",
                    "Intezer's API key, to be stored in the vault.",
                    "pulumi config set --secret intezerApiKey",
                ),
                problem(
                    'severities[1] = "Hihg"',
                    "One of: High, Medium, Low, Informational.",
                    "pulumi config set --path 'severities[1]' High",
                ),
            ].join("\n\n") + "\n",
        );
    });

    const wrongTexts: readonly [string, readonly string[]][] = [
        ["azure-native:location", ["west-europe", "1europe"]],
        ["workspaceName", ["abc", "-contoso", "contoso-", "a".repeat(64), "contoso_sentinel"]],
        ["workspaceResourceGroup", ["contoso.", "contoso security", "a".repeat(91)]],
        ["workspaceSubscriptionId", ["contoso", "00000000-0000-0000-0000-00000000000", "0000000000000000"]],
        ["resourceGroup", ["a/b"]],
        ["securityInsightsPrincipalId", ["98785600-1bb7-4fb9-b9fa-19afe2c8a36g"]],
        ["intezerSecretName", ["intezer_key", `a.${"a".repeat(50)}`]],
        ["keyVault", ["ab", "1vault", "a--b", "vault-", "a".repeat(25), "my_vault"]],
        ["keyVaultAuthorization", ["RBAC", "accessPolicy"]],
        ["logQueryVia", ["HTTP"]],
        [
            "intezerUrl",
            [
                "analyze.intezer.com",
                "http://analyze.intezer.com",
                "https://analyze.intezer.com/api",
                "https://analyze.intezer.com/?x=1",
                "https://analyze.intezer.com?",
                "https://analyze.intezer.com#top",
                "https://me:secret@analyze.intezer.com",
                "https://",
            ],
        ],
        ["automationOrder", ["0", "1001", "-1", "1.5", "1e2", "ten"]],
        ["analysisTimeoutMinutes", ["0", "241", "30m"]],
        ["grantSentinelAccess", ["yes", "True", "1"]],
        ["tagIncidents", ["no"]],
    ];
    for (const [key, values] of wrongTexts) {
        it(`refuses ${key} of ${values.map((value) => `"${value.slice(0, 30)}"`).join(", ")}`, async () => {
            for (const value of values) {
                const context = key.startsWith("keyVault") ? { keyVaultResourceGroup: "" } : {};
                const found = await problems({
                    resourceGroup: "contoso-playbooks",
                    ...context,
                    [key]: value,
                });
                expect(found.map((text) => text.split("\n")[0])).to.deep.equal([
                    `  ${key} = ${JSON.stringify(value)}`,
                ]);
                expect(found[0]).to.contain(`    pulumi config set ${key} `);
            }
        });
    }

    const wrongItems: readonly [string, unknown, string][] = [
        ["webhookCallerIps", "203.0.113.7", "203.0.113.0/24"],
        ["webhookCallerIps", "203.0.113.0/33", "203.0.113.0/24"],
        ["webhookCallerIps", "203.0.113.0/08", "203.0.113.0/24"],
        ["webhookCallerIps", "203.0.113.0/", "203.0.113.0/24"],
        ["webhookCallerIps", "203.0.113.0/24/1", "203.0.113.0/24"],
        ["webhookCallerIps", "203.0.113.256/24", "203.0.113.0/24"],
        ["webhookCallerIps", "2001:db8::/129", "203.0.113.0/24"],
        ["webhookCallerIps", "203.0.113.10-203.0.113.9", "203.0.113.0/24"],
        ["webhookCallerIps", "203.0.113.1-2001:db8::", "203.0.113.0/24"],
        ["webhookCallerIps", "203.0.113.1-203.0.113.2-203.0.113.3", "203.0.113.0/24"],
        ["severities", "high", "High"],
        ["severities", 1, "High"],
        ["playbooks", "third", "hook"],
        ["playbooks", "", "hook"],
    ];
    for (const [key, item, example] of wrongItems) {
        it(`refuses ${JSON.stringify(item)} in ${key}`, async () => {
            const [found, ...others] = await problems({ [key]: [item] });
            const shown = JSON.stringify(typeof item === "string" ? item : JSON.stringify(item));
            expect(others).to.deep.equal([]);
            expect(found?.split("\n")[0]).to.equal(`  ${key}[0] = ${shown}`);
            expect(found?.split("\n")[2]).to.equal(`    pulumi config set --path '${key}[0]' ${example}`);
        });
    }

    it("refuses a text where a list is expected", async () => {
        expect(await problems({ playbooks: "first" })).to.deep.equal([
            problem(
                'playbooks = "first"',
                "A list. One of: hook, first, second.",
                "pulumi config rm playbooks && pulumi config set --path 'playbooks[0]' hook",
            ),
        ]);
    });

    it("refuses the same value twice", async () => {
        expect(await problems({ severities: ["High", "Low", "High"] })).to.deep.equal([
            problem(
                'severities[2] = "High"',
                "Each value only once.",
                "pulumi config rm --path 'severities[2]'",
            ),
        ]);
    });

    it("refuses to automate the webhook playbook, or one that is not chosen", async () => {
        const found = await problems({
            playbooks: ["hook", "first"],
            automatedPlaybooks: ["hook", "first", "second"],
        });
        const allowed = "The chosen playbooks that an incident starts: first.";
        expect(found).to.deep.equal([
            problem(
                'automatedPlaybooks[0] = "hook"',
                allowed,
                "pulumi config rm --path 'automatedPlaybooks[0]'",
            ),
            problem(
                'automatedPlaybooks[2] = "second"',
                allowed,
                "pulumi config rm --path 'automatedPlaybooks[2]'",
            ),
        ]);
    });

    it("refuses an order from which the rules do not fit, and accepts the highest that fits", async () => {
        expect((await load({ automationOrder: 999 })).automationOrder).to.equal(999);
        expect((await load({ automationOrder: 1000, playbooks: ["first"] })).automationOrder).to.equal(1000);
        expect(await problems({ automationOrder: 1000 })).to.deep.equal([
            problem(
                'automationOrder = "1000"',
                "At most 999: 2 automation rules follow each other, and 1000 is the last order.",
                "pulumi config set automationOrder 999",
            ),
        ]);
    });

    it("refuses keyVaultResourceGroup without keyVault", async () => {
        expect(await problems({ keyVaultResourceGroup: "contoso-security" })).to.deep.equal([
            problem(
                'keyVaultResourceGroup = "contoso-security"',
                "Only together with keyVault, the name of an existing vault.",
                "pulumi config rm keyVaultResourceGroup",
            ),
        ]);
    });

    it("refuses keyVault without any resource group, and with an authorization model", async () => {
        expect(await problems({ keyVault: "contoso-vault", keyVaultAuthorization: "rbac" })).to.deep.equal([
            problem(
                'keyVaultAuthorization = "rbac"',
                "Not together with keyVault: the authorization model of an existing vault is looked up.",
                "pulumi config rm keyVaultAuthorization",
            ),
            problem(
                "keyVaultResourceGroup is not set",
                "Required with keyVault where resourceGroup is not set.",
                "pulumi config set keyVaultResourceGroup contoso-security",
            ),
        ]);
    });

    it("refuses a key with a line break without showing it", async () => {
        const message = await refusal({ intezerApiKey: "test-key\n" });
        expect(message).to.contain(
            problem(
                "intezerApiKey (not shown)",
                "A key without spaces and line breaks; this one has some.",
                "pulumi config set --secret intezerApiKey",
            ),
        );
        expect(message).to.not.contain("test-key");
    });

    it("refuses tags that Azure does not take", async () => {
        const allowed =
            "At most 50 tags; a name has up to 512 characters without < > % & \\ ? /, a value is a text of up to 256.";
        expect(await problems({ tags: { "a/b": "x", long: "x".repeat(257), list: [] } })).to.deep.equal([
            problem('tags["a/b"] = "x"', allowed, `pulumi config rm --path 'tags["a/b"]'`),
            problem(`tags["long"] = "${"x".repeat(119)}…`, allowed, `pulumi config rm --path 'tags["long"]'`),
            problem('tags["list"] = "[]"', allowed, `pulumi config rm --path 'tags["list"]'`),
        ]);
        const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`tag${index}`, "x"]));
        expect(await problems({ tags: many })).to.deep.equal([
            problem('tags["tag50"] = "x"', allowed, `pulumi config rm --path 'tags["tag50"]'`),
        ]);
        expect(await problems({ tags: ["x"] })).to.have.length(1);
    });
});

describe("Pulumi.yaml", () => {
    interface Declaration {
        readonly type: string;
        readonly items?: { readonly type: string };
        readonly description: string;
        readonly default?: unknown;
    }
    const projectFile = parse(readFileSync(join(__dirname, "../Pulumi.yaml"), "utf8")) as {
        readonly name: string;
        readonly runtime: string;
        readonly requiredPulumiVersion: string;
        readonly config: Readonly<Record<string, Declaration>>;
    };
    const all: Catalogue<string> = { playbooks: knownPlaybooks, readsSecret: () => true };

    it("names the project, its runtime and the first version with error hooks", () => {
        expect(projectFile.name).to.equal("intezer-sentinel");
        expect(projectFile.runtime).to.equal("nodejs");
        expect(projectFile.requiredPulumiVersion).to.equal(">=3.218.0");
    });

    it("declares exactly the keys that config.ts reads, with their types", () => {
        const types = Object.entries(projectFile.config).map(([key, { type }]) => [key, type]);
        expect(Object.fromEntries(types)).to.deep.equal(configTypes);
        for (const [key, declaration] of Object.entries(projectFile.config)) {
            expect(declaration.description, key).to.be.a("string").that.is.not.equal("");
            expect(declaration.items?.type, key).to.equal(
                declaration.type === "array" ? "string" : undefined,
            );
        }
    });

    it("has no default for what is required, and for nothing else", () => {
        const undefaulted = Object.entries(projectFile.config).filter(
            ([, declared]) => declared.default === undefined,
        );
        expect(undefaulted.map(([key]) => key)).to.deep.equal(["workspaceName", "workspaceResourceGroup"]);
    });

    it("has defaults that give what config.ts gives without them", async () => {
        const defaults = Object.entries(projectFile.config)
            .filter(([, declared]) => declared.default !== undefined)
            .map(([key, declared]) => [fullKey(key), asConfig(declared.default) ?? ""]);
        const program = () => loadConfig(all);
        const without = await run(program, { config: required });
        const withDefaults = await run(program, {
            config: { ...required, ...(Object.fromEntries(defaults) as Record<string, string>) },
        });
        const { vault: vaultWithout, ...plainWithout } = without.result;
        const { vault: vaultWith, ...plainWith } = withDefaults.result;
        expect(plainWith).to.deep.equal(plainWithout);
        expect({ ...vaultWith, secretValue: 0 }).to.deep.equal({ ...vaultWithout, secretValue: 0 });
    });

    it("shows the real default wherever it does not depend on another key", () => {
        const shown = (key: string) => projectFile.config[key]?.default;
        expect(shown("playbooks")).to.deep.equal(Object.keys(knownPlaybooks));
        expect(shown("automationOrder")).to.equal(100);
        expect(shown("analysisTimeoutMinutes")).to.equal(30);
        expect(shown("grantSentinelAccess")).to.equal(true);
        expect(shown("tagIncidents")).to.equal(false);
        expect(shown("logQueryVia")).to.equal("connection");
        expect(shown("intezerUrl")).to.equal("https://analyze.intezer.com");
        expect(shown("intezerSecretName")).to.equal("intezer-sentinel-api-key");
    });
});

describe("Pulumi.dev.yaml", () => {
    const text = readFileSync(join(__dirname, "../Pulumi.dev.yaml"), "utf8");
    const { config } = parse(text) as { readonly config: Readonly<Record<string, unknown>> };

    it("is accepted together with a key, of which it holds none", async () => {
        const values = Object.entries(config).map(([key, value]) => [key, asConfig(value) ?? ""]);
        const key = { "intezer-sentinel:intezerApiKey": "test-key" };
        const program = () => loadConfig({ playbooks: knownPlaybooks, readsSecret: () => true });
        const { result } = await run(program, {
            config: { ...(Object.fromEntries(values) as Record<string, string>), ...key },
        });
        expect(result.workspace.name).to.equal("contoso-sentinel");
        expect(text).to.not.match(/intezerApiKey:/);
    });

    it("mentions every declared key, set or as a comment", () => {
        const mentioned = [...text.matchAll(/intezer-sentinel:(\w+):/g)].map(([, key]) => key);
        expect(mentioned.sort()).to.deep.equal(Object.keys(configTypes).sort());
    });
});
