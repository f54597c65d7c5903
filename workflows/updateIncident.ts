import { quote, type Actions, type Json, type WorkflowDefinition } from "../language";
import { findIncidentsOfAlert } from "./parts/defenderAlert";
import { after, afterFailure, afterRun, workflow } from "./parts/definition";
import { allOf, asText, htmlText, typed } from "./parts/expressions";
import { addComment, addTag, commentRefusalCode, getIncident } from "./parts/incident";
import { renderedNote, renderNote } from "./parts/note";
import type { Playbook, PlaybookSettings } from "./playbook";

/** Takes Intezer's result of an alert from its webhook, and comments it on the incident. */
export const updateIncident: Playbook = {
    key: "updateIncident",
    workflowName: "UpdateIncident-IntezerAlert-Webhook",
    triggerName: "manual",
    trigger: "webhook",
    define: updateWorkflow,
};

function updateWorkflow(settings: PlaybookSettings): WorkflowDefinition {
    return workflow(
        "manual",
        { type: "Request", kind: "Http", inputs: { schema: requestSchema } },
        {
            ...checkRequest(),
            Initialize_incidents: {
                type: "InitializeVariable",
                ...after("Are_fields_missing"),
                inputs: { variables: [{ name: "incidents", type: "Array", value: [] }] },
            },
            Initialize_failures: {
                type: "InitializeVariable",
                ...after("Initialize_incidents"),
                inputs: { variables: [{ name: "failures", type: "Array", value: [] }] },
            },
            ...renderNote(asText("body('Check_request')?['note']"), readOn, "Initialize_failures"),
            Is_Defender_alert: {
                type: "If",
                ...after(renderedNote),
                expression: typed(`equals(toLower(trim(${sender})),'msd')`),
                actions: findIncidentsOfAlert(settings, subject),
                else: { actions: takeIncident(settings) },
            },
            ...tellIncidents(settings),
            Did_something_break: {
                type: "If",
                ...afterRun("For_each_incident"),
                expression: typed(`not(and(empty(variables('failures')),${everyIncidentWasTold}))`),
                actions: {
                    Fail_with_code: {
                        type: "Terminate",
                        inputs: {
                            runStatus: "Failed",
                            runError: {
                                code: "@{coalesce(first(variables('failures')),'UpdateIncomplete')}",
                                message: "Intezer's result did not reach every incident that it belongs to.",
                            },
                        },
                    },
                },
            },
        },
    );
}

const sender = asText("body('Check_request')?['sender']");

/** Id of a Defender alert, or ARM id of an incident, depending on the sender. */
const subject = asText("body('Check_request')?['microsoft_sentinel_incident_id']");

const everyIncidentWasTold =
    "not(contains(createArray('Failed','TimedOut'),actions('For_each_incident')?['status']))";

/** Fields that Intezer must send. The others of its message are not needed, and may be missing or null. */
const requiredFields = ["note", "sender", "microsoft_sentinel_incident_id"] as const;

const requestSchema: Json = {
    type: "object",
    properties: {
        ...Object.fromEntries(requiredFields.map((field) => [field, { type: "string" }])),
        intezer_alert_url: { type: ["string", "null"] },
        triage_result: {
            type: ["object", "null"],
            properties: { alert_verdict_display: { type: ["string", "null"] } },
        },
    },
};

/** Ends the run, with a code that names the fields, when one that is needed is missing or not a text. */
function checkRequest(): Actions {
    const missing = requiredFields.map((field) => {
        const value = `trim(${asText(`body('Check_request')?['${field}']`)})`;
        return { field, isMissing: `empty(${value})` };
    });
    const names = missing.map(({ field, isMissing }) => `if(${isMissing},'.${field}','')`);
    const wrong = "join(body('Wrong_fields'),'.')";
    return {
        Check_request: { type: "ParseJson", inputs: { content: "@triggerBody()", schema: requestSchema } },
        Wrong_fields: {
            type: "Select",
            ...afterFailure("Check_request"),
            inputs: {
                from: "@coalesce(outputs('Check_request')?['errors'],json('[]'))",
                select: "@if(empty(item()?['path']),'body',item()?['path'])",
            },
        },
        Fail_because_of_wrong_fields: {
            type: "Terminate",
            ...after("Wrong_fields"),
            inputs: invalidRequest(`concat('InvalidRequest.',if(empty(${wrong}),'body',${wrong}))`),
        },
        Are_fields_missing: {
            type: "If",
            ...after("Check_request"),
            expression: typed(`or(${missing.map(({ isMissing }) => isMissing).join(",")})`),
            actions: {
                Fail_because_of_missing_fields: {
                    type: "Terminate",
                    inputs: invalidRequest(`concat('InvalidRequest',${names.join(",")})`),
                },
            },
        },
    };
}

function invalidRequest(code: string) {
    return {
        runStatus: "Failed" as const,
        runError: {
            code: typed(code),
            message: `The body must be a JSON object with the texts ${requiredFields.join(", ")}, none of them empty.`,
        },
    };
}

/** Accepts the ARM id of an incident only if it lies in the configured workspace; nothing is called before. */
function takeIncident(settings: PlaybookSettings): Actions {
    const incidents =
        `${settings.workspace.id}/providers/Microsoft.SecurityInsights/Incidents/`.toLowerCase();
    const start = `toLower(take(${subject},${incidents.length}))`;
    const name = `skip(${subject},min(length(${subject}),${incidents.length}))`;
    const isInWorkspace = allOf(
        `equals(${start},${quote(incidents)})`,
        `not(empty(${name}))`,
        // Letters, digits and hyphens only: nothing that would lead elsewhere as part of a path.
        `equals(encodeUriComponent(${name}),${name})`,
        `not(contains(${name},'.'))`,
    );
    return {
        Is_in_workspace: {
            type: "If",
            expression: typed(isInWorkspace),
            actions: {
                Take_incident: {
                    type: "AppendToArrayVariable",
                    inputs: { name: "incidents", value: typed(subject) },
                },
            },
            else: {
                actions: {
                    Fail_because_of_workspace: {
                        type: "Terminate",
                        inputs: {
                            runStatus: "Failed",
                            runError: {
                                code: "IncidentNotInWorkspace",
                                message:
                                    "microsoft_sentinel_incident_id is not the ARM id of an incident in the workspace of this playbook.",
                            },
                        },
                    },
                },
            },
        },
    };
}

const alertUrl = htmlText("body('Check_request')?['intezer_alert_url']", 300);

/** Follows a note that was cut. */
const readOn =
    `concat('<p>The note is longer than a comment can be',` +
    `if(startsWith(${alertUrl},'https://'),concat(': <a href="',${alertUrl},'">read on in Intezer</a>'),''),'.</p>')`;

/** Comments kept apart from each other: a hundred comments at once would only be throttled. */
const incidentsAtOnce = 5;

/** Every distinct incident gets the note once; a refusal is noted and does not stop the others. */
function tellIncidents(settings: PlaybookSettings): Actions {
    const incident = "items('For_each_incident')";
    return {
        For_each_incident: {
            type: "Foreach",
            ...afterRun("Is_Defender_alert"),
            foreach: "@union(variables('incidents'),variables('incidents'))",
            runtimeConfiguration: { concurrency: { repetitions: incidentsAtOnce } },
            actions: {
                Add_comment: addComment(incident, `@{outputs(${quote(renderedNote)})}`),
                Read_incident: { ...getIncident(incident), ...afterFailure("Add_comment") },
                Note_refused_comment: {
                    type: "AppendToArrayVariable",
                    ...afterRun("Read_incident"),
                    inputs: { name: "failures", value: typed(commentRefusalCode("Read_incident")) },
                },
                ...(settings.tagIncidents ? tagWithVerdict(incident) : {}),
            },
        },
    };
}

const verdict = asText("body('Check_request')?['triage_result']?['alert_verdict_display']");

/** Comment first: Sentinel refuses two changes of one incident at the same time. */
function tagWithVerdict(incident: string): Actions {
    return {
        Tag_if_verdict: {
            type: "If",
            ...after("Add_comment"),
            expression: typed(`not(empty(${verdict}))`),
            actions: { Add_tag: addTag(incident, `Intezer: @{${verdict}}`) },
        },
        Note_refused_tag: {
            type: "AppendToArrayVariable",
            ...afterFailure("Tag_if_verdict"),
            inputs: { name: "failures", value: "TagRefused" },
        },
    };
}
