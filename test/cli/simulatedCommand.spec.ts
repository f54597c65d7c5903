import { expect } from "chai";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { here, howToGetPulumi, type Place } from "../../cli/pulumi/find";
import { main } from "../../cli/simulated";
import type { Json } from "../../language/json";
import { AzureResourceManager } from "../../simulator/resources/machine";
import { inTemporaryFolder } from "../support/temporaryFolder";

const SUBSCRIPTION = "/subscriptions/00000000-0000-4000-8000-00000000000d";
const WORKSPACE = `${SUBSCRIPTION}/resourceGroups/contoso-security/providers/Microsoft.OperationalInsights/workspaces/contoso-sentinel`;
const GROUP = `${SUBSCRIPTION}/resourceGroups/contoso-playbooks`;

function command(...args: string[]) {
    return commandIn(here, ...args);
}

async function commandIn(place: Place, ...args: string[]) {
    const out: string[] = [];
    const errors: string[] = [];
    const code = await main(args, {
        write: (line) => out.push(line),
        writeError: (line) => errors.push(line),
        pass: (text) => out.push(text),
        passError: (text) => errors.push(text),
        color: false,
        place,
    });
    return { code, out: out.join("\n"), errors: errors.join("\n") };
}

function savedIn(folder: string): AzureResourceManager {
    return AzureResourceManager.restore(JSON.parse(readFileSync(join(folder, "azure.json"), "utf8")) as Json);
}

describe("npm run simulated, without the engine", () => {
    it("explains itself with --help: every command, every option, every exit code", async () => {
        const { code, out, errors } = await command("--help");
        expect([code, errors]).to.deep.equal([0, ""]);
        const commands = "preview up refresh destroy import outputs show delete pulumi reset".split(" ");
        const options = "folder stack config diff vault-authorization vendor-installation help".split(" ");
        for (const word of [
            ...commands.map((name) => `\n  ${name} `),
            ...options.map((name) => `--${name}`),
        ]) {
            expect(out).to.contain(word);
        }
        expect(out).to.match(/Exit codes: 0 .*; 1 .*; 2 /);
    });

    it("ends with 2 for what it does not understand, and says where help is", async () => {
        expect(await command("upp")).to.deep.equal({
            code: 2,
            out: "",
            errors: "There is no command 'upp'. One of: preview, up, refresh, destroy, import, outputs, show, delete, pulumi, reset.\nAll of it: npm run simulated -- --help",
        });
    });

    it("puts what the settings name into a new subscription, once, and tells it", () =>
        inTemporaryFolder(async (folder) => {
            const first = await command("show", "--folder", folder);
            expect([first.code, first.errors]).to.deep.equal([0, ""]);
            const lines = first.out.split("\n");
            expect(lines.slice(0, 5)).to.deep.equal([
                `New simulated subscription in ${folder}, with what the settings name:`,
                `  + ${SUBSCRIPTION}`,
                `  + ${SUBSCRIPTION}/resourceGroups/contoso-security`,
                `  + ${WORKSPACE}`,
                `  + ${GROUP}`,
            ]);
            const shown = [
                `Microsoft.Resources/resourceGroups           contoso-security   ${SUBSCRIPTION}/resourceGroups/contoso-security`,
                `Microsoft.OperationalInsights/workspaces     contoso-sentinel   ${WORKSPACE}`,
                `Microsoft.SecurityInsights/onboardingStates  default            ${WORKSPACE}/providers/Microsoft.SecurityInsights/onboardingStates/default`,
                `Microsoft.Resources/resourceGroups           contoso-playbooks  ${GROUP}`,
            ];
            expect(lines.slice(5)).to.deep.equal(shown);
            expect((await command("show", "--folder", folder)).out.split("\n")).to.deep.equal(shown);
        }));

    it("adds what changed settings name, and tells only that: vault, secret, another subscription", () =>
        inTemporaryFolder(async (folder) => {
            await command("show", "--folder", folder);
            const other = "00000000-0000-4000-8000-0000000000aa";
            const changes = [
                "keyVault=contoso-kv",
                "keyVaultResourceGroup=vaults",
                `workspaceSubscriptionId=${other}`,
            ];
            const args = changes.flatMap((change) => ["--config", change]);
            const { out } = await command(
                "show",
                "--folder",
                folder,
                ...args,
                "--vault-authorization",
                "rbac",
            );
            const vault = `${SUBSCRIPTION}/resourceGroups/vaults/providers/Microsoft.KeyVault/vaults/contoso-kv`;
            expect(out.split("\n").slice(0, 7)).to.deep.equal([
                "Added to the simulated subscription, as the settings name it:",
                `  + ${SUBSCRIPTION}/resourceGroups/vaults`,
                `  + ${vault}`,
                `  + ${vault}/secrets/intezer-sentinel-api-key`,
                `  + /subscriptions/${other}`,
                `  + /subscriptions/${other}/resourceGroups/contoso-security`,
                `  + ${WORKSPACE.replace(SUBSCRIPTION, `/subscriptions/${other}`)}`,
            ]);
            const saved = savedIn(folder);
            expect(saved.get(vault)?.properties).to.deep.include({ enableRbacAuthorization: true });
            const guids = saved
                .list("Microsoft.OperationalInsights/workspaces")
                .map(({ properties }) => properties["customerId"]);
            expect(new Set(guids).size).to.equal(2);
        }));

    it("leaves the secret of an existing vault to a stack that writes it", () =>
        inTemporaryFolder(async (folder) => {
            const changes = ["--config", "keyVault=contoso-kv", "--config", "intezerApiKey=k"];
            const { out } = await command("show", "--folder", folder, ...changes);
            expect(out).to.contain("vaults/contoso-kv").and.not.to.contain("secrets/");
        }));

    for (const [where, resourceGroup, scope] of [
        ["the resource group", "contoso-playbooks", GROUP],
        ["the subscription, where the group is created", "", SUBSCRIPTION],
    ] as const) {
        it(`lets Sentinel run the playbooks of ${where}, once, where the settings say that it may`, () =>
            inTemporaryFolder(async (folder) => {
                const changes = [`resourceGroup=${resourceGroup}`, "grantSentinelAccess=false"];
                const args = ["--folder", folder, ...changes.flatMap((change) => ["--config", change])];
                const { out } = await command("show", ...args);
                expect(out).to.contain(`  + ${scope}/providers/Microsoft.Authorization/roleAssignments/`);
                expect((await command("show", ...args)).out).not.to.contain("  + ");
                const saved = savedIn(folder).list("Microsoft.Authorization/roleAssignments");
                expect(saved.map(({ properties }) => properties["roleDefinitionId"])).to.deep.equal([
                    `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/f4c81013-99ee-4d62-a7ee-b3f1f648599a`,
                ]);
            }));
    }

    it("refuses another object id of Sentinel's principal than this tenant has", () =>
        inTemporaryFolder(async (folder) => {
            await command("show", "--folder", folder);
            const id = "00000000-0000-4000-8000-0000000000bb";
            const { code, errors } = await command(
                "show",
                "--folder",
                folder,
                "--config",
                `securityInsightsPrincipalId=${id}`,
            );
            expect(code).to.equal(1);
            expect(errors)
                .to.contain(id)
                .and.contain("Start another simulated subscription with this setting.");
        }));

    it("puts the vendor's installation into a new subscription, and into no other", () =>
        inTemporaryFolder(async (folder) => {
            const options = ["--folder", folder, "--vendor-installation"];
            const settings = ["--config", "keyVault=contoso-kv", "--config", "keyVaultAuthorization="];
            // The guide lets Sentinel run the playbooks, too: a second time would be refused.
            const granted = ["--config", "grantSentinelAccess=false"];
            const { code, out } = await command("show", ...options, ...settings, ...granted);
            expect(code).to.equal(0);
            expect(out)
                .to.contain("An installation of the vendor's template, as its guide makes it by hand:")
                .and.contain(
                    `  + ${GROUP}/providers/Microsoft.Logic/workflows/UpdateIncident-IntezerAlert-Webhook`,
                );
            expect(savedIn(folder).list("Microsoft.Logic/workflows")).to.have.lengthOf(4);

            const again = await command("show", ...options, ...settings);
            expect(again.code).to.equal(2);
            expect(again.errors).to.contain(`${folder} has one already`).and.contain("reset");
        }));

    it("says which settings the vendor's installation needs", () =>
        inTemporaryFolder(async (folder) => {
            const { code, errors } = await command("show", "--folder", folder, "--vendor-installation");
            expect(code).to.equal(1);
            expect(errors).to.contain("keyVault is not set");
        }));

    it("deletes a resource with everything in it, tells that, and keeps it deleted", () =>
        inTemporaryFolder(async (folder) => {
            await command("show", "--folder", folder);
            expect(await command("delete", WORKSPACE, "--folder", folder)).to.deep.equal({
                code: 0,
                out: `  - ${WORKSPACE}\n  - ${WORKSPACE}/providers/Microsoft.SecurityInsights/onboardingStates/default`,
                errors: "",
            });
            expect(savedIn(folder).get(WORKSPACE)).to.equal(undefined);
            // The settings name it.
            expect((await command("show", "--folder", folder)).out).to.contain(`  + ${WORKSPACE}`);
        }));

    it("ends with 1 where Azure refuses to delete, with Azure's words", () =>
        inTemporaryFolder(async (folder) => {
            const { code, errors } = await command(
                "delete",
                `${GROUP}/providers/Microsoft.Web/connections/none`,
                "--folder",
                folder,
            );
            expect(code).to.equal(1);
            expect(errors).to.match(/^Azure refused \(404 ResourceNotFound\): .*connections\/none/);
        }));

    it("ends with 1 for a folder that is in use, or holds something else", () =>
        inTemporaryFolder(async (folder) => {
            const { code, errors } = await command("show", "--folder", "test");
            expect(code).to.equal(1);
            expect(errors).to.contain("holds something else");
            expect(existsSync(join(folder, "lock"))).to.equal(false);
        }));

    it("leaves the folder to the next command, also when it fails", () =>
        inTemporaryFolder(async (folder) => {
            await command("delete", "/nonsense", "--folder", folder);
            expect((await command("show", "--folder", folder)).code).to.equal(0);
        }));

    it("says how to get a CLI where the engine is needed and there is none, and touches nothing", () =>
        inTemporaryFolder(async (parent) => {
            const folder = join(parent, "s");
            const withoutCli: Place = { ...here, env: {}, platform: "win32" };
            const { code, errors } = await commandIn(withoutCli, "up", "--folder", folder);
            expect([code, errors]).to.deep.equal([1, howToGetPulumi]);
            expect(existsSync(folder)).to.equal(false);
        }));

    it("deletes the folder with reset, and says so where there is none", () =>
        inTemporaryFolder(async (parent) => {
            const folder = join(parent, "s");
            await command("show", "--folder", folder);
            expect(await command("reset", "--folder", folder)).to.deep.equal({
                code: 0,
                out: `The simulated subscription in ${folder} is deleted.`,
                errors: "",
            });
            expect(existsSync(folder)).to.equal(false);
            expect((await command("reset", "--folder", folder)).out).to.equal(
                `There is no simulated subscription in ${folder}.`,
            );
        }));
});
