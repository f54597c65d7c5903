/** Intezer's note as HTML for a comment. It comes from outside and may be text or simple HTML. */
import { escapeHtml, type Actions } from "../../language";
import { after } from "./definition";
import { typed } from "./expressions";
import { commentBudget } from "./incident";

/** Tags that are let through, without attributes only. They format and cannot do anything else. */
const formattingTags = ["br", "p", "b", "i", "u", "strong", "em", "ul", "ol", "li"] as const;

/**
 * Characters of a note that are looked at. Escaping makes up to six of one, and an expression may yield no more
 * than 131,072 (limits of Azure Logic Apps).
 */
const noteBudget = 21_000;

/** Name of the last action of `renderNote`; its output is the HTML. */
export const renderedNote = "Note";

/**
 * Makes a comment of a note: escaped, with line breaks and formatting tags, and cut where it is too long, never
 * within a tag or a character reference.
 *
 * @param note - expression of the note, a text
 * @param whereToReadOn - expression of HTML that follows a note that was cut
 */
export function renderNote(note: string, whereToReadOn: string, start: string): Actions {
    const html = "outputs('Note_html')";
    const wasCut = `or(greater(length(${note}),${noteBudget}),greater(length(${html}),${commentBudget}))`;
    return {
        Note_html: {
            type: "Compose",
            ...after(start),
            inputs: typed(letTagsThrough(breakLines(escapeHtml(`take(${note},${noteBudget})`)))),
        },
        Note_cut: { type: "Compose", ...after("Note_html"), inputs: typed(`take(${html},${commentBudget})`) },
        Note_whole_tags: {
            type: "Compose",
            ...after("Note_cut"),
            inputs: typed(withoutUnfinished("outputs('Note_cut')", "<", ">")),
        },
        [renderedNote]: {
            type: "Compose",
            ...after("Note_whole_tags"),
            inputs: typed(
                `concat('<p>',${withoutUnfinished("outputs('Note_whole_tags')", "&", ";")},'</p>',` +
                    `if(${wasCut},${whereToReadOn},''))`,
            ),
        },
    };
}

function withoutUnfinished(html: string, start: string, end: string): string {
    const last = `lastIndexOf(${html},'${start}')`;
    return `if(greater(${last},lastIndexOf(${html},'${end}')),take(${html},${last}),${html})`;
}

/** Windows, Unix and old Mac line ends; an expression can only write them percent-encoded. */
function breakLines(html: string): string {
    return ["%0D%0A", "%0A", "%0D"].reduce(
        (text, lineEnd) => `replace(${text},decodeUriComponent('${lineEnd}'),'<br>')`,
        html,
    );
}

function letTagsThrough(html: string): string {
    return formattingTags
        .flatMap((tag) => [`<${tag}>`, `</${tag}>`])
        .concat("<br/>", "<br />")
        .reduce((text, tag) => {
            const escapedTag = tag.replace("<", "&lt;").replace(">", "&gt;");
            return `replace(${text},'${escapedTag}','${tag}')`;
        }, html);
}
