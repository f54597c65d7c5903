import { expect } from "chai";
import type { JsonObject } from "../../../language/json";
import type { AzureResourceManager } from "../../../simulator/resources/machine";
import { NotSimulated } from "../../../simulator/resources/notSimulated";
import {
    assignment,
    AUTOMATION_CONTRIBUTOR,
    connection,
    contoso,
    entry,
    GROUP,
    incidentDefinition,
    refusalOf,
    RESPONDER,
    rule,
    runPlaybook,
    SENTINEL_PRINCIPAL,
    webhookDefinition,
    workflow,
    WORKSPACE,
} from "../../support/resources";

const GRANT = assignment(GROUP, AUTOMATION_CONTRIBUTOR, SENTINEL_PRINCIPAL);
const MISSING =
    "400 BadRequest: Missing required permissions for Microsoft Sentinel on the playbook resource " +
    `'${workflow().id}'`;

/** A tenant with a playbook that Sentinel may run. */
function prepared(properties: JsonObject = {}): AzureResourceManager {
    const azure = contoso();
    azure.put(connection("azuresentinel"));
    azure.put(workflow(properties));
    azure.put(GRANT);
    return azure;
}

function triggered(logic: JsonObject): JsonObject {
    return {
        triggeringLogic: {
            isEnabled: true,
            triggersOn: "Incidents",
            triggersWhen: "Created",
            conditions: [],
            ...logic,
        },
    };
}

function severity(change: JsonObject): JsonObject {
    return {
        conditionType: "Property",
        conditionProperties: {
            propertyName: "IncidentSeverity",
            operator: "Equals",
            propertyValues: ["High"],
            ...change,
        },
    };
}

describe("automation rules", () => {
    it("are stored as they are given", () => {
        const request = rule(triggered({ conditions: [severity({})] }));
        expect(prepared().put(request).properties).to.deep.equal(request.properties);
    });

    it("refuse a playbook that Sentinel has no rights on", () => {
        const azure = prepared();
        azure.delete({ id: GRANT.id });
        expect(refusalOf(() => azure.put(rule()))).to.equal(MISSING);
    });

    it("refuse a playbook that Sentinel has another role on, or that somebody else may run", () => {
        const azure = prepared();
        azure.delete({ id: GRANT.id });
        azure.put(assignment(GROUP, RESPONDER, SENTINEL_PRINCIPAL));
        expect(refusalOf(() => azure.put(rule()))).to.equal(MISSING);
        const another = contoso({ securityInsightsPrincipalId: null });
        another.put(connection("azuresentinel"));
        another.put(workflow());
        expect(refusalOf(() => another.put(rule()))).to.equal(MISSING);
    });

    it("refuse a playbook while nothing makes them wait for the grant", () => {
        const azure = prepared();
        azure.delete({ id: GRANT.id });
        azure.put({ ...GRANT, after: [] });
        expect(refusalOf(() => azure.put(rule({}, { after: [] })))).to.equal(
            `${MISSING} (The same deployment makes '${GRANT.id}', and nothing makes this write wait for it.)`,
        );
        expect(azure.put(rule({}, { after: [GRANT.id] })).name).to.match(/^2222/);
    });

    it("accept a grant on the playbook itself", () => {
        const azure = prepared();
        azure.delete({ id: GRANT.id });
        azure.put(assignment(workflow().id, AUTOMATION_CONTRIBUTOR, SENTINEL_PRINCIPAL));
        expect(azure.put(rule()).name).to.match(/^2222/);
    });

    const otherTriggers: readonly (readonly [string, JsonObject])[] = [
        ["has a webhook", { definition: webhookDefinition(), parameters: {} }],
        ["has the incident trigger under another name", { definition: incidentDefinition({}, "Incident") }],
        [
            "has a trigger of that name for something else",
            {
                definition: incidentDefinition({
                    inputs: {
                        host: {
                            connection: {
                                name: "@parameters('$connections')['azuresentinel']['connectionId']",
                            },
                        },
                        path: "/subscribe",
                        body: {},
                    },
                }),
            },
        ],
    ];
    for (const [what, properties] of otherTriggers) {
        it(`refuse a playbook that ${what}`, () => {
            expect(refusalOf(() => prepared(properties).put(rule()))).to.equal(
                `400 BadRequest: Playbook resource '${workflow().id}' is not using Microsoft Sentinel Incident trigger`,
            );
        });
    }

    it("accept the older name of the incident trigger", () => {
        const older = "When_Azure_Sentinel_incident_creation_rule_was_triggered";
        expect(prepared({ definition: incidentDefinition({}, older) }).put(rule()).name).to.match(/^2222/);
    });

    it("refuse a playbook whose trigger calls another connector", () => {
        const azure = contoso();
        azure.put(connection("keyvault"));
        azure.put(
            workflow({ parameters: { $connections: { value: { azuresentinel: entry("keyvault") } } } }),
        );
        azure.put(GRANT);
        expect(refusalOf(() => azure.put(rule()))).to.include(
            "is not using Microsoft Sentinel Incident trigger",
        );
    });

    it("refuse a playbook that is not there, not waited for, or of another tenant", () => {
        const azure = prepared();
        const missing = `${workflow().id}-2`;
        const actions = [runPlaybook({ logicAppResourceId: missing })];
        expect(refusalOf(() => azure.put(rule({ actions })))).to.equal(
            `400 BadRequest: Playbook resource '${missing}' could not be found.`,
        );
        azure.put(workflow({}, { id: missing, after: [] }));
        expect(refusalOf(() => azure.put(rule({ actions }, { after: [] })))).to.include(
            "nothing makes this write wait for it",
        );
        const foreign = [runPlaybook({ tenantId: SENTINEL_PRINCIPAL })];
        expect(refusalOf(() => azure.put(rule({ actions: foreign })))).to.include(
            "is not that of this tenant",
        );
    });

    it("refuse a workspace without Sentinel", () => {
        const bare = WORKSPACE.replace("contoso-soc", "no-sentinel");
        const request = rule({}, { id: rule().id.replace("contoso-soc", "no-sentinel") });
        expect(refusalOf(() => prepared().put(request))).to.equal(
            `400 BadRequest: The workspace '${bare}' is not onboarded to Microsoft Sentinel.`,
        );
    });

    it("refuse a name that is no GUID, and what is no workspace", () => {
        const named = rule({}, { id: rule().id.replace(/[^/]+$/, "scan1a2b3c4d") });
        expect(refusalOf(() => prepared().put(named))).to.equal(
            "400 BadRequest: The automation rule id 'scan1a2b3c4d' is not valid. It must be a GUID.",
        );
        const elsewhere = rule({}, { id: rule().id.replace(WORKSPACE, workflow().id) });
        expect(refusalOf(() => prepared().put(elsewhere))).to.equal(
            `400 BadRequest: An automation rule belongs to a Log Analytics workspace, not to '${workflow().id}'.`,
        );
    });

    for (const order of [0, 1001, 1.5, "1"]) {
        it(`refuse the order ${JSON.stringify(order)}`, () => {
            expect(refusalOf(() => prepared().put(rule({ order })))).to.equal(
                "400 BadRequest: The order of an automation rule is a whole number from 1 to 1000, not " +
                    `${JSON.stringify(order)}.`,
            );
        });
    }

    it("accept the orders 1 and 1000", () => {
        expect(prepared().put(rule({ order: 1000 })).properties["order"]).to.equal(1000);
    });

    const refused: readonly (readonly [string, JsonObject, string])[] = [
        ["no name", { displayName: "" }, "1 to 500 characters"],
        ["a name that is too long", { displayName: "x".repeat(501) }, "1 to 500 characters"],
        ["no action", { actions: [] }, "1 to 20 actions, not 0"],
        ["21 actions", { actions: Array.from({ length: 21 }, () => runPlaybook()) }, "not 21"],
        ["an unknown action", { actions: [{ actionType: "Run", order: 1 }] }, "'Run' is no action type"],
        ["an action without order", { actions: [{ ...runPlaybook(), order: 0 }] }, "from 1 to 20, not 0"],
        ["no word on whether they are on", triggered({ isEnabled: "yes" }), "isEnabled"],
        ["another object", triggered({ triggersOn: "Entities" }), "not 'Entities'"],
        ["another event", triggered({ triggersWhen: "Closed" }), "not 'Closed'"],
        ["an unknown condition type", triggered({ conditions: [{ conditionType: "If" }] }), "'If' is no"],
        [
            "an unknown property",
            triggered({ conditions: [severity({ propertyName: "Severity" })] }),
            "'Severity'",
        ],
        [
            "an unknown operator",
            triggered({ conditions: [severity({ operator: "Is" })] }),
            "'Is' is no operator",
        ],
        [
            "an analytic rule without its ARM id",
            triggered({
                conditions: [
                    severity({
                        propertyName: "IncidentRelatedAnalyticRuleIds",
                        propertyValues: ["0c36d452-e444-5ecb-b46d-bf47677a864f"],
                    }),
                ],
            }),
            "Invalid Analytic rule id: '0c36d452-e444-5ecb-b46d-bf47677a864f'",
        ],
        ["no values", triggered({ conditions: [severity({ propertyValues: [] })] }), "needs propertyValues"],
        [
            "51 conditions",
            triggered({ conditions: Array.from({ length: 51 }, () => severity({})) }),
            "at most 50 conditions, not 51",
        ],
    ];
    for (const [what, properties, message] of refused) {
        it(`refuse ${what}`, () => {
            const text = refusalOf(() => prepared().put(rule(properties)));
            expect(text).to.match(/^400 BadRequest: /);
            expect(text).to.include(message);
        });
    }

    it("are at most 512 in a workspace, those that are changed not counted twice", () => {
        const azure = prepared();
        const numbered = (number: number) =>
            rule(
                {},
                {
                    id: rule().id.replace(
                        /[^/]+$/,
                        `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`,
                    ),
                },
            );
        for (let number = 1; number <= 512; number++) {
            azure.put(numbered(number));
        }
        expect(refusalOf(() => azure.put(numbered(513)))).to.include("has 512 automation rules");
        expect(azure.put(numbered(512)).properties["order"]).to.equal(1);
    });

    for (const [what, properties] of [
        ["rules for alerts", triggered({ triggersOn: "Alerts" })],
        ["rules for updates", triggered({ triggersWhen: "Updated" })],
        ["other conditions", triggered({ conditions: [{ conditionType: "Boolean" }] })],
        ["other actions", { actions: [{ actionType: "ModifyProperties", order: 1 }] }],
    ] as const) {
        it(`refuse ${what} by name, since the simulation does not know them`, () => {
            expect(() => prepared().put(rule(properties))).to.throw(NotSimulated);
        });
    }
});
