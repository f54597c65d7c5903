import { assertSaveable as assertRules, type WorkflowDefinition } from "../language";

/** Definitions that passed; a program checks all of them before it registers anything, and each playbook its own. */
const saveable = new WeakSet<WorkflowDefinition>();

/**
 * Refuses a definition that Azure would not save. What has passed is not looked at again, so that nobody pays twice.
 *
 * @throws InvalidDefinitionError listing all problems
 */
export function assertSaveable(definition: WorkflowDefinition): void {
    if (!saveable.has(definition)) {
        assertRules(definition);
        saveable.add(definition);
    }
}
