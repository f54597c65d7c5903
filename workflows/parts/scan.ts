/**
 * A scan playbook: ask Intezer about every distinct item of an incident, and tell all of it in one comment.
 *
 * The items are asked side by side, so nothing that one of them changes may matter to another: each ends as one
 * entry in `outcomes`, or goes back into `pending` when Intezer refused the token, and is asked once more with
 * a new one.
 */
import { quote, type Action, type Actions, type JsonObject, type WorkflowDefinition } from "../../language";
import type { PlaybookSettings } from "../playbook";
import { after, afterAny, workflow } from "./definition";
import { anyOf, hasStatus, typed } from "./expressions";
import { incidentTrigger, incidentTriggerName } from "./incident";
import { getToken, getTokenAction, readKey, readKeyAction, tokensPerRun } from "./intezer";
import { answerOf, outcomeEntry } from "./answer";
import { analysisPath, deadline, pollAnalysis } from "./poll";
import type { ScanKind } from "./scanKind";
import { reportScan } from "./scanReport";

/** Name of the loop over the pending items. */
const loop = "For_each_item";

/** The text that is asked about: a hash, a URL; expression source, within the loop. */
export const currentItem = `items(${quote(loop)})?['item']`;

/** Path of the analysis that an earlier round has started for it; empty in the first round. */
const earlierAnalysis = `items(${quote(loop)})?['analysis']`;

/** An item as it waits in `pending`. */
export function pendingItem(item: string, analysis = ""): JsonObject {
    return { item, analysis };
}

/** The definition of a scan playbook. */
export function scanWorkflow(kind: ScanKind, settings: PlaybookSettings): WorkflowDefinition {
    const prepared = kind.prepare("Stop_if_nothing_to_scan");
    return workflow(incidentTriggerName, incidentTrigger, {
        [kind.find.name]: kind.find.action,
        Stop_if_nothing_to_scan: {
            type: "If",
            ...after(kind.find.name),
            expression: typed(`empty(body(${quote(kind.find.name)}))`),
            actions: { Nothing_to_scan: { type: "Terminate", inputs: { runStatus: "Succeeded" } } },
        },
        ...prepared.actions,
        ...initialise(kind, settings, prepared.last),
        [readKey]: { ...readKeyAction(settings), ...after("Initialize_outcomes") },
        Ask_Intezer: { ...askIntezer(kind, settings), ...after(readKey) },
        ...reportScan(kind, settings, "Ask_Intezer"),
    });
}

/** The moment up to which analyses are waited for, and the two variables. */
function initialise(kind: ScanKind, settings: PlaybookSettings, start: string): Actions {
    return {
        [deadline]: {
            type: "Compose",
            ...after(start),
            inputs: typed(`addMinutes(utcNow(),${settings.analysisTimeoutMinutes})`),
        },
        Initialize_pending: {
            type: "InitializeVariable",
            ...after(deadline),
            inputs: { variables: [{ name: "pending", type: "Array", value: typed(kind.items) }] },
        },
        Initialize_outcomes: {
            type: "InitializeVariable",
            ...after("Initialize_pending"),
            inputs: { variables: [{ name: "outcomes", type: "Array", value: [] }] },
        },
    };
}

/** Items asked side by side: a slow analysis must not hold up the others of a usual incident. */
const itemsAtOnce = 20;

/** Asks all pending items with one token; those whose token was refused once more, with a new one. */
function askIntezer(kind: ScanKind, settings: PlaybookSettings): Action {
    return {
        type: "Until",
        expression: typed(anyOf("empty(variables('pending'))", `not(${hasStatus(getToken, 200)})`)),
        limit: { count: tokensPerRun, timeout: `PT${2 * settings.analysisTimeoutMinutes + 60}M` },
        actions: {
            [getToken]: getTokenAction(settings),
            Take_pending: { type: "Compose", ...after(getToken), inputs: "@variables('pending')" },
            Clear_pending: {
                type: "SetVariable",
                ...after("Take_pending"),
                inputs: { name: "pending", value: [] },
            },
            [loop]: {
                type: "Foreach",
                ...after("Clear_pending"),
                foreach: "@outputs('Take_pending')",
                runtimeConfiguration: { concurrency: { repetitions: itemsAtOnce } },
                actions: askAboutItem(kind, settings),
            },
        },
    };
}

/** Looks up, submits what is unknown, waits for the analysis, and notes the outcome. */
function askAboutItem(kind: ScanKind, settings: PlaybookSettings): Actions {
    const lookUpWasRefused = kind.lookUpCalls.map((call) => hasStatus(call, 401));
    return {
        ...kind.lookUp.actions,
        Submit_if_unknown: {
            type: "If",
            ...afterAny(kind.lookUp.last),
            expression: typed(`not(${anyOf(kind.isKnown, ...lookUpWasRefused)})`),
            actions: {
                Submit_once: {
                    type: "If",
                    expression: typed(`empty(${earlierAnalysis})`),
                    actions: { [kind.submit.name]: kind.submit.action },
                },
                ...pollAnalysis(settings, {
                    start: "Submit_once",
                    submitted: kind.submit.name,
                    collection: kind.analyses,
                    earlier: earlierAnalysis,
                }),
            },
        },
        Answer: { type: "Compose", ...afterAny("Submit_if_unknown"), inputs: answerOf(kind) },
        ...noteAnswer(kind, settings),
    };
}

function noteAnswer(kind: ScanKind, settings: PlaybookSettings): Actions {
    const analysis = `coalesce(outputs('${analysisPath}'),${earlierAnalysis})`;
    return {
        Token_was_refused: {
            type: "If",
            ...after("Answer"),
            expression: typed("equals(outputs('Answer')?['outcome'],'tokenRefused')"),
            actions: {
                Ask_again: {
                    type: "AppendToArrayVariable",
                    inputs: { name: "pending", value: pendingItem(typed(currentItem), typed(analysis)) },
                },
            },
            else: {
                actions: {
                    Note_outcome: {
                        type: "AppendToArrayVariable",
                        inputs: { name: "outcomes", value: outcomeEntry(kind, settings, currentItem) },
                    },
                },
            },
        },
    };
}
