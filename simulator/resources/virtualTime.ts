/** Virtual time in the simulated Azure: how long a write lasts, and how long it takes to get around. */
import { idKey } from "./armId";

/** When a write happens. Who gives no time is in an Azure in which everything works as soon as it is written. */
export interface Timing {
    /**
     * Milliseconds of virtual time at which the write begins, at least 0.
     *
     * @default time is not modelled
     */
    readonly at?: number;
    /**
     * Milliseconds until the write is done, at least 0; of no meaning without {@link Timing.at}.
     *
     * @default 0
     */
    readonly lasts?: number;
}

/** Parts of Azure that get to know of a write only later. Milliseconds, counted from the end of the write. */
export interface Propagation {
    /** A new managed identity, until Resource Manager finds it in Entra ID's directory. */
    readonly identity: number;
    /** A new role assignment, until it gives the right. */
    readonly roleAssignment: number;
    /** The incident trigger of a workflow, until Microsoft Sentinel sees it. */
    readonly trigger: number;
}

/**
 * How long propagation takes here, always. Azure guarantees none of these times, and none was measured: they are
 * picked from the ranges that the sources give.
 *
 * - `identity`: "15-120 seconds" (Azure/ARO-HCP, pull request 5321); Microsoft Learn, "Troubleshoot Azure RBAC",
 *   names the delay and no time. Confidence: medium.
 * - `roleAssignment`: 1 to 5 minutes for Key Vault, up to 10 in general (Microsoft Learn, Azure RBAC guides); those
 *   who write automation rules right after the grant saw 1 to 6. Confidence: high that it takes minutes, medium
 *   for how many.
 * - `trigger`: Muatazawad2/Email, `deploy.ps1`, tries again for up to 6 minutes on "not using Microsoft Sentinel
 *   Incident trigger" as it does for missing rights; nobody tells the two apart. Confidence: low.
 */
export const PROPAGATION: Propagation = {
    identity: 60_000,
    roleAssignment: 300_000,
    trigger: 120_000,
};

/** The end of a write, undefined where time is not modelled. */
export function endOf({ at, lasts = 0 }: Timing): number | undefined {
    return at === undefined ? undefined : at + lasts;
}

/** @throws RangeError for what is no time: a mistake of whoever stands in front of Azure */
export function assertTiming(timing: Timing): void {
    for (const [name, value] of Object.entries({ at: timing.at, lasts: timing.lasts })) {
        if (value !== undefined && !(Number.isFinite(value) && value >= 0)) {
            throw new RangeError(`"${name}" is ${value}. It has to be a number of milliseconds, at least 0.`);
        }
    }
}

/** What is written once and usable later: the resource itself from the end of the write on, the rest after that. */
export type Spreading = "resource" | keyof Propagation;

/** From when on what was written is usable, as far as its writers told the time. */
export class UsableTimes {
    private readonly times = new Map<string, number>();

    constructor(readonly propagation: Propagation) {}

    /** Notes that a write made something. */
    note(what: Spreading, id: string, write: Timing): void {
        const end = endOf(write);
        const key = keyOf(what, id);
        if (end === undefined) {
            this.times.delete(key);
        } else {
            this.times.set(key, end + (what === "resource" ? 0 : this.propagation[what]));
        }
    }

    /** Whether it is usable at a time; always for those who give none. */
    isUsable(what: Spreading, id: string, at: number | undefined): boolean {
        return at === undefined || at >= (this.times.get(keyOf(what, id)) ?? 0);
    }

    /** Forgets all that is known of an id. */
    forget(id: string): void {
        for (const what of ["resource", "identity", "roleAssignment", "trigger"] as const) {
            this.times.delete(keyOf(what, id));
        }
    }

    /** Makes everything usable. */
    clear(): void {
        this.times.clear();
    }

    /** Times by what they are for; give them to {@link UsableTimes.load} of another. */
    entries(): readonly (readonly [string, number])[] {
        return [...this.times];
    }

    load(entries: readonly (readonly [string, number])[]): void {
        for (const [key, time] of entries) {
            this.times.set(key, time);
        }
    }
}

function keyOf(what: Spreading, id: string): string {
    return `${what} ${idKey(id)}`;
}
