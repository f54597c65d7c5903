/** Automation rules: which of the deployed ones a new incident fires, and whether Sentinel may run their playbooks. */
import { isJsonObject, type Json, type JsonObject } from "../../../language/json";
import type { Azure, Resource } from "../../resources/model";
import { shown, UnsupportedRequestError } from "../reply";
import { sameText } from "../workspaces";
import type { Incident } from "./incidents";

/** What Microsoft Sentinel Automation Contributor lets Sentinel's own principal do with a playbook. */
const RUN_RIGHT = "Microsoft.Logic/workflows/triggers/listCallbackUrl/action";

/** A playbook that an automation rule is about to run. */
export interface PlannedRun {
    /** ARM id of the automation rule. */
    readonly ruleId: string;
    readonly rule: string;
    /** ARM id of the playbook. */
    readonly workflowId: string;
}

/**
 * The playbooks that a new incident starts, in the order of their rules and of the actions in a rule. Rules of
 * equal order run in any order in Azure; here in that of their creation.
 *
 * @throws {@link UnsupportedRequestError} for a condition or an action that the simulator does not know
 */
export function plannedRuns(azure: Azure, incident: Incident): readonly PlannedRun[] {
    return azure
        .list("Microsoft.SecurityInsights/automationRules")
        .filter((rule) => sameText(workspaceOf(rule), incident.workspaceId))
        .filter((rule) => firesFor(rule, incident))
        .sort((left, right) => orderOf(left.properties) - orderOf(right.properties))
        .flatMap((rule) =>
            objects(rule.properties["actions"])
                .sort((left, right) => orderOf(left) - orderOf(right))
                .map((action) => plannedRun(rule, action)),
        );
}

/**
 * Why Sentinel cannot run a playbook now, in Sentinel's words; undefined where it can. The reasons are those of
 * Microsoft Learn, "Monitor the health of your automation rules and playbooks".
 *
 * @param sentinelPrincipalId - object id of the service principal *Azure Security Insights*
 */
export function obstacleTo(azure: Azure, run: PlannedRun, sentinelPrincipalId: string): string | undefined {
    const playbook = azure.get(run.workflowId);
    if (playbook === undefined) {
        return `The playbook '${run.workflowId}' could not be found.`;
    }
    if (!azure.allows(sentinelPrincipalId, RUN_RIGHT, playbook.id)) {
        return (
            `Microsoft Sentinel is missing permissions to run playbook '${playbook.name}': object id ` +
            `'${sentinelPrincipalId}' may not perform '${RUN_RIGHT}' on '${playbook.id}'.`
        );
    }
    if (playbook.properties["state"] === "Disabled") {
        return `The playbook '${playbook.name}' is disabled.`;
    }
    const { accessControl } = playbook.properties;
    const triggers = isJsonObject(accessControl) ? accessControl["triggers"] : undefined;
    if (isJsonObject(triggers) && Array.isArray(triggers["allowedCallerIpAddresses"])) {
        return `Access control configuration restricts Microsoft Sentinel from running playbook '${playbook.name}'.`;
    }
    return undefined;
}

function plannedRun(rule: Resource, action: JsonObject): PlannedRun {
    const configuration = action["actionConfiguration"];
    const workflowId = isJsonObject(configuration) ? configuration["logicAppResourceId"] : undefined;
    if (action["actionType"] !== "RunPlaybook" || typeof workflowId !== "string") {
        throw new UnsupportedRequestError(
            "Sentinel",
            `the automation action '${shown(action["actionType"])}'`,
        );
    }
    return { ruleId: rule.id, rule: shown(rule.properties["displayName"]), workflowId };
}

function firesFor(rule: Resource, incident: Incident): boolean {
    const logic = rule.properties["triggeringLogic"];
    return (
        isJsonObject(logic) &&
        logic["isEnabled"] === true &&
        logic["triggersOn"] === "Incidents" &&
        logic["triggersWhen"] === "Created" &&
        !isOver(logic["expirationTimeUtc"], incident.createdAt) &&
        objects(logic["conditions"]).every((condition) => holds(condition, incident))
    );
}

function isOver(expiration: Json | undefined, now: number): boolean {
    return typeof expiration === "string" && Date.parse(expiration) <= now;
}

const PROPERTIES: { readonly [name: string]: (incident: Incident) => readonly string[] } = {
    IncidentSeverity: (incident) => [incident.severity],
    IncidentStatus: (incident) => [incident.status],
    IncidentTitle: (incident) => [incident.input.title],
    IncidentDescription: (incident) => [incident.input.description ?? ""],
    IncidentLabel: (incident) => incident.labels,
};

const OPERATORS: { readonly [name: string]: (actual: string, wanted: string) => boolean } = {
    Equals: (actual, wanted) => actual === wanted,
    Contains: (actual, wanted) => actual.includes(wanted),
    StartsWith: (actual, wanted) => actual.startsWith(wanted),
    EndsWith: (actual, wanted) => actual.endsWith(wanted),
};

/** Several values are alternatives. What they mean to a negated operator is not documented, so it is refused. */
function holds(condition: JsonObject, incident: Incident): boolean {
    const { conditionType, conditionProperties } = condition;
    const { propertyName, operator, propertyValues } = isJsonObject(conditionProperties)
        ? conditionProperties
        : {};
    const actual = PROPERTIES[shown(propertyName)]?.(incident);
    const compare = OPERATORS[shown(operator).replace(/^Not/, "")];
    const negated = shown(operator).startsWith("Not");
    const values = Array.isArray(propertyValues) ? propertyValues.map((value: Json) => shown(value)) : [];
    if (conditionType !== "Property" || !actual || !compare || (negated && values.length !== 1)) {
        throw new UnsupportedRequestError(
            "Sentinel",
            `the automation condition ${JSON.stringify(condition)}`,
        );
    }
    const found = values.some((wanted) => actual.some((text) => compare(text, wanted)));
    return found !== negated;
}

function workspaceOf(rule: Resource): string {
    return rule.id.slice(0, rule.id.toLowerCase().indexOf("/providers/microsoft.securityinsights/"));
}

function orderOf(holder: JsonObject): number {
    return typeof holder["order"] === "number" ? holder["order"] : 0;
}

function objects(value: Json | undefined): JsonObject[] {
    return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
