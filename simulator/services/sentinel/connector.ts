/** The azuresentinel connector's operations. */
import { isJsonObject, type Json, type JsonObject } from "../../../language/json";
import type { Azure } from "../../resources/model";
import type { ConnectedCall } from "../connections";
import { decodeSegment } from "../path";
import {
    type Answer,
    answer,
    authorizationFailed,
    refusal,
    shown,
    stableGuid,
    timestamp,
    UnsupportedRequestError,
} from "../reply";
import { placeOf, sameText, workspaceByGuid } from "../workspaces";
import { type Comment, COMMENTS_PER_INCIDENT, type Incident, type Severity } from "./incidents";

/** Most characters of a comment (Microsoft Learn, "Microsoft Sentinel service limits"). */
const COMMENT_LENGTH = 30_000;

const READ = "Microsoft.SecurityInsights/incidents/read";
const WRITE = "Microsoft.SecurityInsights/incidents/write";
const WRITE_COMMENT = "Microsoft.SecurityInsights/incidents/comments/write";

/** What the connector needs of Sentinel. */
export interface IncidentStore {
    /** The incident with this ARM id, compared without regard to case. */
    find(id: string): Incident | undefined;
    /** The incident that holds this alert at this time, in milliseconds since 1970. */
    ofAlert(workspaceId: string, systemAlertId: string, time: number): Incident | undefined;
}

/**
 * Answers a call of the azuresentinel connector.
 *
 * @throws {@link UnsupportedRequestError} for an operation that the simulator does not know
 */
export function answerSentinelConnector(azure: Azure, store: IncidentStore, call: ConnectedCall): Answer {
    const { method, path, body } = call.request;
    switch (`${method} ${path}`) {
        case "POST /Incidents/Comment":
            return onIncident(azure, store, call, WRITE_COMMENT, (incident, request) =>
                addComment(incident, request, call),
            );
        case "POST /Incidents":
            return onIncident(azure, store, call, READ, (incident) => answer(200, incident.resource()));
        case "PUT /Incidents":
            return onIncident(azure, store, call, WRITE, (incident, request) =>
                update(incident, request, call.request.time),
            );
    }
    const alert =
        /^\/Incidents\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/workspaces\/([^/]+)\/alerts\/([^/]+)$/;
    const parts = alert.exec(path)?.slice(1).map(decodeSegment);
    if (method === "GET" && parts !== undefined) {
        const [subscription = "", group = "", guid = "", alertId = ""] = parts;
        return incidentOfAlert(azure, store, call, { subscription, group, guid, alertId });
    }
    const kind = /^\/entities\/([a-z]+)$/.exec(path)?.[1];
    const list = method === "POST" && kind !== undefined ? ENTITY_LISTS[kind] : undefined;
    if (kind === undefined || list === undefined) {
        throw new UnsupportedRequestError("azuresentinel connector", `${method} ${path}`);
    }
    return entitiesOfKind(kind, list, body);
}

const INCIDENT_ID =
    /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.OperationalInsights\/workspaces\/[^/]+\/providers\/Microsoft\.SecurityInsights\/Incidents\/[^/]+$/i;

/** In Resource Manager's order: the form of the id, the right, then whether there is such an incident. */
function onIncident(
    azure: Azure,
    store: IncidentStore,
    { principalId, request }: ConnectedCall,
    action: string,
    act: (incident: Incident, body: JsonObject) => Answer,
): Answer {
    const body = isJsonObject(request.body) ? request.body : {};
    const id = body["incidentArmId"];
    if (typeof id !== "string" || id === "") {
        return refusal(400, "BadRequest", "Incident Arm ID missing");
    }
    if (!INCIDENT_ID.test(id)) {
        return refusal(400, "BadRequest", `Incident Arm ID is not valid: '${id}'`);
    }
    if (!azure.allows(principalId, action, id)) {
        return authorizationFailed(principalId, action, id);
    }
    const incident = store.find(id);
    return incident === undefined ? incidentNotFound(id) : act(incident, body);
}

function addComment(
    incident: Incident,
    { message }: JsonObject,
    { principalId, workflow, request }: ConnectedCall,
) {
    if (typeof message !== "string" || message === "") {
        return refusal(400, "BadRequest", "Comment message is missing");
    }
    if (message.length > COMMENT_LENGTH) {
        return refusal(400, "BadRequest", "The comment is too long.", {
            innerError: `Comment length should not exceed ${COMMENT_LENGTH} characters`,
        });
    }
    if (incident.commentsCount >= COMMENTS_PER_INCIDENT) {
        // Microsoft documents the limit but not the words of the refusal.
        return refusal(400, "BadRequest", "The incident takes no more comments.");
    }
    const name = stableGuid(`${incident.id}/comments/${incident.commentsCount}`);
    const comment = {
        id: `${incident.id}/Comments/${name}`,
        time: request.time,
        author: principalId,
        message,
    };
    incident.comments.push(comment);
    incident.touch(request.time);
    return answer(201, commentResource(comment, name, workflow.name));
}

function commentResource(
    { id, time, author, message }: Comment,
    name: string,
    application: string,
): JsonObject {
    return {
        id,
        name,
        etag: `"${stableGuid(id)}"`,
        type: "Microsoft.SecurityInsights/Incidents/Comments",
        properties: {
            message,
            createdTimeUtc: timestamp(time),
            lastModifiedTimeUtc: timestamp(time),
            author: {
                objectId: author,
                email: null,
                name: `Comment created from external application - ${application}`,
                userPrincipalName: null,
            },
        },
    };
}

const SEVERITIES: readonly Severity[] = ["High", "Medium", "Low", "Informational"];

function update(incident: Incident, body: JsonObject, time: number): Answer {
    const { severity, status, tagsToAdd } = body;
    const unknown = Object.keys(body).filter((key) => !UPDATABLE.has(key));
    if (unknown.length > 0) {
        throw new UnsupportedRequestError(
            "azuresentinel connector",
            `an update of '${unknown.join("', '")}'`,
        );
    }
    const wantedSeverity = SEVERITIES.find((known) => known === severity);
    if (severity !== undefined && wantedSeverity === undefined) {
        return refusal(400, "BadRequest", `Severity '${shown(severity)}' is not valid`);
    }
    if (status !== undefined && status !== "New" && status !== "Active") {
        throw new UnsupportedRequestError(
            "azuresentinel connector",
            `an update to status '${shown(status)}'`,
        );
    }
    const tags = tagsToAdd === undefined ? [] : tagsOf(tagsToAdd);
    if (tags === undefined) {
        return refusal(400, "BadRequest", `tagsToAdd is not valid: ${JSON.stringify(tagsToAdd)}`);
    }
    incident.severity = wantedSeverity ?? incident.severity;
    incident.status = status ?? incident.status;
    incident.labels = [...new Set([...incident.labels, ...tags])];
    incident.touch(time);
    return answer(200, incident.resource());
}

const UPDATABLE = new Set(["incidentArmId", "severity", "status", "tagsToAdd"]);

/** `{ TagsToAdd: [{ Tag: "…" }] }` */
function tagsOf(value: Json): readonly string[] | undefined {
    const list = isJsonObject(value) ? value["TagsToAdd"] : undefined;
    if (!Array.isArray(list)) {
        return undefined;
    }
    const tags = list.map((entry: Json) => (isJsonObject(entry) ? entry["Tag"] : undefined));
    return tags.every((tag) => typeof tag === "string" && tag !== "") ? tags.map(shown) : undefined;
}

function incidentOfAlert(
    azure: Azure,
    store: IncidentStore,
    { principalId, request }: ConnectedCall,
    {
        subscription,
        group,
        guid,
        alertId,
    }: { subscription: string; group: string; guid: string; alertId: string },
): Answer {
    const workspace = workspaceByGuid(azure, guid);
    const place = placeOf(workspace?.id ?? "");
    if (
        !workspace ||
        !sameText(place.subscriptionId, subscription) ||
        !sameText(place.resourceGroup, group)
    ) {
        return refusal(
            404,
            "ResourceNotFound",
            `The workspace '${guid}' was not found in subscription '${subscription}', resource group '${group}'.`,
        );
    }
    if (!azure.allows(principalId, READ, workspace.id)) {
        return authorizationFailed(principalId, READ, workspace.id);
    }
    const incident = store.ofAlert(workspace.id, alertId, request.time);
    return incident === undefined
        ? refusal(404, "NotFound", `No incident of alert '${alertId}' was found.`)
        : answer(200, incident.resource());
}

function incidentNotFound(id: string): Answer {
    return refusal(404, "NotFound", `Incident '${id}' was not found.`);
}

/** The array in which *Entities - Get …* returns each kind. */
const ENTITY_LISTS: { readonly [kind: string]: string } = {
    filehash: "Filehashes",
    url: "URLs",
    ip: "IPs",
    host: "Hosts",
    account: "Accounts",
};

function entitiesOfKind(kind: string, list: string, body: Json): Answer {
    if (!Array.isArray(body)) {
        return refusal(400, "BadRequest", "The body must be an array of entities");
    }
    const entities = body
        .filter(isJsonObject)
        .filter((entity) => sameText(shown(entity["kind"]), kind))
        .map((entity) => ({
            ...(isJsonObject(entity["properties"]) ? entity["properties"] : {}),
            Type: kind,
        }));
    return answer(200, { [list]: entities });
}
