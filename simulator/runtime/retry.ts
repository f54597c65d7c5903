/**
 * When a call is repeated.
 *
 * Source: Microsoft Learn, "Handle errors and exceptions in Azure Logic Apps", retry policies.
 */
import { MAX_RETRY_COUNT, MAX_RETRY_INTERVAL, MIN_RETRY_INTERVAL } from "../../language/limits";
import { durationMs } from "./durations";
import { ExpressionError, NotSupportedError } from "./errors";
import type { Random } from "./random";
import { isInteger, isObject, toText, type Value } from "./values";

export interface Retries {
    /** Retries after the first attempt. */
    readonly count: number;
    /**
     * Milliseconds before a retry, where the answer does not say when.
     * @param retry - 1 for the first
     */
    wait(retry: number, random: Random): number;
}

/**
 * The default policy: exponential, 4 retries, scaled by 7 seconds, at least 5 and at most 45 seconds. Microsoft's
 * pages disagree on scale (7 or 7.5 s) and cap (45 s or 1 h); waits under this policy satisfy both caps.
 */
const DEFAULT: Retries = { count: 4, wait: exponential(7_000, 5_000, 45_000) };

/** Bounds of the exponential policy where it does not give its own, in milliseconds. */
const MINIMUM_INTERVAL = 5_000;
const MAXIMUM_INTERVAL = 3_600_000;

const NONE: Retries = { count: 0, wait: () => 0 };

/**
 * @param policy - evaluated `retryPolicy`; null or undefined for the default
 * @throws ExpressionError if a value in it is not valid
 */
export function retriesOf(policy: Value | undefined): Retries {
    if (policy === undefined || policy === null) {
        return DEFAULT;
    }
    const { type, count, interval, minimumInterval, maximumInterval } = isObject(policy) ? policy : {};
    switch (toText(type ?? null).toLowerCase()) {
        case "none":
            return NONE;
        case "default":
            return DEFAULT;
        case "fixed": {
            const wait = duration("interval", interval);
            return { count: countOf(count), wait: () => wait };
        }
        case "exponential":
            return {
                count: countOf(count),
                wait: exponential(
                    duration("interval", interval),
                    duration("minimumInterval", minimumInterval, MINIMUM_INTERVAL),
                    duration("maximumInterval", maximumInterval, MAXIMUM_INTERVAL),
                ),
            };
        default:
            throw new NotSupportedError(
                `The retry policy type '${toText(type ?? null)}' is not supported by the simulator; none, default, ` +
                    "fixed and exponential are.",
            );
    }
}

/** Whether an answer with this status may be retried. */
export function isRetriable(status: number): boolean {
    return status === 408 || status === 429 || status >= 500;
}

/**
 * Milliseconds that an answer asks to wait, in its `Retry-After`: seconds, or an HTTP date.
 *
 * @returns undefined where it does not ask
 */
export function retryAfter(headers: { readonly [name: string]: string }, now: number): number | undefined {
    const text = headerOf(headers, "retry-after")?.trim();
    if (text === undefined) {
        return undefined;
    }
    if (/^\d+$/.test(text)) {
        return Number(text) * 1_000;
    }
    const date = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)
        ? Date.parse(text)
        : NaN;
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** A header by its name in lower case. */
export function headerOf(
    headers: { readonly [name: string]: string },
    lowerCaseName: string,
): string | undefined {
    return Object.entries(headers).find(([name]) => name.toLowerCase() === lowerCaseName)?.[1];
}

/** The n-th wait is a random time between the (n-1)-th and the n-th power of two, within bounds. */
function exponential(interval: number, minimum: number, maximum: number): Retries["wait"] {
    return (retry, random) => {
        const high = Math.min(2 ** (retry - 1) * interval, maximum);
        const low = retry === 1 ? minimum : Math.max(minimum, 2 ** (retry - 2) * interval);
        return random.between(Math.min(low, high), Math.max(high, minimum));
    };
}

function countOf(count: Value | undefined): number {
    if (count === undefined || !isInteger(count)) {
        throw new ExpressionError(
            `The retry policy's 'count' must be an integer. The provided value is '${toText(count ?? null)}'.`,
        );
    }
    if (count < 1 || count > MAX_RETRY_COUNT) {
        throw new ExpressionError(
            `The retry policy's 'count' must be between '1' and '${MAX_RETRY_COUNT}'. The provided value is '${count}'.`,
        );
    }
    return Number(count);
}

function duration(name: string, value: Value | undefined, byDefault?: number): number {
    if (value === undefined && byDefault !== undefined) {
        return byDefault;
    }
    const milliseconds = typeof value === "string" ? durationMs(value) : undefined;
    if (milliseconds === undefined) {
        throw new ExpressionError(
            `The retry policy's '${name}' must be an ISO 8601 duration. The provided value is ` +
                `'${toText(value ?? null)}'.`,
        );
    }
    const shortest = durationMs(MIN_RETRY_INTERVAL) ?? 0;
    const longest = durationMs(MAX_RETRY_INTERVAL) ?? Infinity;
    if (milliseconds < shortest || milliseconds > longest) {
        throw new ExpressionError(
            `The retry policy's '${name}' must be between '${MIN_RETRY_INTERVAL}' and '${MAX_RETRY_INTERVAL}'. The ` +
                `provided value is '${toText(value ?? null)}'.`,
        );
    }
    return milliseconds;
}
