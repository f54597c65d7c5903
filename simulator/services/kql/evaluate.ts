import type { Condition, Operator, Query } from "./parser";
import { KqlError } from "./tokens";

/** A column and its KQL type. */
export interface Column {
    readonly name: string;
    readonly type: "string" | "datetime";
}

/** A row by column name; datetimes as ISO 8601 in UTC. A column that is not there is empty. */
export type Row = { readonly [column: string]: string };

/** A table, or what a query makes of one. */
export interface Table {
    readonly columns: readonly Column[];
    readonly rows: readonly Row[];
}

/**
 * Runs a query over one table.
 *
 * @param now - what `ago` counts back from, in milliseconds since 1970
 * @throws {@link KqlError} `SemanticError` for a table or column that is not there
 */
export function evaluate(query: Query, tables: { readonly [name: string]: Table }, now: number): Table {
    const table = tables[query.table];
    if (table === undefined) {
        throw unresolved("table", query.table);
    }
    return query.operators.reduce((input, operator) => apply(operator, input, now), table);
}

function apply(operator: Operator, input: Table, now: number): Table {
    switch (operator.kind) {
        case "where": {
            const holds = compile(operator.condition, input.columns, now);
            return { columns: input.columns, rows: input.rows.filter(holds) };
        }
        case "project":
            return projected(input, operator.columns);
        case "distinct":
            return distinct(projected(input, operator.columns));
        case "take":
            return { columns: input.columns, rows: input.rows.slice(0, operator.count) };
        case "summarize":
            return operator.argMax === undefined
                ? distinct(projected(input, operator.by))
                : latest(input, operator.argMax, operator.by);
    }
}

/** `arg_max(<column>, *)`: of each group the row with the greatest value. */
function latest(input: Table, by: string, keys: readonly string[]): Table {
    columnOf(input.columns, by);
    keys.forEach((key) => columnOf(input.columns, key));
    const groups = new Map<string, Row>();
    for (const row of input.rows) {
        const key = JSON.stringify(keys.map((name) => row[name] ?? ""));
        const best = groups.get(key);
        if (best === undefined || (row[by] ?? "") > (best[by] ?? "")) {
            groups.set(key, row);
        }
    }
    const others = input.columns
        .filter(({ name }) => !keys.includes(name) && name !== by)
        .map(({ name }) => name);
    return projected({ columns: input.columns, rows: [...groups.values()] }, [...keys, by, ...others]);
}

function projected(input: Table, names: readonly string[]): Table {
    const columns = names.map((name) => columnOf(input.columns, name));
    const rows = input.rows.map((row) => Object.fromEntries(names.map((name) => [name, row[name] ?? ""])));
    return { columns, rows };
}

function distinct(input: Table): Table {
    const rows = new Map(input.rows.map((row) => [JSON.stringify(row), row]));
    return { columns: input.columns, rows: [...rows.values()] };
}

function compile(condition: Condition, columns: readonly Column[], now: number): (row: Row) => boolean {
    switch (condition.kind) {
        case "and":
        case "or": {
            const parts = condition.parts.map((part) => compile(part, columns, now));
            return condition.kind === "and"
                ? (row) => parts.every((holds) => holds(row))
                : (row) => parts.some((holds) => holds(row));
        }
        case "not": {
            const holds = compile(condition.part, columns, now);
            return (row) => !holds(row);
        }
        case "text": {
            const { name } = columnOf(columns, condition.column, "string");
            const fold = (text: string) => (condition.ignoreCase ? text.toLowerCase() : text);
            const values = condition.values.map(fold);
            return (row) => values.includes(fold(row[name] ?? "")) !== condition.negated;
        }
        case "time": {
            const { name } = columnOf(columns, condition.column, "datetime");
            return (row) =>
                compareTimes(Date.parse(row[name] ?? ""), condition.comparison, now - condition.ago);
        }
    }
}

function compareTimes(left: number, comparison: ">" | ">=" | "<" | "<=", right: number): boolean {
    switch (comparison) {
        case ">":
            return left > right;
        case ">=":
            return left >= right;
        case "<":
            return left < right;
        case "<=":
            return left <= right;
    }
}

function columnOf(columns: readonly Column[], name: string, type?: Column["type"]): Column {
    const column = columns.find((candidate) => candidate.name === name);
    if (column === undefined) {
        throw unresolved("column or scalar expression", name);
    }
    if (type !== undefined && column.type !== type) {
        throw new KqlError(
            "SemanticError",
            `Cannot compare column '${name}' of type ${column.type} with a ${type}.`,
        );
    }
    return column;
}

function unresolved(what: string, name: string): KqlError {
    return new KqlError("SemanticError", `Failed to resolve ${what} named '${name}'.`);
}
