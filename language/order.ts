import { nameKey } from "./names";
import { containersOf, objectOf, type ActionNode } from "./outline";

/** Siblings that have finished whenever the action starts: those that it runs after, directly or not. */
export function predecessorsOf(action: ActionNode): ReadonlySet<ActionNode> {
    const known = predecessors.get(action);
    if (known !== undefined) {
        return known;
    }
    const found = new Set<ActionNode>();
    const pending = [...directPredecessorsOf(action)];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
        if (!found.has(next)) {
            found.add(next);
            pending.push(...directPredecessorsOf(next));
        }
    }
    predecessors.set(action, found);
    return found;
}

/**
 * Whether the other action has finished whenever this one starts: it is on the `runAfter` path of this action or of an
 * action around it, or inside an action that is.
 */
export function runsBefore(other: ActionNode, action: ActionNode): boolean {
    const candidates = [other, ...containersOf(other)];
    return [action, ...containersOf(action)].some((later) => {
        const earlier = candidates.find((candidate) => candidate.scope === later.scope);
        return earlier !== undefined && predecessorsOf(later).has(earlier);
    });
}

/**
 * Whether siblings may both run without one waiting for the other: neither is on the `runAfter` path of the other, and
 * no action has to end in one way for this one and in another way for the other.
 */
export function runInParallel(one: ActionNode, other: ActionNode): boolean {
    return (
        one !== other &&
        !predecessorsOf(one).has(other) &&
        !predecessorsOf(other).has(one) &&
        !excludeEachOther(one, other)
    );
}

/** Found once per action: every reference to another action asks for them. */
const predecessors = new WeakMap<ActionNode, ReadonlySet<ActionNode>>();

function excludeEachOther(one: ActionNode, other: ActionNode): boolean {
    const needed = neededStatuses(one);
    return [...neededStatuses(other)].some(([action, statuses]) => {
        const known = needed.get(action);
        return known !== undefined && !statuses.some((status) => known.includes(status));
    });
}

/** How siblings must have ended for the action to run, as far as its `runAfter` path tells. */
function neededStatuses(action: ActionNode): ReadonlyMap<ActionNode, readonly string[]> {
    const needed = new Map<ActionNode, readonly string[]>();
    const pending = [action];
    const seen = new Set(pending);
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
        for (const [name, value] of Object.entries(objectOf(next.body["runAfter"]))) {
            const sibling = next.scope.find(name);
            const statuses = Array.isArray(value) ? value.map((status) => nameKey(String(status))) : [];
            if (sibling === undefined) {
                continue;
            }
            const known = needed.get(sibling);
            needed.set(sibling, known?.filter((status) => statuses.includes(status)) ?? statuses);
            // What may have been skipped tells nothing about those before it.
            if (!statuses.includes("skipped") && !seen.has(sibling)) {
                seen.add(sibling);
                pending.push(sibling);
            }
        }
    }
    return needed;
}

function directPredecessorsOf({ body, scope }: ActionNode): readonly ActionNode[] {
    return Object.keys(objectOf(body["runAfter"]))
        .map((name) => scope.find(name))
        .filter((sibling) => sibling !== undefined);
}
