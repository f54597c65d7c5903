/** The commands of docs/operations.md, "Adopting an installation of the vendor's template", in their order. */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { differences } from "../../cli/judge";
import { play } from "../../cli/replay";
import { readSamples, samplesFolder } from "../../cli/samples";
import { importFile } from "../../cli/importFile";
import { readSettings } from "../../cli/settings";
import { tenantFor } from "../../cli/tenant";
import type { EngineOutcome } from "../../cli/engine/outcome";
import type { SimulatedStack } from "../../cli/engine/simulatedStack";
import { addVendorInstallation } from "../../cli/engine/vendorInstallation";
import { playbooks } from "../../workflows";
import { changes, inventory, Rig } from "../support/engine";

const settings = readSettings("dev").with({
    keyVault: "contoso-vault",
    keyVaultAuthorization: null,
    grantSentinelAccess: false,
});

const keys = ["scanFileHash", "scanUrl", "submitAlert", "updateIncident"];

/** What the stack makes anew beside the workflows. */
const made = [
    ...["scanFileHash", "scanUrl", "submitAlert"].flatMap((key) => [
        `create automation-rule-${key}`,
        `create ${key}-vault-access`,
    ]),
    ...keys.map((key) => `create ${key}-workspace-role`),
    ...["azuresentinel", "keyvault", "azuremonitorlogs"].flatMap((api) => [
        `create ${api}`,
        `create ${api}-connection`,
    ]),
    "create automation",
    "create intezer",
];

/** Logical names of the resources that the state marks as protected. */
function protectedIn({ stateFile }: SimulatedStack): string[] {
    const { checkpoint } = JSON.parse(readFileSync(stateFile, "utf8")) as {
        checkpoint: { latest: { resources: { urn: string; protect?: boolean }[] } };
    };
    return checkpoint.latest.resources
        .filter(({ protect }) => protect === true)
        .map(({ urn }) => urn.slice(urn.lastIndexOf("::") + 2))
        .sort();
}

/** Resources that a plan replaces or deletes. */
function losses(outcome: EngineOutcome): string[] {
    return changes(outcome).filter((change) => !/^(create|update) /.test(change));
}

describe("An installation of the vendor's template", () => {
    const tenant = tenantFor(settings);
    const { azure, subscriptionId, securityInsightsPrincipalId } = tenant;
    const found = addVendorInstallation(tenant, settings);
    const webhook = found.workflows[0] ?? "";
    const earlier = found.workflows.map((id) => azure.get(id));
    const untouched = inventory(azure);
    const url = azure.listCallbackUrl(webhook, "manual").value;
    let rig: Rig;
    let stack: SimulatedStack;

    before(async () => {
        rig = Rig.start({ settings, tenant, apiKey: undefined });
        stack = await rig.stack();
    });

    after(() => {
        rig.end();
    });

    it("has the names of the playbooks and of their triggers", () => {
        expect(earlier.map((workflow) => workflow?.name)).to.deep.equal(
            Object.values(playbooks).map(({ workflowName }) => workflowName),
        );
        expect(url).to.include("/triggers/manual/");
    });

    it("is imported without a change in Azure, and protected until the first update", async () => {
        const imported = await stack.import(importFile(settings, subscriptionId).resources);
        expect(imported.succeeded, imported.output).to.equal(true);
        expect(protectedIn(stack)).to.deep.equal([...keys, ...keys.map((key) => `${key}-workflow`)].sort());
        const destroy = await stack.destroy({ runProgram: false });
        expect(destroy.succeeded).to.equal(false);
        expect(destroy.output).to.match(/is currently marked for protection|protected/);
        expect(inventory(azure)).to.deep.equal(untouched);
    });

    it("is then updated in place, as the preview says", async () => {
        const preview = await stack.preview();
        expect(preview.succeeded, preview.output).to.equal(true);
        expect(changes(preview)).to.deep.equal(
            [...made, ...keys.map((key) => `update ${key}-workflow`)].sort(),
        );
        expect(losses(preview)).to.deep.equal([]);
    });

    it("would lose its workflows in another region, which the preview says", async () => {
        const elsewhere = await rig.stack(settings.with({ "azure-native:location": "northeurope" }));
        const lost = losses(await elsewhere.preview());
        expect(lost).to.include.members(keys.map((key) => `replace ${key}-workflow`));
        await rig.stack();
    });

    it("keeps ids, identities and the webhook URL in the update, and is the stack's from then on", async () => {
        const old = [...found.connections, ...found.roleAssignments, ...found.accessPolicies];
        old.forEach((id) => {
            azure.delete({ id });
        });
        stack = await rig.stack();
        const update = await stack.up();
        expect(update.succeeded, update.output).to.equal(true);
        expect(losses(update)).to.deep.equal([]);

        const now = found.workflows.map((id) => azure.get(id));
        expect(now.map((workflow) => workflow?.identity)).to.deep.equal(
            earlier.map((workflow) => workflow?.identity),
        );
        expect(azure.listCallbackUrl(webhook, "manual").value).to.equal(url);
        expect((await stack.outputs())["webhookUrl"]?.value).to.equal(url);
        expect(changes(await stack.preview())).to.deep.equal([]);
        expect(protectedIn(stack)).to.deep.equal([]);
    });

    it("works as the samples say, with the key in its vault and the URL that Intezer has", () => {
        found.automationRules.forEach((id) => {
            azure.delete({ id });
        });
        const key = azure.secretValue(found.vault, "intezer-sentinel-api-key") ?? "";
        const deployment = {
            azure,
            securityInsightsPrincipalId,
            workspaceId: found.workspace,
            webhookUrl: url,
            intezer: { apiKey: key },
        };
        const names = ["file-with-three-hashes", "hash-and-url", "incident-webhook"];
        const samples = readSamples(samplesFolder).filter(({ name }) => names.includes(name));
        const keyOf = (id: string) =>
            Object.values(playbooks).find(({ workflowName }) => id.endsWith(`/${workflowName}`))?.key ?? id;
        expect(samples).to.have.length(names.length);
        for (const sample of samples) {
            expect(differences(sample, play(sample, deployment), keyOf), sample.name).to.deep.equal([]);
        }
    });
});
