import { expect } from "chai";
import type { SimulatedStack } from "../../cli/engine/simulatedStack";
import { readSettings, type StackSettings } from "../../cli/settings";
import { Rig } from "../support/engine";
import {
    type Change,
    everythingOfOurs,
    grant,
    ofPlaybook,
    OTHER_SUBSCRIPTION,
    planOf,
    rules,
    secret,
    sorted,
    tenantOfChanges,
    vault,
    vaultAccess,
    workspaceRoles,
} from "../support/settingsChanges";

/** A change that is deployed. */
interface DeployedChange extends Change {
    readonly apiKey?: string;
    /** Whether the workflows keep their identities, or are new ones. */
    readonly workflows: "stay" | "go";
}

/** Each from where the one before has led to. */
const deployed: { readonly [title: string]: DeployedChange } = {
    intezerApiKey: { set: {}, apiKey: "another-key", plan: { update: [secret] }, workflows: "stay" },
    "playbooks, to one less": {
        set: { playbooks: ["updateIncident", "submitAlert", "scanFileHash"], automatedPlaybooks: null },
        plan: { delete: [...ofPlaybook("scanUrl"), "automation-rule-scanUrl"] },
        workflows: "stay",
    },
    "playbooks, to one more": {
        set: { playbooks: null },
        plan: { create: [...ofPlaybook("scanUrl"), "automation-rule-scanUrl"] },
        workflows: "stay",
    },
    keyVaultAuthorization: {
        set: { keyVaultAuthorization: "rbac" },
        plan: { create: vaultAccess, update: [vault], delete: vaultAccess },
        workflows: "stay",
    },
    "keyVault, from a created to an existing one": {
        set: { keyVault: "contoso-vault", keyVaultAuthorization: null },
        plan: {
            create: vaultAccess,
            update: ["keyvault-connection"],
            replace: [secret],
            delete: [vault, ...vaultAccess],
        },
        workflows: "stay",
    },
    "keyVault, from an existing to a created one": {
        set: { keyVault: null },
        plan: {
            create: [vault],
            update: ["keyvault-connection"],
            replace: [secret, ...vaultAccess],
        },
        workflows: "stay",
    },
    workspaceName: {
        set: { workspaceName: "fabrikam-sentinel" },
        plan: { replace: [...workspaceRoles, ...rules], update: ["updateIncident-workflow"] },
        workflows: "stay",
    },
    location: {
        set: { "azure-native:location": "northeurope" },
        plan: { replace: everythingOfOurs },
        workflows: "go",
    },
    resourceGroup: {
        set: { resourceGroup: "other-playbooks" },
        plan: { replace: [...everythingOfOurs, grant] },
        workflows: "go",
    },
    "azure-native:subscriptionId": {
        set: {
            "azure-native:subscriptionId": OTHER_SUBSCRIPTION,
            resourceGroup: "contoso-playbooks",
            workspaceName: "contoso-sentinel",
        },
        plan: { replace: [...everythingOfOurs, grant] },
        workflows: "go",
    },
};

describe("A changed setting is deployed as it was previewed, and nothing is left to do:", () => {
    let rig: Rig;
    let stack: SimulatedStack;
    let settings: StackSettings = readSettings("dev");

    before(async () => {
        rig = Rig.start({ settings, tenant: tenantOfChanges() });
        stack = await rig.stack();
        const update = await stack.up();
        expect(update.succeeded, update.output).to.equal(true);
    });

    after(() => {
        rig.end();
    });

    /** Object ids of the playbooks' identities, by workflow. */
    function identities(): { readonly [id: string]: string | undefined } {
        return Object.fromEntries(
            rig.tenant.azure
                .list("Microsoft.Logic/workflows")
                .map(({ id, identity }) => [id, identity?.principalId]),
        );
    }

    for (const [title, { set, apiKey, plan, ...change }] of Object.entries(deployed)) {
        it(title, async () => {
            const before = identities();
            settings = settings.with(set);
            await stack.configure(settings, apiKey);
            const preview = await stack.preview();
            expect(preview.succeeded, preview.output).to.equal(true);
            expect(planOf(preview)).to.deep.equal(sorted(plan));

            const update = await stack.up();
            expect(update.succeeded, update.output).to.equal(true);
            expect(planOf(update)).to.deep.equal(sorted(plan));
            // Where no workflow goes, the vault's writes are in order; else Azure has to be asked again for some.
            if (change.workflows === "stay") {
                expect(update.output).not.to.include("ConflictError");
            }
            const after = identities();
            const survivors = Object.keys(before).filter((id) => id in after);
            const kept = survivors.filter((id) => after[id] === before[id]);
            expect(kept).to.deep.equal(change.workflows === "stay" ? survivors : []);
        });
    }

    it("the same settings once more", async () => {
        expect(planOf(await stack.preview())).to.deep.equal({});
    });
});
