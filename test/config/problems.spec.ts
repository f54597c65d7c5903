import { expect } from "chai";
import { load, problem, problems, refusal } from "../support/config";

describe("loadConfig, when something is wrong", () => {
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

    it("names a wrong vault or resource group once, and does not take it for one that is not set", async () => {
        const titles = async (changes: Parameters<typeof problems>[0]) =>
            (await problems(changes)).map((text) => text.split("\n")[0]);
        const vault = { keyVault: "my_vault", keyVaultResourceGroup: "contoso-security" };
        expect(await titles({ ...vault, intezerApiKey: undefined })).to.deep.equal([
            '  keyVault = "my_vault"',
        ]);
        expect(await titles({ keyVault: "contoso-vault", keyVaultResourceGroup: "a/b" })).to.deep.equal([
            '  keyVaultResourceGroup = "a/b"',
        ]);
        expect(await titles({ keyVault: "contoso-vault", resourceGroup: "a/b" })).to.deep.equal([
            '  resourceGroup = "a/b"',
        ]);
        expect(await titles({ ...vault, keyVaultAuthorization: "rbac" })).to.deep.equal([
            '  keyVault = "my_vault"',
            '  keyVaultAuthorization = "rbac"',
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
