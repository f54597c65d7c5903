/** What a benchmark measures, and how it is told. */

export interface Measurement {
    readonly what: string;
    /** With its unit. */
    readonly value: string;
    /** What it should be; absent where it only informs. */
    readonly target?: { readonly text: string; readonly met: boolean };
}

/** Told what is being done. */
export type Progress = (text: string) => void;

/** Lines of a table. */
export function tableLines(measurements: readonly Measurement[]): string[] {
    const rows = [
        ["measured", "value", "target"],
        ...measurements.map(({ what, value, target }) => [what, value, targetText(target)]),
    ];
    const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
    return rows.map(([what = "", value = "", target = ""]) =>
        `${what.padEnd(widths[0] ?? 0)}  ${value.padStart(widths[1] ?? 0)}  ${target}`.trimEnd(),
    );
}

/** The middle one; of an even number the lower of the two in the middle. */
export function median(values: readonly number[]): number {
    const sorted = [...values].sort((left, right) => left - right);
    return sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
}

/** A number for people, e.g. `12,345`. */
export function count(value: number): string {
    return Math.round(value).toLocaleString("en-US");
}

/** Milliseconds for people. */
export function duration(milliseconds: number): string {
    return milliseconds < 1000 ? `${count(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
}

/** Milliseconds that something takes. */
export function timeOf(work: () => void): number {
    const start = performance.now();
    work();
    return performance.now() - start;
}

function targetText(target: Measurement["target"]): string {
    return target === undefined ? "" : `${target.text}: ${target.met ? "met" : "MISSED"}`;
}
