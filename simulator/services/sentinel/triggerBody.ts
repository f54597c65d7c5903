/** What Microsoft Sentinel sends to a playbook with the incident trigger. */
import { isJsonObject, type Json, type JsonObject } from "../../../language/json";
import { stableGuid, timestamp } from "../reply";
import { placeOf } from "../workspaces";
import type { Incident, NewAlert, NewEntity } from "./incidents";

/**
 * The body of the trigger for a new incident. Its shape is that of bodies that people have published; Microsoft
 * documents it only in part. `description` is absent where the incident has none.
 *
 * @param workspaceGuid - the workspace's `customerId`
 */
export function incidentTriggerBody(incident: Incident, workspaceGuid: string): JsonObject {
    const { subscriptionId, resourceGroup, name } = placeOf(incident.workspaceId);
    const resource = incident.resource();
    const { alerts = [], entities = [] } = incident.input;
    return {
        eventUniqueId: stableGuid(`${incident.id}/created`),
        objectSchemaType: "Incident",
        objectEventType: "Create",
        workspaceInfo: {
            SubscriptionId: subscriptionId,
            ResourceGroupName: resourceGroup,
            WorkspaceName: name,
        },
        workspaceId: workspaceGuid,
        object: {
            ...resource,
            properties: {
                ...(isJsonObject(resource["properties"]) ? resource["properties"] : {}),
                alerts: alerts.map((alert) => alertResource(incident, alert, workspaceGuid)),
                bookmarks: [],
                relatedEntities: entities.map((entity, index) => entityResource(incident, entity, index)),
                comments: [],
            },
        },
    };
}

function alertResource(incident: Incident, alert: NewAlert, workspaceGuid: string): Json {
    const time = timestamp(incident.createdAt);
    return {
        id: `${entitiesOf(incident)}/${alert.systemAlertId}`,
        name: alert.systemAlertId,
        type: "Microsoft.SecurityInsights/Entities",
        kind: "SecurityAlert",
        properties: {
            systemAlertId: alert.systemAlertId,
            tactics: [],
            alertDisplayName: alert.displayName,
            confidenceLevel: "Unknown",
            severity: incident.severity,
            vendorName: "Microsoft",
            productName: alert.productName,
            alertType: alert.productName,
            processingEndTime: time,
            status: "New",
            endTimeUtc: time,
            startTimeUtc: time,
            timeGenerated: time,
            providerAlertId: alert.providerAlertId,
            resourceIdentifiers: [{ type: "LogAnalytics", workspaceId: workspaceGuid }],
            additionalData: {},
            friendlyName: alert.displayName,
        },
    };
}

function entityResource(incident: Incident, { kind, properties }: NewEntity, index: number): Json {
    const name = entityName(incident, index);
    const { fileHashEntityIds } = properties;
    return {
        id: `${entitiesOf(incident)}/${name}`,
        name,
        type: "Microsoft.SecurityInsights/Entities",
        kind,
        properties: Array.isArray(fileHashEntityIds)
            ? {
                  ...properties,
                  fileHashEntityIds: fileHashEntityIds.map((ref: Json) => hashEntityId(incident, ref)),
              }
            : properties,
    };
}

/** In real bodies these ids say `entities` where the entities' own ids say `Entities`. */
function hashEntityId(incident: Incident, ref: Json): string {
    const index = (incident.input.entities ?? []).findIndex(
        (entity) => entity.ref !== undefined && entity.ref === ref,
    );
    if (index < 0) {
        throw new Error(`No entity of incident '${incident.input.title}' has ref ${JSON.stringify(ref)}.`);
    }
    return `${entitiesOf(incident).replace(/Entities$/, "entities")}/${entityName(incident, index)}`;
}

function entitiesOf(incident: Incident): string {
    return `${incident.workspaceId}/providers/Microsoft.SecurityInsights/Entities`;
}

function entityName(incident: Incident, index: number): string {
    return stableGuid(`${incident.id}/entities/${index}`);
}
