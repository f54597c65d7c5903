/** The comment of an incident as an analyst reads it, in plain text for a terminal. */

const ENTITIES: { readonly [entity: string]: string } = {
    "&lt;": "<",
    "&gt;": ">",
    "&quot;": '"',
    "&#39;": "'",
    "&nbsp;": " ",
    "&amp;": "&",
};

/**
 * Turns the HTML of a comment into lines of text: a paragraph, list item or table row is a line, cells are
 * parted by ` | `, a link is followed by its address. Control characters are dropped, so that no comment can
 * steer a terminal.
 */
export function commentText(html: string): string {
    const text = html
        .replace(/[\r\n\t]+/g, " ")
        .replace(/<a\s[^>]*?href="([^"]*)"[^>]*>(.*?)<\/a>/gi, "$2 $1")
        .replace(/<\/t[dh]>\s*<t[dh][^>]*>/gi, " | ")
        .replace(/<li[^>]*>/gi, "\n- ")
        .replace(/<br\s*\/?>|<\/?(?:p|tr|ul|ol|table|div|h[1-6])(?:\s[^>]*)?>/gi, "\n")
        .replace(/<[^>]*>/g, "")
        .replace(/&(?:lt|gt|quot|#39|nbsp|amp);/g, (entity) => ENTITIES[entity] ?? entity)
        .replace(/[^\P{Cc}\n]/gu, "");
    return text
        .split("\n")
        .map((line) => line.replace(/ +/g, " ").trim())
        .filter((line) => line !== "")
        .join("\n");
}
