/** Finds the incidents of a Defender alert, which may reach the workspace minutes after Intezer's result. */
import { connectionName, escapeKql, type Actions, type Action } from "../../language";
import type { PlaybookSettings } from "../playbook";
import { after, afterAny, afterFailure } from "./definition";
import { allOf, anyOf, hasStatus, objectBody, typed } from "./expressions";
import { getIncidentOfAlert } from "./incident";
import { deadline } from "./poll";

/** Days of alerts that are searched. */
const searchedDays = 30;

/** More than enough for the longest time limit; the deadline ends the loop long before. */
const lookLimit = 1000;

/**
 * Looks for the alert at once, and again until it and its incidents are there or the time is up. Fills the
 * variable `incidents` with ARM ids, and `failures` with a code when it found none.
 *
 * @param alertId - expression of the alert's id at its vendor
 */
export function findIncidentsOfAlert(settings: PlaybookSettings, alertId: string): Actions {
    return {
        [deadline]: {
            type: "Compose",
            inputs: typed(`addMinutes(utcNow(),${settings.analysisTimeoutMinutes})`),
        },
        Look_for_alert: {
            type: "Until",
            ...after(deadline),
            expression: typed(isOver),
            limit: { count: lookLimit, timeout: `PT${settings.analysisTimeoutMinutes}M` },
            actions: {
                Forget_incidents: { type: "SetVariable", inputs: { name: "incidents", value: [] } },
                Query_alerts: { ...queryAction(settings, alertId), ...after("Forget_incidents") },
                Alert_ids: {
                    type: "Select",
                    ...after("Query_alerts"),
                    inputs: rowsOf[settings.logQueryVia],
                },
                For_each_alert: readIncidents(settings),
                Wait_if_not_there: {
                    type: "If",
                    ...afterAny("For_each_alert"),
                    expression: typed(`not(${isOver})`),
                    actions: {
                        Pause: {
                            type: "Wait",
                            inputs: { interval: { count: pauseSeconds, unit: "Second" } },
                        },
                    },
                },
            },
        },
        Was_nothing_found: {
            type: "If",
            ...afterAny("Look_for_alert"),
            expression: "@and(empty(variables('incidents')),empty(variables('failures')))",
            actions: {
                Note_missing_alert: {
                    type: "AppendToArrayVariable",
                    inputs: {
                        name: "failures",
                        value: typed(
                            `if(${hasStatus("Query_alerts", 200)},if(empty(${alertIds}),'AlertNotFound','IncidentNotFound'),'LogQueryFailed')`,
                        ),
                    },
                },
            },
        },
    };
}

const alertIds = "coalesce(body('Alert_ids'),json('[]'))";

/** Every alert that was found has led to its incident. */
const isFound = allOf(
    `not(empty(${alertIds}))`,
    `equals(length(variables('incidents')),length(${alertIds}))`,
);

/** Asking again would change nothing: a right is missing, or the query is not understood. */
const isRefused = anyOf(hasStatus("Query_alerts", 400, 401, 403, 404), "not(empty(variables('failures')))");

const isOver = anyOf(isFound, isRefused, `greaterOrEquals(ticks(utcNow()),ticks(outputs('${deadline}')))`);

/** 15, 30, 45 seconds, then a minute. */
const pauseSeconds = "@min(mul(15,add(iterationIndexes('Look_for_alert'),1)),60)";

/** Filters before it groups, and asks for the one column that is used. */
function query(alertId: string): string {
    return (
        `SecurityAlert | where TimeGenerated > ago(${searchedDays}d) ` +
        `| where VendorOriginalId == "@{${escapeKql(alertId)}}" | summarize by SystemAlertId`
    );
}

function queryAction(settings: PlaybookSettings, alertId: string): Action {
    const { workspace } = settings;
    if (settings.logQueryVia === "http") {
        return {
            type: "Http",
            inputs: {
                method: "POST",
                uri: `https://api.loganalytics.io/v1/workspaces/${workspace.customerId}/query`,
                headers: { "Content-Type": "application/json" },
                body: { query: query(alertId), timespan: `P${searchedDays}D` },
                authentication: { type: "ManagedServiceIdentity", audience: "https://api.loganalytics.io" },
            },
        };
    }
    return {
        type: "ApiConnection",
        inputs: {
            host: { connection: { name: connectionName("azuremonitorlogs") } },
            method: "post",
            path: "/queryData",
            queries: {
                subscriptions: workspace.subscriptionId,
                resourcegroups: workspace.resourceGroup,
                resourcetype: "Log Analytics Workspace",
                resourcename: workspace.name,
                timerange: `Last ${searchedDays} days`,
            },
            body: query(alertId),
        },
    };
}

/** The connection answers with rows as objects, the query API with tables of columns and rows. */
const rowsOf = {
    connection: {
        from: typed(`coalesce(${objectBody("Query_alerts")}?['value'],json('[]'))`),
        select: "@item()?['SystemAlertId']",
    },
    http: {
        from: typed(
            `coalesce(first(coalesce(${objectBody("Query_alerts")}?['tables'],json('[]')))?['rows'],json('[]'))`,
        ),
        select: "@item()?[0]",
    },
} as const;

/** An alert without an incident answers 404 for a while, which is no failure: the loop comes back to it. */
function readIncidents(settings: PlaybookSettings): Action {
    return {
        type: "Foreach",
        ...after("Alert_ids"),
        foreach: typed(alertIds),
        runtimeConfiguration: { concurrency: { repetitions: 5 } },
        actions: {
            Get_incident_of_alert: getIncidentOfAlert(settings.workspace, "items('For_each_alert')"),
            Remember_incident: {
                type: "AppendToArrayVariable",
                ...after("Get_incident_of_alert"),
                inputs: { name: "incidents", value: typed(`${objectBody("Get_incident_of_alert")}?['id']`) },
            },
            Is_look_up_refused: {
                type: "If",
                ...afterFailure("Get_incident_of_alert"),
                expression: typed(hasStatus("Get_incident_of_alert", 401, 403)),
                actions: {
                    Note_refused_look_up: {
                        type: "AppendToArrayVariable",
                        inputs: { name: "failures", value: "IncidentReadRefused" },
                    },
                },
            },
        },
    };
}
