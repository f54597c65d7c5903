import { expect } from "chai";
import { parse } from "yaml";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder, StackSettings } from "../../cli/settings";
import { tenantFor } from "../../cli/tenant";
import type { Json } from "../../language/json";
import { changes, Rig } from "../support/engine";

const smallest = new StackSettings("intezer-sentinel", "test", {
    "azure-native:location": "westeurope",
    "intezer-sentinel:workspaceName": "contoso-sentinel",
    "intezer-sentinel:workspaceResourceGroup": "contoso-security",
});

/** Every optional key with a value that is not its default. */
const optional: { readonly [key: string]: Json } = {
    workspaceSubscriptionId: "00000000-0000-4000-8000-0000000000e1",
    resourceGroup: "contoso-playbooks",
    keyVault: "contoso-vault",
    keyVaultResourceGroup: "contoso-security",
    keyVaultAuthorization: "rbac",
    intezerSecretName: "another-name",
    intezerUrl: "https://us.app.intezer.com",
    intezerEnvironment: "contoso",
    playbooks: ["scanUrl", "updateIncident"],
    automatedPlaybooks: ["scanUrl"],
    severities: ["High"],
    automationOrder: 7,
    grantSentinelAccess: false,
    securityInsightsPrincipalId: "00000000-0000-4000-8000-0000000000e2",
    webhookCallerIps: ["203.0.113.0/24"],
    logQueryVia: "http",
    analysisTimeoutMinutes: 5,
    tagIncidents: true,
    tags: { team: "soc" },
};

/** The keys that exclude each other. */
const withCreatedVault = { ...optional, keyVault: null, keyVaultResourceGroup: null };
const withExistingVault = { ...optional, keyVaultAuthorization: null };

/** Operations by kind of a preview that the CLI accepts. */
async function preview(settings: StackSettings): Promise<readonly string[]> {
    const names: string[] = [];
    await Rig.run({ settings, tenant: tenantFor(settings) }, async (rig) => {
        const outcome = await (await rig.stack()).preview();
        expect(outcome.succeeded, outcome.output).to.equal(true);
        names.push(...changes(outcome));
    });
    return names;
}

/** What the CLI prints when it refuses settings. */
async function refusal(settings: StackSettings): Promise<string> {
    const texts: string[] = [];
    await Rig.run({ settings, tenant: tenantFor(smallest) }, async (rig) => {
        const outcome = await (await rig.stack()).preview();
        expect(outcome.succeeded).to.equal(false);
        expect(rig.tenant.azure.list("Microsoft.Logic/workflows")).to.deep.equal([]);
        texts.push(outcome.output);
    });
    return texts.join("");
}

describe("The CLI's own check of Pulumi.yaml", () => {
    it("lets the smallest configuration through, with all four playbooks", async () => {
        const names = await preview(smallest);
        expect(names).to.include.members([
            "create intezer-sentinel",
            "create automation-rule-submitAlert",
            "create scanFileHash-workflow",
            "create scanUrl-workflow",
            "create submitAlert-workflow",
            "create updateIncident-workflow",
        ]);
        expect(names).to.have.length(31);
    });

    it("knows every optional key that this test sets", () => {
        const { config } = parse(readFileSync(join(projectFolder, "Pulumi.yaml"), "utf8")) as {
            config: { [key: string]: { default?: Json } };
        };
        const declared = Object.keys(config).filter((key) => config[key]?.default !== undefined);
        expect(Object.keys(optional).sort()).to.deep.equal(declared.sort());
    });

    for (const [vault, values, vaultAccess] of [
        ["a created vault", withCreatedVault, ["create intezer-secret", "create scanUrl-vault-access"]],
        ["an existing vault", withExistingVault, ["create scanUrl-vault-access"]],
    ] as const) {
        it(`lets every optional key through, with ${vault}`, async () => {
            const names = await preview(smallest.with(values));
            expect(names).to.include.members([
                ...vaultAccess,
                "create automation-rule-scanUrl",
                "create updateIncident-workflow",
            ]);
            expect(names.join()).to.not.match(
                /submitAlert|scanFileHash|automation-grant|azuremonitorlogs|intezer-sentinel$/,
            );
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

    it("leaves to the program what no schema can say, which tells all of it at once", async () => {
        const words = await refusal(
            smallest.with({ severities: ["Huge"], automationOrder: 2000, keyVaultResourceGroup: "contoso" }),
        );
        for (const problem of [
            "The configuration of stack test has 3 problems",
            "Huge",
            "2000",
            "keyVaultResourceGroup",
        ]) {
            expect(words).to.include(problem);
        }
    });
});
