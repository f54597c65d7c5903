/** Many replays of one incident: how fast, how much memory, and whether ten times as many cost ten times as much. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { executionsOf, typicalIncident } from "./incident";
import { count, duration, median, timeOf, type Measurement, type Progress } from "./measurement";

/** Action executions in a second, at least. */
const LEAST_SPEED = 10_000;
/** How far the cost of ten times as many replays may be from ten times the cost. */
const TOLERANCE = 0.2;
/** How much more of the heap may be in use at the end than after the warm-up. */
const HEAP_GROWTH = 1.05;
/** How often the smaller number of replays is timed before the larger one, and once more after it. */
const ROUNDS = 3;

/**
 * Replays the typical incident.
 *
 * @param incidents - how many times; a multiple of ten
 */
export async function measureReplays(incidents: number, progress: Progress): Promise<Measurement[]> {
    progress("deploying the program and playing the incident once");
    const replay = await typicalIncident();
    const executions = executionsOf(replay());
    const repeat = (times: number) => costOf(() => Array.from({ length: times }).forEach(() => replay()));
    const few = incidents / 10;
    const repeatFew = () => Array.from({ length: ROUNDS }, () => repeat(few).processor);
    progress(`warming up with ${count(incidents / 2)} replays`);
    repeat(incidents / 2);
    const heapAtStart = heapInUse();
    progress(`${ROUNDS} times ${count(few)} replays, ${count(incidents)}, and again`);
    const before = repeatFew();
    const large = repeat(incidents);
    const small = median([...before, ...repeatFew()]);
    const heapAtEnd = heapInUse();

    const speed = (executions * incidents * 1000) / large.elapsed;
    const ratio = large.processor / small;
    return [
        { what: `${count(incidents)} replays of the typical incident`, value: duration(large.elapsed) },
        { what: "action executions in one replay", value: count(executions) },
        {
            what: "action executions in a second",
            value: count(speed),
            target: { text: `at least ${count(LEAST_SPEED)}`, met: speed >= LEAST_SPEED },
        },
        {
            what: `processor time of ${count(incidents)} replays to that of ${count(few)}`,
            value: ratio.toFixed(2),
            target: {
                text: `10, ${TOLERANCE * 100} % more or less`,
                met: Math.abs(ratio - 10) <= 10 * TOLERANCE,
            },
        },
        { what: "heap in use after warming up", value: megabytes(heapAtStart) },
        {
            what: "heap in use at the end",
            value: megabytes(heapAtEnd),
            target: {
                text: `at most ${HEAP_GROWTH} times as much`,
                met: heapAtEnd <= heapAtStart * HEAP_GROWTH,
            },
        },
    ];
}

/** Milliseconds; other processes that keep the processor busy count in the elapsed time only. */
function costOf(work: () => void): { readonly elapsed: number; readonly processor: number } {
    const start = process.cpuUsage();
    const elapsed = timeOf(work);
    const { user, system } = process.cpuUsage(start);
    return { elapsed, processor: (user + system) / 1000 };
}

/** Bytes in use once nothing is left to collect. */
function heapInUse(): number {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    collect();
    return process.memoryUsage().heapUsed;
}

function megabytes(bytes: number): string {
    return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
