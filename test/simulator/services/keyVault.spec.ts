import { expect } from "chai";
import type { JsonObject } from "../../../language/json";
import {
    bodyOf,
    callConnector,
    callHttp,
    connectionId,
    connectionResource,
    errorOf,
    principalId,
    resource,
    services,
    vaultId,
} from "../../support/services";

const uri = "https://kv-demo.vault.azure.net/secrets/api-key?api-version=7.4";
const audience = "https://vault.azure.net";

describe("Key Vault through its connector", () => {
    const read = (target = services(), name = "api-key") =>
        callConnector(target, "keyvault", "GET", `/secrets/${name}/value`);

    it("gives value, name and version of a secret", () => {
        expect(read()).to.deep.equal({
            status: 200,
            body: {
                value: "the-key",
                name: "api-key",
                version: bodyOf<{ version: string }>(read()).version,
                isEnabled: true,
            },
        });
        expect(bodyOf<{ version: string }>(read()).version).to.match(/^[0-9a-f]{32}$/);
    });

    it("decodes the name in the path", () => {
        expect(read(services(), "api%2Dkey")).to.have.nested.property("body.value", "the-key");
    });

    it("answers 403 to an identity without an access policy", () => {
        expect(errorOf(read(services({ readers: [] })))).to.deep.equal({
            status: 403,
            code: "Forbidden",
            message:
                `The user, group or application 'oid=${principalId};` +
                "iss=https://sts.windows.net/00000000-0000-0000-0000-0000000000c1/' does not have secrets get " +
                "permission on key vault 'kv-demo;location=westeurope'. For help resolving this issue, please see " +
                "https://go.microsoft.com/fwlink/?linkid=2125287",
        });
    });

    it("answers 403 to an identity without a role where the vault uses Azure RBAC", () => {
        const resources = { [vaultId]: resource(vaultId, { enableRbacAuthorization: true }) };
        const { status, message } = errorOf(read(services({ readers: [], resources })));
        expect(status).to.equal(403);
        expect(message)
            .to.contain("Caller is not authorized to perform action on resource.")
            .and.contain("Action: 'Microsoft.KeyVault/vaults/secrets/getSecret/action'")
            .and.contain(`Resource: '${vaultId}/secrets/api-key'`);
    });

    it("answers 403 behind a firewall, whatever the rights", () => {
        const closed: JsonObject[] = [
            { networkAcls: { defaultAction: "Deny" } },
            { publicNetworkAccess: "Disabled" },
            { publicNetworkAccess: "disabled" },
        ];
        for (const properties of closed) {
            const resources = { [vaultId]: resource(vaultId, properties) };
            expect(errorOf(read(services({ resources })))).to.deep.equal({
                status: 403,
                code: "Forbidden",
                message: "Client address is not authorized and caller is not a trusted service.",
            });
        }
    });

    it("answers 404 for a secret that is not there, but only to who may read secrets", () => {
        expect(errorOf(read(services(), "other"))).to.deep.equal({
            status: 404,
            code: "SecretNotFound",
            message: "A secret with (name/id) other was not found in this key vault.",
        });
        expect(errorOf(read(services({ readers: [] }), "other")).status).to.equal(403);
    });

    it("answers 404 where the connection names no vault", () => {
        const connection = connectionResource("keyvault", { parameterValueType: "Alternative" });
        const target = services({ resources: { [connectionId("keyvault")]: connection } });
        expect(errorOf(read(target)).code).to.equal("VaultNotFound");
    });

    it("refuses other operations by name", () => {
        expect(() => callConnector(services(), "keyvault", "GET", "/keys")).to.throw(
            "NotSupported: the simulated keyvault connector does not know GET /keys.",
        );
    });
});

describe("Key Vault through HTTP", () => {
    it("gives value and id to a token for the vault", () => {
        const reply = callHttp(services(), "GET", uri, { audience });
        const { id } = bodyOf<{ id: string }>(reply);
        expect(reply).to.deep.equal({
            status: 200,
            body: { value: "the-key", id, attributes: { enabled: true } },
        });
        expect(id).to.match(/^https:\/\/kv-demo\.vault\.azure\.net\/secrets\/api-key\/[0-9a-f]{32}$/);
    });

    it("answers 401 without a token and to one for another audience", () => {
        expect(errorOf(callHttp(services(), "GET", uri)).message).to.equal(
            "AKV10000: Request is missing a Bearer or PoP token.",
        );
        expect(
            errorOf(callHttp(services(), "GET", uri, { audience: "https://management.azure.com/" })),
        ).to.deep.equal({
            status: 401,
            code: "Unauthorized",
            message:
                "AKV10022: Invalid audience. Expected https://vault.azure.net, found: https://management.azure.com/.",
        });
    });

    it("answers 400 without an API version", () => {
        const reply = callHttp(services(), "GET", uri.replace(/\?.*/, ""), { audience });
        expect(errorOf(reply)).to.deep.equal({
            status: 400,
            code: "BadParameter",
            message: "api-version must be specified",
        });
    });

    it("answers 403 to an identity that may not read", () => {
        expect(errorOf(callHttp(services({ readers: [] }), "GET", uri, { audience })).status).to.equal(403);
    });

    it("finds no host for a vault that does not exist", () => {
        expect(
            callHttp(services(), "GET", uri.replace("kv-demo", "kv-other"), { audience }),
        ).to.have.property("error", "UnresolvableHostName");
    });
});
