import { expect } from "chai";
import { ApiConnection } from "../../components/apiConnection";
import { Automation, type AutomationArgs } from "../../components/automation";
import { lookUpWorkspace } from "../../components/lookups";
import { stackGuid } from "../../components/names";
import { Playbook } from "../../components/playbook";
import type { WorkflowDefinition } from "../../language";
import { read, run, subscriptionId, tenantId, type RunOptions } from "../support/pulumi";

const foreignSubscription = "00000000-0000-0000-0000-00000000d009";
const workspaceId = `/subscriptions/${subscriptionId}/resourceGroups/contoso-security/providers/Microsoft.OperationalInsights/workspaces/contoso-sentinel`;
const resourceGroupId = `/subscriptions/${subscriptionId}/resourceGroups/playbooks`;

const definition: WorkflowDefinition = {
    $schema:
        "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
    contentVersion: "1.0.0.0",
    parameters: { $connections: { type: "Object", defaultValue: {} } },
    triggers: { manual: { type: "Request", kind: "Http", inputs: { schema: {} } } },
    actions: { Note: { type: "Compose", inputs: "text" } },
};

const answers = {
    "azure-native:operationalinsights:getWorkspace": () => ({ id: workspaceId, customerId: "w-1" }),
};

/** Two playbooks with their automation, and with a second one where `beside` names it. */
function automate(
    changes: Partial<AutomationArgs> = {},
    options: RunOptions & {
        readonly workspaceSubscription?: string;
        readonly beside?: string;
        readonly trigger?: "incident" | "webhook";
    } = {},
) {
    return run(
        async () => {
            const { trigger = "incident" } = options;
            const workspace = await lookUpWorkspace(
                {
                    name: "contoso-sentinel",
                    resourceGroup: "contoso-security",
                    subscriptionId: options.workspaceSubscription,
                },
                { tenantId, subscriptionId },
            );
            const place = { resourceGroupName: "playbooks", location: "westeurope" };
            const azuresentinel = new ApiConnection("sentinel", {
                ...place,
                api: "azuresentinel",
                subscriptionId,
            });
            const scan = (key: string) =>
                new Playbook(key, {
                    ...place,
                    subscriptionId,
                    playbook: { workflowName: `Scan-${key}`, triggerName: "manual", trigger },
                    definition,
                    needs: {
                        connections: ["azuresentinel"],
                        readsSecret: false,
                        workspaceRole: "Microsoft Sentinel Responder",
                    },
                    workspace: workspace.reference,
                    connections: { azuresentinel },
                });
            const args = {
                workspace,
                tenantId,
                playbooks: { one: scan("one"), two: scan("two") },
                firstOrder: 7,
                ...changes,
            };
            const automation = new Automation("auto", args);
            if (options.beside !== undefined) {
                new Automation(options.beside, args);
            }
            return {
                automation,
                guids: {
                    one: stackGuid(workspaceId, "auto-rule-one"),
                    two: stackGuid(workspaceId, "auto-rule-two"),
                },
            };
        },
        { answers, ...options },
    );
}

const grant = { principalId: "sentinel-principal", resourceGroupId, subscriptionId };

describe("Automation", () => {
    it("runs each playbook for every new incident, in their order", async () => {
        const { result, resource, namesOf } = await automate();
        expect(namesOf("azure-native:securityinsights:AutomationRule")).to.deep.equal([
            "auto-rule-one",
            "auto-rule-two",
        ]);
        const rule = (key: "one" | "two", order: number) => ({
            resourceGroupName: "contoso-security",
            workspaceName: "contoso-sentinel",
            automationRuleId: result.guids[key],
            displayName: `Intezer ${key} (intezer-sentinel/dev)`,
            order,
            triggeringLogic: { isEnabled: true, triggersOn: "Incidents", triggersWhen: "Created" },
            actions: [
                {
                    order: 1,
                    actionType: "RunPlaybook",
                    actionConfiguration: {
                        logicAppResourceId: `/subscriptions/${subscriptionId}/resourceGroups/playbooks/providers/azure-native:logic:Workflow/Scan-${key}`,
                        tenantId,
                    },
                },
            ],
        });
        expect(resource("auto-rule-one").inputs).to.deep.equal(rule("one", 7));
        expect(resource("auto-rule-two").inputs).to.deep.equal(rule("two", 8));
        const { deleteBeforeReplace, replaceWith } = resource("auto-rule-one");
        expect({ deleteBeforeReplace, replaceWith }).to.deep.equal({
            deleteBeforeReplace: true,
            replaceWith: ["one-workflow"],
        });
    });

    it("starts only for the severities that are named", async () => {
        const { resource } = await automate({ severities: ["High", "Medium"] });
        expect(resource("auto-rule-two").inputs["triggeringLogic"]).to.deep.equal({
            isEnabled: true,
            triggersOn: "Incidents",
            triggersWhen: "Created",
            conditions: [
                {
                    conditionType: "Property",
                    conditionProperties: {
                        propertyName: "IncidentSeverity",
                        operator: "Equals",
                        propertyValues: ["High", "Medium"],
                    },
                },
            ],
        });
    });

    it("lets Sentinel run the playbooks of the resource group", async () => {
        const { resource } = await automate({ grant });
        const { inputs, dependsOn } = resource("auto-grant");
        expect(inputs).to.deep.equal({
            scope: resourceGroupId,
            principalId: "sentinel-principal",
            principalType: "ServicePrincipal",
            roleDefinitionId: `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/f4c81013-99ee-4d62-a7ee-b3f1f648599a`,
            roleAssignmentName: inputs["roleAssignmentName"],
        });
        expect(dependsOn).to.deep.equal([]);
    });

    it("makes a rule only after its playbook, the playbook's rights and the grant are there", async () => {
        const { resource } = await automate({ grant });
        expect(resource("auto-rule-one").dependsOn).to.deep.equal(
            ["auto-grant", "one-workflow", "one-workspace-role"].sort(),
        );
        expect(resource("auto-rule-two").dependsOn).to.deep.equal(
            ["auto-grant", "two-workflow", "two-workspace-role"].sort(),
        );
    });

    it("grants nothing where Sentinel has the right already", async () => {
        const { resource, namesOf } = await automate();
        expect(namesOf("azure-native:authorization:RoleAssignment")).to.deep.equal([
            "one-workspace-role",
            "two-workspace-role",
        ]);
        expect(resource("auto-rule-one").dependsOn).to.deep.equal(["one-workflow", "one-workspace-role"]);
    });

    it("writes the rules of a foreign workspace through its own provider", async () => {
        const { resource } = await automate({}, { workspaceSubscription: foreignSubscription });
        expect(resource("auto-rule-one").provider).to.equal("workspace-subscription");
        expect(resource("one-workflow").provider).to.not.equal("workspace-subscription");
    });

    it("gives the ids of the rules", async () => {
        const { result } = await automate();
        expect(Object.keys(result.automation.ruleIds)).to.deep.equal(["one", "two"]);
        const [one] = Object.values(result.automation.ruleIds);
        expect(one && (await read(one)).value).to.match(new RegExp(`/${result.guids.one}$`));
    });

    it("gives the rules of another stack other ids and names", async () => {
        const [dev, prod] = [await automate(), await automate({}, { stack: "prod" })];
        const inputsOf = (deployed: typeof dev) => deployed.resource("auto-rule-one").inputs;
        expect(inputsOf(prod)["automationRuleId"]).to.not.equal(inputsOf(dev)["automationRuleId"]);
        expect(inputsOf(prod)["displayName"]).to.equal("Intezer one (intezer-sentinel/prod)");
    });

    it("gives two automations of one stack different ids, also for playbooks with the same keys", async () => {
        const { namesOf, resource } = await automate({}, { beside: "other" });
        const rules = namesOf("azure-native:securityinsights:AutomationRule");
        expect(rules).to.deep.equal(["auto-rule-one", "auto-rule-two", "other-rule-one", "other-rule-two"]);
        const ids = rules.map((name) => resource(name).inputs["automationRuleId"]);
        expect(new Set(ids).size).to.equal(4);
    });

    it("refuses playbooks that a webhook starts", async () => {
        let refused = "";
        await automate({}, { trigger: "webhook" }).catch((error: Error) => (refused = error.message));
        expect(refused).to.equal("No automation rule can run one, two: a webhook starts it.");
    });

    it("registers the same in a preview as in an update", async () => {
        const [update, preview] = [await automate({ grant }), await automate({ grant }, { preview: true })];
        const names = ({ registered }: typeof update) => registered.map(({ name }) => name).sort();
        expect(names(preview)).to.deep.equal(names(update));
        expect(names(update)).to.have.length(12);
    });
});
