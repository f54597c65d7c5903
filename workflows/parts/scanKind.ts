import type { Action, Actions } from "../../language";
import type { Outcome } from "./outcome";

/** Actions of which the last one is named, so that others can follow it. */
export interface Steps {
    readonly actions: Actions;
    readonly last: string;
}

/** What differs between scanning files and URLs. Texts in `…` are expression source. */
export interface ScanKind {
    /** Heads the comment, e.g. `Intezer file scan`. */
    readonly title: string;
    /** Heads the first column of the table, e.g. `File`. */
    readonly column: string;
    /** One action that finds the entities worth asking about, an array in its body. */
    readonly find: { readonly name: string; readonly action: Action };
    /** What makes `items` of them; starts after `start`. */
    readonly prepare: (start: string) => Steps;
    /** `items`: distinct things to ask about, an array of `pendingItem`. */
    readonly items: string;
    /** Looks for an earlier result. */
    readonly lookUp: Steps;
    /** Actions of `lookUp` that use the access token. */
    readonly lookUpCalls: readonly string[];
    /** Whether the look-up found a result. */
    readonly isKnown: string;
    /** The object around `result` that the look-up found. */
    readonly knownBody: string;
    /** The call that submits an item. */
    readonly submit: { readonly name: string; readonly action: Action };
    /** Where analyses are, behind the API root, e.g. `/analyses/`. */
    readonly analyses: string;
    /** Answers to a submission that are outcomes of their own: `[condition, outcome]`. */
    readonly refusals: readonly (readonly [condition: string, outcome: Outcome])[];
    /** Parts of a result, given the expression of the object `result`. */
    readonly verdictOf: (result: string) => string;
    readonly familyOf: (result: string) => string;
    readonly nameOf: (result: string) => string;
}
