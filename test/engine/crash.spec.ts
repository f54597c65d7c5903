import { expect } from "chai";
import { errorText } from "../../cli/engine/errorText";
import type { SimulatedStack } from "../../cli/engine/simulatedStack";
import { readSettings } from "../../cli/settings";
import { arrayAt } from "../../simulator/resources/json";
import type { AzureResourceManager } from "../../simulator/resources/machine";
import { changes, Rig } from "../support/engine";
import { KillableEngine } from "../support/killableEngine";

const settings = readSettings("dev");
const group =
    "/subscriptions/00000000-0000-4000-8000-00000000000d/resourceGroups/contoso-playbooks/providers";

/** Without the playbook that comes later. */
const first = settings.with({
    playbooks: ["updateIncident", "submitAlert", "scanFileHash"],
    automatedPlaybooks: null,
});

/** What nothing of the stack comes before. */
const roots = [
    "automation-grant",
    "azuremonitorlogs-connection",
    "azuresentinel-connection",
    "intezer-cd25d2",
];

/** What nothing but these comes after, once a playbook is added to {@link first}. */
const lateOnes = [
    "automation-rule-scanFileHash",
    "automation-rule-submitAlert",
    "scanUrl-vault-access",
    "scanUrl-workspace-role",
    "updateIncident-workflow",
];

/** For an update and a deletion. */
const changed = settings.with({
    intezerEnvironment: "fabrikam",
    automatedPlaybooks: ["submitAlert", "scanFileHash"],
});

describe("An update whose engine is killed while Azure does something", () => {
    let rig: Rig;
    let engine: KillableEngine;
    let stack: SimulatedStack;
    let azure: AzureResourceManager;

    before(async () => {
        rig = Rig.start({ settings: first });
        engine = await KillableEngine.in(rig.folder);
        stack = await rig.stack(first, engine.options);
        ({ azure } = rig.tenant);
    });

    after(() => {
        rig.end();
    });

    /** Updates, and kills the engine when nothing goes on but what Azure does with these. */
    async function killWhile(...names: readonly string[]): Promise<void> {
        engine.loseAnswersFor(...names);
        const killed = await stack.up();
        expect(killed.succeeded, killed.output).to.equal(false);
        expect(killed.output).to.not.include("Resources:");
    }

    /** A command of `pulumi`, as a person types it, and what it prints. */
    async function pulumi(...args: readonly string[]): Promise<string> {
        const { succeeded, output } = await stack.command(args);
        expect(succeeded, output).to.equal(true);
        return output;
    }

    /** What the next update says; it may stop before it comes to everything that was left. */
    async function refusal(): Promise<string> {
        const update = await stack.up();
        expect(update.succeeded, update.output).to.equal(false);
        return errorText(update);
    }

    /** Does what updates say, again and again, until it was all that is expected. */
    async function followWhatUpdatesSay(expected: readonly string[]): Promise<void> {
        const followed: string[] = [];
        while (followed.length < expected.length) {
            const commands = commandsIn(await refusal());
            expect(commands).to.not.deep.equal([]);
            carryOut(commands, azure);
            followed.push(...commands);
        }
        expect(followed).to.have.members([...expected]);
    }

    const vaults = () => azure.list("Microsoft.KeyVault/vaults");
    const idsOf = (type: string) => azure.list(type).map(({ id }) => id);

    it("leaves a lock, which the next command names with the way to release it", async () => {
        await killWhile(...roots);
        const locked = await stack.up();
        expect(locked.succeeded).to.equal(false);
        expect(changes(locked)).to.deep.equal([]);
        expect(locked.output).to.include("currently locked by 1 lock(s)").and.include("`pulumi cancel`");
        await pulumi("cancel", "--yes");
    });

    it("leaves a list of what was interrupted, which the next update shows", async () => {
        // Refused before the engine comes to anything, so that nothing is done.
        await stack.configure(settings.with({ severities: ["none of them"] }));
        expect(interrupted(await refusal())).to.deep.equal(roots);
        await stack.configure(first);
    });

    it("leaves connections, a role and a vault, of which the next update tells", async () => {
        const [orphan] = vaults();
        const [grant = ""] = idsOf("Microsoft.Authorization/roleAssignments");
        await followWhatUpdatesSay([
            `az resource delete --ids ${group}/Microsoft.Web/connections/azuresentinel-intezer-connection`,
            `az resource delete --ids ${group}/Microsoft.Web/connections/monitorlogs-intezer-connection`,
            `az role assignment delete --ids ${grant}`,
        ]);
        // The names of vaults are random, so that the update has made another; the state tells which.
        const state = await pulumi("stack", "--show-ids");
        const unknown = vaults().filter(({ id }) => !state.includes(id));
        expect(vaults()).to.have.length(2);
        expect(unknown.map(({ id }) => id)).to.deep.equal([orphan?.id]);
        azure.delete({ id: orphan?.id ?? "" });
        await pulumi("refresh", "--clear-pending-creates", "--yes", "--skip-preview");
    });

    it("leaves a workflow, its rights and rules, of which the next update tells", async () => {
        await stack.configure(settings);
        await killWhile(...lateOnes);
        await pulumi("cancel", "--yes");
        const [vault] = vaults();
        const { identity } = azure.lookUp(
            `${group}/Microsoft.Logic/workflows/Submit-IntezerScanURL-IncidentTriggered`,
        );
        const principalId = identity?.principalId ?? "no identity";
        const role = azure
            .list("Microsoft.Authorization/roleAssignments")
            .find(({ properties }) => properties["principalId"] === principalId);
        await followWhatUpdatesSay([
            `az keyvault delete-policy --name ${vault?.name ?? "no vault"} --object-id ${principalId}`,
            `az resource delete --ids ${group}/Microsoft.Logic/workflows/UpdateIncident-IntezerAlert-Webhook`,
            `az role assignment delete --ids ${role?.id ?? "no role"}`,
            ...idsOf("Microsoft.SecurityInsights/automationRules").map(
                (id) => `az resource delete --ids ${id}`,
            ),
        ]);
        await pulumi("refresh", "--clear-pending-creates", "--yes", "--skip-preview");
    });

    it("leaves nothing behind when the commands that were told have been typed", async () => {
        const update = await stack.up();
        expect(update.succeeded, update.output).to.equal(true);
        expect(update.output).to.not.include("pending operations");
        expect(changes(await stack.preview())).to.deep.equal([]);
        const count = (type: string) => azure.list(type).length;
        expect({
            workflows: count("Microsoft.Logic/workflows"),
            connections: count("Microsoft.Web/connections"),
            vaults: count("Microsoft.KeyVault/vaults"),
            secrets: count("Microsoft.KeyVault/vaults/secrets"),
            policies: arrayAt(vaults()[0]?.properties, "accessPolicies")?.length,
            roles: count("Microsoft.Authorization/roleAssignments"),
            rules: count("Microsoft.SecurityInsights/automationRules"),
        }).to.deep.equal({
            workflows: 4,
            connections: 3,
            vaults: 1,
            secrets: 1,
            policies: 3,
            roles: 5,
            rules: 3,
        });
    });

    it("does an interrupted update and an interrupted deletion again, without more than the lock in the way", async () => {
        await stack.configure(changed);
        await killWhile("submitAlert-workflow");
        await pulumi("cancel", "--yes");
        await killWhile("automation-rule-scanUrl");
        await pulumi("cancel", "--yes");
        const update = await stack.up();
        expect(update.succeeded, update.output).to.equal(true);
        expect(changes(update)).to.deep.equal(["delete automation-rule-scanUrl"]);
        expect(idsOf("Microsoft.SecurityInsights/automationRules")).to.have.length(2);
        expect(changes(await stack.preview())).to.deep.equal([]);
    });

    it("leaves a secret, instead of which another is made under the name that the next update asks for", async () => {
        await stack.configure(changed.with({ intezerSecretName: "interrupted" }));
        await killWhile("intezer-secret");
        await pulumi("cancel", "--yes");
        expect(await refusal()).to.include(
            "The vault already holds the secret interrupted. In a vault that is not the stack's own (keyVault), use it " +
                "as it is:\npulumi config rm intezerApiKey\n" +
                "To store the key beside it, choose another name: pulumi config set intezerSecretName <name>",
        );
        await pulumi("config", "set", "intezerSecretName", "another");
        const update = await stack.up();
        expect(update.succeeded, update.output).to.equal(true);
        expect(changes(await stack.preview())).to.deep.equal([]);
    });
});

/** Logical names of what the engine lists as interrupted; components are nothing in Azure. */
function interrupted(text: string): readonly string[] {
    return [...text.matchAll(/^ {2}\* \S+azure-native:[^\s:]+:\w+::(\S+), interrupted while creating$/gm)]
        .map(([, name = ""]) => name)
        .sort();
}

/** Commands for Azure in a text. */
function commandsIn(text: string): readonly string[] {
    return text
        .split("\n")
        .filter((line) => line.startsWith("az "))
        .sort();
}

/** Does what these commands do. */
function carryOut(commands: readonly string[], azure: AzureResourceManager): void {
    for (const command of commands) {
        const [, id] = /^az (?:resource|role assignment) delete --ids (\S+)$/.exec(command) ?? [];
        const [, vaultName, holder = ""] =
            /^az keyvault delete-policy --name (\S+) --object-id (\S+)$/.exec(command) ?? [];
        const vault = azure.list("Microsoft.KeyVault/vaults").find(({ name }) => name === vaultName);
        const gone = id ?? `${vault?.id ?? "no vault"}/accessPolicy/${holder}`;
        expect(azure.get(gone), command).to.not.equal(undefined);
        azure.delete({ id: gone });
    }
}
