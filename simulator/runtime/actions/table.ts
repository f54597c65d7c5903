import type { ActionNode } from "../../../language/outline";
import { ExpressionError, NotSupportedError } from "../errors";
import { compileValue, type Evaluate } from "../evaluate";
import type { Activity, Handler } from "../handler";
import { succeeded } from "../outcomes";
import { isArray, isObject, toText, type Value } from "../values";
import { requireFrom, writtenInput } from "./inputs";

/** A column: its header, and its cell for an element. */
interface Column {
    readonly header: string;
    readonly cell: (item: Value) => string;
}

/** Writes an array of objects as CSV (RFC 4180) or as an HTML table. */
export function compileTable(node: ActionNode): Handler {
    const from = compileValue(writtenInput(node, "from"));
    const format = compileValue(writtenInput(node, "format"));
    const columns = compileColumns(writtenInput(node, "columns"));
    return (activity) => {
        const items = requireFrom("table", from(activity.scope));
        const kind = toText(format(activity.scope));
        activity.showInputs({
            from: items,
            format: kind,
            ...(columns === undefined ? {} : { columns: writtenInput(node, "columns") }),
        });
        const table = columns === undefined ? automatic(items) : columns(activity);
        activity.finish(succeeded({ body: write(kind, table, items) }));
    };
}

function compileColumns(written: Value): ((activity: Activity) => readonly Column[]) | undefined {
    if (!isArray(written)) {
        return undefined;
    }
    const columns = written.map((column): { header: Evaluate; value: Evaluate } => {
        const { header, value } = isObject(column) ? column : {};
        return { header: compileValue(header ?? null), value: compileValue(value ?? null) };
    });
    return (activity) =>
        columns.map(({ header, value }) => ({
            header: toText(header(activity.scope)),
            cell: (item) => toText(value(activity.scopeOf(item))),
        }));
}

/** Every property of any element, where it first occurs. */
function automatic(items: readonly Value[]): readonly Column[] {
    const names = new Set<string>();
    for (const item of items) {
        if (!isObject(item)) {
            throw new ExpressionError(
                "The property 'columns' must be specified unless the 'from' property value is an array of objects.",
            );
        }
        Object.keys(item).forEach((name) => names.add(name));
    }
    return [...names].map((name) => ({
        header: name,
        cell: (item) => (isObject(item) ? toText(item[name] ?? null) : ""),
    }));
}

function write(format: string, columns: readonly Column[], items: readonly Value[]): string {
    switch (format.toLowerCase()) {
        case "csv":
            return writeCsv(columns, items);
        case "html":
            return writeHtml(columns, items);
        default:
            throw new NotSupportedError(
                `The table format '${format}' is not supported by the simulator; CSV and HTML are.`,
            );
    }
}

function writeCsv(columns: readonly Column[], items: readonly Value[]): string {
    const rows = [
        columns.map((column) => column.header),
        ...items.map((item) => columns.map((column) => column.cell(item))),
    ];
    const lines = rows.map((row) => `${row.map(csvCell).join(",")}\r\n`);
    return columns.length === 0 ? "" : lines.join("");
}

function csvCell(text: string): string {
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function writeHtml(columns: readonly Column[], items: readonly Value[]): string {
    const head = columns.map((column) => `<th>${encodeHtml(column.header)}</th>`).join("");
    const rows = items.map((item) => {
        const cells = columns.map((column) => `<td>${encodeHtml(column.cell(item))}</td>`);
        return `<tr>${cells.join("")}</tr>`;
    });
    const header = columns.length === 0 ? "" : `<thead><tr>${head}</tr></thead>`;
    return `<table>${header}<tbody>${rows.join("")}</tbody></table>`;
}

/** As .NET's `WebUtility.HtmlEncode` does: markup, Latin-1's upper half and what is beyond the basic plane. */
function encodeHtml(text: string): string {
    return text.replace(/[<>&"'\u00a0-\u00ff]|[\u{10000}-\u{10ffff}]/gu, (character) => {
        const named = { "<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;" }[character];
        return named ?? `&#${character.codePointAt(0) ?? 0};`;
    });
}
