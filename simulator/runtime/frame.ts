import type { Outcome } from "./outcomes";
import type { PlannedAction } from "./plan";
import type { Value } from "./values";

/** One execution of an action. */
export interface Execution {
    readonly action: PlannedAction;
    readonly frame: Frame;
    /** In milliseconds since 1970-01-01 UTC. */
    readonly startTime: number;
    endTime: number;
    /** As the run history shows them, where they are not secured. */
    inputs?: Value;
    /** Absent while it is under way. */
    outcome?: Outcome;
    attempts: number;
    /** Of a loop: its iterations so far, in order of their index. */
    iterations?: Frame[];
}

/** What an iteration of a loop sees: its own executions, and around it those of its surroundings. */
export class Frame {
    readonly executions = new Map<PlannedAction, Execution>();
    /** Indexes of the iterations, outermost first. */
    readonly indexes: readonly number[];

    private constructor(
        readonly parent?: Frame,
        readonly loop?: PlannedAction,
        /** The element that a Foreach is at. */
        readonly item?: Value,
        index?: number,
    ) {
        this.indexes = index === undefined ? [] : [...(parent?.indexes ?? []), index];
    }

    /** The outermost frame, which is no iteration. */
    static ofRun(): Frame {
        return new Frame();
    }

    /**
     * An iteration of a loop.
     * @param item - the element, for a Foreach
     */
    iteration(loop: PlannedAction, index: number, item?: Value): Frame {
        return new Frame(this, loop, item, index);
    }

    /** The nearest execution of an action, looking outwards. */
    find(action: PlannedAction): Execution | undefined {
        return this.executions.get(action) ?? this.parent?.find(action);
    }

    /** The iteration that this is in of the given loop, or of the nearest loop that satisfies. */
    enclosing(satisfies: (loop: PlannedAction) => boolean): Frame | undefined {
        return this.loop !== undefined && satisfies(this.loop) ? this : this.parent?.enclosing(satisfies);
    }
}
