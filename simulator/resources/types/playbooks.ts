/** What Microsoft Sentinel asks of a workflow before an automation rule may run it. */
import { connectionsOf } from "../../../language";
import type { JsonObject } from "../../../language/json";
import { idKey, isSameId } from "../armId";
import { objectAt, textAt } from "../json";
import type { Resource } from "../model";
import { badRequest, whileUnordered } from "../refusals";
import { isAllowed } from "../rights";
import { builtInRoles } from "../roles";
import type { AzureState, Write, Writer } from "../state";

/** Application id of *Azure Security Insights*, Sentinel's own service principal: the same in every tenant. */
export const SECURITY_INSIGHTS_APP_ID = "98785600-1bb7-4fb9-b9fa-19afe2c8a360";

/** Microsoft Sentinel Automation Contributor. */
const AUTOMATION_CONTRIBUTOR = "f4c81013-99ee-4d62-a7ee-b3f1f648599a";

/** Names under which Sentinel recognises its incident trigger, the second in older playbooks. */
const INCIDENT_TRIGGERS = [
    "Microsoft_Sentinel_incident",
    "When_Azure_Sentinel_incident_creation_rule_was_triggered",
];

/**
 * Checks the playbook that an automation rule names.
 *
 * @throws AzureRefusal with Sentinel's texts, which it also gives while a grant or a new trigger has not come
 *     through yet
 */
export function assertPlaybook(configuration: JsonObject, write: Write, state: AzureState): void {
    const id = textAt(configuration, "logicAppResourceId") ?? "";
    const tenantId = textAt(configuration, "tenantId") ?? "";
    if (idKey(tenantId) !== idKey(state.tenantId)) {
        throw badRequest(
            `The tenantId '${tenantId}' of the playbook resource '${id}' is not that of this tenant.`,
        );
    }
    const workflow = state.seenBy(id, write);
    if (workflow === undefined || !isSameId(workflow.type, "Microsoft.Logic/workflows")) {
        const refusal = badRequest(`Playbook resource '${id}' could not be found.`);
        throw state.isFinishedFor(id, write) ? refusal : whileUnordered(refusal, id);
    }
    if (!mayRunPlaybook(workflow, state, write)) {
        const refusal = badRequest(
            `Missing required permissions for Microsoft Sentinel on the playbook resource '${workflow.id}'`,
        );
        const grant = mayRunPlaybook(workflow, state, {})
            ? unfinishedGrant(workflow, state, write)
            : undefined;
        throw grant === undefined ? refusal : whileUnordered(refusal, grant.id);
    }
    if (!hasIncidentTrigger(workflow) || !state.isTriggerSeen(workflow.id, write)) {
        throw badRequest(
            `Playbook resource '${workflow.id}' is not using Microsoft Sentinel Incident trigger`,
        );
    }
}

/**
 * Whether Sentinel's own principal has all that Microsoft Sentinel Automation Contributor gives, as far as the
 * writer can count on it at its time.
 */
function mayRunPlaybook(workflow: Resource, state: AzureState, writer: Writer): boolean {
    const principal = securityInsightsPrincipal(state);
    const assignments = state.roleAssignmentsSeenBy(writer);
    const needed = builtInRoles.get(AUTOMATION_CONTRIBUTOR)?.actions ?? [];
    return (
        principal !== undefined &&
        needed.every((action) =>
            isAllowed(assignments, {
                principalId: principal.objectId,
                action: action.replace("*", "roleAssignments"),
                scope: workflow.id,
                plane: "control",
            }),
        )
    );
}

/** Sentinel's own service principal, absent where the tenant never had Sentinel. */
function securityInsightsPrincipal(state: AzureState) {
    return [...state.principals.values()].find(({ appId }) => appId === SECURITY_INSIGHTS_APP_ID);
}

/** The grant, where the write does not wait for it. */
function unfinishedGrant(workflow: Resource, state: AzureState, write: Write): Resource | undefined {
    const principalId = securityInsightsPrincipal(state)?.objectId;
    return state
        .roleAssignmentsSeenBy({})
        .find(
            (assignment) =>
                !state.isFinishedFor(assignment.id, write) &&
                textAt(assignment.properties, "principalId") === principalId &&
                idKey(workflow.id).startsWith(idKey(textAt(assignment.properties, "scope") ?? "")),
        );
}

/** Whether a workflow starts with Microsoft Sentinel's incident trigger. */
export function hasIncidentTrigger(workflow: Pick<Resource, "properties">): boolean {
    const triggers = objectAt(workflow.properties, "definition", "triggers");
    return Object.entries(triggers).some(([name, trigger]) => {
        const [connection] = connectionsOf({ triggers: { [name]: trigger }, actions: {} });
        return (
            INCIDENT_TRIGGERS.includes(name) &&
            textAt(trigger, "type")?.toLowerCase() === "apiconnectionwebhook" &&
            textAt(trigger, "inputs", "path") === "/incident-creation" &&
            apiBehind(workflow, connection ?? "") === "azuresentinel"
        );
    });
}

function apiBehind(workflow: Pick<Resource, "properties">, connection: string): string {
    const entries = objectAt(workflow.properties, "parameters", "$connections", "value");
    const id = textAt(entries, connection, "id") ?? "";
    return idKey(id.slice(id.lastIndexOf("/") + 1));
}
