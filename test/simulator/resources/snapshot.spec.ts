import { expect } from "chai";
import fc from "fast-check";
import type { Json, JsonObject } from "../../../language/json";
import { AzureResourceManager } from "../../../simulator/resources/machine";
import { createTenant } from "../../../simulator/resources/tenant";
import { PROPAGATION } from "../../../simulator/resources/virtualTime";
import {
    ANALYST,
    assignment,
    AUTOMATION_CONTRIBUTOR,
    connection,
    contoso,
    GROUP,
    policy,
    refusalOf,
    RESPONDER,
    rule,
    SENTINEL_PRINCIPAL,
    SUBSCRIPTION,
    TENANT,
    vault,
    without,
    workflow,
} from "../../support/resources";
import { answersOf, SECRET, SMALL_PROPAGATION, step } from "../../support/azureSteps";

/** The same Azure after it was kept in a file. */
function kept(azure: AzureResourceManager): AzureResourceManager {
    return AzureResourceManager.restore(JSON.parse(JSON.stringify(azure.snapshot())) as Json);
}

describe("a kept Azure", () => {
    it("is the same, and answers all that comes later in the same way, whatever was done to it", () => {
        let accepted = 0;
        fc.assert(
            fc.property(
                fc.array(step, { maxLength: 40 }),
                fc.array(step, { maxLength: 20 }),
                (before, later) => {
                    const azure = contoso();
                    const start = AzureResourceManager.restore({
                        ...azure.snapshot(),
                        propagation: SMALL_PROPAGATION,
                    });
                    before.forEach((act) => act(start));
                    const restored = kept(start);
                    expect(restored.snapshot()).to.deep.equal(start.snapshot());
                    expect(answersOf(restored)).to.deep.equal(answersOf(start));
                    for (const act of later) {
                        const outcome = act(start);
                        expect(act(restored)).to.deep.equal(outcome);
                        accepted += typeof outcome === "object" ? 1 : 0;
                    }
                    expect(restored.snapshot()).to.deep.equal(start.snapshot());
                    expect(answersOf(restored)).to.deep.equal(answersOf(start));
                },
            ),
            { numRuns: 150, seed: 5 },
        );
        expect(accepted).to.be.greaterThan(100);
    });

    it("is a plain JSON document with a version and everything that there is", () => {
        const azure = createTenant(
            {
                tenantId: TENANT,
                securityInsightsPrincipalId: null,
                users: [{ objectId: ANALYST, displayName: "An analyst" }],
                subscriptions: [
                    {
                        subscriptionId: SUBSCRIPTION,
                        registeredProviders: ["Microsoft.KeyVault"],
                        resourceGroups: [{ name: "playbooks", location: "westeurope" }],
                    },
                ],
            },
            { propagation: { trigger: 1 } },
        );
        azure.put({ ...vault(), at: 10, lasts: 5 });
        azure.put({ ...SECRET, at: 20, after: [vault().id] });
        azure.delete({ id: vault().id, at: 30 });
        const groupKey = GROUP.toLowerCase();
        const vaultKey = vault().id.toLowerCase();
        expect(azure.snapshot()).to.deep.equal({
            version: 1,
            tenantId: TENANT,
            now: 30,
            propagation: { ...PROPAGATION, trigger: 1 },
            subscriptions: [[SUBSCRIPTION, ["microsoft.keyvault"]]],
            principals: [{ objectId: ANALYST, displayName: "An analyst", type: "User" }],
            secrets: [],
            softDeleted: [`${vaultKey}/secrets/key`, vaultKey],
            resources: [
                {
                    id: GROUP,
                    type: "Microsoft.Resources/resourceGroups",
                    name: "playbooks",
                    location: "westeurope",
                    properties: { provisioningState: "Succeeded" },
                },
            ],
            unfinished: [],
            usableFrom: [],
            vaultWrites: [
                {
                    vault: vaultKey,
                    written: [`${vaultKey}/secrets/key`],
                    spans: [
                        { id: vault().id, from: 10, to: 15 },
                        { id: SECRET.id, from: 20, to: 20 },
                        { id: vault().id, from: 30, to: 30 },
                    ],
                },
            ],
            generations: [
                [groupKey, 1],
                [vaultKey, 1],
                [`${vaultKey}/secrets/key`, 1],
            ],
            identities: [],
        });
    });

    it("keeps the names of deleted vaults and secrets", () => {
        const azure = contoso();
        azure.put(vault());
        azure.put(policy(vault().id, ANALYST, ["delete"]));
        azure.put(SECRET);
        azure.delete({ id: SECRET.id, principalId: ANALYST });
        azure.put(vault("kv-other"));
        azure.delete({ id: vault("kv-other").id });
        const restored = kept(azure);
        expect(refusalOf(() => restored.put(vault("kv-other")))).to.equal(
            "409 ConflictError: A vault with the same name 'kv-other' already exists in deleted state. You need to " +
                "either recover or purge existing key vault.",
        );
        expect(refusalOf(() => restored.put(SECRET))).to.equal(
            "409 Conflict: Secret key is currently in a deleted but recoverable state, and its name cannot be reused; " +
                "in this state, the secret can only be recovered or purged.",
        );
    });

    it("keeps what is still getting around, and from when on it is usable", () => {
        const azure = contoso();
        azure.put(connection("azuresentinel"));
        azure.put({ ...workflow(), at: 100, lasts: 50 });
        azure.put({ ...assignment(GROUP, AUTOMATION_CONTRIBUTOR, SENTINEL_PRINCIPAL), at: 100 });
        const restored = kept(azure);
        expect(restored.now).to.equal(150);
        const effective = 100 + PROPAGATION.roleAssignment;
        expect(refusalOf(() => restored.put({ ...rule(), at: effective - 1 }))).to.include(
            "Missing required permissions",
        );
        expect(restored.put({ ...rule(), at: effective }).name).to.match(/^2222/);
    });

    it("keeps keys and identities of a workflow, and makes others when it is made anew", () => {
        const azure = contoso();
        azure.put(connection("azuresentinel"));
        const { identity } = azure.put(workflow());
        const url = azure.listCallbackUrl(workflow().id, "Microsoft_Sentinel_incident").value;
        const restored = kept(azure);
        expect(restored.put(workflow()).identity).to.deep.equal(identity);
        expect(restored.listCallbackUrl(workflow().id, "Microsoft_Sentinel_incident").value).to.equal(url);
        restored.delete({ id: workflow().id });
        expect(restored.put(workflow()).identity?.principalId).not.to.equal(identity?.principalId);
        expect(restored.listCallbackUrl(workflow().id, "Microsoft_Sentinel_incident").value).not.to.equal(
            url,
        );
    });

    it("keeps no time of what is gone", () => {
        const azure = contoso();
        azure.put(connection("azuresentinel"));
        const before = azure.snapshot()["usableFrom"];
        azure.put({ ...workflow(), at: 100, lasts: 50 });
        azure.put({ ...assignment(GROUP, RESPONDER, SENTINEL_PRINCIPAL), at: 100 });
        expect(azure.snapshot()["usableFrom"]).not.to.deep.equal(before);
        azure.delete({ id: workflow().id });
        azure.delete({ id: assignment(GROUP, RESPONDER, SENTINEL_PRINCIPAL).id });
        expect(azure.snapshot()["usableFrom"]).to.deep.equal(before);
    });

    it("shares nothing with the one that it comes from, nor with its document", () => {
        const azure = contoso();
        const document = azure.snapshot();
        const before = JSON.stringify(document);
        const restored = AzureResourceManager.restore(document);
        restored.put(vault());
        azure.put(vault("kv-other"));
        expect(JSON.stringify(document)).to.equal(before);
        expect(restored.list("Microsoft.KeyVault/vaults").map(({ name }) => name)).to.deep.equal([
            "kv-contoso",
        ]);
        expect(azure.list("Microsoft.KeyVault/vaults").map(({ name }) => name)).to.deep.equal(["kv-other"]);
        const changeable = JSON.parse(before) as JsonObject & { readonly softDeleted: string[] };
        const another = AzureResourceManager.restore(changeable);
        changeable.softDeleted.push(vault().id.toLowerCase());
        Object.assign((changeable["resources"] as Json[])[0] ?? {}, { location: "eastus" });
        expect(another.get(GROUP)?.location).to.equal("westeurope");
        expect(another.put(vault()).name).to.equal("kv-contoso");
    });

    const ADVICE = "It cannot be converted. Start a new simulated subscription, and deploy into that.";
    const unreadable = (why: string) =>
        `The kept state of the simulated Azure cannot be read: ${why}. ${ADVICE}`;
    const document = contoso().snapshot();

    for (const [what, damaged, shown] of [
        ["another version", { ...document, version: 2 }, "2"],
        ["a version that is a text", { ...document, version: "1" }, '"1"'],
        ["no version", without(document, "version"), "missing"],
        ["no object", [document], "missing"],
        ["null", null, "missing"],
    ] as const) {
        it(`is refused where the document has or is ${what}`, () => {
            expect(() => AzureResourceManager.restore(damaged)).to.throw(
                Error,
                unreadable(`its version is ${shown}, and this release reads version 1`),
            );
        });
    }

    const secret = "do-not-show-me";
    const damages: readonly (readonly [string, JsonObject, string])[] = [
        [
            "a part too few",
            without(document, "identities"),
            "the document must have required property 'identities'",
        ],
        ["a part too many", { ...document, more: 1 }, "the document must NOT have additional properties"],
        ["a time before all times", { ...document, now: -1 }, "/now must be >= 0"],
        [
            "a duration too few",
            { ...document, propagation: { identity: 1, trigger: 1 } },
            "/propagation must have required property 'roleAssignment'",
        ],
        [
            "half an entry",
            { ...document, generations: [["x"]] },
            "/generations/0 must NOT have fewer than 2 items",
        ],
        [
            "an entry with too much",
            { ...document, generations: [["x", 1, 2]] },
            "/generations/0 must NOT have more than 2 items",
        ],
        [
            "a secret that is no text",
            { ...document, secrets: [["x", { value: [secret], version: 1 }]] },
            "/secrets/0/1/value must be string",
        ],
        [
            "a principal of no known type",
            { ...document, principals: [{ objectId: "x", displayName: "x", type: "Robot" }] },
            "/principals/0/type must be equal to one of the allowed values",
        ],
        [
            "a resource with an unknown part",
            { ...document, resources: [{ id: GROUP, type: "x", name: "x", properties: {}, sku: 1 }] },
            "/resources/0 must NOT have additional properties",
        ],
        [
            "a resource of another type than its id",
            {
                ...document,
                resources: [
                    { id: GROUP, type: "Microsoft.KeyVault/vaults", name: "playbooks", properties: {} },
                ],
            },
            `'${GROUP}' is not the id of a resource of type 'Microsoft.KeyVault/vaults' that is known here`,
        ],
        [
            "a resource of a type that is not simulated",
            {
                ...document,
                resources: [
                    {
                        id: `${GROUP}/providers/Microsoft.Web/sites/x`,
                        type: "Microsoft.Web/sites",
                        name: "x",
                        properties: {},
                    },
                ],
            },
            `'${GROUP}/providers/Microsoft.Web/sites/x' is not the id of a resource of type 'Microsoft.Web/sites' that is known here`,
        ],
    ];
    for (const [what, damaged, why] of damages) {
        it(`is refused where the document has ${what}`, () => {
            expect(() => AzureResourceManager.restore(damaged)).to.throw(Error, unreadable(why));
            expect(() => AzureResourceManager.restore(damaged)).not.to.throw(secret);
        });
    }
});
