import { expect } from "chai";
import {
    callConnector,
    callHttp,
    errorOf,
    principalId,
    services,
    start,
    workspaceGuid,
    workspaceId,
} from "../../support/services";

const right = "Microsoft.OperationalInsights/workspaces/query/read";
const granted = { grants: [[principalId, right, workspaceId]] as const };
const query = 'SecurityAlert | where VendorOriginalId == "da1" | project SystemAlertId';
const queries = {
    subscriptions: "00000000-0000-0000-0000-000000000001",
    resourcegroups: "rg-sentinel",
    resourcetype: "Log Analytics Workspace",
    resourcename: "law-sentinel",
    timerange: "Last 30 days",
};
const uri = `https://api.loganalytics.io/v1/workspaces/${workspaceGuid}/query`;
const audience = "https://api.loganalytics.io";

function withAlert(changes = {}) {
    const target = services(changes);
    target.logAnalytics.ingest(workspaceId, {
        systemAlertId: "s1",
        vendorOriginalId: "da1",
        alertName: "A",
        productName: "P",
        timeGenerated: start,
        visibleAt: start + 60_000,
    });
    return target;
}

describe("Log Analytics through its connector", () => {
    const ask = (target = withAlert(granted), more = {}) =>
        callConnector(target, "azuremonitorlogs", "POST", "/queryData", {
            body: query,
            queries,
            time: start + 60_000,
            ...more,
        });

    it("gives the rows of a query", () => {
        expect(ask()).to.deep.equal({ status: 200, body: { value: [{ SystemAlertId: "s1" }] } });
    });

    it("shows no alert before it has been ingested", () => {
        expect(ask(withAlert(granted), { time: start + 59_999 })).to.deep.equal({
            status: 200,
            body: { value: [] },
        });
    });

    it("shows no alert outside the time range", () => {
        const narrow = { queries: { ...queries, timerange: "Last hour" } };
        expect(ask(withAlert(granted), { ...narrow, time: start + 3_600_000 })).to.deep.equal({
            status: 200,
            body: { value: [] },
        });
        expect(ask(withAlert(granted), { ...narrow, time: start + 3_599_999 })).to.have.nested.property(
            "body.value.length",
            1,
        );
    });

    it("answers 403 with what is missing to an identity that may not query", () => {
        const reply = ask(withAlert()) as { status: number; body: { error: { innerError: string } } };
        expect(reply.status).to.equal(403);
        expect(JSON.parse(reply.body.error.innerError)).to.have.nested.property(
            "error.message",
            "The provided credentials have insufficient access to perform the requested operation " +
                `('${right}' on '${workspaceId}' for object id '${principalId}').`,
        );
    });

    it("answers 400 with the token for a query that cannot be read", () => {
        const reply = ask(withAlert(granted), { body: 'SecurityAlert | where "' }) as {
            status: number;
            body: { error: { code: number; source: string; innerError: string } };
        };
        expect(reply.status).to.equal(400);
        expect(reply.body.error.source).to.equal("logic-apis-westeurope.azure-apim.net");
        expect(JSON.parse(reply.body.error.innerError)).to.deep.equal({
            error: {
                code: "BadArgumentError",
                message: "The request had some invalid properties",
                innererror: {
                    code: "SyntaxError",
                    message: "The string literal at position 22 is not closed.",
                },
            },
        });
    });

    it("answers 404 for a workspace that is not where the call says", () => {
        for (const wrong of [
            { resourcename: "other" },
            { resourcegroups: "other" },
            { subscriptions: "other" },
        ]) {
            expect(ask(withAlert(granted), { queries: { ...queries, ...wrong } })).to.have.property(
                "status",
                404,
            );
        }
    });

    it("refuses other operations, resource types and time ranges by name", () => {
        expect(() => callConnector(withAlert(), "azuremonitorlogs", "POST", "/visualizeQuery")).to.throw(
            "does not know POST /visualizeQuery",
        );
        expect(() =>
            ask(withAlert(), { queries: { ...queries, resourcetype: "Application Insights" } }),
        ).to.throw("resourcetype 'Application Insights'");
        expect(() => ask(withAlert(granted), { queries: { ...queries, timerange: "for ever" } })).to.throw(
            "timerange 'for ever'",
        );
    });
});

describe("Log Analytics through HTTP", () => {
    const ask = (target = withAlert(granted), more = {}) =>
        callHttp(target, "POST", uri, {
            audience,
            body: { query, timespan: "P30D" },
            time: start + 60_000,
            ...more,
        });

    it("gives one table with typed columns", () => {
        expect(ask()).to.deep.equal({
            status: 200,
            body: {
                tables: [
                    {
                        name: "PrimaryResult",
                        columns: [{ name: "SystemAlertId", type: "string" }],
                        rows: [["s1"]],
                    },
                ],
            },
        });
    });

    it("answers 401 without a token, 403 to one for another audience and to an identity without the right", () => {
        expect(ask(withAlert(granted), { audience: undefined })).to.have.property("status", 401);
        expect(errorOf(ask(withAlert(granted), { audience: "https://management.azure.com/" })).code).to.equal(
            "InvalidTokenError",
        );
        expect(errorOf(ask(withAlert())).code).to.equal("InsufficientAccessError");
    });

    it("answers 404 for a workspace GUID that is not there", () => {
        const other = uri.replace(workspaceGuid, "00000000-0000-0000-0000-0000000000ff");
        expect(
            errorOf(callHttp(withAlert(granted), "POST", other, { audience, body: { query } })).code,
        ).to.equal("WorkspaceNotFoundError");
    });

    it("refuses a timespan that it does not know by name", () => {
        expect(() =>
            ask(withAlert(granted), { body: { query, timespan: "2026-01-01/2026-01-02" } }),
        ).to.throw("timespan '2026-01-01/2026-01-02'");
    });
});
