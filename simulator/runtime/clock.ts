/**
 * Virtual time: nothing here waits. Whoever wants to act later says when, and `run` works through what was
 * said in order of time; at the same moment, in the order in which it was said.
 */
export class VirtualClock {
    private readonly queue: { at: number; turn: number; act: () => void }[] = [];
    private turns = 0;

    /** @param now - start, in milliseconds since 1970-01-01 UTC */
    constructor(private current: number) {}

    /** The virtual time in milliseconds since 1970-01-01 UTC. */
    get now(): number {
        return this.current;
    }

    /** Runs `act` when `milliseconds` (0 or more) have passed. */
    after(milliseconds: number, act: () => void): void {
        this.at(this.current + Math.max(0, milliseconds), act);
    }

    /** Runs `act` at the given time, or at once if that has passed. */
    at(time: number, act: () => void): void {
        const entry = { at: Math.max(time, this.current), turn: this.turns++, act };
        let child = this.queue.push(entry) - 1;
        while (child > 0) {
            const parent = (child - 1) >> 1;
            if (!this.precedes(child, parent)) {
                break;
            }
            this.swap(child, parent);
            child = parent;
        }
    }

    /** Works through everything, also what comes up on the way, until nothing is left to do. */
    run(): void {
        for (let entry = this.pop(); entry !== undefined; entry = this.pop()) {
            this.current = entry.at;
            entry.act();
        }
    }

    private pop(): { at: number; act: () => void } | undefined {
        const first = this.queue[0];
        const last = this.queue.pop();
        if (first === undefined || last === undefined || this.queue.length === 0) {
            return first;
        }
        this.queue[0] = last;
        let parent = 0;
        for (;;) {
            const left = 2 * parent + 1;
            const right = left + 1;
            let least = parent;
            if (left < this.queue.length && this.precedes(left, least)) {
                least = left;
            }
            if (right < this.queue.length && this.precedes(right, least)) {
                least = right;
            }
            if (least === parent) {
                return first;
            }
            this.swap(parent, least);
            parent = least;
        }
    }

    private precedes(a: number, b: number): boolean {
        const left = this.queue[a];
        const right = this.queue[b];
        return (
            left !== undefined &&
            right !== undefined &&
            (left.at < right.at || (left.at === right.at && left.turn < right.turn))
        );
    }

    private swap(a: number, b: number): void {
        const left = this.queue[a];
        const right = this.queue[b];
        if (left !== undefined && right !== undefined) {
            this.queue[a] = right;
            this.queue[b] = left;
        }
    }
}
