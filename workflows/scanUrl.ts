import { after, afterAny } from "./parts/definition";
import { allOf, anyOf, asText, hasStatus, objectBody, objectOrEmpty, typed } from "./parts/expressions";
import { relatedEntities, incidentTriggerName } from "./parts/incident";
import { intezerCall } from "./parts/intezer";
import { currentItem, pendingItem, scanWorkflow } from "./parts/scan";
import type { ScanKind, Steps } from "./parts/scanKind";
import type { Playbook, PlaybookSettings } from "./playbook";

/** Asks Intezer about the URLs of a new incident, and comments the verdicts. */
export const scanUrl: Playbook = {
    key: "scanUrl",
    workflowName: "Submit-IntezerScanURL-IncidentTriggered",
    triggerName: incidentTriggerName,
    trigger: "incident",
    define: (settings) => scanWorkflow(urlScan(settings), settings),
};

const url = `trim(${asText("item()?['properties']?['url']")})`;
const summaryOf = (result: string) => objectOrEmpty(`${result}?['summary']`);
const knownResult = objectOrEmpty(`${objectBody("Get_known_analysis")}?['result']`);

/** A result not older than this is reused, as Intezer's own SDK does by default. */
const reuseDays = 1;

function urlScan(settings: PlaybookSettings): ScanKind {
    return {
        title: "Intezer URL scan",
        column: "URL",
        find: {
            name: "Find_URLs",
            action: {
                type: "Query",
                inputs: {
                    from: typed(relatedEntities),
                    where: typed(
                        allOf(`equals(toLower(${asText("item()?['kind']")}),'url')`, `not(empty(${url}))`),
                    ),
                },
            },
        },
        prepare: (start) => ({
            actions: {
                URLs: {
                    type: "Select",
                    ...after(start),
                    inputs: { from: "@body('Find_URLs')", select: pendingItem(typed(url)) },
                },
            },
            last: "URLs",
        }),
        items: "union(body('URLs'),body('URLs'))",
        lookUp: lookUpUrl(settings),
        lookUpCalls: ["Look_up_URL", "Get_known_analysis"],
        isKnown: allOf(
            hasStatus("Get_known_analysis", 200),
            `not(empty(${asText(`${summaryOf(knownResult)}?['verdict_type']`)}))`,
        ),
        knownBody: objectBody("Get_known_analysis"),
        submit: {
            name: "Submit_URL",
            action: intezerCall(settings, "POST", "/url", {
                url: typed(currentItem),
                requester: "microsoft_sentinel",
            }),
        },
        analyses: "/url/",
        refusals: [
            [allOf(hasStatus("Submit_URL", 400), isOffline), "offline"],
            [hasStatus("Submit_URL", 400), "notAccepted"],
        ],
        verdictOf: (result) => `${summaryOf(result)}?['verdict_type']`,
        familyOf: (result) => `${summaryOf(result)}?['verdict_name']`,
        nameOf: () => "''",
    };
}

const isOffline = `equals(${asText(`${objectOrEmpty(`${objectBody("Submit_URL")}?['result']`)}?['is_url_offline']`)},'True')`;

/** The latest analysis of exactly this URL, if there is one, and its result. */
function lookUpUrl(settings: PlaybookSettings): Steps {
    return {
        actions: {
            Look_up_URL: intezerCall(settings, "POST", "/url-analyses/history", {
                start_date: typed(unixSeconds(`addDays(utcNow(),-${reuseDays})`)),
                end_date: typed(unixSeconds("utcNow()")),
                submitted_url: typed(currentItem),
                exact_match: true,
                limit: 1,
                offset: 0,
            }),
            Known_analysis: { type: "Compose", ...afterAny("Look_up_URL"), inputs: typed(knownAnalysisId) },
            Get_known_if_found: {
                type: "If",
                ...after("Known_analysis"),
                expression: "@not(empty(outputs('Known_analysis')))",
                actions: {
                    Get_known_analysis: intezerCall(
                        settings,
                        "GET",
                        "/url/@{encodeURIComponent(outputs('Known_analysis'))}",
                    ),
                },
            },
        },
        last: "Get_known_if_found",
    };
}

/** The history may answer with similar URLs, so the first entry counts only if it is about this one. */
const history = `${objectBody("Look_up_URL")}?['analyses']`;
const latest = objectOrEmpty(`first(if(startsWith(string(${history}),'['),${history},json('[]')))`);
const isAboutItem = anyOf(
    ...["submitted_url", "scanned_url"].map(
        (field) => `equals(${asText(`${latest}?['${field}']`)},${currentItem})`,
    ),
);
const knownAnalysisId = `if(${allOf(hasStatus("Look_up_URL", 200), isAboutItem)},${asText(`${latest}?['analysis_id']`)},'')`;

function unixSeconds(time: string): string {
    return `div(sub(ticks(${time}),ticks('1970-01-01T00:00:00Z')),10000000)`;
}
