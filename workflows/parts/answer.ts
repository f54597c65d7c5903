/** Judges what Intezer answered about one item of a scan. */
import { quote, type JsonObject } from "../../language";
import type { PlaybookSettings } from "../playbook";
import {
    allOf,
    anyOf,
    asText,
    firstOf,
    hasStatus,
    objectBody,
    objectOrEmpty,
    statusOf,
    typed,
} from "./expressions";
import type { Outcome } from "./outcome";
import { analysisPath, getAnalysis, isRunning } from "./poll";
import type { ScanKind } from "./scanKind";

/** Inputs of the Compose that judges the answers about one item: its outcome, and the body that tells it. */
export function answerOf(kind: ScanKind): JsonObject {
    const submitted = kind.submit.name;
    return {
        outcome: typed(outcomeOf(kind)),
        status: typed(
            `if(equals(${statusOf(getAnalysis)},0),${statusOf(submitted)},${statusOf(getAnalysis)})`,
        ),
        body: typed(
            firstOf(
                [
                    [kind.isKnown, kind.knownBody],
                    [`equals(${statusOf(getAnalysis)},0)`, objectBody(submitted)],
                ],
                objectBody(getAnalysis),
            ),
        ),
    };
}

function outcomeOf(kind: ScanKind): string {
    const submitted = kind.submit.name;
    const tokenUsers = [...kind.lookUpCalls, submitted, getAnalysis];
    const skipped = `${objectOrEmpty(`${objectBody(submitted)}?['result']`)}?['is_skipped_by_rule']`;
    const hasFailed = `equals(${asText(`${objectBody(getAnalysis)}?['status']`)},'failed')`;
    const cases: readonly (readonly [condition: string, outcome: Outcome])[] = [
        [anyOf(...tokenUsers.map((call) => hasStatus(call, 401))), "tokenRefused"],
        [kind.isKnown, "answered"],
        [hasStatus(submitted, 403), "quotaUsedUp"],
        [allOf(hasStatus(submitted, 409), `equals(${asText(skipped)},'True')`), "skippedByRule"],
        ...kind.refusals,
        [`empty(${asText(`outputs('${analysisPath}')`)})`, "unavailable"],
        [isRunning, "timedOut"],
        [allOf(hasStatus(getAnalysis, 200), hasFailed), "failed"],
        [hasStatus(getAnalysis, 200), "answered"],
    ];
    return firstOf(
        cases.map(([condition, outcome]) => [condition, `'${outcome}'`] as const),
        "'unavailable'",
    );
}

/** The entry that the comment is made of. Old results may lack their link; it follows from the id. */
export function outcomeEntry(kind: ScanKind, settings: PlaybookSettings, item: string): JsonObject {
    const answer = "outputs('Answer')";
    const body = `${answer}?['body']`;
    const result = objectOrEmpty(`${body}?['result']`);
    const id = asText(`${result}?['analysis_id']`);
    const linkFromId = `if(empty(${id}),'',concat(${quote(settings.intezerUrl + kind.analyses)},${id}))`;
    return {
        item: typed(item),
        outcome: typed(`${answer}?['outcome']`),
        name: typed(asText(kind.nameOf(result))),
        verdict: typed(asText(kind.verdictOf(result))),
        family: typed(asText(kind.familyOf(result))),
        link: typed(asText(`coalesce(${result}?['analysis_url'],${linkFromId})`)),
        reason: typed(reasonFor(`${answer}?['outcome']`, body, `${answer}?['status']`)),
    };
}

/** What Intezer gave as its reason, for the outcomes that do not explain themselves; expression source. */
function reasonFor(outcome: string, body: string, status: string): string {
    const given = asText(`coalesce(${body}?['error'],${body}?['description'])`);
    const answer = `if(equals(${status},0),'no answer',concat('status ',string(${status})))`;
    return firstOf(
        [
            [`equals(${outcome},'unavailable')`, answer],
            [`contains(createArray('quotaUsedUp','notAccepted','failed'),${outcome})`, given],
        ],
        "''",
    );
}
