import { isSameName, nameKey } from "../../language/names";
import { ExpressionError, NotSupportedError } from "./errors";
import type { Scope } from "./evaluate";
import type { Execution, Frame } from "./frame";
import { actionView, bodyOf, resultView } from "./history";
import type { Random } from "./random";
import { toText, type Value, type ValueObject } from "./values";

/** What the expressions of a run share. */
export interface RunFacts {
    readonly now: number;
    readonly random: Random;
    /** The name of the run. */
    readonly name: string;
    readonly parameters: ReadonlyMap<string, Value>;
    readonly trigger: ValueObject;
    readonly triggerOutputs: ValueObject;
    readonly workflow: ValueObject;
    findAction(name: string): Parameters<Frame["find"]>[0] | undefined;
    findVariable(name: string): { readonly value: Value } | undefined;
}

/** What only some expressions of an action know. */
interface Place {
    /** Of Select, Query or Table: what `item()` is. */
    readonly element?: Value;
    /** What `action()` is: in tracked properties and in the condition of an Until. */
    readonly execution?: Execution;
}

/** Expressions as they stand in an action, within the iterations of the loops around it. */
export class RunScope implements Scope {
    constructor(
        private readonly run: RunFacts,
        private readonly frame: Frame,
        private readonly place: Place = {},
    ) {}

    get now(): number {
        return this.run.now;
    }

    get random(): Random {
        return this.run.random;
    }

    action(name: string): Value {
        if (this.isTrigger(name)) {
            return this.trigger();
        }
        return actionView(this.execution(name), this.run.name);
    }

    currentAction(): Value {
        if (this.place.execution === undefined) {
            throw new ExpressionError("The template function 'action' is not expected at this location.");
        }
        return actionView(this.place.execution, this.run.name);
    }

    outputs(name: string): Value {
        if (this.isTrigger(name)) {
            return this.triggerOutputs();
        }
        return this.execution(name).outcome?.outputs ?? null;
    }

    body(name: string): Value {
        if (this.isTrigger(name)) {
            return this.triggerBody();
        }
        return bodyOf(this.execution(name));
    }

    result(name: string): Value {
        const execution = this.execution(name);
        if (execution.action.branches.length === 0) {
            throw new ExpressionError(
                `The template function 'result' cannot be used for action '${name}', which contains no actions.`,
            );
        }
        return resultView(execution, this.run.name);
    }

    variable(name: string): Value {
        const variable = this.run.findVariable(name);
        if (variable === undefined) {
            throw new ExpressionError(`The variable '${name}' is not initialized.`);
        }
        return variable.value;
    }

    parameter(name: string): Value {
        const value = this.run.parameters.get(nameKey(name));
        if (value === undefined) {
            throw new ExpressionError(`The workflow parameter '${name}' is not found.`);
        }
        return value;
    }

    trigger(): Value {
        return this.run.trigger;
    }

    triggerOutputs(): Value {
        return this.run.triggerOutputs;
    }

    triggerBody(): Value {
        return this.run.triggerOutputs["body"] ?? null;
    }

    workflow(): Value {
        return this.run.workflow;
    }

    item(): Value {
        if (this.place.element !== undefined) {
            return this.place.element;
        }
        const frame = this.frame.enclosing((loop) => nameKey(loop.type) === "foreach");
        if (frame?.item === undefined) {
            throw new ExpressionError("The template function 'item' can only be used within a loop.");
        }
        return frame.item;
    }

    items(loop: string): Value {
        const item = this.iteration(loop).item;
        if (item === undefined) {
            throw new ExpressionError(
                `The action '${loop}' of template function 'items' is no 'foreach' loop.`,
            );
        }
        return item;
    }

    iterationIndex(loop: string): Value {
        return this.iteration(loop).indexes.at(-1) ?? 0;
    }

    /** Whether this is the name of the trigger that started the run, and of no action. */
    private isTrigger(name: string): boolean {
        return (
            this.run.findAction(name) === undefined &&
            isSameName(toText(this.run.trigger["name"] ?? null), name)
        );
    }

    private iteration(loop: string): Frame {
        const frame = this.frame.enclosing((candidate) => nameKey(candidate.name) === nameKey(loop));
        if (frame === undefined) {
            throw new ExpressionError(`The expression is not within the loop '${loop}'.`);
        }
        return frame;
    }

    private execution(name: string): Execution {
        const action = this.run.findAction(name);
        if (action === undefined) {
            throw new ExpressionError(`The template action '${name}' is not defined in the template.`);
        }
        const execution = this.frame.find(action);
        if (execution?.outcome !== undefined) {
            return execution;
        }
        if (action.loops.some((loop) => nameKey(loop.type) === "foreach" && !this.isWithin(loop))) {
            throw new NotSupportedError(
                `A reference to action '${name}' from outside of the Foreach around it is not supported by the ` +
                    "simulator; result() of the loop is.",
            );
        }
        throw new ExpressionError(`The template action '${name}' has not finished yet.`);
    }

    private isWithin(loop: NonNullable<Frame["loop"]>): boolean {
        return this.frame.enclosing((candidate) => candidate === loop) !== undefined;
    }
}
