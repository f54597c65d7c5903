import { isJsonObject, type Json } from "../../language/json";
import type { Azure, Resource } from "../resources/model";
import type { HttpRequest } from "../runtime/transport";
import type { ConnectedCall } from "./connections";
import { evaluate, type Column, type Row, type Table } from "./kql/evaluate";
import { parseQuery } from "./kql/parser";
import { KqlError } from "./kql/tokens";
import { type Answer, answer, refusal, shown, timestamp, UnsupportedRequestError } from "./reply";
import { placeOf, sameText, workspaceByGuid } from "./workspaces";

const QUERY_RIGHT = "Microsoft.OperationalInsights/workspaces/query/read";
const AUDIENCE = "https://api.loganalytics.io";
const HOSTS = new Set(["api.loganalytics.io", "api.loganalytics.azure.com"]);

/** Columns of the SecurityAlert table that the simulator fills. */
const SECURITY_ALERT: readonly Column[] = [
    { name: "TimeGenerated", type: "datetime" },
    { name: "SystemAlertId", type: "string" },
    { name: "VendorOriginalId", type: "string" },
    { name: "AlertName", type: "string" },
    { name: "ProductName", type: "string" },
];

/** A row of SecurityAlert and when it can be seen. */
export interface SecurityAlertRow {
    readonly systemAlertId: string;
    /** The id in the product that raised the alert, e.g. Defender's. */
    readonly vendorOriginalId: string;
    readonly alertName: string;
    readonly productName: string;
    /** In milliseconds since 1970. */
    readonly timeGenerated: number;
    /** When ingestion is done and queries see the row, in milliseconds since 1970. */
    readonly visibleAt: number;
}

/** True for a host of the Log Analytics query API in the public cloud. */
export function isLogAnalyticsHost(host: string): boolean {
    return HOSTS.has(host);
}

/** The logs of all workspaces, through the Azure Monitor Logs connector and through the query API. */
export class LogAnalytics {
    private readonly rows = new Map<string, SecurityAlertRow[]>();

    constructor(private readonly azure: Azure) {}

    /** Puts an alert into a workspace's SecurityAlert table. */
    ingest(workspaceId: string, row: SecurityAlertRow): void {
        const key = workspaceId.toLowerCase();
        this.rows.set(key, [...(this.rows.get(key) ?? []), row]);
    }

    /** The connector's *Run query and list results*, `POST /queryData`: KQL as the body, `{ value: [rows] }` back. */
    answerConnector({ request, principalId, connection }: ConnectedCall): Answer {
        if (request.method !== "POST" || request.path !== "/queryData") {
            throw new UnsupportedRequestError(
                "azuremonitorlogs connector",
                `${request.method} ${request.path}`,
            );
        }
        const { subscriptions, resourcegroups, resourcetype, resourcename, timerange } = request.queries;
        if (resourcetype !== "Log Analytics Workspace") {
            throw new UnsupportedRequestError(
                "azuremonitorlogs connector",
                `resourcetype '${shown(resourcetype)}'`,
            );
        }
        const workspace = this.azure
            .list("Microsoft.OperationalInsights/workspaces")
            .find(({ id }) => isPlace(id, subscriptions, resourcegroups, resourcename));
        if (workspace === undefined) {
            return connectorError(connection, notFound(shown(resourcename)));
        }
        const table = this.query(workspace, principalId, request.body, rangeOf(timerange), request.time);
        return "status" in table ? connectorError(connection, table) : answer(200, { value: table.rows });
    }

    /**
     * `POST https://api.loganalytics.io/v1/workspaces/<GUID>/query` with `{ query, timespan? }`.
     *
     * @param principalId - undefined where the workflow has no managed identity
     */
    answerHttp(principalId: string | undefined, request: HttpRequest): Answer {
        const path = new URL(request.uri).pathname;
        const guid = /^\/v1\/workspaces\/([^/]+)\/query$/.exec(path)?.[1];
        if (request.method !== "POST" || guid === undefined || !isJsonObject(request.body)) {
            throw new UnsupportedRequestError("Log Analytics", `${request.method} ${path}`);
        }
        if (request.audience === undefined || principalId === undefined) {
            return refusal(401, "AuthorizationRequiredError", "Valid authentication was not provided");
        }
        if (request.audience.replace(/\/$/, "") !== AUDIENCE) {
            return refusal(
                403,
                "InvalidTokenError",
                `The provided authentication is not valid for this resource (audience '${request.audience}').`,
            );
        }
        const workspace = workspaceByGuid(this.azure, guid);
        if (workspace === undefined) {
            return notFound(guid);
        }
        const { query, timespan } = request.body;
        const table = this.query(workspace, principalId, query ?? null, durationOf(timespan), request.time);
        return "status" in table ? table : answer(200, { tables: [primaryResult(table)] });
    }

    /** @param range - how far back rows may be, in milliseconds */
    private query(
        workspace: Resource,
        principalId: string,
        text: Json,
        range: number,
        now: number,
    ): Table | Answer {
        if (!this.azure.allows(principalId, QUERY_RIGHT, workspace.id)) {
            return refusal(
                403,
                "InsufficientAccessError",
                "The provided credentials have insufficient access to perform the requested operation " +
                    `('${QUERY_RIGHT}' on '${workspace.id}' for object id '${principalId}').`,
            );
        }
        try {
            const rows = (this.rows.get(workspace.id.toLowerCase()) ?? [])
                .filter((row) => row.visibleAt <= now && row.timeGenerated > now - range)
                .map(rowOf);
            const tables = { SecurityAlert: { columns: SECURITY_ALERT, rows } };
            return evaluate(parseQuery(typeof text === "string" ? text : ""), tables, now);
        } catch (error) {
            if (error instanceof KqlError) {
                return badQuery(error);
            }
            throw error;
        }
    }
}

function rowOf(row: SecurityAlertRow): Row {
    return {
        TimeGenerated: timestamp(row.timeGenerated),
        SystemAlertId: row.systemAlertId,
        VendorOriginalId: row.vendorOriginalId,
        AlertName: row.alertName,
        ProductName: row.productName,
    };
}

function primaryResult({ columns, rows }: Table): Json {
    return {
        name: "PrimaryResult",
        columns: columns.map(({ name, type }) => ({ name, type })),
        rows: rows.map((row) => columns.map(({ name }) => row[name] ?? "")),
    };
}

function badQuery({ code, message }: KqlError): Answer {
    return refusal(400, "BadArgumentError", "The request had some invalid properties", {
        innererror: { code, message },
    });
}

function notFound(workspace: string): Answer {
    return refusal(404, "WorkspaceNotFoundError", `The workspace '${workspace}' could not be found.`);
}

/** The connector passes a fault of the API on as text. */
function connectorError(connection: Resource, fault: Answer): Answer {
    const source = `logic-apis-${connection.location ?? "unknown"}.azure-apim.net`;
    return {
        status: fault.status,
        body: {
            error: {
                code: fault.status,
                source,
                message: "The response is not in a JSON format.",
                innerError: JSON.stringify(fault.body ?? null),
            },
        },
    };
}

function isPlace(id: string, subscription?: Json, resourceGroup?: Json, name?: Json): boolean {
    const place = placeOf(id);
    return (
        sameText(place.subscriptionId, shown(subscription)) &&
        sameText(place.resourceGroup, shown(resourceGroup)) &&
        sameText(place.name, shown(name))
    );
}

const HOUR = 3_600_000;

/** The connector's time range: `Last hour`, `Last 12 hours`, `Last 30 days`, or `Set in query`. */
function rangeOf(timerange: Json | undefined): number {
    if (timerange === "Set in query") {
        return Infinity;
    }
    const found = typeof timerange === "string" ? /^Last (?:(\d+) )?(hour|day)s?$/.exec(timerange) : null;
    if (found === null) {
        throw new UnsupportedRequestError("azuremonitorlogs connector", `timerange '${shown(timerange)}'`);
    }
    return Number(found[1] ?? 1) * (found[2] === "day" ? 24 * HOUR : HOUR);
}

/** The API's `timespan`: an ISO 8601 duration in days or hours; absent means no limit of its own. */
function durationOf(timespan: Json | undefined): number {
    if (timespan === undefined) {
        return Infinity;
    }
    const found = typeof timespan === "string" ? /^P(?:(\d+)D|T(\d+)H)$/.exec(timespan) : null;
    if (found === null) {
        throw new UnsupportedRequestError("Log Analytics", `timespan '${shown(timespan)}'`);
    }
    return found[1] === undefined ? Number(found[2]) * HOUR : Number(found[1]) * 24 * HOUR;
}
