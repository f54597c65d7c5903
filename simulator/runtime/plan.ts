/** A definition made ready to run: names resolved, templates compiled, once per definition. */
import type { SecuredSide, WorkflowDefinition } from "../../language/definition";
import type { JsonObject } from "../../language/json";
import { nameKey } from "../../language/names";
import {
    containersOf,
    objectOf,
    outlineOf,
    type ActionNode,
    type Outline,
    type Scope as OutlineScope,
} from "../../language/outline";
import { ExpressionSyntaxError } from "../../language/parser";
import { compileHandler } from "./actions";
import { compileCondition, type Condition } from "./conditions";
import { RefusedError } from "./errors";
import { compileValue, type Evaluate } from "./evaluate";
import type { Handler } from "./handler";
import { hiddenSidesOf } from "./secrecy";
import { assertSupported } from "./support";

export interface PlannedAction {
    readonly name: string;
    /** As written. */
    readonly type: string;
    readonly body: JsonObject;
    /** The loops around it, outermost first. */
    readonly loops: readonly PlannedAction[];
    readonly runAfter: readonly { readonly action: PlannedAction; readonly statuses: readonly string[] }[];
    /** Siblings that run after it. */
    readonly successors: readonly PlannedAction[];
    /** Of a loop or Scope one, of an If two, of a Switch one per case and its default. */
    readonly branches: readonly PlannedScope[];
    /** What Azure's diagnostics are told when it has ended; absent where nothing is. */
    readonly tracked?: Evaluate;
    /** Sides that the run history does not show. */
    readonly hidden: readonly SecuredSide[];
    readonly handle: Handler;
}

/** Sibling actions. */
export interface PlannedScope {
    readonly actions: readonly PlannedAction[];
    /** Those that nothing runs after; they decide how the scope ends. */
    readonly leaves: readonly PlannedAction[];
}

export interface Plan {
    readonly root: PlannedScope;
    /** All, nested ones after their container. */
    readonly actions: readonly PlannedAction[];
    find(name: string): PlannedAction | undefined;
    readonly triggers: ReadonlyMap<string, PlannedTrigger>;
    /** What the workflow returns, by name. */
    readonly outputs: ReadonlyMap<string, PlannedOutput>;
}

export interface PlannedOutput {
    /** As written. */
    readonly type: string;
    readonly evaluate: Evaluate;
}

export interface PlannedTrigger {
    readonly name: string;
    readonly type: string;
    /** All must hold, or there is no run. */
    readonly conditions: readonly Condition[];
    /** The array of which each element starts a run of its own. */
    readonly splitOn?: { readonly source: string; readonly evaluate: Evaluate };
    /** Whether it limits how many runs there are at once. */
    readonly limitsRuns: boolean;
}

const plans = new WeakMap<WorkflowDefinition, Plan>();

/**
 * The plan of a definition; made once for each definition object.
 *
 * @throws RefusedError if the definition uses what the simulator does not support, or cannot be run at all
 */
export function planOf(definition: WorkflowDefinition): Plan {
    let plan = plans.get(definition);
    if (plan === undefined) {
        plan = makePlan(definition);
        plans.set(definition, plan);
    }
    return plan;
}

/** A planned action while the plan is being made. */
type Draft = { -readonly [key in keyof PlannedAction]: PlannedAction[key] } & { successors: Draft[] };

function makePlan(definition: WorkflowDefinition): Plan {
    const outline = outlineOf(definition);
    assertSupported(outline);
    const drafts = draftActions(outline);
    const planned = (node: ActionNode): Draft => {
        const draft = drafts.get(node);
        if (draft === undefined) {
            throw new Error(`The action '${node.name}' is not in its own outline.`);
        }
        return draft;
    };
    for (const node of outline.actions) {
        const draft = planned(node);
        const predecessors = predecessorsOf(node, planned);
        draft.runAfter = predecessors;
        predecessors.forEach(({ action }) => action.successors.push(draft));
    }
    const scopeOf = ({ actions: nodes }: OutlineScope): PlannedScope => {
        const actions = nodes.map(planned);
        return { actions, leaves: actions.filter((action) => action.successors.length === 0) };
    };
    for (const node of outline.actions) {
        planned(node).branches = node.branches.map(scopeOf);
    }
    const actions = outline.actions.map(planned);
    const byName = new Map(actions.map((action) => [nameKey(action.name), action]));
    return {
        root: scopeOf(outline.root),
        actions,
        find: (name) => byName.get(nameKey(name)),
        triggers: planTriggers(outline),
        outputs: planOutputs(outline),
    };
}

/** Every action by itself; containers come before what they contain. */
function draftActions(outline: Outline): ReadonlyMap<ActionNode, Draft> {
    const hidden = hiddenSidesOf(outline);
    const drafts = new Map<ActionNode, Draft>();
    for (const node of outline.actions) {
        const containers = containersOf(node).flatMap((container) => drafts.get(container) ?? []);
        drafts.set(node, {
            name: node.name,
            type: node.type,
            body: node.body,
            loops: containers.filter(isLoop).toReversed(),
            runAfter: [],
            successors: [],
            branches: [],
            hidden: hidden.get(node) ?? [],
            handle: refusing(node.name, () => compileHandler(node)),
            tracked: refusing(node.name, () => trackedBy(node)),
        });
    }
    return drafts;
}

function trackedBy({ body }: ActionNode): Evaluate | undefined {
    const tracked = body["trackedProperties"];
    return tracked === undefined ? undefined : compileValue(tracked);
}

function planTriggers(outline: Outline): Plan["triggers"] {
    return new Map(
        outline.triggers.map(({ name, type, body }) => [
            nameKey(name),
            { name, type, ...refusing(undefined, () => whenToRun(body)) },
        ]),
    );
}

function whenToRun({
    conditions,
    splitOn,
    runtimeConfiguration,
}: JsonObject): Omit<PlannedTrigger, "name" | "type"> {
    return {
        conditions: conditionsOf(conditions),
        limitsRuns: objectOf(runtimeConfiguration)["concurrency"] !== undefined,
        ...(splitOn === undefined
            ? {}
            : {
                  splitOn: {
                      source: typeof splitOn === "string" ? splitOn : "",
                      evaluate: compileValue(splitOn),
                  },
              }),
    };
}

function planOutputs({ body }: Outline): Plan["outputs"] {
    return new Map(
        Object.entries(objectOf(body["outputs"])).map(([name, output]) => {
            const { type = "", value = null } = objectOf(output);
            return [
                name,
                {
                    type: typeof type === "string" ? type : "",
                    evaluate: refusing(undefined, () => compileValue(value)),
                },
            ];
        }),
    );
}

/** Compiles something; what cannot be compiled is a definition that is refused. */
function refusing<T>(action: string | undefined, compile: () => T): T {
    try {
        return compile();
    } catch (error) {
        const refusal =
            error instanceof ExpressionSyntaxError
                ? new RefusedError("InvalidTemplate", error.message)
                : error;
        throw refusal instanceof RefusedError && action !== undefined ? refusal.within(action) : refusal;
    }
}

function predecessorsOf(
    node: ActionNode,
    planned: (node: ActionNode) => Draft,
): readonly { readonly action: Draft; readonly statuses: readonly string[] }[] {
    return Object.entries(objectOf(node.body["runAfter"])).map(([name, statuses]) => {
        const sibling = node.scope.actions.find((other) => nameKey(other.name) === nameKey(name));
        if (sibling === undefined) {
            throw new RefusedError(
                "InvalidTemplate",
                `The 'runAfter' property of template action '${node.name}' contains non-existent action '${name}'.`,
                node.name,
            );
        }
        return { action: planned(sibling), statuses: Array.isArray(statuses) ? statuses.map(String) : [] };
    });
}

function conditionsOf(value: unknown): readonly Condition[] {
    return Array.isArray(value)
        ? value.map((condition: unknown) => compileCondition(objectOf(condition)["expression"] ?? true))
        : [];
}

function isLoop(action: PlannedAction): boolean {
    return nameKey(action.type) === "foreach" || nameKey(action.type) === "until";
}
