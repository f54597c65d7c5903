import { quote, type Actions } from "../../language";
import type { PlaybookSettings } from "../playbook";
import { afterAny, after } from "./definition";
import { allOf, anyOf, asText, hasStatus, objectBody, objectOrEmpty, statusOf, typed } from "./expressions";
import { intezerCall } from "./intezer";

/** Name of the action that asks for a running analysis. */
export const getAnalysis = "Get_analysis";

/** Name of the action that holds the path of the analysis behind the API root; empty when there is none. */
export const analysisPath = "Analysis_path";

/** Name of the Compose at the start of a run that says until when analyses are waited for. */
export const deadline = "Deadline";

/** More than enough for the longest time limit; the deadline ends the loop long before. */
const pollLimit = 1000;

/** Where an analysis comes from. */
export interface AnalysisSource {
    /** The action after which the waiting starts. */
    readonly start: string;
    /** Name of the submitting action; it may have been skipped. */
    readonly submitted: string;
    /** Where analyses of this kind are, behind the API root, e.g. `/analyses/`. */
    readonly collection: string;
    /** Expression of the path of an analysis that was started earlier; empty when there is none. */
    readonly earlier: string;
}

/**
 * Waits for the analysis that a submission started or joined; nothing if it did neither. Ends when Intezer has
 * finished, or says that it will not, or when the deadline has passed.
 */
export function pollAnalysis(settings: PlaybookSettings, source: AnalysisSource): Actions {
    return {
        [analysisPath]: {
            type: "Compose",
            ...afterAny(source.start),
            inputs: typed(pathOfAnalysis(source)),
        },
        Wait_for_analysis: {
            type: "If",
            ...after(analysisPath),
            expression: typed(`not(empty(outputs(${quote(analysisPath)})))`),
            actions: {
                Poll: {
                    type: "Until",
                    expression: typed(anyOf(hasFinished, deadlineHasPassed)),
                    limit: { count: pollLimit, timeout: `PT${settings.analysisTimeoutMinutes}M` },
                    actions: {
                        Pause: {
                            type: "Wait",
                            inputs: { interval: { count: typed(pauseSeconds), unit: "Second" } },
                        },
                        [getAnalysis]: {
                            ...intezerCall(settings, "GET", `@{outputs(${quote(analysisPath)})}`),
                            ...after("Pause"),
                        },
                    },
                },
            },
        },
    };
}

/**
 * 201 and 409 (the same analysis is running) name it by `result_url`, 409 also by its id alone. A 409 for a
 * skipped item names none.
 */
function pathOfAnalysis({ submitted, collection, earlier }: AnalysisSource): string {
    const body = objectBody(submitted);
    const id = asText(`${objectOrEmpty(`${body}?['result']`)}?['analysis_id']`);
    const fromId = `if(empty(${id}),'',concat(${quote(collection)},${id}))`;
    return `if(${hasStatus(submitted, 200, 201, 202, 409)},coalesce(${body}?['result_url'],${fromId}),${earlier})`;
}

/** Seconds before each question: 5, 10, 15 … 30, and a minute from the sixth minute on. */
const pauseSeconds =
    "if(less(iterationIndexes('Poll'),16),min(mul(5,add(iterationIndexes('Poll'),1)),30),60)";

const deadlineHasPassed = `greaterOrEquals(ticks(utcNow()),ticks(outputs(${quote(deadline)})))`;

/** Intezer says so by the status of the answer or by the one in its body; both are in use. */
export const isRunning = anyOf(
    hasStatus(getAnalysis, 202, 409, 429),
    allOf(
        hasStatus(getAnalysis, 200),
        `contains(createArray('created','queued','in_progress'),${asText(`${objectBody(getAnalysis)}?['status']`)})`,
    ),
);

/** No answer and 5xx are not the end: the next question may be answered. */
const hasFinished = allOf(
    `not(${isRunning})`,
    `greaterOrEquals(${statusOf(getAnalysis)},200)`,
    `less(${statusOf(getAnalysis)},500)`,
);
