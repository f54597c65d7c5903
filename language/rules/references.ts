import { ACTION_READERS } from "../actionReaders";
import { CONTAINER_TYPES } from "../actionTypes";
import type { Call } from "../expression";
import { isSameName, nameKey } from "../names";
import { runsBefore } from "../order";
import { containersOf, descendantsOf, isOfType, objectOf, type ActionNode, type Outline } from "../outline";
import { sitesIn, sitesOf, type Site } from "../sites";
import { invalidTemplate, type DefinitionProblem } from "./problem";

/** What expressions refer to exists, and has run whenever they are evaluated. */
export function referenceRules(outline: Outline): readonly DefinitionProblem[] {
    return [
        ...outline.triggers.flatMap((trigger) =>
            sitesOf(trigger)
                .flatMap(({ calls }) => calls)
                .filter(
                    ({ name }) =>
                        RUN_FUNCTIONS.has(nameKey(name)) ||
                        (isSameName(name, "listCallbackUrl") && !isOfType(trigger, ...WEBHOOK_TYPES)),
                )
                .map((call) =>
                    invalidTemplate(`${unexpected(call)} It is in the template trigger '${trigger.name}'.`),
                ),
        ),
        ...outline.actions.flatMap((action) =>
            sitesOf(action).flatMap((site) =>
                site.calls.flatMap((call) =>
                    checkCall(call, site, action, outline).map((message) =>
                        invalidTemplate(message, action.name),
                    ),
                ),
            ),
        ),
        ...sitesIn(objectOf(outline.body["outputs"]))
            .flatMap(({ calls }) => calls)
            .flatMap((call) => checkOutput(call, outline))
            .map((message) => invalidTemplate(message)),
    ];
}

/** Functions that know something only once a run has begun. */
const RUN_FUNCTIONS = new Set([
    ...ACTION_READERS,
    "action",
    "item",
    "items",
    "iterationindexes",
    "variables",
]);

/** Where an action evaluates its expressions once per element of its own input. */
const ELEMENT_SITES: ReadonlyMap<string, string> = new Map([
    ["query", "where"],
    ["select", "select"],
    ["table", "columns"],
]);

/**
 * What is given an address to call back.
 *
 * Source: Microsoft Learn, "Reference guide to workflow expression functions" (2025-07-08), `listCallbackUrl`.
 */
const WEBHOOK_TYPES = ["ApiConnectionWebhook", "HttpWebhook"];

/** Functions without arguments that know something in certain places only. */
const KNOWN_IN_PLACES: ReadonlyMap<string, (site: Site, action: ActionNode) => boolean> = new Map([
    ["action", hasItself],
    ["item", hasItem],
    ["listcallbackurl", (_, action) => isOfType(action, ...WEBHOOK_TYPES)],
]);

function checkCall(call: Call, site: Site, action: ActionNode, outline: Outline): readonly string[] {
    const name = nameKey(call.name);
    const isKnown = KNOWN_IN_PLACES.get(name);
    if (isKnown !== undefined) {
        return isKnown(site, action)
            ? []
            : [`${unexpected(call)} It is in the template action '${action.name}'.`];
    }
    const target = literalArgument(call);
    if (target === undefined) {
        return [];
    }
    if (ACTION_READERS.has(name)) {
        return checkAction(name, target, site, action, outline);
    }
    if (name === "items") {
        return checkLoop(target, "Foreach", site, containersOf(action), action, outline);
    }
    if (name === "iterationindexes") {
        // The condition of an Until is evaluated once per iteration as well.
        const loops =
            site.path[0] === "expression" ? [action, ...containersOf(action)] : containersOf(action);
        return checkLoop(target, "Until", site, loops, action, outline);
    }
    return [];
}

function checkAction(
    functionName: string,
    target: string,
    site: Site,
    action: ActionNode,
    outline: Outline,
): readonly string[] {
    const other = outline.find(target);
    if (other === undefined) {
        const isTrigger = outline.triggers.some(({ name }) => isSameName(name, target));
        return isTrigger && functionName !== "result" ? [] : [undefinedAction(target, site, action)];
    }
    if (functionName === "result" && !isOfType(other, ...CONTAINER_TYPES)) {
        return [
            `The template function 'result' in action '${action.name}' cannot reference action '${target}', ` +
                `which is no scope but of type '${other.type}'.`,
        ];
    }
    // Which actions tracked properties may refer to is a rule of its own.
    if (
        site.path[0] === "trackedProperties" ||
        runsBefore(other, action) ||
        isWithinOwnLoop(other, site, action)
    ) {
        return [];
    }
    return [
        `The ${site.path[0] ?? ""} of template action '${action.name}' cannot reference action '${target}'. ` +
            `Action '${target}' must either be in 'runAfter' path or within a scope action on the 'runAfter' path ` +
            `of action '${action.name}', or be a Trigger.`,
    ];
}

/** The condition of an Until is evaluated after its actions. */
function isWithinOwnLoop(other: ActionNode, site: Site, action: ActionNode): boolean {
    return (
        isOfType(action, "Until") && site.path[0] === "expression" && descendantsOf(action).includes(other)
    );
}

function checkLoop(
    target: string,
    type: "Foreach" | "Until",
    site: Site,
    loops: readonly ActionNode[],
    action: ActionNode,
    outline: Outline,
): readonly string[] {
    if (loops.some((loop) => isSameName(loop.name, target) && isOfType(loop, type))) {
        return [];
    }
    if (outline.find(target) === undefined) {
        return [undefinedAction(target, site, action)];
    }
    return [
        `The ${site.path[0] ?? ""} of template action '${action.name}' cannot reference action '${target}': ` +
            `it must be a parent '${type.toLowerCase()}' scope of action '${action.name}'.`,
    ];
}

function checkOutput(call: Call, outline: Outline): readonly string[] {
    const name = nameKey(call.name);
    if (KNOWN_IN_PLACES.has(name) || name === "items" || name === "iterationindexes") {
        return [`${unexpected(call)} It is in the outputs of the definition.`];
    }
    const target = literalArgument(call);
    const isUndefined =
        target !== undefined &&
        ACTION_READERS.has(name) &&
        outline.find(target) === undefined &&
        !outline.triggers.some((trigger) => isSameName(trigger.name, target));
    return isUndefined
        ? [
              `The action(s) '${target}' referenced by the outputs of the definition are not defined in the template.`,
          ]
        : [];
}

function hasItem({ path }: Site, action: ActionNode): boolean {
    return (
        (path[0] === "inputs" &&
            path[1] !== undefined &&
            path[1] === ELEMENT_SITES.get(nameKey(action.type))) ||
        containersOf(action).some((container) => isOfType(container, "Foreach"))
    );
}

/**
 * Where an action knows what it did itself.
 *
 * Source: Microsoft Learn, "Reference guide to workflow expression functions" (2025-07-08), `action`.
 */
function hasItself({ path: [section, part] }: Site, action: ActionNode): boolean {
    return (
        section === "trackedProperties" ||
        (section === "expression" && isOfType(action, "Until")) ||
        (section === "inputs" && part === "unsubscribe" && isOfType(action, "HttpWebhook"))
    );
}

/** The name that a call refers to, unless it is computed. */
function literalArgument({ args: [first] }: Call): string | undefined {
    return first?.kind === "string" ? first.value : undefined;
}

function undefinedAction(target: string, site: Site, action: ActionNode): string {
    return (
        `The action(s) '${target}' referenced by '${site.path[0] ?? ""}' in action '${action.name}' ` +
        "are not defined in the template."
    );
}

function unexpected({ name }: Call): string {
    return `The template function '${name}' is not expected at this location.`;
}
