import { expect } from "chai";
import type { JsonObject } from "../../../language/json";
import { NotSimulated } from "../../../simulator/resources/notSimulated";
import {
    assignment,
    contoso,
    GROUP,
    policy,
    refusalOf,
    SECRETS_USER,
    SENTINEL_PRINCIPAL as READER,
    TENANT,
    vault,
} from "../../support/resources";

const VAULT = vault().id;
const SECRET = `${VAULT}/secrets/api-key`;
const OFFICER = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7";

describe("key vaults", () => {
    it("are stored with what Azure adds", () => {
        expect(contoso().put(vault("Kv-Contoso")).properties).to.deep.equal({
            tenantId: TENANT,
            sku: { family: "A", name: "standard" },
            accessPolicies: [],
            enableRbacAuthorization: false,
            enableSoftDelete: true,
            softDeleteRetentionInDays: 90,
            vaultUri: "https://kv-contoso.vault.azure.net/",
            provisioningState: "Succeeded",
        });
    });

    it("use Azure RBAC by default from API version 2026-02-01 on", () => {
        const created = contoso().put({ ...vault(), apiVersion: "2026-02-01" });
        expect(created.properties["enableRbacAuthorization"]).to.equal(true);
    });

    for (const name of ["ab", "a".repeat(25), "1vault", "kv--x", "kv-", "kv_x"]) {
        it(`refuse the name "${name}"`, () => {
            expect(refusalOf(() => contoso().put(vault(name)))).to.include(
                `400 VaultNameNotValid: The vault name '${name}' is invalid.`,
            );
        });
    }

    for (const name of ["a-b", "abc", "a".repeat(24), "k1-2-3"]) {
        it(`accept the name "${name}"`, () => {
            expect(contoso().put(vault(name)).name).to.equal(name);
        });
    }

    const refused: readonly (readonly [string, JsonObject, string])[] = [
        ["another tenant", { tenantId: "x" }, `The vault's tenantId must be '${TENANT}'`],
        ["no sku", { sku: {} }, "The vault's sku must have the family 'A'"],
        ["purge protection that is off", { enablePurgeProtection: false }, "cannot be set to false"],
        ["soft delete that is off", { enableSoftDelete: false }, "soft delete is always on"],
        ["a retention of 6 days", { softDeleteRetentionInDays: 6 }, "must be from 7 to 90, not 6"],
        ["a policy without a principal", { accessPolicies: [{ tenantId: TENANT }] }, "which is a GUID"],
        [
            "a permission that does not exist",
            {
                accessPolicies: [{ tenantId: TENANT, objectId: READER, permissions: { secrets: ["read"] } }],
            },
            "'read' is no permission on secrets. Possible are: all, get, list,",
        ],
        [
            "two policies for one principal",
            {
                accessPolicies: [
                    { tenantId: TENANT, objectId: READER },
                    { tenantId: TENANT, objectId: READER.toUpperCase() },
                ],
            },
            "name the same principal twice",
        ],
    ];
    for (const [what, properties, message] of refused) {
        it(`refuse ${what}`, () => {
            const text = refusalOf(() => contoso().put(vault("kv-contoso", properties)));
            expect(text).to.match(/^400 BadRequest: /);
            expect(text).to.include(message);
        });
    }

    it("refuse by name what the simulation does not know", () => {
        expect(() => contoso().put(vault("kv-x", { hsmPoolResourceId: "x" }))).to.throw(
            NotSimulated,
            'the property "hsmPoolResourceId" of a vault',
        );
        expect(() => contoso().put(vault("kv-x", { createMode: "recover" }))).to.throw(
            NotSimulated,
            "recover",
        );
    });

    it("refuse a name that another resource group uses", () => {
        const azure = contoso();
        azure.put(vault());
        azure.put({ id: `${GROUP}-2`, location: "westeurope" });
        const again = { ...vault(), id: VAULT.replace("playbooks", "playbooks-2").replace("kv-", "KV-") };
        expect(refusalOf(() => azure.put(again))).to.include(
            "409 VaultAlreadyExists: The vault name 'KV-contoso' is already in use.",
        );
    });

    it("keep their name after their deletion", () => {
        const azure = contoso();
        azure.put(vault());
        azure.delete({ id: VAULT });
        expect(azure.get(VAULT)).to.equal(undefined);
        expect(refusalOf(() => azure.put(vault()))).to.equal(
            "409 ConflictError: A vault with the same name 'kv-contoso' already exists in deleted state. You need to " +
                "either recover or purge existing key vault.",
        );
    });

    it("keep the access policies made elsewhere unless a list is given, and lose them to an empty one", () => {
        const azure = contoso();
        azure.put(vault());
        azure.put(policy(VAULT, READER));
        azure.put(vault());
        expect(azure.mayReadSecret(READER, VAULT, "api-key")).to.equal(true);
        azure.put(vault("kv-contoso", { accessPolicies: [] }));
        expect(azure.mayReadSecret(READER, VAULT, "api-key")).to.equal(false);
    });

    it("do not change how long they keep what is deleted", () => {
        const azure = contoso();
        azure.put(vault());
        expect(refusalOf(() => azure.put(vault("kv-contoso", { softDeleteRetentionInDays: 7 })))).to.equal(
            '400 BadRequest: The property "softDeleteRetentionInDays" has been set already and it can\'t be modified.',
        );
    });
});

describe("reading a secret", () => {
    it("needs the permission get in an access policy of a vault that goes by policies", () => {
        const azure = contoso();
        azure.put(vault());
        azure.put(assignment(VAULT, SECRETS_USER, READER));
        expect(azure.mayReadSecret(READER, VAULT, "api-key")).to.equal(false);
        azure.put(policy(VAULT, READER, ["list"]));
        expect(azure.mayReadSecret(READER, VAULT, "api-key")).to.equal(false);
        azure.put(policy(VAULT, READER, ["Get"]));
        expect(azure.mayReadSecret(READER.toUpperCase(), VAULT.toUpperCase(), "api-key")).to.equal(true);
        azure.put(policy(VAULT, READER, ["all"]));
        expect(azure.mayReadSecret(READER, VAULT, "api-key")).to.equal(true);
        azure.delete({ id: policy(VAULT, READER).id });
        expect(azure.mayReadSecret(READER, VAULT, "api-key")).to.equal(false);
    });

    it("needs a role on the secret or above it in a vault that goes by RBAC, where policies mean nothing", () => {
        const azure = contoso();
        azure.put(vault("kv-contoso", { enableRbacAuthorization: true }));
        azure.put({ id: SECRET, properties: { value: "x" } });
        azure.put(policy(VAULT, READER));
        expect(azure.mayReadSecret(READER, VAULT, "api-key")).to.equal(false);
        azure.put(assignment(SECRET, SECRETS_USER, READER));
        expect(azure.mayReadSecret(READER, VAULT, "api-key")).to.equal(true);
        expect(azure.mayReadSecret(READER, VAULT, "other")).to.equal(false);
    });

    it("is not in the rights of an owner of the vault", () => {
        const azure = contoso();
        azure.put(vault("kv-contoso", { enableRbacAuthorization: true }));
        azure.put(assignment(GROUP, "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", READER));
        expect(azure.mayReadSecret(READER, VAULT, "api-key")).to.equal(false);
    });

    it("is not possible in a vault that does not exist", () => {
        expect(contoso().mayReadSecret(READER, VAULT, "api-key")).to.equal(false);
        expect(contoso().secretValue(VAULT, "api-key")).to.equal(undefined);
    });
});

describe("vault secrets", () => {
    it("are written without their value ever coming back", () => {
        const azure = contoso();
        azure.put(vault());
        const secret = azure.put({ id: SECRET, properties: { value: "s3cret", contentType: "text/plain" } });
        expect(JSON.stringify(azure.lookUp(SECRET))).not.to.include("s3cret");
        expect(secret.properties).to.deep.include({
            attributes: { enabled: true },
            contentType: "text/plain",
            secretUri: "https://kv-contoso.vault.azure.net/secrets/api-key",
        });
        expect(azure.secretValue(VAULT.toUpperCase(), "API-KEY")).to.equal("s3cret");
    });

    it("get another version with every write", () => {
        const azure = contoso();
        azure.put(vault());
        const versions = ["1", "2"].map(
            (value) => azure.put({ id: SECRET, properties: { value } }).properties["secretUriWithVersion"],
        );
        expect(new Set(versions).size).to.equal(2);
        expect(azure.secretValue(VAULT, "api-key")).to.equal("2");
    });

    for (const [what, name, properties, message] of [
        ["a name with an underscore", "api_key", { value: "x" }, "The secret name 'api_key' is invalid."],
        ["no value", "api-key", {}, "needs a value"],
        ["a value that is too long", "api-key", { value: "x".repeat(25_601) }, "at most 25600 bytes"],
    ] as const) {
        it(`refuse ${what}`, () => {
            const azure = contoso();
            azure.put(vault());
            const text = refusalOf(() => azure.put({ id: `${VAULT}/secrets/${name}`, properties }));
            expect(text).to.match(/^400 BadRequest: /);
            expect(text).to.include(message);
        });
    }

    it("are deleted with a right on the vault's data only, and then keep their name", () => {
        const azure = contoso();
        azure.put(vault("kv-contoso", { enableRbacAuthorization: true }));
        azure.put({ id: SECRET, properties: { value: "x" } });
        azure.put(assignment(SECRET, SECRETS_USER, READER));
        expect(
            refusalOf(() => {
                azure.delete({ id: SECRET, principalId: READER });
            }),
        ).to.include(`403 Forbidden: Caller '${READER}' is not authorized to delete the secret 'api-key'`);
        azure.put(assignment(VAULT, OFFICER, READER, { name: "44444444-4444-4444-8444-444444444444" }));
        azure.delete({ id: SECRET, principalId: READER });
        expect(azure.secretValue(VAULT, "api-key")).to.equal(undefined);
        expect(refusalOf(() => azure.put({ id: SECRET, properties: { value: "x" } }))).to.include(
            "409 Conflict: Secret api-key is currently in a deleted but recoverable state",
        );
    });

    it("go with their vault without such a right", () => {
        const azure = contoso();
        azure.put(vault());
        azure.put({ id: SECRET, properties: { value: "x" } });
        azure.delete({ id: VAULT });
        expect(azure.secretValue(VAULT, "api-key")).to.equal(undefined);
    });
});

describe("writes to one vault", () => {
    it("are refused unless each waits for all before it", () => {
        const azure = contoso();
        azure.put({ ...vault(), after: [] });
        azure.put({ id: SECRET, properties: { value: "x" }, after: [VAULT] });
        expect(refusalOf(() => azure.put({ ...policy(VAULT, READER), after: [VAULT] }))).to.match(
            /^409 ConflictError: A conflict occurred that prevented the operation from completing\..*\(Nothing makes this write wait for that of '.*\/secrets\/api-key'\.\)$/,
        );
    });

    it("go through in order", () => {
        const azure = contoso();
        azure.put({ ...vault(), after: [] });
        azure.put({ id: SECRET, properties: { value: "x" }, after: [VAULT] });
        azure.put({ ...policy(VAULT, READER), after: [VAULT, SECRET] });
        expect(azure.mayReadSecret(READER, VAULT, "api-key")).to.equal(true);
    });

    it("do not meet those to another vault, nor those of an earlier deployment", () => {
        const azure = contoso();
        azure.put({ ...vault(), after: [] });
        azure.put({ ...vault("kv-other"), after: [] });
        azure.put({ id: SECRET, properties: { value: "x" }, after: [VAULT] });
        azure.finishWrites();
        azure.put({ ...policy(VAULT, READER), after: [] });
        expect(azure.mayReadSecret(READER, VAULT, "api-key")).to.equal(true);
    });

    it("are refused on the way down as well", () => {
        const azure = contoso();
        const other = policy(VAULT, TENANT);
        azure.put(vault());
        azure.put(policy(VAULT, READER));
        azure.put(other);
        azure.delete({ id: policy(VAULT, READER).id, after: [] });
        expect(
            refusalOf(() => {
                azure.delete({ id: other.id, after: [] });
            }),
        ).to.match(/^409 ConflictError/);
    });

    it("do not count role assignments, which Resource Manager keeps itself", () => {
        const azure = contoso();
        azure.put({ ...vault("kv-contoso", { enableRbacAuthorization: true }), after: [] });
        azure.put({ id: SECRET, properties: { value: "x" }, after: [VAULT] });
        azure.put(assignment(VAULT, SECRETS_USER, READER, { after: [VAULT] }));
        expect(azure.mayReadSecret(READER, VAULT, "api-key")).to.equal(true);
    });
});
