import type { Evaluate, Scope } from "../evaluate";
import type { Value } from "../values";

/** A function of the language. Only the lazy ones decide which of their arguments are evaluated. */
export type Implementation =
    | {
          readonly lazy: false;
          readonly evaluate: (args: readonly Value[], scope: Scope) => Value;
          /** Whether an argument may be a decimal. @default false: it is refused */
          readonly takesDecimals?: true;
      }
    | { readonly lazy: true; readonly evaluate: (args: readonly Evaluate[], scope: Scope) => Value };

/** Functions by name, as Microsoft's functions reference writes it. */
export type Implementations = { readonly [name: string]: Implementation };

/** A function that gets its arguments evaluated. */
export function eager(evaluate: (args: readonly Value[], scope: Scope) => Value): Implementation {
    return { lazy: false, evaluate };
}

/** The same for functions that also take decimals, the kind of number that `decimal()` makes. */
export function eagerWithDecimals(evaluate: (args: readonly Value[], scope: Scope) => Value): Implementation {
    return { lazy: false, evaluate, takesDecimals: true };
}
