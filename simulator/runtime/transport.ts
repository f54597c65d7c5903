/** What crosses the border of a workflow: a request that an action sends, and what comes back. */
import type { Json } from "../../language/json";
import type { Value } from "./values";

interface RequestBase {
    /** Virtual time of sending, in milliseconds since 1970-01-01 UTC. */
    readonly time: number;
    /** The action that sends it. */
    readonly action: string;
    /** Indexes of the loops around the action, outermost first; empty outside loops. */
    readonly index: readonly number[];
    /** 1 for the first attempt. */
    readonly attempt: number;
    /** Upper case. */
    readonly method: string;
    /** Evaluated, names as written. */
    readonly headers: { readonly [name: string]: string };
    readonly body: Json;
}

/** A request of an Http action. */
export interface HttpRequest extends RequestBase {
    readonly kind: "http";
    /** Absolute, with the evaluated queries. */
    readonly uri: string;
    /** The audience of the managed identity's token, where the action authenticates with one. */
    readonly audience?: string;
}

/** A request of an ApiConnection action. */
export interface ConnectionRequest extends RequestBase {
    readonly kind: "connection";
    /** Key of the entry in `$connections`. */
    readonly connection: string;
    /** ARM id of the API connection. */
    readonly connectionId: string;
    readonly path: string;
    readonly queries: { readonly [name: string]: Json };
}

export type OutboundRequest = HttpRequest | ConnectionRequest;

export type Reply =
    /** An answer. `body` absent: no content. `latency` in milliseconds, default 0. */
    | {
          readonly status: number;
          readonly headers?: { readonly [name: string]: string };
          readonly body?: Value;
          readonly latency?: number;
      }
    /** A transport failure, e.g. `UnresolvableHostName`: no HTTP answer at all. */
    | { readonly error: string; readonly message?: string; readonly latency?: number }
    /** Nothing comes back before the time limit of the attempt. */
    | { readonly timeout: true };

/** Answers every outbound request of a run. */
export type Transport = (request: OutboundRequest) => Reply;
