/** Workflows with the names, triggers and connections of those in Intezer's ARM template; what they do is left out. */
import { connectionName, type JsonObject } from "../../language";
import type { ConnectionKey } from "../../workflows";

/** A workflow of the template. */
export interface VendorWorkflow {
    readonly name: string;
    readonly trigger: "incident" | "webhook";
    /** Connections that it binds, needed or not. */
    readonly connections: readonly ConnectionKey[];
}

/** In the order of Intezer's guide. */
export const vendorWorkflows: readonly VendorWorkflow[] = [
    {
        name: "UpdateIncident-IntezerAlert-Webhook",
        trigger: "webhook",
        connections: ["azuresentinel", "azuremonitorlogs"],
    },
    {
        name: "Submit-IntezerAlert-IncidentTriggered",
        trigger: "incident",
        connections: ["azuresentinel", "keyvault"],
    },
    {
        name: "Submit-IntezerScanFileHash-IncidentTriggered",
        trigger: "incident",
        connections: ["azuresentinel", "keyvault", "azuremonitorlogs"],
    },
    {
        name: "Submit-IntezerScanURL-IncidentTriggered",
        trigger: "incident",
        connections: ["azuresentinel", "keyvault", "azuremonitorlogs"],
    },
];

/**
 * Properties of a workflow as they lie in Azure.
 *
 * @param entries - what `$connections` holds, by connection
 */
export function propertiesOf(
    workflow: VendorWorkflow,
    workspaceName: string,
    entries: Readonly<Record<ConnectionKey, JsonObject>>,
): JsonObject {
    const bound = Object.fromEntries(workflow.connections.map((key) => [key, entries[key]]));
    return {
        state: "Enabled",
        definition: {
            $schema:
                "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
            contentVersion: "1.0.0.0",
            parameters: {
                $connections: { type: "Object", defaultValue: {} },
                $resourceWorkspaceName: { type: "Object", defaultValue: {} },
            },
            triggers: triggers[workflow.trigger],
            actions: { Stands_for_more: { type: "Compose", inputs: workflow.name, runAfter: {} } },
            outputs: {},
        },
        parameters: {
            $connections: { value: bound },
            $resourceWorkspaceName: { value: { resourceWorkspaceName: workspaceName } },
        },
    };
}

const triggers: Readonly<Record<VendorWorkflow["trigger"], JsonObject>> = {
    webhook: { manual: { type: "Request", kind: "Http", inputs: { schema: {} } } },
    incident: {
        Microsoft_Sentinel_incident: {
            type: "ApiConnectionWebhook",
            inputs: {
                host: { connection: { name: connectionName("azuresentinel") } },
                path: "/incident-creation",
                body: { callback_url: "@{listCallbackUrl()}" },
            },
        },
    },
};
