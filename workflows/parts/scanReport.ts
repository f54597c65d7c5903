/** Tells an incident what became of its items: one comment, and with `tagIncidents` a tag. */
import { quote, type Actions } from "../../language";
import type { PlaybookSettings } from "../playbook";
import { after, afterAny, afterFailure } from "./definition";
import { firstOf, htmlText, typed } from "./expressions";
import { addComment, addTag, failWhenCommentIsRefused, triggeringIncident } from "./incident";
import { accessFailureCode, accessFailureSentence } from "./intezer";
import { sentenceFor } from "./outcome";
import type { ScanKind } from "./scanKind";

/**
 * Items that can get into a comment. Each becomes at most 800 characters, and an expression may yield no more
 * than 131,072 (limits of Azure Logic Apps).
 */
const itemsTold = 150;

/** Characters of the comment that its parts may take: together below Sentinel's 30,000. */
const rowBudget = 23_000;
const sentenceBudget = 5_000;

/** Reports after `asked` has finished, however that ended; the run is Failed when something broke. */
export function reportScan(kind: ScanKind, settings: PlaybookSettings, asked: string): Actions {
    return {
        ...sortOutcomes(asked),
        ...renderParts(kind),
        Failure_code: { type: "Compose", ...after("Sentences"), inputs: typed(failureCode(kind)) },
        Comment: { type: "Compose", ...after("Failure_code"), inputs: typed(comment(kind)) },
        Add_comment: { ...addComment(triggeringIncident, "@{outputs('Comment')}"), ...after("Comment") },
        ...failWhenCommentIsRefused("Add_comment", triggeringIncident),
        ...(settings.tagIncidents ? tagWithWorstVerdict() : {}),
        ...failWhenSomethingBroke(kind, settings.tagIncidents ? "Tag_incident" : "Add_comment"),
    };
}

/** Malicious and suspicious first: what does not fit into the comment is what matters least. */
function sortOutcomes(asked: string): Actions {
    const withVerdict = (verdict: string, start: object): Actions[string] => ({
        type: "Query",
        ...start,
        inputs: {
            from: "@variables('outcomes')",
            where: typed(`equals(item()?['verdict'],${quote(verdict)})`),
        },
    });
    return {
        Unanswered: {
            type: "Query",
            ...afterAny(asked),
            inputs: { from: "@variables('outcomes')", where: "@not(equals(item()?['outcome'],'answered'))" },
        },
        Malicious: withVerdict("malicious", after("Unanswered")),
        Suspicious: withVerdict("suspicious", after("Malicious")),
    };
}

const worstFirst = "union(body('Malicious'),body('Suspicious'),variables('outcomes'))";

function renderParts(kind: ScanKind): Actions {
    const item = htmlText("item()?['item']", 150);
    const name = htmlText("item()?['name']", 60);
    const link = htmlText("item()?['link']", 150);
    const openLink = `if(startsWith(${link},'https://'),concat('<a href="',${link},'">Open in Intezer</a>'),'')`;
    const row =
        `concat('<tr><td>',if(empty(${name}),'',concat(${name},'<br>')),${item},'</td><td>',` +
        `${htmlText("item()?['verdict']", 30)},'</td><td>',${htmlText("item()?['family']", 50)},'</td><td>',` +
        `${openLink},'</td></tr>')`;
    const reason = htmlText("item()?['reason']", 150);
    const sentence =
        `concat('<li>${kind.column} ',${item},' ',${sentenceFor("item()?['outcome']")},` +
        `if(empty(${reason}),'',concat(': ',${reason})),'.</li>')`;
    return {
        Rows: {
            type: "Select",
            ...after("Suspicious"),
            inputs: {
                from: typed(`take(${worstFirst},${itemsTold})`),
                select: typed(`if(equals(item()?['outcome'],'answered'),${row},'')`),
            },
        },
        Sentences: {
            type: "Select",
            ...after("Rows"),
            inputs: { from: typed(`take(body('Unanswered'),${itemsTold})`), select: typed(sentence) },
        },
    };
}

/** The code that the run fails with; empty when nothing broke. */
function failureCode(kind: ScanKind): string {
    return accessFailureCode(
        firstOf(
            scanFailures(kind).map(([condition, code]) => [condition, quote(code)]),
            "''",
        ),
    );
}

/** What went wrong after Intezer could be asked. Outcomes that Intezer documents are not among it. */
function scanFailures(
    kind: ScanKind,
): readonly (readonly [condition: string, code: string, sentence: string])[] {
    return [
        [
            "not(empty(variables('pending')))",
            "IntezerTokenRefused",
            "Intezer refused the access token, and a new one as well, so that not everything could be asked.",
        ],
        [
            `contains(string(body('Unanswered')),'"outcome":"unavailable"')`,
            "IntezerUnavailable",
            "Not everything could be answered.",
        ],
        [
            `less(length(variables('outcomes')),length(${kind.items}))`,
            "ScanIncomplete",
            "A step of this playbook failed, so that not everything could be asked; see its run history.",
        ],
    ];
}

function comment(kind: ScanKind): string {
    const rows = `${wholeElements("join(body('Rows'),'')", rowBudget, "</tr>")}`;
    const told = wholeElements("join(body('Sentences'),'')", sentenceBudget, "</li>");
    const heads = ["Verdict", "Family", "Analysis"].map((head) => `<th>${head}</th>`).join("");
    const answered = "sub(length(variables('outcomes')),length(body('Unanswered')))";
    const failure = accessFailureSentence(
        firstOf(
            scanFailures(kind).map(([condition, , sentence]) => [condition, quote(sentence)]),
            "''",
        ),
    );
    return (
        `concat('<p><b>${kind.title}</b></p>',` +
        `if(equals(${answered},0),'',concat('<table><tr><th>${kind.column}</th>${heads}</tr>',${rows},'</table>')),` +
        `${leftOut(rows, "</tr>", answered, "results")},` +
        `if(empty(body('Unanswered')),'',concat('<ul>',${told},'</ul>')),` +
        `${leftOut(told, "</li>", "length(body('Unanswered'))", "unanswered items")},` +
        `if(empty(${failure}),'',concat('<p>',${failure},'</p>')))`
    );
}

/** As many whole elements from the start of `html` as fit into the budget. */
function wholeElements(html: string, budget: number, endTag: string): string {
    const cut = `take(${html},${budget})`;
    return `take(${cut},add(lastIndexOf(${cut},'${endTag}'),${endTag.length}))`;
}

/** A sentence where the comment shows fewer elements than there are. */
function leftOut(shownHtml: string, endTag: string, total: string, what: string): string {
    const shown = `sub(length(split(${shownHtml},'${endTag}')),1)`;
    return (
        `if(less(${shown},${total}),concat('<p>This comment has room for ',string(${shown}),' of ',` +
        `string(${total}),' ${what}. See Intezer for the others.</p>'),'')`
    );
}

/** Comment first: Sentinel refuses two changes of one incident at the same time. */
function tagWithWorstVerdict(): Actions {
    const answeredFirst = "first(body('Answered'))?['verdict']";
    return {
        Answered: {
            type: "Query",
            ...after("Add_comment"),
            inputs: { from: typed(worstFirst), where: "@equals(item()?['outcome'],'answered')" },
        },
        Tag_incident: {
            type: "If",
            ...after("Answered"),
            expression: "@not(empty(body('Answered')))",
            actions: { Add_tag: addTag(triggeringIncident, `Intezer: @{${answeredFirst}}`) },
        },
        Fail_because_of_tag: {
            type: "Terminate",
            ...afterFailure("Tag_incident"),
            inputs: {
                runStatus: "Failed",
                runError: {
                    code: "@{if(empty(outputs('Failure_code')),'TagRefused',outputs('Failure_code'))}",
                    message:
                        "Microsoft Sentinel refused the tag. The comment with the verdict is on the incident.",
                },
            },
        },
    };
}

function failWhenSomethingBroke(kind: ScanKind, start: string): Actions {
    return {
        Did_something_break: {
            type: "If",
            ...after(start),
            expression: "@not(empty(outputs('Failure_code')))",
            actions: {
                Fail_with_code: {
                    type: "Terminate",
                    inputs: {
                        runStatus: "Failed",
                        runError: {
                            code: "@{outputs('Failure_code')}",
                            message: `${kind.title}: not everything worked. The comment on the incident says what.`,
                        },
                    },
                },
            },
        },
    };
}
