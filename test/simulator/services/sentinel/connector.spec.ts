import { expect } from "chai";
import type { Json } from "../../../../language/json";
import type { Services } from "../../../../simulator/services";
import {
    bodyOf,
    callConnector,
    errorOf,
    principalId,
    services,
    start,
    workspaceGuid,
    workspaceId,
} from "../../../support/services";

const read = "Microsoft.SecurityInsights/incidents/read";
const write = "Microsoft.SecurityInsights/incidents/write";
const comment = "Microsoft.SecurityInsights/incidents/comments/write";
const all = { grants: [read, write, comment].map((action) => [principalId, action, workspaceId] as const) };

function withIncident(changes = all as object, input = {}) {
    const target = services(changes);
    const incident = target.sentinel.createIncident(
        workspaceId,
        {
            title: "T",
            severity: "High",
            alerts: [{ systemAlertId: "s1", displayName: "A", productName: "P", providerAlertId: "da1" }],
            ...input,
        },
        start,
    );
    return { target, incident };
}

function say(target: Services, incidentArmId: Json, message: Json = "<p>Hi</p>") {
    return callConnector(target, "azuresentinel", "POST", "/Incidents/Comment", {
        body: { incidentArmId, message },
        time: start + 1000,
    });
}

describe("Sentinel's connector: comments", () => {
    it("adds a comment and answers with its resource", () => {
        const { target, incident } = withIncident();
        const reply = say(target, incident.id) as {
            status: number;
            body: { id: string; name: string; etag: string };
        };
        expect(reply.status).to.equal(201);
        expect(reply.body).to.deep.equal({
            id: `${incident.id}/Comments/${reply.body.name}`,
            name: reply.body.name,
            etag: reply.body.etag,
            type: "Microsoft.SecurityInsights/Incidents/Comments",
            properties: {
                message: "<p>Hi</p>",
                createdTimeUtc: "2026-01-15T10:00:01.000Z",
                lastModifiedTimeUtc: "2026-01-15T10:00:01.000Z",
                author: {
                    objectId: principalId,
                    email: null,
                    name: "Comment created from external application - demo",
                    userPrincipalName: null,
                },
            },
        });
        expect(incident.comments.map(({ message, time }) => [message, time])).to.deep.equal([
            ["<p>Hi</p>", start + 1000],
        ]);
    });

    it("finds the incident in any letter case of its id", () => {
        const { target, incident } = withIncident();
        expect(say(target, incident.id.toUpperCase())).to.have.property("status", 201);
    });

    it("answers 403 with principal, action and scope to an identity without the right", () => {
        const { target, incident } = withIncident({ grants: [[principalId, read, workspaceId]] });
        expect(errorOf(say(target, incident.id))).to.deep.equal({
            status: 403,
            code: "AuthorizationFailed",
            message:
                `The client '${principalId}' with object id '${principalId}' does not have authorization to perform ` +
                `action '${comment}' over scope '${incident.id}' or the scope is invalid. If access was recently ` +
                "granted, please refresh your credentials.",
        });
        expect(incident.comments).to.deep.equal([]);
    });

    it("takes 30,000 characters and refuses one more", () => {
        const { target, incident } = withIncident();
        expect(say(target, incident.id, "x".repeat(30_000))).to.have.property("status", 201);
        expect(say(target, incident.id, "x".repeat(30_001))).to.have.nested.property(
            "body.error.innerError",
            "Comment length should not exceed 30000 characters",
        );
        expect(incident.comments).to.have.lengthOf(1);
    });

    it("takes the 100th comment and refuses the 101st with 400", () => {
        const { target, incident } = withIncident(all, { earlierComments: 99 });
        expect(say(target, incident.id)).to.have.property("status", 201);
        expect(errorOf(say(target, incident.id))).to.deep.equal({
            status: 400,
            code: "BadRequest",
            message: "The incident takes no more comments.",
        });
        expect(incident.commentsCount).to.equal(100);
    });

    it("answers 400 without an incident id, to one of another form and without a message", () => {
        const { target, incident } = withIncident();
        expect(errorOf(say(target, null)).message).to.equal("Incident Arm ID missing");
        expect(errorOf(say(target, workspaceId)).message).to.equal(
            `Incident Arm ID is not valid: '${workspaceId}'`,
        );
        expect(errorOf(say(target, incident.id, "")).message).to.equal("Comment message is missing");
    });

    it("answers 404 for an incident that is not there, but 403 where the workspace is out of reach", () => {
        const { target, incident } = withIncident();
        expect(errorOf(say(target, `${incident.id}0`))).to.include({ status: 404, code: "NotFound" });
        expect(errorOf(say(target, incident.id.replace("law-sentinel", "law-other"))).status).to.equal(403);
    });
});

describe("Sentinel's connector: incidents", () => {
    const get = (target: Services, incidentArmId: string) =>
        callConnector(target, "azuresentinel", "POST", "/Incidents", { body: { incidentArmId } });

    it("gives the incident as the REST API shows it", () => {
        const { target, incident } = withIncident(all, {
            earlierComments: 2,
            description: "D",
            labels: ["one"],
        });
        const body = bodyOf<{ etag: string }>(get(target, incident.id));
        expect(body).to.deep.equal({
            id: incident.id,
            name: incident.name,
            etag: body.etag,
            type: "Microsoft.SecurityInsights/Incidents",
            properties: {
                title: "T",
                description: "D",
                severity: "High",
                status: "New",
                owner: { objectId: null, email: null, assignedTo: null, userPrincipalName: null },
                labels: [{ labelName: "one", labelType: "User" }],
                lastModifiedTimeUtc: "2026-01-15T10:00:00.000Z",
                createdTimeUtc: "2026-01-15T10:00:00.000Z",
                incidentNumber: 1,
                additionalData: {
                    alertsCount: 1,
                    bookmarksCount: 0,
                    commentsCount: 2,
                    alertProductNames: ["P"],
                    tactics: [],
                },
                relatedAnalyticRuleIds: [],
                incidentUrl: `https://portal.azure.com/#asset/Microsoft_Azure_Security_Insights/Incident${incident.id}`,
                providerName: "Azure Sentinel",
                providerIncidentId: "1",
            },
        });
    });

    it("answers 403 to an identity that may not read", () => {
        const { target, incident } = withIncident({ grants: [] });
        expect(errorOf(get(target, incident.id)).message).to.contain(`action '${read}'`);
    });

    const put = (target: Services, body: { [key: string]: Json }) =>
        callConnector(target, "azuresentinel", "PUT", "/Incidents", { body, time: start + 5000 });

    it("adds tags once each and keeps the old ones", () => {
        const { target, incident } = withIncident(all, { labels: ["one"] });
        const tagsToAdd = { TagsToAdd: [{ Tag: "two" }, { Tag: "one" }] };
        const reply = put(target, {
            incidentArmId: incident.id,
            tagsToAdd,
            severity: "Low",
            status: "Active",
        });
        expect(reply).to.have.property("status", 200);
        expect(incident.resource()).to.have.nested.property(
            "properties.lastModifiedTimeUtc",
            "2026-01-15T10:00:05.000Z",
        );
        expect([incident.labels, incident.severity, incident.status]).to.deep.equal([
            ["one", "two"],
            "Low",
            "Active",
        ]);
    });

    it("answers 403 to an identity that may only read, and 400 to bad values", () => {
        const reader = withIncident({ grants: [[principalId, read, workspaceId]] });
        expect(errorOf(put(reader.target, { incidentArmId: reader.incident.id })).message).to.contain(write);
        const { target, incident } = withIncident();
        const body = { incidentArmId: incident.id };
        expect(errorOf(put(target, { ...body, severity: "high" })).status).to.equal(400);
        expect(errorOf(put(target, { ...body, tagsToAdd: ["x"] })).status).to.equal(400);
        expect(errorOf(put(target, { ...body, tagsToAdd: { TagsToAdd: [{ Tag: "" }] } })).status).to.equal(
            400,
        );
    });

    it("refuses updates that it does not know by name", () => {
        const { target, incident } = withIncident();
        expect(() => put(target, { incidentArmId: incident.id, owner: {} })).to.throw("an update of 'owner'");
        expect(() => put(target, { incidentArmId: incident.id, status: "Closed" })).to.throw(
            "status 'Closed'",
        );
    });
});

describe("Sentinel's connector: Alert - Get incident", () => {
    const path = (more: { group?: string; guid?: string; alert?: string } = {}) =>
        "/Incidents/subscriptions/00000000-0000-0000-0000-000000000001" +
        `/resourceGroups/${more.group ?? "rg-sentinel"}/workspaces/${more.guid ?? workspaceGuid}` +
        `/alerts/${more.alert ?? "s1"}`;
    const get = (target: Services, at = path(), time = start) =>
        callConnector(target, "azuresentinel", "GET", at, { time });

    it("gives the incident that holds the alert", () => {
        const { target, incident } = withIncident();
        expect(get(target)).to.have.nested.property("body.id", incident.id);
    });

    it("answers 404 until the alert has an incident, and for another place", () => {
        const { target } = withIncident();
        expect(errorOf(get(target, path(), start - 1))).to.include({ status: 404, code: "NotFound" });
        expect(errorOf(get(target, path({ alert: "s2" }))).status).to.equal(404);
        expect(errorOf(get(target, path({ group: "other" }))).code).to.equal("ResourceNotFound");
        expect(errorOf(get(target, path({ guid: "law-sentinel" }))).code).to.equal("ResourceNotFound");
    });

    it("answers 403 to an identity that may not read incidents of the workspace", () => {
        const { target } = withIncident({ grants: [] });
        expect(errorOf(get(target)).message).to.contain(`over scope '${workspaceId}'`);
    });
});

describe("Sentinel's connector: entities", () => {
    const entities: Json = [
        { kind: "FileHash", properties: { hashValue: "a", algorithm: "MD5" } },
        { kind: "url", properties: { url: "https://a.example" } },
        { kind: "Host", properties: { hostName: "h" } },
    ];
    const ask = (path: string, body: Json = entities) =>
        callConnector(services(), "azuresentinel", "POST", path, { body });

    it("gives the properties of one kind, in any letter case, under the connector's names", () => {
        expect(ask("/entities/filehash")).to.deep.equal({
            status: 200,
            body: { Filehashes: [{ hashValue: "a", algorithm: "MD5", Type: "filehash" }] },
        });
        expect(ask("/entities/url")).to.have.nested.property("body.URLs[0].url", "https://a.example");
        expect(ask("/entities/ip")).to.deep.equal({ status: 200, body: { IPs: [] } });
    });

    it("answers 400 to a body that is no array, and refuses other operations by name", () => {
        expect(errorOf(ask("/entities/url", null)).status).to.equal(400);
        expect(() => ask("/entities/mailbox")).to.throw("does not know POST /entities/mailbox");
        expect(() => ask("/Incidents/comment")).to.throw("NotSupported");
    });
});
