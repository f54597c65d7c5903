/** Plays a sample in a deployed tenant: what happens there, on a virtual clock, and what came of it. */
import type { WorkflowDefinition } from "../language/definition";
import { isJsonObject, type Json, type JsonObject } from "../language/json";
import type { AzureResourceManager } from "../simulator/resources/machine";
import { AzureRefusal, type Resource } from "../simulator/resources/model";
import { VirtualClock } from "../simulator/runtime/clock";
import type { RunRecord } from "../simulator/runtime/records";
import { startRun } from "../simulator/runtime/run";
import {
    connectServices,
    type Incident,
    type IntezerUsage,
    type PlannedRun,
    type RefusedCall,
    type Services,
} from "../simulator/services";
import { receiveCallback } from "../simulator/services/workflowEndpoint";
import type { Sample, SampleIncident } from "./samples";

/** What has been deployed, as far as playing samples needs it. */
export interface Deployment {
    readonly azure: AzureResourceManager;
    /** Object id of the service principal *Azure Security Insights*. */
    readonly securityInsightsPrincipalId: string;
    /** ARM id of the workspace with Microsoft Sentinel. */
    readonly workspaceId: string;
    /** Absent where the webhook playbook is not deployed. */
    readonly webhookUrl?: string;
    /** The key that Intezer takes, and the tenant's address. */
    readonly intezer: { readonly apiKey: string; readonly baseUrl?: string };
}

/** A run of a deployed workflow. */
export interface PlayedRun {
    readonly workflow: Resource;
    /** Name of the automation rule that started it; absent where the webhook did. */
    readonly rule?: string;
    readonly record: RunRecord;
}

/** What came of a sample. */
export interface Played {
    /** In the order in which they started. */
    readonly runs: readonly PlayedRun[];
    /** Incidents by the names that the sample gives them. */
    readonly incidents: ReadonlyMap<string, Incident>;
    /** Why a playbook was not started, by Sentinel or at the webhook's address. */
    readonly obstacles: readonly string[];
    /** Calls that Azure refused, in order of time. */
    readonly refusals: readonly RefusedCall[];
    readonly usage: IntezerUsage;
}

/** When samples start. */
export const startTime = Date.parse("2026-01-15T10:00:00Z");

/** Sentinel goes on to the next playbook when one takes longer (Microsoft Learn, automation rules). */
const PLAYBOOK_PATIENCE = 120_000;

/** Where the webhook is called from: an address for documentation (RFC 5737). */
const CALLER_IP = "203.0.113.10";

/**
 * Plays a sample to its end.
 *
 * @param seed - orders what Azure leaves unordered. @default 1
 * @throws Error for what the simulator does not support
 */
export function play(sample: Sample, deployment: Deployment, seed = 1): Played {
    return new Stage(sample, deployment, seed).play();
}

class Stage {
    private readonly clock = new VirtualClock(startTime);
    private readonly services: Services;
    private readonly runs: { order: number; run: PlayedRun }[] = [];
    private readonly incidents = new Map<string, Incident>();
    private readonly obstacles: string[] = [];
    private started = 0;

    constructor(
        private readonly sample: Sample,
        private readonly deployment: Deployment,
        private readonly seed: number,
    ) {
        this.services = connectServices(deployment.azure, {
            securityInsightsPrincipalId: deployment.securityInsightsPrincipalId,
            start: startTime,
            intezer: { ...sample.intezer, ...deployment.intezer },
            disturbances: sample.disturbances ?? [],
        });
    }

    play(): Played {
        for (const incident of this.sample.incidents ?? []) {
            this.schedule(incident);
        }
        const { webhook } = this.sample;
        if (webhook !== undefined) {
            this.clock.at(startTime + (webhook.at ?? 0) * 1000, () => this.callWebhook(webhook.body));
        }
        this.clock.run();
        return {
            runs: this.runs.sort((left, right) => left.order - right.order).map(({ run }) => run),
            incidents: this.incidents,
            obstacles: this.obstacles,
            refusals: this.services.refusals,
            usage: this.services.intezer.usage,
        };
    }

    private schedule(input: SampleIncident): void {
        const at = startTime + (input.at ?? 0) * 1000;
        for (const alert of input.alerts ?? []) {
            const visibleAt = alert.arrivesAt === undefined ? at : startTime + alert.arrivesAt * 1000;
            this.services.logAnalytics.ingest(this.deployment.workspaceId, {
                systemAlertId: alert.systemAlertId,
                vendorOriginalId: alert.providerAlertId,
                alertName: alert.displayName,
                productName: alert.productName,
                timeGenerated: Math.min(at, visibleAt),
                visibleAt,
            });
        }
        const create = () => {
            const incident = this.services.sentinel.createIncident(this.deployment.workspaceId, input, at);
            this.incidents.set(input.ref, incident);
            return incident;
        };
        if (at < startTime) {
            create();
        } else {
            this.clock.at(at, () => {
                const incident = create();
                this.runPlaybooks(this.services.sentinel.runsFor(incident), incident);
            });
        }
    }

    /** One playbook after the other; a slow one does not hold up those behind it for longer than Sentinel waits. */
    private runPlaybooks([planned, ...others]: readonly PlannedRun[], incident: Incident): void {
        if (planned === undefined) {
            return;
        }
        let hasGoneOn = false;
        const goOn = () => {
            if (!hasGoneOn) {
                hasGoneOn = true;
                this.runPlaybooks(others, incident);
            }
        };
        const begun = this.services.sentinel.start(planned, incident);
        const workflow = this.deployment.azure.get(planned.workflowId);
        if ("obstacle" in begun || workflow === undefined) {
            this.obstacles.push(
                "obstacle" in begun ? begun.obstacle : `There is no playbook '${planned.workflowId}'.`,
            );
            goOn();
            return;
        }
        this.run(workflow, { body: begun.body }, { rule: planned.rule, onFinished: goOn });
        this.clock.after(PLAYBOOK_PATIENCE, goOn);
    }

    private callWebhook(body: Json): void {
        const { azure, webhookUrl } = this.deployment;
        if (webhookUrl === undefined) {
            this.obstacles.push("The webhook playbook is not deployed, so there is no webhook URL to call.");
            return;
        }
        const received = receiveCallback(
            azure,
            { url: webhookUrl, callerIp: CALLER_IP },
            (workflow, trigger) => signatureOf(azure, workflow, trigger),
        );
        if ("status" in received) {
            this.obstacles.push(`The webhook was refused: ${JSON.stringify(received.body)}`);
            return;
        }
        const trigger = {
            name: received.triggerName,
            headers: { "Content-Type": "application/json" },
            body: this.withIncidentIds(body),
        };
        this.run(received.workflow, trigger, {});
    }

    private run(
        workflow: Resource,
        trigger: { name?: string; headers?: { [name: string]: string }; body: Json },
        { rule, onFinished }: { rule?: string; onFinished?: () => void },
    ): void {
        const order = this.started++;
        startRun({
            definition: definitionOf(workflow),
            parameters: parametersOf(workflow),
            workflow: {
                id: workflow.id,
                name: workflow.name,
                location: workflow.location ?? "",
                tags: workflow.tags ?? {},
            },
            trigger,
            transport: this.services.transportFor(workflow.id),
            clock: this.clock,
            seed: this.seed + order,
            onFinished: (record) => {
                this.runs.push({ order, run: { workflow, ...(rule === undefined ? {} : { rule }), record } });
                onFinished?.();
            },
        });
    }

    private withIncidentIds(value: Json): Json {
        if (typeof value === "string") {
            return value.replace(/\{\{incident:([^}]*)\}\}/g, (_, ref: string) => this.incidentNamed(ref).id);
        }
        if (isJsonObject(value)) {
            return Object.fromEntries(
                Object.entries(value).map(([key, part]) => [key, this.withIncidentIds(part)]),
            );
        }
        return Array.isArray(value) ? value.map((part: Json) => this.withIncidentIds(part)) : value;
    }

    private incidentNamed(ref: string): Incident {
        const incident = this.incidents.get(ref);
        if (incident === undefined) {
            const known = [...this.incidents.keys()].join(", ");
            throw new Error(
                `The webhook names the incident '${ref}', which is not there then. There are: ${known}.`,
            );
        }
        return incident;
    }
}

function signatureOf(
    azure: AzureResourceManager,
    workflow: Resource,
    triggerName: string,
): string | undefined {
    try {
        return azure.listCallbackUrl(workflow.id, triggerName).queries.sig;
    } catch (error) {
        if (error instanceof AzureRefusal) {
            return undefined;
        }
        throw error;
    }
}

/** Resource Manager has checked it when it was deployed. */
function definitionOf(workflow: Resource): WorkflowDefinition {
    return workflow.properties["definition"] as unknown as WorkflowDefinition;
}

function parametersOf(workflow: Resource): JsonObject {
    const { parameters } = workflow.properties;
    return Object.fromEntries(
        Object.entries(isJsonObject(parameters) ? parameters : {}).map(([name, entry]) => [
            name,
            isJsonObject(entry) ? (entry["value"] ?? null) : null,
        ]),
    );
}
