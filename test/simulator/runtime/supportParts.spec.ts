import { expect } from "chai";
import { compose, definitionWith } from "../../support/runtime";
import { RefusedError } from "../../../simulator/runtime/errors";
import { simulate } from "../../../simulator/runtime/simulate";
import type { ValueObject } from "../../../simulator/runtime/values";

function refusalOf(definition: ValueObject): RefusedError {
    try {
        simulate(definition);
    } catch (error) {
        if (error instanceof RefusedError) {
            return error;
        }
        throw error;
    }
    throw new Error("Nothing was refused.");
}

describe("what the simulator does not support within lists and maps", () => {
    const choice = (cases: ValueObject) => ({ type: "Switch", expression: "x", cases });
    const actions: readonly (readonly [what: string, action: ValueObject, message: string])[] = [
        [
            "a property of a case",
            choice({ a: { case: "x", actions: {}, colour: 1 } }),
            "The property 'cases.a.colour' of action 'Odd'",
        ],
        [
            "a computed case",
            choice({ a: { case: "@concat('x')" } }),
            `The case "@concat('x')" of action 'Odd'`,
        ],
        [
            "a case that is there twice",
            choice({ a: { case: 1 }, b: { case: 1 } }),
            "The case 1 of action 'Odd'",
        ],
        [
            "a property of a column",
            {
                type: "Table",
                inputs: { from: [], format: "CSV", columns: [{ header: "a", value: 1 }, { width: 1 }] },
            },
            "The property 'inputs.columns.1.width' of action 'Odd'",
        ],
        [
            "a number of repetitions that is computed",
            {
                type: "Foreach",
                foreach: [],
                actions: {},
                runtimeConfiguration: { concurrency: { repetitions: "@int('1')" } },
            },
            "A 'concurrency.repetitions' that is no plain number",
        ],
    ];
    for (const [what, action, message] of actions) {
        it(`is refused by name: ${what}, in a branch that is not taken`, () => {
            const refusal = refusalOf(
                definitionWith({ Never: { type: "If", expression: "@false", actions: { Odd: action } } }),
            );
            expect([refusal.code, refusal.action]).to.deep.equal(["NotSupported", "Odd"]);
            expect(refusal.message).to.contain(message);
        });
    }

    it("is refused by name: a property of a variable", () => {
        const variables = [{ name: "a", type: "String", scope: "x" }];
        const refusal = refusalOf(
            definitionWith({ I: { type: "InitializeVariable", inputs: { variables } } }),
        );
        expect([refusal.code, refusal.message]).to.deep.equal([
            "NotSupported",
            "The property 'inputs.variables.0.scope' of action 'I' is not supported by the simulator.",
        ]);
    });

    it("is refused by name in triggers", () => {
        const message = (trigger: ValueObject) =>
            refusalOf(definitionWith({}, { triggers: { t: trigger } })).message;
        expect(
            message({ type: "Request", inputs: {}, conditions: [{ expression: "@true", dependsOn: "x" }] }),
        ).to.contain("'conditions.0.dependsOn' of trigger 't'");
        const recurrence = { frequency: "Week", interval: 1 };
        expect(
            message({ type: "Recurrence", recurrence: { ...recurrence, schedule: { seconds: [1] } } }),
        ).to.contain("'recurrence.schedule.seconds' of trigger 't'");
    });

    it("is refused by name: an older schema of the language", () => {
        const $schema =
            "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2015-08-01-preview/workflowdefinition.json#";
        expect(refusalOf(definitionWith({ A: compose(1) }, { $schema })).message).to.equal(
            `The '$schema' '${$schema}' is not supported by the simulator; that of 2016-06-01 is.`,
        );
    });

    it("is none of the parts that it knows", () => {
        const trigger = {
            type: "Recurrence",
            recurrence: {
                frequency: "Month",
                interval: 1,
                schedule: {
                    monthlyOccurrences: [{ day: "Monday", occurrence: 1 }],
                    hours: [1],
                    minutes: [0],
                },
            },
            conditions: [{ expression: "@true" }],
        };
        const odd = choice({ a: { case: "x", actions: {} }, b: { case: 1 }, c: { case: "1" } });
        expect(
            simulate(definitionWith({ Odd: { ...odd, cases: {} } }, { triggers: { t: trigger } })).status,
        ).to.equal("Succeeded");
    });

    it("is, of containers that are to be secured, a matter of saving", () => {
        const secured = { runtimeConfiguration: { secureData: { properties: ["inputs"] } } };
        for (const [type, more] of Object.entries<ValueObject>({
            Scope: {},
            If: { expression: "@true" },
            Foreach: { foreach: [] },
            Until: { expression: "@true" },
            Switch: { expression: "x", cases: {} },
        })) {
            const action = { type, actions: {}, ...more, ...secured };
            const { code, message } = refusalOf(
                definitionWith({ X: type === "Switch" ? { type, ...more, ...secured } : action }),
            );
            expect([code, message]).to.deep.equal([
                "InvalidTemplate",
                `The template action 'X' of type '${type}' cannot hide its inputs.`,
            ]);
        }
    });
});
