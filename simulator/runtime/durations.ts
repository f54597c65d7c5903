import { durationSeconds } from "../../language/duration";

/** Milliseconds of an ISO 8601 duration, e.g. `PT1M30S`; undefined if the text is none. */
export function durationMs(text: string): number | undefined {
    const seconds = durationSeconds(text);
    return seconds === undefined ? undefined : Math.round(seconds * 1_000);
}
