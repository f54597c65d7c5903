/** What can go wrong in a simulation, apart from what goes wrong in the simulated run. */

/** An expression cannot be evaluated; Azure fails the action with its message. */
export class ExpressionError extends Error {
    /** @param message - Azure's words */
    constructor(message: string) {
        super(message);
        this.name = "ExpressionError";
    }
}

/** A definition that Azure would not save, or that uses something the simulator does not simulate. */
export class RefusedError extends Error {
    /**
     * @param code - Azure's code, e.g. `InvalidTemplate`, or `NotSupported`
     * @param action - the action in which the cause lies
     */
    constructor(
        readonly code: string,
        message: string,
        readonly action?: string,
    ) {
        super(message);
        this.name = "RefusedError";
    }

    /** The same, told which action it happened in. */
    within(action: string): RefusedError {
        return this.action === undefined ? new RefusedError(this.code, this.message, action) : this;
    }
}

/** Something that Azure may know and the simulator does not: refused by name instead of guessed. */
export class NotSupportedError extends RefusedError {
    constructor(message: string, action?: string) {
        super("NotSupported", message, action);
        this.name = "NotSupportedError";
    }

    override within(action: string): NotSupportedError {
        return this.action === undefined ? new NotSupportedError(this.message, action) : this;
    }
}
