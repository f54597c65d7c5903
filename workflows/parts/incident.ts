/** Microsoft Sentinel's connector as the playbooks call it: the incident trigger, comments, tags. */
import {
    connectionName,
    type Actions,
    type ApiConnectionAction,
    type ApiConnectionWebhookTrigger,
    type Json,
} from "../../language";
import { afterAny, afterFailure } from "./definition";
import { objectBody, objectOrEmpty, typed } from "./expressions";

/** Microsoft Sentinel recognises a playbook by this name; a renamed trigger is not found. */
export const incidentTriggerName = "Microsoft_Sentinel_incident";

export const incidentTrigger: ApiConnectionWebhookTrigger = {
    type: "ApiConnectionWebhook",
    inputs: {
        host: { connection: { name: connectionName("azuresentinel") } },
        path: "/incident-creation",
        body: { callback_url: "@{listCallbackUrl()}" },
    },
};

/** ARM id of the incident that started the run; expression source. */
export const triggeringIncident = "triggerBody()?['object']?['id']";

/** The entities of the incident that started the run; expression source, never null. */
export const relatedEntities =
    "coalesce(triggerBody()?['object']?['properties']?['relatedEntities'],json('[]'))";

/**
 * Largest comment that the playbooks write. Microsoft Sentinel refuses more than 30,000 characters
 * (service limits of Microsoft Sentinel); the rest is room for what surrounds a cut text.
 */
export const commentBudget = 28_000;

/** Comments that an incident can hold (service limits of Microsoft Sentinel). */
const commentsPerIncident = 100;

/** Add comment to incident (V3). */
export function addComment(incidentId: string, html: string): ApiConnectionAction {
    return sentinelCall("post", "/Incidents/Comment", { incidentArmId: typed(incidentId), message: html });
}

/** Get incident. */
export function getIncident(incidentId: string): ApiConnectionAction {
    return sentinelCall("post", "/Incidents", { incidentArmId: typed(incidentId) });
}

/** Update incident: adds one tag. */
export function addTag(incidentId: string, tag: string): ApiConnectionAction {
    return sentinelCall("put", "/Incidents", {
        incidentArmId: typed(incidentId),
        tagsToAdd: { TagsToAdd: [{ Tag: tag }] },
    });
}

/** Alert - Get incident. The connector wants the workspace's GUID here, not its name. */
export function getIncidentOfAlert(
    workspace: {
        readonly subscriptionId: string;
        readonly resourceGroup: string;
        readonly customerId: string;
    },
    alertId: string,
): ApiConnectionAction {
    const scope =
        `/subscriptions/${encodeURIComponent(workspace.subscriptionId)}` +
        `/resourceGroups/${encodeURIComponent(workspace.resourceGroup)}` +
        `/workspaces/${encodeURIComponent(workspace.customerId)}`;
    return sentinelCall("get", `/Incidents${scope}/alerts/@{encodeURIComponent(${alertId})}`);
}

/**
 * Why a comment was refused; expression source of a code. Sentinel does not say it, but an incident that holds
 * 100 comments takes no more. An answer without a count is not the limit.
 *
 * @param readIncident - name of an action made by `getIncident` after the refusal
 */
export function commentRefusalCode(readIncident: string): string {
    const properties = objectOrEmpty(`${objectBody(readIncident)}?['properties']`);
    const count = `coalesce(${properties}?['additionalData']?['commentsCount'],0)`;
    return `if(greaterOrEquals(${count},${commentsPerIncident}),'CommentLimitReached','CommentRefused')`;
}

/** Ends the run Failed, with the cause, when the comment of this action was refused. */
export function failWhenCommentIsRefused(commentAction: string, incidentId: string): Actions {
    return {
        Comment_was_refused: {
            type: "Scope",
            ...afterFailure(commentAction),
            actions: {
                Read_incident: getIncident(incidentId),
                Fail_because_of_comment: {
                    type: "Terminate",
                    ...afterAny("Read_incident"),
                    inputs: {
                        runStatus: "Failed",
                        runError: {
                            code: typed(commentRefusalCode("Read_incident")),
                            message:
                                `@{if(equals(${commentRefusalCode("Read_incident")},'CommentLimitReached'),` +
                                `'The incident holds 100 comments and takes no more.',` +
                                `'Microsoft Sentinel refused the comment. Check that the playbook has Microsoft Sentinel Responder on the workspace.')}`,
                        },
                    },
                },
            },
        },
    };
}

function sentinelCall(method: "get" | "post" | "put", path: string, body?: Json): ApiConnectionAction {
    return {
        type: "ApiConnection",
        inputs: {
            host: { connection: { name: connectionName("azuresentinel") } },
            method,
            path,
            ...(body === undefined ? {} : { body }),
        },
    };
}
