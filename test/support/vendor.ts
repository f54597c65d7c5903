/**
 * Intezer's own playbooks: taken unchanged out of its ARM template, deployed and set up by hand as its README says,
 * and run with the simulated services. The template is not part of this project; `VENDOR_TEMPLATE` says where it is.
 */
import { existsSync, readFileSync } from "node:fs";
import { isJsonObject, type Json, type JsonObject, type WorkflowDefinition } from "../../language";
import type { Resource } from "../../simulator/resources/model";
import { VirtualClock } from "../../simulator/runtime/clock";
import type { RunRecord } from "../../simulator/runtime/records";
import { startRun } from "../../simulator/runtime/run";
import {
    connectServices,
    type Disturbance,
    type Incident,
    type IntezerWorld,
} from "../../simulator/services";
import type { IntezerUsage, NewIncident, SecurityAlertRow } from "../../simulator/services";
import { incidentTriggerBody } from "../../simulator/services/sentinel/triggerBody";
import { evaluateArm } from "./armTemplate";
import { fakeAzure, principalId, start, workspaceGuid, workspaceId } from "./services";
import { sentinelPrincipalId, vaultId } from "./services";

/** The template's workflows by their default names. */
export const vendorWorkflows = {
    submit: "Submit-IntezerAlert-IncidentTriggered",
    webhook: "UpdateIncident-IntezerAlert-Webhook",
    hash: "Submit-IntezerScanFileHash-IncidentTriggered",
    url: "Submit-IntezerScanURL-IncidentTriggered",
} as const;

export type VendorPlaybook = keyof typeof vendorWorkflows;

/** The key that lies in the vault. */
export const vendorKey = "the-key";

/** Tests that need the template; without it one pending test says how to give it. */
export function describeVendor(title: string, tests: () => void): void {
    describe(title, () => {
        if ((process.env["VENDOR_TEMPLATE"] ?? "") === "") {
            // The short reporter only counts pending tests, so it is also said once in words.
            after(sayOnce);
            it(notRun);
        } else {
            tests();
        }
    });
}

const notRun = "was not run: set VENDOR_TEMPLATE to the path of Intezer's azuredeploy.json";
let isSaid = false;

function sayOnce(): void {
    if (!isSaid) {
        console.log(`\n  The test of Intezer's own playbooks ${notRun}`);
        isSaid = true;
    }
}

/** A workflow of the template, its expressions evaluated. */
export interface VendorWorkflow {
    readonly definition: WorkflowDefinition;
    /** The definition as it stands in the template. */
    readonly written: Json;
    /** As a workflow resource has them: `{ name: { value } }`. */
    readonly parameters: JsonObject;
}

/** Reads a workflow of the template, deployed into this resource group. */
export function vendorWorkflow(playbook: VendorPlaybook, resourceGroup = workspaceGroup): VendorWorkflow {
    const { resources } = readTemplate();
    const written = resources.map(objectOf).find(({ type, name }) => {
        const isWorkflow = type === "Microsoft.Logic/workflows";
        return isWorkflow && deployed(name ?? null, resourceGroup) === vendorWorkflows[playbook];
    });
    if (written === undefined) {
        throw new Error(`The template has no workflow '${vendorWorkflows[playbook]}'.`);
    }
    const properties = objectOf(deployed(written["properties"] ?? null, resourceGroup));
    return {
        // The save-time rules have looked at it before it is run.
        definition: properties["definition"] as unknown as WorkflowDefinition,
        written: objectOf(written["properties"])["definition"] ?? null,
        parameters: objectOf(properties["parameters"]),
    };
}

/** What happens to a playbook, and what it finds. */
export interface VendorScene {
    readonly intezer?: Partial<IntezerWorld>;
    /** The incident that starts the playbook, or that a webhook is about. */
    readonly incident?: Partial<NewIncident>;
    /** More incidents in the workspace. */
    readonly others?: readonly Partial<NewIncident>[];
    /** Alerts as the workspace's SecurityAlert table has them. */
    readonly alerts?: readonly Partial<SecurityAlertRow>[];
    /** What the webhook is sent; what stands for an incident is its ARM id. */
    readonly webhook?: (incident: Incident) => Json;
    readonly disturbances?: readonly Disturbance[];
    /** Rights that the person who set it up has not granted. */
    readonly without?: readonly string[];
    /** Where the template is deployed. @default the workspace's resource group */
    readonly resourceGroup?: string;
    /** Whether somebody has mended the logs connection by hand, as the README asks. @default true */
    readonly mended?: boolean;
}

/** What came of it. */
export interface VendorOutcome {
    readonly run: RunRecord;
    /** The incident that it was about, then the others. */
    readonly incidents: readonly Incident[];
    /** Comments of the incident, as HTML. */
    readonly comments: readonly string[];
    readonly usage: IntezerUsage;
    /** What Sentinel or Intezer sent to the trigger. */
    readonly triggerBody: Json;
}

/** Runs a playbook. */
export function runVendor(playbook: VendorPlaybook, scene: VendorScene = {}): VendorOutcome {
    const { resourceGroup = workspaceGroup, mended = true } = scene;
    const { definition, parameters } = vendorWorkflow(playbook, resourceGroup);
    const workflow = workflowResource(
        playbook,
        resourceGroup,
        mended ? withIdentity(parameters) : parameters,
    );
    const resources = [workflow, ...connectionResources(resourceGroup, mended)];
    const azure = fakeAzure({
        resources: Object.fromEntries(resources.map((resource) => [resource.id, resource])),
        grants: rights
            .filter((right) => !(scene.without ?? []).includes(right))
            .map((right) => [principalId, right, workspaceId]),
        secrets: { "intezer-sentinel-api-key": vendorKey },
    });
    const services = connectServices(azure, {
        securityInsightsPrincipalId: sentinelPrincipalId,
        start,
        intezer: { apiKey: vendorKey, ...scene.intezer },
        disturbances: scene.disturbances ?? [],
    });
    const incidents = [scene.incident ?? {}, ...(scene.others ?? [])].map((incident) =>
        services.sentinel.createIncident(workspaceId, { title: "T", severity: "High", ...incident }, start),
    );
    for (const alert of scene.alerts ?? []) {
        services.logAnalytics.ingest(workspaceId, { ...anyAlert, ...alert });
    }
    const [incident] = incidents;
    if (incident === undefined) {
        throw new Error("There is no incident.");
    }
    const triggerBody = scene.webhook?.(incident) ?? incidentTriggerBody(incident, workspaceGuid);
    const clock = new VirtualClock(start);
    const records: RunRecord[] = [];
    startRun({
        definition,
        parameters: valuesOf(workflow),
        workflow: { id: workflow.id, name: workflow.name, location: "westeurope" },
        trigger: { body: triggerBody },
        transport: services.transportFor(workflow.id),
        clock,
        onFinished: (record) => records.push(record),
    });
    clock.run();
    const [run] = records;
    if (run === undefined) {
        throw new Error("The run did not end.");
    }
    const comments = incident.comments.map(({ message }) => message);
    return { run, incidents, comments, usage: services.intezer.usage, triggerBody };
}

const [, , subscriptionId = "", , workspaceGroup = "", , , , workspaceName = ""] = workspaceId.split("/");

/** Rights of the role that the README gives to every playbook, as far as they matter, and that of its fourth step. */
const rights = [
    "Microsoft.SecurityInsights/incidents/read",
    "Microsoft.SecurityInsights/incidents/write",
    "Microsoft.SecurityInsights/incidents/comments/write",
    "Microsoft.OperationalInsights/workspaces/query/read",
];

const anyAlert: SecurityAlertRow = {
    systemAlertId: "alert",
    vendorOriginalId: "original",
    alertName: "A",
    productName: "Microsoft Defender Advanced Threat Protection",
    timeGenerated: start,
    visibleAt: start,
};

function workflowResource(playbook: VendorPlaybook, resourceGroup: string, parameters: JsonObject): Resource {
    const name = vendorWorkflows[playbook];
    return {
        id: `${groupId(resourceGroup)}/providers/Microsoft.Logic/workflows/${name}`,
        type: "Microsoft.Logic/workflows",
        name,
        location: "westeurope",
        identity: { type: "SystemAssigned", principalId, tenantId: "00000000-0000-0000-0000-0000000000c1" },
        properties: { state: "Enabled", parameters },
    };
}

function connectionResources(resourceGroup: string, mended: boolean): readonly Resource[] {
    return readTemplate()
        .resources.map((resource) => objectOf(deployed(resource, resourceGroup)))
        .filter(({ type }) => type === "Microsoft.Web/connections")
        .map((connection) => connectionResource(connection, resourceGroup, mended));
}

function connectionResource(connection: JsonObject, resourceGroup: string, mended: boolean): Resource {
    const name = typeof connection["name"] === "string" ? connection["name"] : "";
    const properties = objectOf(connection["properties"]);
    const isMended = mended && name === "monitorlogs-intezer-connection";
    return {
        id: `${groupId(resourceGroup)}/providers/Microsoft.Web/connections/${name}`,
        type: "Microsoft.Web/connections",
        name,
        location: "westeurope",
        properties: isMended
            ? { ...properties, parameterValueSet: { name: "managedIdentityAuth", values: {} } }
            : properties,
    };
}

/** Whoever mends the logs connection chooses the managed identity. */
function withIdentity(parameters: JsonObject): JsonObject {
    const connections = objectOf(objectOf(parameters["$connections"])["value"]);
    const authentication = { type: "ManagedServiceIdentity" };
    const mended = Object.entries(connections).map(([key, connection]) => [
        key,
        { ...objectOf(connection), connectionProperties: { authentication } },
    ]);
    return { ...parameters, $connections: { value: Object.fromEntries(mended) as JsonObject } };
}

function valuesOf({ properties }: Resource): JsonObject {
    return Object.fromEntries(
        Object.entries(objectOf(properties["parameters"])).map(([name, entry]) => [
            name,
            objectOf(entry)["value"] ?? null,
        ]),
    );
}

function groupId(resourceGroup: string): string {
    return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
}

function deployed(value: Json, resourceGroup: string): Json {
    const { parameters, variables } = readTemplate();
    const defaults = Object.entries(parameters).flatMap(([name, parameter]) => {
        const { defaultValue } = objectOf(parameter);
        return defaultValue === undefined ? [] : [[name, defaultValue] as const];
    });
    return evaluateArm(value, {
        subscriptionId,
        resourceGroup: { name: resourceGroup, location: "westeurope" },
        parameters: {
            ...Object.fromEntries(defaults),
            logicAppWorkspace: workspaceName,
            logicAppWorkspaceId: workspaceGuid,
            KeyvaultName: vaultId.slice(vaultId.lastIndexOf("/") + 1),
        },
        variables,
    });
}

interface Template {
    readonly parameters: JsonObject;
    readonly variables: JsonObject;
    readonly resources: readonly Json[];
}

let template: Template | undefined;

function readTemplate(): Template {
    template ??= parseTemplate(process.env["VENDOR_TEMPLATE"] ?? "");
    return template;
}

function parseTemplate(path: string): Template {
    if (!existsSync(path)) {
        throw new Error(`VENDOR_TEMPLATE is '${path}', where no file is.`);
    }
    const content = objectOf(JSON.parse(readFileSync(path, "utf8")));
    const { resources } = content;
    return {
        parameters: objectOf(content["parameters"]),
        variables: objectOf(content["variables"]),
        resources: Array.isArray(resources) ? resources : [],
    };
}

function objectOf(value: unknown): JsonObject {
    return isJsonObject(value) ? value : {};
}
