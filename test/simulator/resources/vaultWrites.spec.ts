import { expect } from "chai";
import type { AzureResourceManager, PutRequest } from "../../../simulator/resources/machine";
import { ANALYST, contoso, policy, refusalOf, SENTINEL_PRINCIPAL, vault } from "../../support/resources";

const VAULT = vault().id;
const SECRET: PutRequest = { id: `${VAULT}/secrets/key`, properties: { value: "x" } };
const POLICY = policy(VAULT, ANALYST);

const conflictWith = (id: string) =>
    "409 ConflictError: A conflict occurred that prevented the operation from completing. The operation failed " +
    "because the Key Vault changed from the point the operation began. This can happen if parallel operations are " +
    "being performed on the Key Vault. To prevent this error, serialize the operations so that only one operation " +
    `is performed on the Key Vault at a time. (The write of '${id}' is under way.)`;

function withVault(): AzureResourceManager {
    const azure = contoso();
    azure.put(vault());
    return azure;
}

describe("writes to one vault", () => {
    const spans: readonly (readonly [string, number, number, boolean])[] = [
        ["begins when the other is done", 200, 50, true],
        ["begins one millisecond before the other is done", 199, 50, false],
        ["takes no time while the other is under way", 150, 0, false],
        ["takes no time when the other begins", 100, 0, false],
        ["is done when the other begins", 50, 50, true],
        ["is done one millisecond after the other begins", 50, 51, false],
        ["lasts longer than the other on both sides", 50, 500, false],
        ["lies within the other", 120, 10, false],
    ];
    for (const [what, at, lasts, isAccepted] of spans) {
        it(`are ${isAccepted ? "accepted" : "refused"} where the second ${what}`, () => {
            const azure = withVault();
            azure.put({ ...SECRET, at: 100, lasts: 100 });
            const second = { ...POLICY, at, lasts };
            if (isAccepted) {
                expect(azure.put(second).id).to.equal(POLICY.id);
            } else {
                expect(refusalOf(() => azure.put(second))).to.equal(conflictWith(SECRET.id));
                expect(azure.get(POLICY.id)).to.equal(undefined);
            }
        });
    }

    it("are accepted at the same time where they take none", () => {
        const azure = withVault();
        azure.put({ ...SECRET, at: 100 });
        expect(azure.put({ ...POLICY, at: 100, lasts: 10 }).id).to.equal(POLICY.id);
    });

    it("are refused to the vault, a secret and a policy, be they writes or deletes", () => {
        const azure = contoso();
        azure.put({ ...vault(), at: 0, lasts: 100 });
        expect(refusalOf(() => azure.put({ ...vault(), at: 99 }))).to.equal(conflictWith(VAULT));
        azure.put({ ...policy(VAULT, ANALYST, ["delete"]), at: 100 });
        azure.put({ ...SECRET, at: 100 });
        const remove = (id: string, at: number) => () => {
            azure.delete({ id, principalId: ANALYST, at, lasts: 10 });
        };
        remove(SECRET.id, 200)();
        expect(refusalOf(remove(POLICY.id, 209))).to.equal(conflictWith(SECRET.id));
        remove(POLICY.id, 210)();
        expect(refusalOf(remove(VAULT, 219))).to.equal(conflictWith(POLICY.id));
        remove(VAULT, 220)();
        expect(azure.list("Microsoft.KeyVault/vaults")).to.deep.equal([]);
    });

    it("do not get in the way of a later one where they were refused themselves", () => {
        const azure = withVault();
        azure.put({ ...SECRET, at: 0, lasts: 100 });
        refusalOf(() => azure.put({ ...POLICY, at: 50, lasts: 100 }));
        refusalOf(() => azure.put({ ...SECRET, properties: {}, at: 100, lasts: 1000 }));
        const twice = [POLICY.properties ?? {}, POLICY.properties ?? {}];
        refusalOf(() =>
            azure.put({ ...vault("kv-contoso", { accessPolicies: twice }), at: 100, lasts: 1000 }),
        );
        expect(azure.put({ ...POLICY, at: 100, lasts: 100 }).id).to.equal(POLICY.id);
    });

    it("are accepted at one time for two vaults", () => {
        const azure = withVault();
        azure.put(vault("kv-other"));
        azure.put({ ...SECRET, at: 0, lasts: 100 });
        const other = policy(vault("kv-other").id, SENTINEL_PRINCIPAL);
        expect(azure.put({ ...other, at: 0, lasts: 100 }).id).to.equal(other.id);
    });

    it("are accepted where one tells no time, and when all writes are finished", () => {
        const azure = withVault();
        azure.put({ ...SECRET, at: 0, lasts: 100 });
        expect(azure.put(POLICY).id).to.equal(POLICY.id);
        azure.finishWrites();
        expect(azure.put({ ...SECRET, at: 50 }).id).to.equal(SECRET.id);
    });

    it("are refused where nothing puts them in order, whatever the time", () => {
        const azure = withVault();
        azure.put({ ...SECRET, at: 0, lasts: 10, after: [] });
        expect(refusalOf(() => azure.put({ ...POLICY, at: 500, after: [] }))).to.include(
            `(Nothing makes this write wait for that of '${SECRET.id.toLowerCase()}'.)`,
        );
        expect(azure.put({ ...POLICY, at: 500, after: [SECRET.id] }).id).to.equal(POLICY.id);
    });
});
