import { expect } from "chai";
import type { WorkflowDefinition } from "../../../language";
import { VirtualClock } from "../../../simulator/runtime/clock";
import type { RunRecord } from "../../../simulator/runtime/records";
import { startRun } from "../../../simulator/runtime/run";

/** Asks once per run, waits as long as the element says, and keeps the names of its run. */
const splitting: WorkflowDefinition = {
    $schema:
        "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
    contentVersion: "1.0.0.0",
    triggers: {
        t: {
            type: "Request",
            inputs: {},
            splitOn: "@triggerBody()",
            conditions: [{ expression: "@greater(triggerBody()?['minutes'], 0)" }],
        },
    },
    actions: {
        Pause: {
            type: "Wait",
            inputs: { interval: { count: "@triggerBody()?['minutes']", unit: "Minute" } },
        },
        Run: { type: "Compose", runAfter: { Pause: ["Succeeded"] }, inputs: "@workflow()['run']['name']" },
    },
};

function runsOf(
    body: readonly { readonly minutes: number }[],
    definition: WorkflowDefinition = splitting,
): readonly RunRecord[] {
    const clock = new VirtualClock(Date.parse("2026-01-01T00:00:00Z"));
    const records: RunRecord[] = [];
    startRun({
        definition,
        workflow: { id: "/workflows/w", name: "w", location: "westeurope" },
        trigger: { body },
        transport: () => ({ status: 200 }),
        clock,
        onFinished: (record) => void records.push(record),
    });
    clock.run();
    return records;
}

describe("a trigger that splits", () => {
    it("starts a run of its own, billed by itself, for each element", () => {
        const records = runsOf([{ minutes: 3 }, { minutes: 1 }]);
        expect(records.map(({ status, durationSeconds }) => [status, durationSeconds])).to.deep.equal([
            ["Succeeded", 60],
            ["Succeeded", 180],
        ]);
        expect(records.map(({ billing }) => billing.builtIn)).to.deep.equal([3, 3]);
        const names = records.map(({ actions }) => actions["Run"]?.outputs);
        expect(new Set(names).size).to.equal(2);
    });

    it("looks at its conditions for each element", () => {
        const records = runsOf([{ minutes: 0 }, { minutes: 1 }]);
        expect(records.map(({ status }) => status)).to.deep.equal(["Skipped", "Succeeded"]);
    });

    it("splits into 100 runs at most where it limits concurrent runs", () => {
        const limited: WorkflowDefinition = {
            ...splitting,
            triggers: {
                t: {
                    type: "Request",
                    inputs: {},
                    splitOn: "@triggerBody()",
                    runtimeConfiguration: { concurrency: { runs: 5 } },
                },
            },
        };
        const elements = (count: number) => Array.from({ length: count }, () => ({ minutes: 1 }));
        expect(runsOf(elements(101)).length).to.equal(101);
        expect(runsOf(elements(100), limited).length).to.equal(100);
        expect(() => runsOf(elements(101), limited)).to.throw(
            "The trigger 't', which limits concurrent runs, splits into 101 runs, which is not supported by the " +
                "simulator; the limit is 100.",
        );
    });
});
