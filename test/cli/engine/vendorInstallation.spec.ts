import { expect } from "chai";
import { addVendorInstallation } from "../../../cli/engine/vendorInstallation";
import { readSettings } from "../../../cli/settings";
import { tenantFor } from "../../../cli/tenant";
import { arrayAt, objectAt } from "../../../simulator/resources/json";

const settings = readSettings("dev").with({ keyVault: "contoso-vault", keyVaultAuthorization: null });

describe("The vendor's installation in a simulated tenant", () => {
    it("has four workflows with identities that may answer incidents, three connections and three rules", () => {
        const tenant = tenantFor(settings);
        const { azure } = tenant;
        const found = addVendorInstallation(tenant, settings);
        expect(found.workflows.map((id) => id.split("/").at(-1))).to.deep.equal([
            "UpdateIncident-IntezerAlert-Webhook",
            "Submit-IntezerAlert-IncidentTriggered",
            "Submit-IntezerScanFileHash-IncidentTriggered",
            "Submit-IntezerScanURL-IncidentTriggered",
        ]);
        expect(found.connections.map((id) => id.split("/").at(-1))).to.deep.equal([
            "azuresentinel-intezer-connection",
            "keyvault-intezer-connection",
            "monitorlogs-intezer-connection",
        ]);
        const comment = "Microsoft.SecurityInsights/incidents/comments/write";
        for (const principal of found.principals) {
            expect(azure.allows(principal, comment, found.workspace)).to.equal(true);
            expect(azure.mayReadSecret(principal, found.vault, "intezer-sentinel-api-key")).to.equal(true);
        }
        const started = found.automationRules.map((id) => {
            const [action = null] = arrayAt(azure.get(id)?.properties, "actions") ?? [];
            return objectAt(action, "actionConfiguration")["logicAppResourceId"];
        });
        expect(started).to.deep.equal(found.workflows.slice(1));
    });

    it("is all that there is then: every id is that of a resource", () => {
        const tenant = tenantFor(settings);
        const { principals, workspace, vault, ...made } = addVendorInstallation(tenant, settings);
        const ids = [workspace, vault, ...Object.values(made).flat()];
        expect(principals).to.have.length(4);
        expect(ids.filter((id) => tenant.azure.get(id) === undefined)).to.deep.equal([]);
    });

    it("leaves a group, a vault and a secret that are there as they are, and makes them where they are not", () => {
        const secrets = { "intezer-sentinel-api-key": "somebody's key" };
        const there = tenantFor(settings, { secrets });
        const { vault } = addVendorInstallation(there, settings);
        expect(there.azure.secretValue(vault, "intezer-sentinel-api-key")).to.equal("somebody's key");

        const without = tenantFor(settings.with({ keyVault: null, resourceGroup: null }));
        const made = addVendorInstallation(without, settings);
        expect(without.azure.get(made.vault)?.name).to.equal("contoso-vault");
        expect(without.azure.secretValue(made.vault, "intezer-sentinel-api-key")).to.be.a("string");
    });

    for (const key of ["resourceGroup", "keyVault"]) {
        it(`has no place where ${key} is not set`, () => {
            const bare = settings.with({ [key]: null });
            expect(() => addVendorInstallation(tenantFor(bare), bare)).to.throw(
                `${key} is not set. It must name what the installation is in:\npulumi config set ${key} <name>`,
            );
        });
    }
});
