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

/** Found once per action: every reference to another action asks for them. */
const predecessors = new WeakMap<ActionNode, ReadonlySet<ActionNode>>();

function directPredecessorsOf({ body, scope }: ActionNode): readonly ActionNode[] {
    return Object.keys(objectOf(body["runAfter"]))
        .map((name) => scope.find(name))
        .filter((sibling) => sibling !== undefined);
}
