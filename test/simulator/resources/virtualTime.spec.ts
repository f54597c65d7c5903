import { expect } from "chai";
import type { AzureResourceManager } from "../../../simulator/resources/machine";
import { createTenant } from "../../../simulator/resources/tenant";
import { PROPAGATION } from "../../../simulator/resources/virtualTime";
import {
    assignment,
    connection,
    contoso,
    GROUP,
    refusalOf,
    rule,
    SECRETS_USER,
    SENTINEL_PRINCIPAL,
    SUBSCRIPTION,
    TENANT,
    vault,
    webhookDefinition,
    workflow,
    WORKSPACE,
} from "../../support/resources";
import { GRANT, MISSING, NO_TRIGGER, responder, withConnection } from "../../support/virtualTime";

describe("virtual time in the simulated Azure", () => {
    describe("the time that it has come to", () => {
        it("is 0 as long as nobody tells the time", () => {
            const azure = withConnection();
            azure.put(workflow());
            azure.delete({ id: workflow().id });
            expect(azure.now).to.equal(0);
        });

        it("is that of the latest end of a write, in whatever order they are asked for", () => {
            const azure = contoso();
            azure.put({ ...vault("kv-a"), at: 1000, lasts: 500 });
            expect(azure.now).to.equal(1500);
            azure.put({ ...vault("kv-b"), at: 200, lasts: 500 });
            expect(azure.now).to.equal(1500);
            azure.delete({ id: vault("kv-b").id, at: 2000, lasts: 10 });
            expect(azure.now).to.equal(2010);
        });

        it("is that of a refusal too, and of a delete that finds nothing, without what these would have lasted", () => {
            const azure = contoso();
            refusalOf(() => azure.put({ ...vault("x"), at: 700, lasts: 500 }));
            expect(azure.now).to.equal(700);
            azure.delete({ id: vault().id, at: 900, lasts: 500 });
            expect(azure.now).to.equal(900);
        });

        it("stays when all writes are finished", () => {
            const azure = contoso();
            azure.put({ ...vault(), at: 5 });
            azure.finishWrites();
            expect(azure.now).to.equal(5);
        });

        for (const [name, timing] of [
            ["at", { at: -1 }],
            ["at", { at: Number.NaN }],
            ["lasts", { at: 1, lasts: Number.POSITIVE_INFINITY }],
            ["lasts", { at: 1, lasts: -0.5 }],
        ] as const) {
            it(`is refused where "${name}" is no time (${Object.values(timing).join(", ")})`, () => {
                const azure = contoso();
                const expected = `"${name}" is ${String({ lasts: 0, ...timing }[name])}. It has to be a number of milliseconds`;
                expect(() => azure.put({ ...vault(), ...timing })).to.throw(RangeError, expected);
                expect(() => {
                    azure.delete({ id: vault().id, ...timing });
                }).to.throw(RangeError, expected);
                expect(azure.now).to.equal(0);
                expect(azure.get(vault().id)).to.equal(undefined);
            });
        }
    });

    describe("a resource", () => {
        it("is there for others from the end of its write on", () => {
            const azure = contoso();
            const group = `/subscriptions/${SUBSCRIPTION}/resourceGroups/new`;
            azure.put({ id: group, location: "westeurope", at: 100, lasts: 50 });
            const id = `${group}/providers/Microsoft.KeyVault/vaults/kv-new`;
            expect(refusalOf(() => azure.put({ ...vault(), id, at: 149 }))).to.equal(
                "404 ResourceGroupNotFound: Resource group 'new' could not be found. (The same deployment makes " +
                    `'${group}', and nothing makes this write wait for it.)`,
            );
            expect(azure.put({ ...vault(), id, at: 150 }).name).to.equal("kv-new");
        });

        it("stays there while it is changed", () => {
            const azure = contoso();
            azure.put({ ...vault(), at: 0, lasts: 10 });
            azure.put({ ...vault(), tags: { team: "soc" }, at: 100, lasts: 50 });
            const grant = assignment(vault().id, SECRETS_USER, SENTINEL_PRINCIPAL);
            expect(azure.put({ ...grant, at: 120 }).properties["scope"]).to.equal(vault().id);
        });

        it("is there at once for those who tell no time", () => {
            const azure = withConnection();
            azure.put({ ...GRANT, at: 100 });
            azure.put({ ...workflow(), at: 100, lasts: 50 });
            expect(azure.put(responder(azure)).properties["principalType"]).to.equal("ServicePrincipal");
            expect(azure.put(rule()).name).to.match(/^2222/);
        });

        it("still has to be waited for where the order of writes is told as well", () => {
            const azure = withConnection();
            azure.put({ ...workflow(), at: 0, after: [connection("azuresentinel").id] });
            const later = { ...responder(azure, "ServicePrincipal"), at: 1_000_000 };
            expect(refusalOf(() => azure.put({ ...later, after: [] }))).to.include(
                `(The same deployment makes '${workflow().id}', and nothing makes this write wait for it.)`,
            );
            expect(azure.put({ ...later, after: [workflow().id] }).name).to.match(/^3333/);
        });
    });

    describe("a new identity", () => {
        const MADE = 1200;
        const REPLICATED = MADE + PROPAGATION.identity;

        function fresh(): AzureResourceManager {
            const azure = withConnection();
            azure.put({ ...workflow(), at: 1000, lasts: 200 });
            return azure;
        }

        for (const principalType of [undefined, "User"]) {
            it(`is not found before it is replicated, with ${principalType ?? "no"} type`, () => {
                const azure = fresh();
                const principalId = azure.get(workflow().id)?.identity?.principalId ?? "";
                expect(
                    refusalOf(() => azure.put({ ...responder(azure, principalType), at: REPLICATED - 1 })),
                ).to.equal(
                    `400 PrincipalNotFound: Principal ${principalId} does not exist in the directory ${TENANT}. Check ` +
                        "that you have the correct principal ID. If you are creating this principal and then " +
                        "immediately assigning a role, this error might be related to a replication delay. In this " +
                        "case, set the role assignment principalType property to a value, such as ServicePrincipal, " +
                        "User, or Group. See https://aka.ms/docs-principaltype",
                );
            });
        }

        it("is found once it is replicated, and its type is compared then", () => {
            const azure = fresh();
            expect(refusalOf(() => azure.put({ ...responder(azure, "User"), at: REPLICATED }))).to.match(
                /^400 UnmatchedPrincipalType: /,
            );
            expect(azure.put({ ...responder(azure), at: REPLICATED }).properties["principalType"]).to.equal(
                "ServicePrincipal",
            );
        });

        it("is taken on trust with its type, from the end of its workflow's write on", () => {
            const azure = fresh();
            const typed = responder(azure, "ServicePrincipal");
            expect(refusalOf(() => azure.put({ ...typed, at: MADE - 1 }))).to.match(
                /^400 PrincipalNotFound: .*nothing makes this write wait for it/,
            );
            expect(azure.put({ ...typed, at: MADE }).name).to.match(/^3333/);
        });

        it("is replicated anew when it was switched off and on", () => {
            const azure = fresh();
            const off = { definition: webhookDefinition(), parameters: {} };
            azure.put(workflow(off, { identity: { type: "None" }, at: 500_000 }));
            azure.put({ ...workflow(), at: 600_000 });
            const at = 600_000 + PROPAGATION.identity;
            expect(refusalOf(() => azure.put({ ...responder(azure), at: at - 1 }))).to.match(
                /^400 PrincipalNotFound: /,
            );
            expect(azure.put({ ...responder(azure), at }).name).to.match(/^3333/);
        });

        it("is not replicated anew by a change of its workflow", () => {
            const azure = fresh();
            azure.put({ ...workflow(), tags: { team: "soc" }, at: REPLICATED - 10, lasts: 500 });
            expect(azure.put({ ...responder(azure), at: REPLICATED }).name).to.match(/^3333/);
        });

        it("is found at once when all writes are finished", () => {
            const azure = fresh();
            azure.finishWrites();
            expect(azure.put({ ...responder(azure), at: MADE }).name).to.match(/^3333/);
        });
    });

    describe("a new incident trigger", () => {
        const SEEN = 1100 + PROPAGATION.trigger;
        const webhook = { definition: webhookDefinition(), parameters: {} };

        function granted(): AzureResourceManager {
            const azure = withConnection();
            azure.put(GRANT);
            return azure;
        }

        it("is seen by Microsoft Sentinel only after a while", () => {
            const azure = granted();
            azure.put({ ...workflow(), at: 1000, lasts: 100 });
            expect(refusalOf(() => azure.put({ ...rule(), at: 1100 }))).to.equal(NO_TRIGGER);
            expect(refusalOf(() => azure.put({ ...rule(), at: SEEN - 1 }))).to.equal(NO_TRIGGER);
            expect(azure.put({ ...rule(), at: SEEN }).name).to.match(/^2222/);
        });

        it("of a workflow that had another trigger takes its time as well", () => {
            const azure = granted();
            azure.put(workflow(webhook, { at: 0 }));
            azure.put({ ...workflow(), at: 500_000 });
            const at = 500_000 + PROPAGATION.trigger;
            expect(refusalOf(() => azure.put({ ...rule(), at: at - 1 }))).to.equal(NO_TRIGGER);
            expect(azure.put({ ...rule(), at }).name).to.match(/^2222/);
        });

        it("stays seen while the rest of the workflow changes", () => {
            const azure = granted();
            azure.put({ ...workflow(), at: 1000, lasts: 100 });
            azure.put({ ...workflow(), tags: { team: "soc" }, at: SEEN - 1, lasts: 100 });
            expect(azure.put({ ...rule(), at: SEEN }).name).to.match(/^2222/);
        });

        it("is seen at once when all writes are finished", () => {
            const azure = granted();
            azure.put({ ...workflow(), at: 1000, lasts: 100 });
            azure.finishWrites();
            expect(azure.put({ ...rule(), at: 1100 }).name).to.match(/^2222/);
        });
    });

    it("takes other durations, each by itself", () => {
        const azure = createTenant(
            {
                tenantId: TENANT,
                securityInsightsPrincipalId: SENTINEL_PRINCIPAL,
                subscriptions: [
                    {
                        subscriptionId: SUBSCRIPTION,
                        resourceGroups: [
                            {
                                name: "playbooks",
                                location: "westeurope",
                                workspaces: [{ name: "soc", customerId: TENANT }],
                            },
                        ],
                    },
                ],
            },
            { propagation: { roleAssignment: 7, trigger: 0 } },
        );
        const workspace = `${GROUP}/providers/Microsoft.OperationalInsights/workspaces/soc`;
        const inGroup = rule({}, { id: rule().id.replace(WORKSPACE, workspace) });
        azure.put(connection("azuresentinel"));
        azure.put({ ...GRANT, at: 0 });
        azure.put({ ...workflow(), at: 0 });
        expect(refusalOf(() => azure.put({ ...inGroup, at: 6 }))).to.equal(MISSING);
        expect(azure.put({ ...inGroup, at: 7 }).name).to.match(/^2222/);
        const untyped = responder(azure);
        const request = { ...untyped, id: untyped.id.replace(WORKSPACE, workspace) };
        expect(refusalOf(() => azure.put({ ...request, at: PROPAGATION.identity - 1 }))).to.match(
            /^400 PrincipalNotFound: /,
        );
        expect(azure.put({ ...request, at: PROPAGATION.identity }).name).to.match(/^3333/);
    });
});
