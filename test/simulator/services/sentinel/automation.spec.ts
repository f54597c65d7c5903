import { expect } from "chai";
import type { JsonObject } from "../../../../language/json";
import type { Resource } from "../../../../simulator/resources/model";
import {
    resource,
    runRight,
    sentinelPrincipalId,
    services,
    start,
    workflowId,
    workspaceGuid,
    workspaceId,
} from "../../../support/services";

const granted = {
    grants: [[sentinelPrincipalId, runRight, workflowId.replace(/\/providers.*/, "")]] as const,
};

function rule(
    name: string,
    more: { order?: number; logic?: JsonObject; actions?: JsonObject[]; scope?: string } = {},
) {
    const id = `${more.scope ?? workspaceId}/providers/Microsoft.SecurityInsights/automationRules/${name}`;
    return resource(id, {
        displayName: name,
        order: more.order ?? 1,
        triggeringLogic: { isEnabled: true, triggersOn: "Incidents", triggersWhen: "Created", ...more.logic },
        actions: more.actions ?? [run(1, workflowId)],
    });
}

function run(order: number, logicAppResourceId: string): JsonObject {
    return { order, actionType: "RunPlaybook", actionConfiguration: { logicAppResourceId, tenantId: "t" } };
}

function condition(operator: string, ...propertyValues: string[]): JsonObject {
    return property("IncidentSeverity", operator, ...propertyValues);
}

function property(propertyName: string, operator: string, ...propertyValues: string[]): JsonObject {
    return { conditionType: "Property", conditionProperties: { propertyName, operator, propertyValues } };
}

function fired(rules: readonly Resource[], input = {}) {
    const target = services({ resources: Object.fromEntries(rules.map((each) => [each.id, each])) });
    const incident = target.sentinel.createIncident(
        workspaceId,
        { title: "Bad file", severity: "High", ...input },
        start,
    );
    return target.sentinel
        .runsFor(incident)
        .map((planned) => `${planned.rule} ${planned.workflowId.slice(-4)}`);
}

describe("automation rules", () => {
    it("fire in their order, and their actions in theirs", () => {
        const rules = [
            rule("late", { order: 20 }),
            rule("early", { order: 10, actions: [run(2, "/w2"), run(1, "/w1")] }),
        ];
        expect(fired(rules)).to.deep.equal(["early /w1", "early /w2", "late demo"]);
    });

    it("fire for new incidents of their workspace only, while they are enabled", () => {
        expect(
            fired([
                rule("off", { logic: { isEnabled: false } }),
                rule("updated", { logic: { triggersWhen: "Updated" } }),
                rule("alerts", { logic: { triggersOn: "Alerts" } }),
                rule("over", { logic: { expirationTimeUtc: "2026-01-15T10:00:00Z" } }),
                rule("elsewhere", { scope: workspaceId.replace("law-sentinel", "law-other") }),
                rule("valid", { logic: { expirationTimeUtc: "2026-01-15T10:00:01Z" } }),
            ]),
        ).to.deep.equal(["valid demo"]);
    });

    it("fire only where every condition holds; several values are alternatives", () => {
        const one = (...conditions: JsonObject[]) => fired([rule("r", { logic: { conditions } })]).length;
        expect(one(condition("Equals", "High", "Medium"))).to.equal(1);
        expect(one(condition("Equals", "Low"))).to.equal(0);
        expect(one(condition("NotEquals", "Low"))).to.equal(1);
        expect(one(condition("Equals", "High"), property("IncidentTitle", "StartsWith", "Bad"))).to.equal(1);
        expect(one(condition("Equals", "High"), property("IncidentTitle", "Contains", "url"))).to.equal(0);
        expect(one(property("IncidentStatus", "NotEndsWith", "New"))).to.equal(0);
        expect(one(property("IncidentLabel", "Equals", "x"))).to.equal(0);
    });

    it("refuse conditions and actions that the simulator does not know, by name", () => {
        expect(() =>
            fired([rule("r", { logic: { conditions: [property("HostName", "Equals", "h")] } })]),
        ).to.throw("HostName");
        expect(() =>
            fired([rule("r", { logic: { conditions: [condition("NotEquals", "Low", "Medium")] } })]),
        ).to.throw("NotEquals");
        expect(() => fired([rule("r", { logic: { conditions: [{ conditionType: "Boolean" }] } })])).to.throw(
            "Boolean",
        );
        expect(() =>
            fired([rule("r", { actions: [{ order: 1, actionType: "ModifyProperties" }] })]),
        ).to.throw("the automation action 'ModifyProperties'");
    });
});

describe("Sentinel running a playbook", () => {
    function start1(changes: object = granted, playbook?: JsonObject) {
        const resources: { [id: string]: Resource } =
            playbook === undefined ? {} : { [workflowId]: resource(workflowId, playbook) };
        const target = services({ ...changes, resources });
        const incident = target.sentinel.createIncident(workspaceId, { title: "T", severity: "High" }, start);
        return target.sentinel.start({ ruleId: "r", rule: "r", workflowId }, incident);
    }

    it("needs the right to do so, on the playbook", () => {
        expect(start1({})).to.deep.equal({
            obstacle:
                "Microsoft Sentinel is missing permissions to run playbook 'demo': object id " +
                `'${sentinelPrincipalId}' may not perform '${runRight}' on '${workflowId}'.`,
        });
    });

    it("is stopped by a disabled playbook and by a restriction of callers, an empty one too", () => {
        expect(start1(granted, { state: "Disabled" })).to.deep.equal({
            obstacle: "The playbook 'demo' is disabled.",
        });
        expect(
            start1(granted, { accessControl: { triggers: { allowedCallerIpAddresses: [] } } }),
        ).to.deep.equal({
            obstacle:
                "Access control configuration restricts Microsoft Sentinel from running playbook 'demo'.",
        });
    });

    it("fails for a playbook that is gone", () => {
        const target = services({ ...granted, resources: { [workflowId]: null } });
        const incident = target.sentinel.createIncident(workspaceId, { title: "T", severity: "High" }, start);
        expect(target.sentinel.start({ ruleId: "r", rule: "r", workflowId }, incident)).to.deep.equal({
            obstacle: `The playbook '${workflowId}' could not be found.`,
        });
    });

    it("sends the incident in the shape of the incident trigger", () => {
        const target = services(granted);
        const incident = target.sentinel.createIncident(
            workspaceId,
            {
                title: "T",
                severity: "Medium",
                alerts: [{ systemAlertId: "s1", displayName: "A", productName: "P", providerAlertId: "da1" }],
                entities: [
                    { kind: "File", properties: { fileName: "f", fileHashEntityIds: ["md5"] } },
                    { kind: "FileHash", ref: "md5", properties: { hashValue: "a", algorithm: "MD5" } },
                ],
            },
            start,
        );
        const { body } = target.sentinel.start({ ruleId: "r", rule: "r", workflowId }, incident) as {
            body: JsonObject;
        };
        expect(Object.keys(body)).to.deep.equal([
            "eventUniqueId",
            "objectSchemaType",
            "objectEventType",
            "workspaceInfo",
            "workspaceId",
            "object",
        ]);
        expect(body["workspaceInfo"]).to.deep.equal({
            SubscriptionId: "00000000-0000-0000-0000-000000000001",
            ResourceGroupName: "rg-sentinel",
            WorkspaceName: "law-sentinel",
        });
        expect(body["workspaceId"]).to.equal(workspaceGuid);
        const object = body["object"] as { id: string; properties: { [key: string]: JsonObject[] } };
        expect(object.id).to.equal(incident.id);
        expect(object.properties).to.include({ title: "T", severity: "Medium", incidentNumber: 1 });
        expect(object.properties).not.to.have.property("description");
        const [file, hash] = object.properties["relatedEntities"] ?? [];
        const name = hash?.["name"] as string;
        const entities = `${workspaceId}/providers/Microsoft.SecurityInsights`;
        expect(hash).to.deep.equal({
            id: `${entities}/Entities/${name}`,
            name,
            type: "Microsoft.SecurityInsights/Entities",
            kind: "FileHash",
            properties: { hashValue: "a", algorithm: "MD5" },
        });
        expect(file?.["properties"]).to.deep.equal({
            fileName: "f",
            fileHashEntityIds: [`${entities}/entities/${name}`],
        });
        const [alert] = object.properties["alerts"] ?? [];
        expect(alert).to.include({ id: `${entities}/Entities/s1`, kind: "SecurityAlert" });
        expect(alert?.["properties"]).to.include({
            systemAlertId: "s1",
            providerAlertId: "da1",
            alertDisplayName: "A",
        });
        expect(object.properties).to.deep.include({ bookmarks: [], comments: [] });
    });

    it("refuses an incident in a workspace that is not there, and a reference to no entity", () => {
        const target = services(granted);
        const create = (id: string, input = {}) =>
            target.sentinel.createIncident(id, { title: "T", severity: "High", ...input }, start);
        expect(() => create(`${workspaceId}2`)).to.throw(
            `There is no Log Analytics workspace '${workspaceId}2'`,
        );
        const entities = [{ kind: "File", properties: { fileHashEntityIds: ["x"] } }];
        const incident = create(workspaceId, { entities });
        expect(() => target.sentinel.start({ ruleId: "r", rule: "r", workflowId }, incident)).to.throw(
            'has ref "x"',
        );
    });
});
