import { expect } from "chai";
import { PROPAGATION } from "../../../simulator/resources/virtualTime";
import {
    assignment,
    connection,
    contoso,
    refusalOf,
    RESPONDER,
    rule,
    SECRETS_USER,
    SENTINEL_PRINCIPAL,
    vault,
    workflow,
    WORKSPACE,
} from "../../support/resources";
import { GRANT, MISSING, READ_INCIDENT, withConnection } from "../../support/virtualTime";

describe("virtual time in the simulated Azure", () => {
    describe("a new role assignment", () => {
        const EFFECTIVE = 1100 + PROPAGATION.roleAssignment;
        const timed = { at: 1000, lasts: 100 };

        it("lets an automation rule run its playbook only when it is effective", () => {
            const azure = withConnection();
            azure.put(workflow());
            azure.put({ ...GRANT, ...timed });
            expect(refusalOf(() => azure.put({ ...rule(), at: EFFECTIVE - 1 }))).to.equal(MISSING);
            expect(azure.put({ ...rule(), at: EFFECTIVE }).name).to.match(/^2222/);
        });

        it("is called unordered where the rule does not even wait for its write", () => {
            const azure = withConnection();
            azure.put(workflow());
            azure.put({ ...GRANT, ...timed });
            expect(refusalOf(() => azure.put({ ...rule(), at: 1099 }))).to.equal(
                `${MISSING} (The same deployment makes '${GRANT.id}', and nothing makes this write wait for it.)`,
            );
            expect(refusalOf(() => azure.put({ ...rule(), at: 1100 }))).to.equal(MISSING);
        });

        it("does not become ineffective when it is written again", () => {
            const azure = withConnection();
            azure.put(workflow());
            azure.put({ ...GRANT, ...timed });
            azure.put({ ...GRANT, at: EFFECTIVE - 1 });
            expect(azure.put({ ...rule(), at: EFFECTIVE }).name).to.match(/^2222/);
        });

        it("takes its time again when it is made anew", () => {
            const azure = withConnection();
            azure.put(workflow());
            azure.put({ ...GRANT, ...timed });
            azure.delete({ id: GRANT.id, at: EFFECTIVE });
            azure.put({ ...GRANT, at: EFFECTIVE });
            expect(refusalOf(() => azure.put({ ...rule(), at: 2 * EFFECTIVE - 1101 }))).to.equal(MISSING);
            expect(azure.put({ ...rule(), at: EFFECTIVE + PROPAGATION.roleAssignment }).name).to.match(
                /^2222/,
            );
        });

        it("gives a right from then on, and to those who ask for no time", () => {
            const azure = contoso();
            azure.put({ ...assignment(WORKSPACE, RESPONDER, SENTINEL_PRINCIPAL), ...timed });
            const allowed = (at?: number) => azure.allows(SENTINEL_PRINCIPAL, READ_INCIDENT, WORKSPACE, at);
            expect([0, EFFECTIVE - 1, EFFECTIVE, undefined].map(allowed)).to.deep.equal([
                false,
                false,
                true,
                true,
            ]);
        });

        it("lets a secret be read from then on", () => {
            const azure = contoso();
            azure.put(vault("kv-contoso", { enableRbacAuthorization: true }));
            azure.put({ ...assignment(vault().id, SECRETS_USER, SENTINEL_PRINCIPAL), ...timed });
            const mayRead = (at?: number) => azure.mayReadSecret(SENTINEL_PRINCIPAL, vault().id, "key", at);
            expect([EFFECTIVE - 1, EFFECTIVE, undefined].map(mayRead)).to.deep.equal([false, true, true]);
        });

        it("lets a secret be deleted from then on", () => {
            const azure = contoso();
            const secret = `${vault().id}/secrets/key`;
            azure.put(vault("kv-contoso", { enableRbacAuthorization: true }));
            azure.put({ id: secret, properties: { value: "x" } });
            const officer = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7";
            azure.put({ ...assignment(vault().id, officer, SENTINEL_PRINCIPAL), ...timed });
            const remove = (at: number) => {
                azure.delete({ id: secret, principalId: SENTINEL_PRINCIPAL, at });
            };
            expect(
                refusalOf(() => {
                    remove(EFFECTIVE - 1);
                }),
            ).to.match(/^403 Forbidden: /);
            remove(EFFECTIVE);
            expect(azure.get(secret)).to.equal(undefined);
        });

        it("is effective at once where it was in the tenant before, and when all writes are finished", () => {
            const azure = contoso({
                roleAssignments: [
                    {
                        scope: WORKSPACE,
                        role: "Microsoft Sentinel Responder",
                        principalId: SENTINEL_PRINCIPAL,
                    },
                ],
            });
            expect(azure.allows(SENTINEL_PRINCIPAL, READ_INCIDENT, WORKSPACE, 0)).to.equal(true);
            azure.put({ ...GRANT, ...timed });
            azure.finishWrites();
            azure.put(connection("azuresentinel"));
            azure.put(workflow());
            expect(azure.put({ ...rule(), at: 1100 }).name).to.match(/^2222/);
        });
    });
});
