import type { Json, JsonObject } from "../../../language/json";
import { stableGuid, timestamp } from "../reply";

/** Most comments that an incident can hold (Microsoft Learn, "Microsoft Sentinel service limits"). */
export const COMMENTS_PER_INCIDENT = 100;

/** Severities of incidents, as the REST API writes them. */
export type Severity = "High" | "Medium" | "Low" | "Informational";

/** An entity of an incident. */
export interface NewEntity {
    /** E.g. `FileHash`, `Url`, `File`. */
    readonly kind: string;
    readonly properties: JsonObject;
    /** A name by which other entities of this incident refer to it in `fileHashEntityIds`. */
    readonly ref?: string;
}

/** An alert of an incident. */
export interface NewAlert {
    readonly systemAlertId: string;
    readonly displayName: string;
    readonly productName: string;
    readonly providerAlertId: string;
}

/** What is known of an incident when it is created. */
export interface NewIncident {
    readonly title: string;
    readonly severity: Severity;
    readonly description?: string;
    readonly entities?: readonly NewEntity[];
    readonly alerts?: readonly NewAlert[];
    readonly labels?: readonly string[];
    /** Comments that others have written before. @default 0 */
    readonly earlierComments?: number;
}

/** A comment on an incident. */
export interface Comment {
    readonly id: string;
    /** In milliseconds since 1970. */
    readonly time: number;
    /** Object id of the author. */
    readonly author: string;
    readonly message: string;
}

/** An incident of one workspace, with its history. */
export class Incident {
    readonly id: string;
    readonly name: string;
    readonly comments: Comment[] = [];
    labels: readonly string[];
    severity: Severity;
    status: "New" | "Active" | "Closed" = "New";
    private modifiedAt: number;

    /**
     * @param workspaceId - ARM id
     * @param incidentNumber - counts up in a workspace
     * @param createdAt - in milliseconds since 1970
     */
    constructor(
        readonly workspaceId: string,
        readonly incidentNumber: number,
        readonly input: NewIncident,
        readonly createdAt: number,
    ) {
        this.name = stableGuid(`${workspaceId.toLowerCase()}/incidents/${incidentNumber}`);
        this.id = `${workspaceId}/providers/Microsoft.SecurityInsights/Incidents/${this.name}`;
        this.labels = input.labels ?? [];
        this.severity = input.severity;
        this.modifiedAt = createdAt;
    }

    get commentsCount(): number {
        return (this.input.earlierComments ?? 0) + this.comments.length;
    }

    touch(time: number): void {
        this.modifiedAt = time;
    }

    /** The incident as Sentinel's REST API and the connector's *Get incident* show it. */
    resource(): JsonObject {
        return {
            id: this.id,
            name: this.name,
            etag: `"${stableGuid(`${this.id}@${this.modifiedAt}/${this.commentsCount}`)}"`,
            type: "Microsoft.SecurityInsights/Incidents",
            properties: this.properties(),
        };
    }

    private properties(): JsonObject {
        const { title, description, alerts = [] } = this.input;
        return {
            title,
            ...(description === undefined ? {} : { description }),
            severity: this.severity,
            status: this.status,
            owner: { objectId: null, email: null, assignedTo: null, userPrincipalName: null },
            labels: this.labels.map((labelName): Json => ({ labelName, labelType: "User" })),
            lastModifiedTimeUtc: timestamp(this.modifiedAt),
            createdTimeUtc: timestamp(this.createdAt),
            incidentNumber: this.incidentNumber,
            additionalData: {
                alertsCount: alerts.length,
                bookmarksCount: 0,
                commentsCount: this.commentsCount,
                alertProductNames: [...new Set(alerts.map(({ productName }) => productName))],
                tactics: [],
            },
            relatedAnalyticRuleIds: [],
            incidentUrl: `https://portal.azure.com/#asset/Microsoft_Azure_Security_Insights/Incident${this.id}`,
            providerName: "Azure Sentinel",
            providerIncidentId: String(this.incidentNumber),
        };
    }
}
