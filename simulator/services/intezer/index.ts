/** Intezer's API, version 2-0, with the tenant that a sample or test describes. */
import { isJsonObject } from "../../../language/json";
import type { HttpRequest } from "../../runtime/transport";
import { decodeSegment } from "../path";
import { type Answer, UnsupportedRequestError } from "../reply";
import { Alerts } from "./alerts";
import { API_PATH, type ApiCall } from "./api";
import { Files } from "./files";
import { Tokens } from "./tokens";
import { Urls } from "./urls";
import type { IntezerWorld } from "./world";

export type { AnalysisStory, FileStory, IntezerWorld, UrlStory } from "./world";

const DEFAULT_BASE_URL = "https://analyze.intezer.com";

/** What the tenant has been asked for. */
export interface IntezerUsage {
    readonly tokens: number;
    /** Submissions that counted against the quota. */
    readonly files: number;
    /** Submissions that counted against the quota. */
    readonly urls: number;
    /** Alerts that were accepted. */
    readonly alerts: number;
    /** Environments that the accepted alerts named; undefined for one that named none. */
    readonly environments: readonly (string | undefined)[];
}

/** The simulated Intezer: one tenant's API, version 2-0. */
export class Intezer {
    private readonly baseUrl: string;
    private readonly tokens: Tokens;
    private readonly files: Files;
    private readonly urls: Urls;
    private readonly alerts: Alerts;

    /** @param start - start of the simulation, in milliseconds since 1970 */
    constructor(world: IntezerWorld, start: number) {
        this.baseUrl = world.baseUrl ?? DEFAULT_BASE_URL;
        this.tokens = new Tokens(world, start);
        this.files = new Files(world.files ?? [], this.baseUrl, start, world.fileQuota ?? Infinity);
        this.urls = new Urls(world.urls ?? [], this.baseUrl, start, world.urlQuota ?? Infinity);
        this.alerts = new Alerts(world);
    }

    /** True for the tenant's own host. A key is good for one tenant, so each has its own host here. */
    answersFor(host: string): boolean {
        return new URL(this.baseUrl).host === host;
    }

    get usage(): IntezerUsage {
        return {
            tokens: this.tokens.count,
            files: this.files.submitted,
            urls: this.urls.submitted,
            alerts: this.alerts.environments.length,
            environments: this.alerts.environments,
        };
    }

    /** @throws {@link UnsupportedRequestError} for a route that the simulator does not know */
    answer(request: HttpRequest): Answer {
        const { pathname } = new URL(request.uri);
        const call: ApiCall = {
            method: request.method,
            path: pathname.startsWith(`${API_PATH}/`) ? pathname.slice(API_PATH.length) : "",
            body: isJsonObject(request.body) ? request.body : {},
            time: request.time,
            request,
        };
        if (`${call.method} ${call.path}` === "POST /get-access-token") {
            return this.tokens.issue(call);
        }
        const route = this.route(call);
        if (route === undefined) {
            throw new UnsupportedRequestError("Intezer", `${request.method} ${pathname}`);
        }
        return this.tokens.check(call) ?? route();
    }

    private route(call: ApiCall): (() => Answer) | undefined {
        switch (`${call.method} ${call.path}`) {
            case "POST /analyze-by-hash":
                return () => this.files.submit(call);
            case "POST /url":
                return () => this.urls.submit(call);
            case "POST /url-analyses/history":
                return () => this.urls.history(call);
            case "POST /alerts/ingest":
                return () => this.alerts.ingest(call);
        }
        const [, kind = "", encoded = ""] = /^\/(files|analyses|url)\/([^/]+)$/.exec(call.path) ?? [];
        const id = decodeSegment(encoded);
        const readers: { readonly [kind: string]: () => Answer } = {
            files: () => this.files.latest(id, call.time),
            analyses: () => this.files.read(id, call.time),
            url: () => this.urls.read(id, call.time),
        };
        return call.method === "GET" ? readers[kind] : undefined;
    }
}
