/**
 * Intezer's REST API as the playbooks call it: key, token, calls. Every step that sees the key or a token hides
 * it in the run history.
 */
import {
    connectionName,
    quote,
    type Action,
    type ApiConnectionAction,
    type HttpAction,
    type Json,
    type RetryPolicy,
    type SecuredSide,
} from "../../language";
import type { PlaybookSettings } from "../playbook";
import { asText, firstOf, hasStatus, objectBody, statusOf, typed } from "./expressions";

/** Name of the action that reads Intezer's API key from the vault. */
export const readKey = "Read_API_key";

/** Name of the action that exchanges the key for an access token. */
export const getToken = "Get_access_token";

/** How many tokens one run asks for: the first, and one more when Intezer refuses it on the way. */
export const tokensPerRun = 2;

/** Root of the versioned API; `result_url` in answers is relative to it. */
function apiRoot(settings: PlaybookSettings): string {
    return `${settings.intezerUrl}/api/v2-0`;
}

/**
 * 408, 429 and 5xx are tried again four times, `Retry-After` is honoured. Re-sending a submission is harmless:
 * Intezer answers 409 while the same analysis is running.
 */
const retryPolicy: RetryPolicy = {
    type: "exponential",
    count: 4,
    interval: "PT10S",
    minimumInterval: "PT5S",
    maximumInterval: "PT1M",
};

/** Reads the API key through the `keyvault` connection, whose vault is part of the connection. */
export function readKeyAction(settings: PlaybookSettings): ApiConnectionAction {
    return {
        type: "ApiConnection",
        inputs: {
            host: { connection: { name: connectionName("keyvault") } },
            method: "get",
            path: `/secrets/@{encodeURIComponent(${quote(settings.secretName)})}/value`,
        },
        ...secured("inputs", "outputs"),
    };
}

/** POST /get-access-token. */
export function getTokenAction(settings: PlaybookSettings): HttpAction {
    return {
        type: "Http",
        inputs: {
            method: "POST",
            uri: `${apiRoot(settings)}/get-access-token`,
            headers: { "Content-Type": "application/json" },
            body: { api_key: typed(`body(${quote(readKey)})?['value']`) },
            retryPolicy,
        },
        operationOptions: "DisableAsyncPattern",
        ...secured("inputs", "outputs"),
    };
}

/**
 * A call with the token of this run.
 *
 * Intezer answers 202 while an analysis is running. Logic Apps would poll such an answer by itself if it named a
 * `Location`; the playbooks poll at their own pace, so that is switched off.
 *
 * @param path - expression source or text behind the API root, as it stands in a definition string
 */
export function intezerCall(
    settings: PlaybookSettings,
    method: "GET" | "POST",
    path: string,
    body?: Json,
): HttpAction {
    return {
        type: "Http",
        inputs: {
            method,
            uri: `${apiRoot(settings)}${path}`,
            headers: {
                Authorization: `Bearer @{body(${quote(getToken)})?['result']}`,
                ...(body === undefined ? {} : { "Content-Type": "application/json" }),
            },
            ...(body === undefined ? {} : { body }),
            retryPolicy,
        },
        operationOptions: "DisableAsyncPattern",
        ...secured("inputs"),
    };
}

/** The reason that an answer of Intezer gives, as text; empty when it gives none. */
export function reasonOf(action: string): string {
    const body = objectBody(action);
    return asText(`coalesce(${body}?['error'],${body}?['description'],${body}?['message'])`);
}

/** What kept Intezer from being asked at all: `[condition, code, sentence]`, in the order of the steps. */
const accessFailures: readonly (readonly [condition: string, code: string, sentence: string])[] = [
    [
        `not(${hasStatus(readKey, 200)})`,
        "ApiKeyUnavailable",
        `concat('The Intezer API key could not be read from the key vault (status ',string(${statusOf(readKey)}),').')`,
    ],
    [
        hasStatus(getToken, 400, 401),
        "IntezerKeyRefused",
        quote("Intezer refused the API key. Store a valid one in the key vault."),
    ],
    [
        `not(${hasStatus(getToken, 200)})`,
        "IntezerUnavailable",
        `concat('Intezer gave no access token (status ',string(${statusOf(getToken)}),').')`,
    ],
];

/** Code of the first access failure, else the other expression. */
export function accessFailureCode(otherwise: string): string {
    return firstOf(
        accessFailures.map(([condition, code]) => [condition, quote(code)] as const),
        otherwise,
    );
}

/** Sentence of the first access failure, else the other expression. */
export function accessFailureSentence(otherwise: string): string {
    return firstOf(
        accessFailures.map(([condition, , sentence]) => [condition, sentence] as const),
        otherwise,
    );
}

function secured(...properties: readonly SecuredSide[]): Pick<Action, "runtimeConfiguration"> {
    return { runtimeConfiguration: { secureData: { properties } } };
}
