/**
 * Random numbers that depend on the seed alone, so that a run can be repeated. What Azure leaves to chance (order of
 * parallel work, retry waits, `rand()`, `guid()`) draws from here.
 */
export class Random {
    private state: number;

    /** @param seed - any integer */
    constructor(seed: number) {
        this.state = (seed ^ 0x9e3779b9) >>> 0;
    }

    /** An integer from 0 up to, but not including, `end` (1 to 2^53). */
    below(end: number): number {
        return Math.floor(this.fraction() * end);
    }

    /** An integer from `low` to `high`, both included. */
    between(low: number, high: number): number {
        return low + this.below(high - low + 1);
    }

    /** `length` hexadecimal digits. */
    hex(length: number): string {
        return Array.from({ length }, () => this.below(16).toString(16)).join("");
    }

    /** A version 4 UUID in lower case. */
    uuid(): string {
        const variant = (8 + this.below(4)).toString(16);
        return `${this.hex(8)}-${this.hex(4)}-4${this.hex(3)}-${variant}${this.hex(3)}-${this.hex(12)}`;
    }

    /** 53 random bits as a number in [0, 1). */
    private fraction(): number {
        return ((this.next() >>> 5) * 2 ** 26 + (this.next() >>> 6)) / 2 ** 53;
    }

    /** Mulberry32: 32 bits of state are plenty for shuffling. */
    private next(): number {
        this.state = (this.state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return (mixed ^ (mixed >>> 14)) >>> 0;
    }
}
