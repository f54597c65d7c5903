import { isJsonObject, type Json, type JsonObject } from "./json";
import { MAX_NESTING } from "./limits";
import { isSameName, nameKey } from "./names";

/**
 * The actions and triggers of a definition as a tree, whatever the shape of the JSON: what is not an object where
 * one belongs counts as an empty one, and a rule that asks for its properties will miss them.
 */
export interface Outline {
    /** The definition itself. */
    readonly body: JsonObject;
    readonly triggers: readonly TriggerNode[];
    /** Top-level actions. */
    readonly root: Scope;
    /** All actions, nested ones after their container. */
    readonly actions: readonly ActionNode[];
    /** The action of this name, without regard to letter case. */
    find(name: string): ActionNode | undefined;
}

export interface TriggerNode {
    readonly name: string;
    /** As written; empty if there is none. */
    readonly type: string;
    readonly body: JsonObject;
}

export interface ActionNode {
    readonly name: string;
    /** As written; empty if there is none. */
    readonly type: string;
    readonly body: JsonObject;
    /** Where its siblings are. */
    readonly scope: Scope;
    /** 1 at top level. */
    readonly level: number;
    /** Its own branches: one of a loop or scope, two of an If, one per case of a Switch. */
    readonly branches: readonly Scope[];
}

/** Actions that may run after each other. */
export interface Scope {
    /** The action that they belong to; absent at top level. */
    readonly owner?: ActionNode;
    readonly actions: readonly ActionNode[];
    /** The action of this name in this scope, without regard to letter case. */
    find(name: string): ActionNode | undefined;
}

/** Reads any value as a workflow definition. */
export function outlineOf(definition: unknown): Outline {
    const body = objectOf(definition);
    const actions: ActionNode[] = [];
    const root = readScope(body["actions"], undefined, 1, actions);
    const triggers = Object.entries(objectOf(body["triggers"])).map(([name, value]) => ({
        name,
        type: typeOf(value),
        body: objectOf(value),
    }));
    return { body, triggers, root, actions, find: finderOf(actions) };
}

/** Whether the node has one of these types, without regard to letter case. */
export function isOfType(node: ActionNode | TriggerNode, ...types: readonly string[]): boolean {
    return types.some((type) => isSameName(type, node.type));
}

/** The actions around an action, from the inside out. */
export function containersOf(action: ActionNode): readonly ActionNode[] {
    const containers: ActionNode[] = [];
    for (let owner = action.scope.owner; owner !== undefined; owner = owner.scope.owner) {
        containers.push(owner);
    }
    return containers;
}

/** All actions inside an action. */
export function descendantsOf(action: ActionNode): readonly ActionNode[] {
    return action.branches.flatMap((branch) =>
        branch.actions.flatMap((child) => [child, ...descendantsOf(child)]),
    );
}

/** The object, or an empty one in place of anything else. */
export function objectOf(value: unknown): JsonObject {
    return isJsonObject(value) ? value : {};
}

/** The value at a path such as `inputs.host.connection.name`; undefined if there is none. */
export function valueAt(body: JsonObject, path: string): Json | undefined {
    return path
        .split(".")
        .reduce<Json | undefined>((value, key) => (isJsonObject(value) ? value[key] : undefined), body);
}

function readScope(value: unknown, owner: ActionNode | undefined, level: number, all: ActionNode[]): Scope {
    const actions: ActionNode[] = [];
    const scope: Scope = { owner, actions, find: finderOf(actions) };
    // One level beyond the limit is enough to see that it is exceeded.
    if (level > MAX_NESTING + 1) {
        return scope;
    }
    for (const [name, json] of Object.entries(objectOf(value))) {
        const branches: Scope[] = [];
        const action = { name, type: typeOf(json), body: objectOf(json), scope, level, branches };
        actions.push(action);
        all.push(action);
        for (const branch of branchesOf(action.body)) {
            branches.push(readScope(branch, action, level + 1, all));
        }
    }
    return scope;
}

/** Finds actions by name once all are listed: of two equal names the first, since having two is refused anyway. */
function finderOf(actions: readonly ActionNode[]): (name: string) => ActionNode | undefined {
    let byName: ReadonlyMap<string, ActionNode> | undefined;
    return (name) => {
        byName ??= new Map([...actions].reverse().map((action) => [nameKey(action.name), action]));
        return byName.get(nameKey(name));
    };
}

function branchesOf(action: JsonObject): readonly unknown[] {
    const cases = Object.values(objectOf(action["cases"])).map((each) => objectOf(each)["actions"]);
    return [
        action["actions"],
        objectOf(action["else"])["actions"],
        ...cases,
        objectOf(action["default"])["actions"],
    ].filter((branch) => branch !== undefined);
}

function typeOf(value: unknown): string {
    const type = objectOf(value)["type"];
    return typeof type === "string" ? type : "";
}
