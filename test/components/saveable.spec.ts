import { expect } from "chai";
import { assertSaveable } from "../../components/saveable";
import { InvalidDefinitionError, type WorkflowDefinition } from "../../language";

/** A definition that counts how often somebody looks at its actions. */
function counted(actions: WorkflowDefinition["actions"]) {
    let looks = 0;
    const definition: WorkflowDefinition = {
        $schema:
            "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
        contentVersion: "1.0.0.0",
        triggers: { manual: { type: "Request", kind: "Http", inputs: {} } },
        get actions() {
            looks++;
            return actions;
        },
    };
    return { definition, looks: () => looks };
}

const good: WorkflowDefinition["actions"] = { Note: { type: "Compose", inputs: "@utcNow()" } };
const bad: WorkflowDefinition["actions"] = { Note: { type: "Compose", inputs: "@nothing()" } };

describe("assertSaveable of the components", () => {
    it("looks once at a definition that Azure would save", () => {
        const { definition, looks } = counted(good);
        assertSaveable(definition);
        const first = looks();
        assertSaveable(definition);
        expect(first).to.be.greaterThan(0);
        expect(looks()).to.equal(first);
    });

    it("refuses what Azure would not save each time it is asked", () => {
        const { definition } = counted(bad);
        const message = "The template function 'nothing' is not defined or not valid.";
        expect(() => assertSaveable(definition)).to.throw(InvalidDefinitionError, message);
        expect(() => assertSaveable(definition)).to.throw(InvalidDefinitionError, message);
    });

    it("looks at every definition, however many have passed", () => {
        assertSaveable(counted(good).definition);
        const { definition, looks } = counted(good);
        assertSaveable(definition);
        expect(looks()).to.be.greaterThan(0);
        expect(() => assertSaveable(counted(bad).definition)).to.throw(InvalidDefinitionError);
    });
});
