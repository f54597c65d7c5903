/** Automation rules of Microsoft Sentinel. */
import type { Json } from "../../../language/json";
import { isGuid, isSameId, isWithin, parseArmId } from "../armId";
import { arrayAt, objectAt, textAt, valueAt } from "../json";
import { NotSimulated } from "../notSimulated";
import { badRequest } from "../refusals";
import type { AzureState, ResourceType, Stored, Write } from "../state";
import { assertConditions } from "./automationConditions";
import { assertPlaybook } from "./playbooks";
import { hasSentinel } from "./workspaces";

/** Automation rules. */
export const automationRules: ResourceType = {
    type: "Microsoft.SecurityInsights/automationRules",
    apiVersions: ["2023-02-01", "2023-11-01", "2024-03-01", "2024-09-01", "2025-09-01"],
    put: putAutomationRule,
};

/** Microsoft Learn, "Service limits for Microsoft Sentinel"; the order: terraform's documentation of azurerm. */
const MOST_RULES = 512;
const MOST_ACTIONS = 20;
const LONGEST_NAME = 500;
const LAST_ORDER = 1000;

function putAutomationRule(write: Write, state: AzureState): Stored {
    const { id, properties } = write;
    assertWorkspace(write, state);
    if (!isGuid(id.name)) {
        throw badRequest(`The automation rule id '${id.name}' is not valid. It must be a GUID.`);
    }
    const name = textAt(properties, "displayName") ?? "";
    if (name === "" || name.length > LONGEST_NAME) {
        throw badRequest(`The displayName of an automation rule has 1 to ${LONGEST_NAME} characters.`);
    }
    assertOrder(valueAt(properties, "order"), LAST_ORDER, "an automation rule");
    assertTriggeringLogic(valueAt(properties, "triggeringLogic"));
    const actions = arrayAt(properties, "actions") ?? [];
    if (actions.length === 0 || actions.length > MOST_ACTIONS) {
        throw badRequest(`An automation rule has 1 to ${MOST_ACTIONS} actions, not ${actions.length}.`);
    }
    actions.forEach((action) => {
        assertAction(action, write, state);
    });
    return { properties };
}

function assertWorkspace(write: Write, state: AzureState): void {
    const workspaceId = write.id.parent;
    if (parseArmId(workspaceId)?.type.toLowerCase() !== "microsoft.operationalinsights/workspaces") {
        throw badRequest(`An automation rule belongs to a Log Analytics workspace, not to '${workspaceId}'.`);
    }
    if (!hasSentinel(workspaceId, state)) {
        throw badRequest(`The workspace '${workspaceId}' is not onboarded to Microsoft Sentinel.`);
    }
    const others = state
        .list(automationRules.type)
        .filter((rule) => isWithin(rule.id, workspaceId))
        .filter((rule) => !isSameId(rule.id, write.id.id));
    if (others.length >= MOST_RULES) {
        throw badRequest(
            `The workspace '${workspaceId}' has ${MOST_RULES} automation rules, the most there can be.`,
        );
    }
}

function assertOrder(order: Json | undefined, last: number, of: string): void {
    if (typeof order !== "number" || !Number.isInteger(order) || order < 1 || order > last) {
        throw badRequest(
            `The order of ${of} is a whole number from 1 to ${last}, not ${JSON.stringify(order)}.`,
        );
    }
}

function assertTriggeringLogic(logic: Json | undefined): void {
    const triggersOn = textAt(logic, "triggersOn");
    const triggersWhen = textAt(logic, "triggersWhen");
    if (typeof valueAt(logic, "isEnabled") !== "boolean") {
        throw badRequest("The triggeringLogic of an automation rule says with isEnabled whether it is on.");
    }
    if (triggersOn !== "Incidents" && triggersOn !== "Alerts") {
        throw badRequest(
            `An automation rule triggers on 'Incidents' or 'Alerts', not '${triggersOn ?? ""}'.`,
        );
    }
    if (triggersWhen !== "Created" && triggersWhen !== "Updated") {
        throw badRequest(
            `An automation rule triggers when 'Created' or 'Updated', not '${triggersWhen ?? ""}'.`,
        );
    }
    if (triggersOn === "Alerts" || triggersWhen === "Updated") {
        throw new NotSimulated(`automation rules for ${triggersOn} when ${triggersWhen}`);
    }
    assertConditions(arrayAt(logic, "conditions") ?? []);
}

function assertAction(action: Json, write: Write, state: AzureState): void {
    const type = textAt(action, "actionType") ?? "";
    if (type === "ModifyProperties" || type === "AddIncidentTask") {
        throw new NotSimulated(`the action type "${type}" of an automation rule`);
    }
    if (type !== "RunPlaybook") {
        throw badRequest(`'${type}' is no action type of an automation rule.`);
    }
    assertOrder(valueAt(action, "order"), MOST_ACTIONS, "an automation rule's action");
    assertPlaybook(objectAt(action, "actionConfiguration"), write, state);
}
