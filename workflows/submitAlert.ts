import { literalText, type Actions, type WorkflowDefinition } from "../language";
import { after, afterAny, workflow } from "./parts/definition";
import { anyOf, firstOf, hasStatus, htmlText, statusOf, typed } from "./parts/expressions";
import {
    addComment,
    failWhenCommentIsRefused,
    incidentTrigger,
    incidentTriggerName,
    triggeringIncident,
} from "./parts/incident";
import {
    accessFailureCode,
    accessFailureSentence,
    getToken,
    getTokenAction,
    intezerCall,
    readKey,
    readKeyAction,
    reasonOf,
    tokensPerRun,
} from "./parts/intezer";
import type { Playbook, PlaybookSettings } from "./playbook";

/** Sends a new incident to Intezer, and comments a refusal. */
export const submitAlert: Playbook = {
    key: "submitAlert",
    workflowName: "Submit-IntezerAlert-IncidentTriggered",
    triggerName: incidentTriggerName,
    trigger: "incident",
    define: submitWorkflow,
};

function submitWorkflow(settings: PlaybookSettings): WorkflowDefinition {
    return workflow(incidentTriggerName, incidentTrigger, {
        [readKey]: readKeyAction(settings),
        Ask_Intezer: {
            type: "Until",
            ...after(readKey),
            expression: typed(`not(${hasStatus("Submit_alert", 401)})`),
            limit: { count: tokensPerRun, timeout: "PT1H" },
            actions: {
                [getToken]: getTokenAction(settings),
                Submit_alert: {
                    ...intezerCall(settings, "POST", "/alerts/ingest", {
                        alert: "@triggerBody()",
                        alert_source: "microsoft_sentinel",
                        ...(settings.intezerEnvironment === undefined
                            ? {}
                            : { environment: literalText(settings.intezerEnvironment) }),
                    }),
                    ...after(getToken),
                },
            },
        },
        Was_not_accepted: {
            type: "If",
            ...afterAny("Ask_Intezer"),
            expression: typed(`not(${isAccepted})`),
            actions: tellRefusal,
        },
    });
}

/** Intezer answers 409 for an alert that it already has, which is what was wanted. */
const isAccepted = hasStatus("Submit_alert", 200, 201, 202, 409);

/** What went wrong once Intezer could be asked: `[condition, code]`. */
const submissionFailures = [
    [hasStatus("Submit_alert", 401), "'IntezerTokenRefused'"],
    [
        anyOf(hasStatus("Submit_alert", 0, 408, 429), `greaterOrEquals(${statusOf("Submit_alert")},500)`),
        "'IntezerUnavailable'",
    ],
] as const;

const reason = htmlText(reasonOf("Submit_alert"), 500);

const sentence = accessFailureSentence(
    `concat('Intezer did not accept this incident (status ',string(${statusOf("Submit_alert")}),')',` +
        `if(empty(${reason}),'',concat(': ',${reason})),'.')`,
);

const tellRefusal: Actions = {
    Add_comment: addComment(
        triggeringIncident,
        `<p><b>Intezer alert submission</b></p><p>@{${sentence}}</p>`,
    ),
    ...failWhenCommentIsRefused("Add_comment", triggeringIncident),
    Fail_with_code: {
        type: "Terminate",
        ...after("Add_comment"),
        inputs: {
            runStatus: "Failed",
            runError: {
                code: typed(accessFailureCode(firstOf(submissionFailures, "'AlertRefused'"))),
                message: "The incident could not be sent to Intezer. The comment on the incident says why.",
            },
        },
    },
};
