import { expect } from "chai";
import type { JsonObject } from "../../../language/json";
import type { AzureResourceManager } from "../../../simulator/resources/machine";
import { NotSimulated } from "../../../simulator/resources/notSimulated";
import {
    connection,
    contoso,
    entry,
    GROUP,
    incidentDefinition,
    managedApi,
    refusalOf,
    SUBSCRIPTION,
    TENANT,
    webhookDefinition,
    without,
    workflow,
} from "../../support/resources";

/** A tenant with the connection that the workflow needs. */
function prepared(): AzureResourceManager {
    const azure = contoso();
    azure.put(connection("azuresentinel"));
    return azure;
}

function withEntry(change: JsonObject) {
    return workflow({
        parameters: { $connections: { value: { azuresentinel: { ...entry("azuresentinel"), ...change } } } },
    });
}

describe("workflows", () => {
    it("are stored with an identity of their own", () => {
        const azure = prepared();
        const created = azure.put(workflow());
        expect(created.identity?.type).to.equal("SystemAssigned");
        expect(created.identity?.tenantId).to.equal(TENANT);
        expect(created.identity?.principalId).to.match(/^[0-9a-f-]{36}$/);
        expect(created.properties).to.deep.include({ state: "Enabled", provisioningState: "Succeeded" });
        expect(created.properties["definition"]).to.deep.equal(incidentDefinition());
    });

    it("have the same principal in every tenant made alike, and each its own", () => {
        const one = prepared().put(workflow()).identity?.principalId;
        expect(prepared().put(workflow()).identity?.principalId).to.equal(one);
        const other = prepared().put(workflow({}, { id: `${workflow().id}-2` })).identity?.principalId;
        expect(other).not.to.equal(one);
    });

    it("keep their identity when changed, and get another when it is switched off and on, or when made anew", () => {
        const azure = prepared();
        const first = azure.put(workflow()).identity?.principalId;
        expect(azure.put(workflow({ state: "Disabled" })).identity?.principalId).to.equal(first);
        const bare = workflow({ definition: webhookDefinition(), parameters: {} }, { identity: undefined });
        expect(azure.put(bare).identity).to.equal(undefined);
        const second = azure.put(workflow()).identity?.principalId;
        expect(second).not.to.equal(first);
        azure.delete({ id: workflow().id });
        const third = azure.put(workflow()).identity?.principalId;
        expect(new Set([first, second, third]).size).to.equal(3);
    });

    for (const [name, message] of [
        ["x".repeat(81), "has at most 80 characters"],
        ["a b", "letters, digits, hyphens"],
    ] as const) {
        it(`refuse the name "${name}"`, () => {
            const id = `${GROUP}/providers/Microsoft.Logic/workflows/${name}`;
            const text = refusalOf(() => prepared().put(workflow({}, { id })));
            expect(text).to.include(`400 InvalidResourceName: The workflow name '${name}' is not valid.`);
            expect(text).to.include(message);
        });
    }

    it("accept the longest name", () => {
        const id = `${GROUP}/providers/Microsoft.Logic/workflows/${"x".repeat(80)}`;
        expect(prepared().put(workflow({}, { id })).name).to.have.length(80);
    });

    it("refuse a definition that breaks a save-time rule, with the code of the rule", () => {
        const definition: JsonObject = {
            ...incidentDefinition(),
            actions: { Compose: { type: "Compose", inputs: 1, runAfter: { Missing: ["Succeeded"] } } },
        };
        const text = refusalOf(() => prepared().put(workflow({ definition })));
        expect(text).to.match(/^400 InvalidTemplate: .*Missing/);
        expect(refusalOf(() => prepared().put(workflow({ definition: {} })))).to.match(/^400 /);
    });

    it("refuse a value for a parameter that is not declared, and a parameter without a value", () => {
        const given = workflow({
            parameters: {
                $connections: { value: { azuresentinel: entry("azuresentinel") } },
                url: { value: "x" },
            },
        });
        expect(refusalOf(() => prepared().put(given))).to.match(/^400 InvalidTemplate: .*url/);
        const declared = workflow({
            definition: {
                ...incidentDefinition(),
                parameters: { $connections: { type: "Object", defaultValue: {} }, url: { type: "String" } },
            },
        });
        expect(refusalOf(() => prepared().put(declared))).to.match(/^400 InvalidTemplate: .*url/);
    });

    it("refuse a value of another type than declared", () => {
        const wrong = workflow({
            definition: {
                ...incidentDefinition(),
                parameters: { $connections: { type: "Object", defaultValue: {} }, minutes: { type: "Int" } },
            },
            parameters: {
                $connections: { value: { azuresentinel: entry("azuresentinel") } },
                minutes: { value: "30" },
            },
        });
        expect(refusalOf(() => prepared().put(wrong))).to.equal(
            "400 InvalidTemplate: The value of the workflow parameter 'minutes' is not of type 'Int'.",
        );
    });

    it("refuse another location for the same name", () => {
        const azure = contoso();
        const bare = { definition: webhookDefinition(), parameters: {} };
        azure.put(workflow(bare));
        expect(refusalOf(() => azure.put(workflow(bare, { location: "eastus" })))).to.include(
            "409 InvalidResourceLocation: The resource 'scan' already exists in location 'westeurope'",
        );
    });

    for (const [what, request] of [
        ["user-assigned identities", workflow({}, { identity: { type: "UserAssigned" } })],
        ["integration accounts", workflow({ integrationAccount: { id: "x" } })],
        [
            "user-assigned identities of a connection",
            withEntry({
                connectionProperties: { authentication: { type: "ManagedServiceIdentity", identity: "x" } },
            }),
        ],
    ] as const) {
        it(`refuse ${what} by name, since the simulation does not know them`, () => {
            expect(() => prepared().put(request)).to.throw(NotSimulated);
        });
    }

    it("refuse a state that does not exist", () => {
        expect(refusalOf(() => prepared().put(workflow({ state: "On" })))).to.equal(
            "400 BadRequest: The workflow state must be 'Enabled' or 'Disabled', not \"On\".",
        );
    });
});

describe("the connections of a workflow", () => {
    it("exist", () => {
        expect(refusalOf(() => contoso().put(workflow()))).to.equal(
            "404 ApiConnectionNotFound: The API connection 'azuresentinel-connection' could not be found.",
        );
    });

    it("are waited for", () => {
        const azure = contoso();
        const { id } = azure.put({ ...connection("azuresentinel"), after: [] });
        expect(refusalOf(() => azure.put(workflow({}, { after: [] })))).to.include(
            "404 ApiConnectionNotFound: The API connection 'azuresentinel-connection' could not be found. (The same " +
                `deployment makes '${id}', and nothing makes this write wait for it.)`,
        );
        expect(azure.put(workflow({}, { after: [id] })).name).to.equal("scan");
    });

    it("lie in its region", () => {
        expect(refusalOf(() => prepared().put(workflow({}, { location: "eastus" })))).to.equal(
            "404 ApiConnectionNotFound: The API connection 'azuresentinel-connection' could not be found. (It is in " +
                "region 'westeurope', the workflow in 'eastus'.)",
        );
    });

    it("are connections", () => {
        expect(refusalOf(() => prepared().put(withEntry({ connectionId: GROUP })))).to.include(
            "404 ApiConnectionNotFound: The API connection 'playbooks' could not be found.",
        );
    });

    it("agree with their entry in name and API", () => {
        expect(refusalOf(() => prepared().put(withEntry({ connectionName: "other" })))).to.equal(
            "400 BadRequest: The workflow connection parameter 'azuresentinel' is not valid: its connectionName is " +
                "'other', but the connection is 'azuresentinel-connection'.",
        );
        expect(refusalOf(() => prepared().put(withEntry({ id: managedApi("keyvault") })))).to.include(
            `its id must be that of the connection's API, '${managedApi("azuresentinel")}', not ` +
                `'/subscriptions/${SUBSCRIPTION}`,
        );
        const upper = withEntry({ id: managedApi("azuresentinel").toUpperCase() });
        expect(prepared().put(upper).name).to.equal("scan");
    });

    it("are used with a managed identity only if set up for it", () => {
        const azure = contoso();
        const properties = without(connection("azuresentinel").properties, "parameterValueType");
        azure.put({ ...connection("azuresentinel"), properties });
        expect(refusalOf(() => azure.put(workflow()))).to.equal(
            "400 WorkflowManagedIdentityConfigurationInvalid: The workflow connection parameter 'azuresentinel' is " +
                "not valid. The API connection 'azuresentinel-connection' is not configured to support managed identity.",
        );
    });

    it("set up for a managed identity are used with nothing else", () => {
        expect(refusalOf(() => prepared().put(withEntry({ connectionProperties: {} })))).to.equal(
            "400 WorkflowManagedIdentityConfigurationInvalid: The workflow connection parameter 'azuresentinel' is " +
                "not valid. The API connection 'azuresentinel-connection' is configured to support managed identity " +
                "but the connection parameter is either missing 'authentication' property in connection properties " +
                "or authentication type is not 'ManagedServiceIdentity'.",
        );
    });

    it("are used with a managed identity only by a workflow that has one", () => {
        expect(refusalOf(() => prepared().put(workflow({}, { identity: undefined })))).to.include(
            "400 WorkflowManagedIdentityConfigurationInvalid: The workflow connection parameter 'azuresentinel' is " +
                "not valid. The workflow 'scan' has no system-assigned managed identity.",
        );
    });

    it("include every one that the definition uses", () => {
        const none = workflow({ parameters: { $connections: { value: {} } } });
        expect(refusalOf(() => prepared().put(none))).to.include(
            "400 InvalidTemplate: The template language expression " +
                "'parameters('$connections')['azuresentinel']['connectionId']' cannot be evaluated because property " +
                "'azuresentinel' doesn't exist",
        );
    });
});

describe("callback URLs", () => {
    const webhook = workflow({ definition: webhookDefinition(), parameters: {} });

    it("are signed, the same every time, and lead back to workflow and trigger", () => {
        const azure = contoso();
        const { id } = azure.put(webhook);
        const url = azure.listCallbackUrl(id, "webhook");
        expect(azure.listCallbackUrl(id.toUpperCase(), "Webhook")).to.deep.equal(url);
        expect(url.method).to.equal("POST");
        expect(url.basePath).to.match(
            /^https:\/\/prod-00\.westeurope\.logic\.azure\.com:443\/workflows\/[0-9a-f]{32}\/triggers\/webhook\/paths\/invoke$/,
        );
        expect(url.queries).to.deep.include({ sp: "/triggers/webhook/run", sv: "1.0" });
        expect(url.value).to.equal(
            `${url.basePath}?api-version=2016-10-01&sp=%2Ftriggers%2Fwebhook%2Frun&sv=1.0&sig=${url.queries.sig}`,
        );
    });

    it("end with their workflow: one made anew under the same name has another", () => {
        const azure = contoso();
        const { id } = azure.put(webhook);
        const before = azure.listCallbackUrl(id, "webhook").value;
        azure.put(webhook);
        expect(azure.listCallbackUrl(id, "webhook").value).to.equal(before);
        azure.delete({ id });
        azure.put(webhook);
        expect(azure.listCallbackUrl(id, "webhook").value).not.to.equal(before);
    });

    it("are refused for a workflow or a trigger that does not exist", () => {
        const azure = contoso();
        expect(refusalOf(() => azure.listCallbackUrl(webhook.id, "webhook"))).to.equal(
            "404 WorkflowNotFound: The workflow 'scan' could not be found.",
        );
        azure.put(webhook);
        expect(refusalOf(() => azure.listCallbackUrl(webhook.id, "manual"))).to.equal(
            "404 TriggerNotFound: The workflow 'scan' trigger 'manual' could not be found.",
        );
    });

    it("are refused by name for triggers that nobody calls", () => {
        const azure = contoso();
        const definition: JsonObject = {
            ...webhookDefinition(),
            triggers: { Recurrence: { type: "Recurrence", recurrence: { frequency: "Day", interval: 1 } } },
        };
        azure.put(workflow({ definition, parameters: {} }));
        expect(() => azure.listCallbackUrl(workflow().id, "Recurrence")).to.throw(NotSimulated, "Recurrence");
    });
});
