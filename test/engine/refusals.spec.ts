import { expect } from "chai";
import type { EngineOutcome } from "../../cli/engine/outcome";
import { readSettings } from "../../cli/settings";
import { tenantFor } from "../../cli/tenant";
import type { Operation } from "../../simulator/resources/engineDoor/providerService";
import type { AzureResourceManager } from "../../simulator/resources/machine";
import { AzureRefusal } from "../../simulator/resources/model";
import { changes, deployer, inventory, Rig } from "../support/engine";

const settings = readSettings("dev").with({ playbooks: ["submitAlert"], automatedPlaybooks: null });
const group = "/subscriptions/00000000-0000-4000-8000-00000000000d/resourceGroups/contoso-playbooks";

interface Lasting {
    /** Logical name and type of what is refused. */
    readonly resource: readonly [string, string];
    readonly refusal: AzureRefusal;
    readonly remedy: string;
}

const lasting: readonly Lasting[] = [
    {
        resource: ["intezer-cd25d2", "azure-native:keyvault:Vault"],
        refusal: new AzureRefusal(
            409,
            "MissingSubscriptionRegistration",
            "The subscription is not registered to use namespace 'Microsoft.KeyVault'.",
        ),
        remedy:
            "The subscription has not registered the resource provider. Once per subscription:\n" +
            "    az provider register --namespace Microsoft.KeyVault --wait\n",
    },
    {
        resource: ["keyvault-connection", "azure-native:resources:Resource"],
        refusal: new AzureRefusal(
            403,
            "RequestDisallowedByPolicy",
            "Resource 'keyvault-intezer-connection' was disallowed by policy 'needs-a-cost-centre'.",
        ),
        remedy: "    pulumi config set --path 'tags.<name>' <value>\n",
    },
    {
        resource: ["submitAlert-workflow", "azure-native:logic:Workflow"],
        refusal: new AzureRefusal(
            403,
            "AuthorizationFailed",
            `The client 'me' with object id '${deployer.objectId}' does not have authorization to perform action ` +
                `'Microsoft.Logic/workflows/write' over scope '${group}/providers/Microsoft.Logic/workflows/w' or the scope is invalid.`,
        ),
        remedy:
            "The deployer lacks a right (Microsoft.Logic/workflows/write). An owner of the scope can give it; it takes some minutes to work:\n" +
            `    az role assignment create --assignee-object-id ${deployer.objectId} --role "Contributor" --scope ${group}\n`,
    },
    {
        resource: ["automation-rule-submitAlert", "azure-native:securityinsights:AutomationRule"],
        refusal: new AzureRefusal(400, "SomethingNew", "Nobody has seen this yet."),
        remedy:
            "Azure refused this, for the reason in the error. When the reason is gone, run the same command again: " +
            "it goes on from here.\n",
    },
];

/** What the CLI's summary says of problems. */
function diagnosticsIn({ output }: EngineOutcome): string {
    return /\nDiagnostics:\n(.*?)\n\nResources:\n/s.exec(output)?.[1] ?? "";
}

/** Everything in Azure; the vault's name, and so its secret's version, are others in every deployment. */
function contentOf(azure: AzureResourceManager): unknown {
    const [vault] = azure.list("Microsoft.KeyVault/vaults");
    const content = JSON.stringify(inventory(azure))
        .replaceAll(vault?.name ?? "no vault", "the-vault")
        .replaceAll(/(the-vault\.vault\.azure\.net\/secrets\/[^/"]+)\/[0-9a-f]{32}/g, "$1/version");
    return JSON.parse(content);
}

/** The Azure of a deployment in which nothing was refused. */
async function undisturbed(): Promise<AzureResourceManager> {
    const tenant = tenantFor(settings);
    await Rig.run({ settings, tenant }, async (rig) => {
        const stack = await rig.stack();
        const update = await stack.up();
        expect(update.succeeded, update.output).to.equal(true);
    });
    return tenant.azure;
}

describe("A refusal that lasts", () => {
    /** One stack meets them all, one after the other, and each update gets further. */
    it("ends with one error and its remedy, and the next update goes on to what an undisturbed one makes", async () => {
        let current: Lasting | undefined;
        const refuse = ({ kind, name }: Operation) =>
            kind === "create" && name === current?.resource[0] ? current.refusal : undefined;
        await Rig.run({ settings, refuse }, async (rig) => {
            const stack = await rig.stack();
            for (const refused of lasting) {
                current = refused;
                const [name, type] = refused.resource;
                const { code, message, status } = refused.refusal;
                const update = await stack.up();
                expect(update.succeeded, name).to.equal(false);
                const summary = diagnosticsIn(update);
                expect(summary.split("error: ")).to.have.length(3);
                expect(summary).to.include(
                    `  ${type} (${name}):\n    error: Status=${status} Code="${code}" Message="${message}"`,
                );
                expect(summary.split("warning: ")[1]).to.satisfy((text: string) =>
                    text.startsWith(`${name} (${type}): `),
                );
                expect(summary).to.include(refused.remedy);
                expect(summary).to.match(/^ {4}error: update failed$/m);
                expect(summary).not.to.match(/^\s+at /m);
            }
            current = undefined;
            const last = await stack.up();
            expect(last.succeeded, last.output).to.equal(true);
            expect(changes(last)).to.deep.equal(["create automation-rule-submitAlert"]);
            expect(changes(await stack.preview())).to.deep.equal([]);
            expect(contentOf(rig.tenant.azure)).to.deep.equal(contentOf(await undisturbed()));
        });
    });
});
