import { OUTPUT_READERS } from "./actionReaders";
import type { SecuredSide } from "./definition";
import type { Call, Expression } from "./expression";
import { nameKey } from "./names";
import { descendantsOf, isOfType, outlineOf, type ActionNode, type Outline } from "./outline";
import { hiddenSides, sideThatHides } from "./secureData";
import { sitesOf } from "./sites";

/** A place where the run history would show a secret. */
export interface ExposedSecret {
    readonly action: string;
    readonly message: string;
}

/**
 * Follows secrets through a definition and finds the actions that would show them in the run history: Azure hides only
 * what an action itself lists in `secureData`, and some actions cannot hide anything. A secret that enters one of those,
 * e.g. a variable or a loop, is reported there and not followed further, because it must not go there at all.
 *
 * @param sources - whether the outputs of an action hold a secret, e.g. of the one that reads the vault
 */
export function findExposedSecrets(
    definition: unknown,
    sources: (action: ActionNode) => boolean,
): readonly ExposedSecret[] {
    const outline = outlineOf(definition);
    const secrets = followSecrets(outline, sources);
    return outline.actions.flatMap((action) => {
        const sides: SecuredSide[] = [
            ...(secrets.inInputs.has(action) ? (["inputs"] as const) : []),
            ...(secrets.inOutputs.has(action) ? (["outputs"] as const) : []),
        ];
        return missingFor(action, sides).map((message) => ({ action: action.name, message }));
    });
}

/** What the action must list, or that it cannot, so that these sides are hidden. */
function missingFor(action: ActionNode, sides: readonly SecuredSide[]): readonly string[] {
    const hidden = hiddenSides(action);
    const shown = sides.filter((side) => !hidden.includes(side));
    const impossible = shown.filter((side) => sideThatHides(action, side) === undefined);
    const needed = new Set(
        shown.map((side) => sideThatHides(action, side)).filter((side) => side !== undefined),
    );
    const secret = `of action '${action.name}' of type '${action.type}'`;
    return [
        ...impossible.map((side) => `The ${side} ${secret} hold a secret, and Azure cannot hide them.`),
        ...[...needed].map((side) => `The run history ${secret} shows a secret; it must hide its ${side}.`),
    ];
}

interface Secrets {
    readonly inInputs: ReadonlySet<ActionNode>;
    readonly inOutputs: ReadonlySet<ActionNode>;
}

/** Actions whose outputs are made of their inputs; a call's answer is not, unless it is a source itself. */
const PASSING_ON = ["Compose", "Join", "ParseJson", "Query", "Response", "Select", "Table"];

/** What the record of an action holds beside its inputs and outputs, and of an answer beside what was answered. */
const HARMLESS_KEYS = new Set(
    [
        "clientTrackingId",
        "code",
        "endTime",
        "error",
        "name",
        "startTime",
        "status",
        "statusCode",
        "trackingId",
    ].map(nameKey),
);

function followSecrets(outline: Outline, sources: (action: ActionNode) => boolean): Secrets {
    const inInputs = new Set<ActionNode>();
    const inOutputs = new Set(outline.actions.filter(sources));
    // Until nothing is added: an action may read one that comes later in the document.
    for (let before = -1; before !== inInputs.size + inOutputs.size;) {
        before = inInputs.size + inOutputs.size;
        for (const action of outline.actions) {
            if (readsSecret(action, outline, { inInputs, inOutputs })) {
                inInputs.add(action);
                if (isOfType(action, ...PASSING_ON)) {
                    inOutputs.add(action);
                }
            }
        }
    }
    return { inInputs, inOutputs };
}

function readsSecret(action: ActionNode, outline: Outline, secrets: Secrets): boolean {
    return sitesOf(action)
        .flatMap(({ expressions }) => expressions)
        .some((expression) => yieldsSecret(expression, outline, secrets));
}

function yieldsSecret(expression: Expression, outline: Outline, secrets: Secrets): boolean {
    switch (expression.kind) {
        case "call":
            return (
                callsForSecret(expression, outline, secrets) ||
                expression.args.some((argument) => yieldsSecret(argument, outline, secrets))
            );
        case "member":
            return (
                yieldsSecret(expression.key, outline, secrets) ||
                (!isHarmless(expression.target, expression.key) &&
                    yieldsSecret(expression.target, outline, secrets))
            );
        case "string":
        case "integer":
        case "float":
        case "boolean":
        case "null":
            return false;
    }
}

/** `actions('A')['status']` and `outputs('A')['statusCode']` say how it went, not what was said. */
function isHarmless(target: Expression, key: Expression): boolean {
    return (
        target.kind === "call" &&
        ["actions", "outputs"].includes(nameKey(target.name)) &&
        key.kind === "string" &&
        HARMLESS_KEYS.has(nameKey(key.value))
    );
}

function callsForSecret(call: Call, outline: Outline, { inInputs, inOutputs }: Secrets): boolean {
    const [first] = call.args;
    const target = first?.kind === "string" ? outline.find(first.value) : undefined;
    if (target === undefined) {
        return false;
    }
    const name = nameKey(call.name);
    if (name === "actions") {
        return inInputs.has(target) || inOutputs.has(target);
    }
    if (name === "result") {
        return descendantsOf(target).some((action) => inInputs.has(action) || inOutputs.has(action));
    }
    return OUTPUT_READERS.has(name) && inOutputs.has(target);
}
