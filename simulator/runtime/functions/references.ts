import type { Scope } from "../evaluate";
import type { Value } from "../values";
import { argument, requireString } from "./arguments";
import { eager, type Implementation, type Implementations } from "./implementation";

/** Functions that refer to the run. */
export const referenceFunctions: Implementations = {
    action: eager((_, scope) => scope.currentAction()),
    actions: named("actions", (scope, name) => scope.action(name)),
    outputs: named("outputs", (scope, name) => scope.outputs(name)),
    actionOutputs: named("actionOutputs", (scope, name) => scope.outputs(name)),
    body: named("body", (scope, name) => scope.body(name)),
    actionBody: named("actionBody", (scope, name) => scope.body(name)),
    result: named("result", (scope, name) => scope.result(name)),
    variables: named("variables", (scope, name) => scope.variable(name)),
    parameters: named("parameters", (scope, name) => scope.parameter(name)),
    items: named("items", (scope, name) => scope.items(name)),
    iterationIndexes: named("iterationIndexes", (scope, name) => scope.iterationIndex(name)),
    item: eager((_, scope) => scope.item()),
    trigger: eager((_, scope) => scope.trigger()),
    triggerOutputs: eager((_, scope) => scope.triggerOutputs()),
    triggerBody: eager((_, scope) => scope.triggerBody()),
    workflow: eager((_, scope) => scope.workflow()),
};

function named(of: string, refer: (scope: Scope, name: string) => Value): Implementation {
    return eager((args, scope) => refer(scope, requireString(argument(of, args, 0))));
}
