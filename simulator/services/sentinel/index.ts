/** Microsoft Sentinel: incidents of the deployed workspaces and the automation rules that they fire. */
import type { JsonObject } from "../../../language/json";
import type { Azure } from "../../resources/model";
import type { ConnectedCall } from "../connections";
import type { Answer } from "../reply";
import { customerIdOf, sameText, workspaceById } from "../workspaces";
import { obstacleTo, type PlannedRun, plannedRuns } from "./automation";
import { answerSentinelConnector } from "./connector";
import { Incident, type NewIncident } from "./incidents";
import { incidentTriggerBody } from "./triggerBody";

export { type Comment, type Incident, type NewIncident, type Severity } from "./incidents";
export type { PlannedRun } from "./automation";

/** A playbook that Sentinel calls, or why it cannot. */
export type PlaybookStart = { readonly body: JsonObject } | { readonly obstacle: string };

/** The simulated Microsoft Sentinel: incidents, automation rules, and the connector for playbooks. */
export class Sentinel {
    private readonly all: Incident[] = [];

    /** @param principalId - object id of the service principal *Azure Security Insights* */
    constructor(
        private readonly azure: Azure,
        private readonly principalId: string,
    ) {}

    /** Every incident, in order of creation. */
    get incidents(): readonly Incident[] {
        return this.all;
    }

    /**
     * Creates an incident; what it fires, `runsFor` tells.
     *
     * @param workspaceId - ARM id of a workspace that exists
     * @param time - in milliseconds since 1970
     */
    createIncident(workspaceId: string, input: NewIncident, time: number): Incident {
        const workspace = workspaceById(this.azure, workspaceId);
        if (workspace === undefined) {
            throw new Error(`There is no Log Analytics workspace '${workspaceId}' to create an incident in.`);
        }
        const number = this.all.filter((incident) => sameText(incident.workspaceId, workspaceId)).length + 1;
        const incident = new Incident(workspace.id, number, input, time);
        this.all.push(incident);
        return incident;
    }

    /** The playbooks that a new incident starts, in order. */
    runsFor(incident: Incident): readonly PlannedRun[] {
        return plannedRuns(this.azure, incident);
    }

    /** What Sentinel sends to a playbook when the turn of its rule comes. */
    start(run: PlannedRun, incident: Incident): PlaybookStart {
        const obstacle = obstacleTo(this.azure, run, this.principalId);
        const workspace = workspaceById(this.azure, incident.workspaceId);
        return obstacle === undefined && workspace !== undefined
            ? { body: incidentTriggerBody(incident, customerIdOf(workspace)) }
            : { obstacle: obstacle ?? `The workspace '${incident.workspaceId}' could not be found.` };
    }

    answerConnector(call: ConnectedCall): Answer {
        return answerSentinelConnector(this.azure, this, call);
    }

    find(id: string): Incident | undefined {
        return this.all.find((incident) => sameText(incident.id, id));
    }

    ofAlert(workspaceId: string, systemAlertId: string, time: number): Incident | undefined {
        return this.all.find(
            (incident) =>
                sameText(incident.workspaceId, workspaceId) &&
                incident.createdAt <= time &&
                (incident.input.alerts ?? []).some((alert) => sameText(alert.systemAlertId, systemAlertId)),
        );
    }
}
