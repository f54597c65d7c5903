import { expect } from "chai";
import type { JsonObject } from "../../../language/json";
import {
    callConnector,
    callHttp,
    connectionId,
    connectionResource,
    connectionsParameter,
    errorOf,
    principalId,
    resource,
    services,
    withManagedIdentity,
    workflowId,
} from "../../support/services";

function workflow(parameters: JsonObject, identity = true) {
    const tenantId = "00000000-0000-0000-0000-0000000000c1";
    return {
        [workflowId]: resource(
            workflowId,
            { parameters },
            identity ? { identity: { type: "SystemAssigned", principalId, tenantId } } : {},
        ),
    };
}

describe("API connections", () => {
    it("answers 404 when the connection does not exist", () => {
        const target = services({ resources: { [connectionId("keyvault")]: null } });
        expect(errorOf(callConnector(target, "keyvault", "GET", "/secrets/api-key/value"))).to.deep.equal({
            status: 404,
            code: "ApiConnectionNotFound",
            message: `The API connection '${connectionId("keyvault")}' could not be found.`,
        });
    });

    it("answers 401 when the $connections entry does not ask for managed identity", () => {
        const parameters = connectionsParameter((api) => ({ connectionId: connectionId(api) }));
        const target = services({ resources: workflow(parameters) });
        expect(errorOf(callConnector(target, "azuresentinel", "POST", "/Incidents"))).to.deep.equal({
            status: 401,
            code: "Unauthenticated",
            message:
                "The workflow does not use a managed identity with connection 'azuresentinel-connection'.",
        });
    });

    it("answers 401 when the workflow has no managed identity", () => {
        const target = services({ resources: workflow(connectionsParameter(withManagedIdentity), false) });
        expect(errorOf(callConnector(target, "azuresentinel", "POST", "/Incidents"))).to.deep.equal({
            status: 401,
            code: "Unauthenticated",
            message: "The workflow 'demo' has no managed identity.",
        });
    });

    it("answers 401 when a single-authentication connection lacks its mark", () => {
        const target = services({
            resources: { [connectionId("azuresentinel")]: connectionResource("azuresentinel", {}) },
        });
        expect(errorOf(callConnector(target, "azuresentinel", "POST", "/Incidents")).status).to.equal(401);
    });

    it("answers 400 without a token when the logs connection has the mark of the other family", () => {
        const wrong: JsonObject[] = [
            { parameterValueType: "Alternative" },
            {},
            {
                parameterValueType: "Alternative",
                parameterValueSet: { name: "managedIdentityAuth", values: {} },
            },
        ];
        for (const properties of wrong) {
            const target = services({
                resources: {
                    [connectionId("azuremonitorlogs")]: connectionResource("azuremonitorlogs", properties),
                },
            });
            expect(errorOf(callConnector(target, "azuremonitorlogs", "POST", "/queryData"))).to.deep.equal({
                status: 400,
                code: "BadRequest",
                message:
                    "Failed to retrieve token for resource=https://api.loganalytics.io. " +
                    "Message=Parameter=Token not found",
            });
        }
    });

    it("refuses a connector that it does not know by name", () => {
        const office = { ...connectionResource("office365", { parameterValueType: "Alternative" }) };
        const resources = { [connectionId("keyvault")]: { ...office, id: connectionId("keyvault") } };
        expect(() => callConnector(services({ resources }), "keyvault", "GET", "/")).to.throw(
            "NotSupported: the simulated Azure does not know the connector 'office365'.",
        );
    });

    it("refuses to answer for a workflow that is not deployed", () => {
        expect(() => services().transportFor(`${workflowId}2`)).to.throw(
            `There is no workflow '${workflowId}2'`,
        );
    });
});

describe("HTTP requests", () => {
    it("resolve no host but those of the simulated services", () => {
        expect(callHttp(services(), "GET", "https://example.com/x")).to.deep.equal({
            error: "UnresolvableHostName",
            message: "The host 'example.com' could not be resolved.",
        });
    });

    it("do not reach another tenant of Intezer", () => {
        const target = services(
            {},
            { intezer: { apiKey: "the-key", baseUrl: "https://us.app.intezer.com" } },
        );
        const uri = (host: string) => `https://${host}/api/v2-0/get-access-token`;
        const body = { api_key: "the-key" };
        expect(callHttp(target, "POST", uri("analyze.intezer.com"), { body })).to.have.property("error");
        expect(callHttp(target, "POST", uri("us.app.intezer.com"), { body })).to.have.property("status", 200);
    });
});

describe("disturbances", () => {
    it("answer matching requests in order and then leave the service alone", () => {
        const disturbances = [
            {
                method: "POST",
                to: "https://*/get-access-token",
                replies: [{ status: 429, headers: { "Retry-After": "7" } }, { timeout: true } as const],
            },
        ];
        const target = services({}, { disturbances });
        const call = () =>
            callHttp(target, "POST", "https://analyze.intezer.com/api/v2-0/get-access-token", {
                body: { api_key: "wrong" },
            });
        expect(call()).to.deep.equal({ status: 429, headers: { "Retry-After": "7" } });
        expect(call()).to.deep.equal({ timeout: true });
        expect(call()).to.have.property("status", 401);
    });

    it("match the whole address, dots included", () => {
        const target = services(
            {},
            { disturbances: [{ method: "GET", to: "/a.c", replies: [{ status: 500 }] }] },
        );
        expect(() => callConnector(target, "azuresentinel", "GET", "/abc")).to.throw("NotSupported");
        expect(callConnector(target, "azuresentinel", "GET", "/a.c")).to.deep.equal({ status: 500 });
    });
});
