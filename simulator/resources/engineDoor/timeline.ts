import { durationOf, REFUSAL } from "./durations";

/** A resource in the virtual time of one deployment, in milliseconds. */
export interface Step {
    readonly urn: string;
    /** Logical name. */
    readonly name: string;
    /** When everything that it waits for was there. */
    readonly ready: number;
    /** When it was there itself. */
    readonly end: number;
    /** What of the time between was spent waiting for Azure to be ready. */
    readonly waited: number;
    /** Why Azure was not ready, in its words, each once. */
    readonly refusals: readonly string[];
    /** URNs that it waited for. */
    readonly dependencies: readonly string[];
}

/**
 * Virtual time of a deployment: each resource starts when what it depends on is there, as if everything else went
 * on beside it. So the times do not depend on the computer that this runs on.
 */
export class Timeline {
    private readonly steps = new Map<string, Step>();

    /** @param start - virtual time at which the deployment starts */
    constructor(readonly start: number) {}

    /** Notes a resource that is about to be registered; dependencies and parents come before. */
    add(urn: string, name: string, dependencies: readonly string[]): void {
        const ready = Math.max(
            this.start,
            ...dependencies.map((dependency) => this.steps.get(dependency)?.end ?? this.start),
        );
        this.steps.set(urn, { urn, name, ready, end: ready, waited: 0, refusals: [], dependencies });
    }

    /** When the next attempt at this resource starts; the start of the deployment for what nobody registered. */
    timeOf(urn: string): number {
        return this.steps.get(urn)?.end ?? this.start;
    }

    /** Lets a resource start no earlier than this. */
    holdUntil(urn: string, time: number): void {
        const step = this.steps.get(urn);
        if (step !== undefined && step.end < time) {
            this.steps.set(urn, { ...step, ready: time, end: time });
        }
    }

    /** A write of a resource went through. */
    written(urn: string, type: string): void {
        this.advance(urn, durationOf(type), 0);
    }

    /** Azure refused a write of a resource, with these words. */
    refused(urn: string, words: string): void {
        this.advance(urn, REFUSAL, REFUSAL);
        const step = this.steps.get(urn);
        if (step !== undefined && !step.refusals.includes(words)) {
            this.steps.set(urn, { ...step, refusals: [...step.refusals, words] });
        }
    }

    /** The program waits before it tries the resource again. */
    wait(urn: string, milliseconds: number): void {
        this.advance(urn, milliseconds, milliseconds);
    }

    /** The latest time of all. */
    get end(): number {
        return Math.max(this.start, ...[...this.steps.values()].map((step) => step.end));
    }

    /** The steps that decide how long the deployment takes, in their order; components take no time, so are left out. */
    longestChain(): readonly Step[] {
        const chain: Step[] = [];
        let step = latest([...this.steps.values()]);
        while (step !== undefined) {
            if (step.end > step.ready) {
                chain.unshift(step);
            }
            step = latest(step.dependencies.flatMap((urn) => this.steps.get(urn) ?? []));
        }
        return chain;
    }

    private advance(urn: string, milliseconds: number, waited: number): void {
        const step = this.steps.get(urn);
        if (step !== undefined) {
            this.steps.set(urn, {
                ...step,
                end: step.end + milliseconds,
                waited: step.waited + waited,
            });
        }
    }
}

function latest(steps: readonly Step[]): Step | undefined {
    return steps.reduce<Step | undefined>(
        (found, step) => (found === undefined || step.end > found.end ? step : found),
        undefined,
    );
}
