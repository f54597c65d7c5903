const DURATION = /^P(?=[\dT])(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/**
 * Seconds of an ISO 8601 duration of days, hours, minutes and seconds, e.g. `PT1M30S`; undefined if the text is none.
 * Years and months have no fixed length and are not read; nor are weeks, such as `P1W`, which XML Schema's durations do
 * not have and Microsoft's pages never show.
 */
export function durationSeconds(text: string): number | undefined {
    const match = DURATION.exec(text);
    if (match === null) {
        return undefined;
    }
    const [days, hours, minutes, seconds] = match
        .slice(1)
        .map((part: string | undefined) => Number(part ?? 0));
    return (days ?? 0) * 86_400 + (hours ?? 0) * 3_600 + (minutes ?? 0) * 60 + (seconds ?? 0);
}
