import { expect } from "chai";
import fc from "fast-check";
import { after, initialize, probe, runActions } from "../../../support/runtime";
import type { RunRecord } from "../../../../simulator/runtime/records";
import type { ValueObject } from "../../../../simulator/runtime/values";

const append = (value: string) => ({ type: "AppendToArrayVariable", inputs: { name: "seen", value } });
const wait = (count: string | number) => ({ type: "Wait", inputs: { interval: { count, unit: "Second" } } });
const foreach = (source: string, actions: ValueObject, more: ValueObject = {}): ValueObject => ({
    Init: { ...initialize("seen", "Array", []), runAfter: {} },
    Loop: { type: "Foreach", foreach: source, actions, ...after("Init"), ...more },
});
const sequential = { operationOptions: "Sequential" };

describe("Foreach", () => {
    it("runs up to 20 iterations at once, or as many as it says", () => {
        const items = { trigger: { body: Array.from({ length: 45 }, (_, index) => index) } };
        const seconds = (more: ValueObject) =>
            runActions(foreach("@triggerBody()", { W: wait(10) }, more), items).durationSeconds;
        expect(seconds({})).to.equal(30);
        expect(seconds({ runtimeConfiguration: { concurrency: { repetitions: 50 } } })).to.equal(10);
        expect(seconds({ runtimeConfiguration: { concurrency: { repetitions: 1 } } })).to.equal(450);
        expect(seconds(sequential)).to.equal(450);
    });

    it("runs a nested loop one iteration at a time, whatever it says", () => {
        const inner = {
            type: "Foreach",
            foreach: "@range(0, 3)",
            actions: { W: wait(10) },
            runtimeConfiguration: { concurrency: { repetitions: 20 } },
        };
        const scope = { type: "Scope", actions: { Inner: inner } };
        expect(runActions(foreach("@range(0, 5)", { Scope: scope })).durationSeconds).to.equal(30);
    });

    it("keeps the order of a sequential loop, and leaves that of a parallel one to the seed", () => {
        const seen = (seed: number, more: ValueObject) =>
            runActions(foreach("@range(1, 6)", { Add: append("@item()") }, more), {}, { seed }).variables[
                "seen"
            ];
        expect(seen(1, sequential)).to.deep.equal([1, 2, 3, 4, 5, 6]);
        const orders = new Set([1, 2, 3, 4, 5].map((seed) => JSON.stringify(seen(seed, {}))));
        expect(orders.size).to.be.greaterThan(1);
        expect(seen(3, {})).to.deep.equal(seen(3, {}));
    });

    it("goes on after a failed iteration and fails in the end", () => {
        const record = runActions(
            foreach("@createArray(1, 0, 2)", { Div: { type: "Compose", inputs: "@div(10, item())" } }),
        );
        expect(record.actions["Loop"]).to.deep.include({ status: "Failed", code: "ActionFailed" });
        expect(
            record.actions["Div"]?.repetitions?.map((each) => [each.index, each.status, each.outputs]),
        ).to.deep.equal([
            [[0], "Succeeded", 10],
            [[1], "Failed", undefined],
            [[2], "Succeeded", 5],
        ]);
        expect(record.actions["Div"]).to.deep.include({ status: "Succeeded", outputs: 5 });
    });

    it("sees the item of each loop around by its name", () => {
        const inner = {
            type: "Foreach",
            foreach: "@items('loop')",
            actions: {
                Add: append("@concat(string(length(items('LOOP'))), '-', string(item()))"),
            },
        };
        const record = runActions(foreach("@json('[[1,2],[3]]')", { Inner: inner }, sequential));
        expect(record.variables["seen"]).to.deep.equal(["2-1", "2-2", "1-3"]);
        expect(record.actions["Add"]?.repetitions?.map((each) => each.index)).to.deep.equal([
            [0, 0],
            [0, 1],
            [1, 0],
        ]);
        expect(record.actions["Inner"]?.repetitions?.map((each) => each.index)).to.deep.equal([[0], [1]]);
    });

    it("fails if it is for no array, and skips its actions", () => {
        const record = runActions(foreach("@triggerBody()?['x']", { A: { type: "Compose", inputs: 1 } }));
        expect(record.actions["Loop"]).to.deep.include({
            status: "Failed",
            code: "ExpressionEvaluationFailed",
            error: {
                code: "ExpressionEvaluationFailed",
                message:
                    "The execution of template action 'Loop' failed: the result of the evaluation of 'foreach' " +
                    "expression '@triggerBody()?['x']' is of type 'Null'. The result must be a valid array.",
            },
        });
        expect(record.actions["A"]).to.deep.equal({
            status: "Skipped",
            code: "ActionDependencyFailed",
            attempts: 0,
            repetitions: [],
        });
    });

    it("succeeds without items, and without actions", () => {
        const empty = runActions(foreach("@json('[]')", { A: { type: "Compose", inputs: 1 } }));
        expect(empty.status).to.equal("Succeeded");
        expect(empty.actions["A"]).to.deep.include({ status: "Skipped", repetitions: [] });
        expect(empty.billing.builtIn).to.equal(3);
        expect(runActions(foreach("@range(0, 100)", {}, sequential)).status).to.equal("Succeeded");
    });

    it("gives the executions of each action as its result", () => {
        const actions = foreach("@createArray(1, 0)", {
            Div: { type: "Compose", inputs: "@div(10, item())" },
        });
        const [div] = probe(actions, "@result('Loop')") as [{ [key: string]: unknown }];
        expect(div).to.deep.include({
            name: "Div",
            status: "Failed",
            code: "NotSpecified",
            repetitionCount: 2,
        });
        expect(
            (div["outputs"] as { status: string; outputs?: unknown }[]).map((each) => [
                each.status,
                each.outputs,
            ]),
        ).to.deep.equal([
            ["Succeeded", 10],
            ["Failed", undefined],
        ]);
    });

    it("refuses by name a reference to its actions from outside", () => {
        const actions = foreach("@createArray(1)", { A: { type: "Compose", inputs: "@item()" } });
        expect(() => probe(actions, "@outputs('A')")).to.throw(
            "A reference to action 'A' from outside of the Foreach around it is not supported",
        );
    });

    it("sees in an iteration what that iteration did", () => {
        const record = runActions(
            foreach("@range(0, 30)", {
                W: wait("@mod(mul(item(), 7), 5)"),
                A: { type: "Compose", inputs: "@item()", ...after("W") },
                Add: { ...append("@equals(outputs('A'), item())"), ...after("A") },
            }),
        );
        expect(record.variables["seen"]).to.deep.equal(Array.from({ length: 30 }, () => true));
    });
});

describe("Until", () => {
    const until = (expression: unknown, actions: ValueObject, more: ValueObject = {}): ValueObject => ({
        Init: { ...initialize("n", "Integer", 0), runAfter: {} },
        Loop: {
            type: "Until",
            expression: expression as string,
            limit: { count: 5, timeout: "PT1H" },
            actions: { Count: { type: "IncrementVariable", inputs: { name: "n" } }, ...actions },
            ...after("Init"),
            ...more,
        },
    });

    it("runs its actions first and stops when the condition holds", () => {
        const record = runActions(until("@greaterOrEquals(variables('n'), 3)", {}));
        expect(record.status).to.equal("Succeeded");
        expect(record.variables["n"]).to.equal(3);
        expect(record.actions["Count"]?.repetitions?.length).to.equal(3);
        expect(runActions(until("@true", {})).variables["n"]).to.equal(1);
        expect(runActions(until({ equals: ["@iterationIndexes('Loop')", 3] }, {})).variables["n"]).to.equal(
            4,
        );
    });

    it("succeeds when a limit is reached, unless it is told to fail", () => {
        expect(runActions(until("@false", {}))).to.deep.include({ status: "Succeeded", variables: { n: 5 } });
        const strict = runActions(until("@false", {}, { operationOptions: "FailWhenLimitsReached" }));
        expect(strict.actions["Loop"]).to.deep.include({ status: "Failed", code: "ActionFailed" });
        const met = runActions(
            until("@equals(variables('n'), 5)", {}, { operationOptions: "FailWhenLimitsReached" }),
        );
        expect(met.status).to.equal("Succeeded");
    });

    it("looks at its timeout between iterations only", () => {
        const record = runActions(until("@false", { W: wait(40) }, { limit: { count: 5, timeout: "PT1M" } }));
        expect(record).to.deep.include({ variables: { n: 2 }, durationSeconds: 80, status: "Succeeded" });
    });

    it("goes 60 times and one hour where it does not say", () => {
        expect(runActions(until("@false", {}, { limit: { timeout: "PT1H" } })).variables["n"]).to.equal(60);
        const slow = runActions(until("@false", { W: wait(1800) }, { limit: { count: 60 } }));
        expect(slow.variables["n"]).to.equal(2);
    });

    it("has the status of its last iteration", () => {
        const step = {
            Step: { type: "Compose", inputs: "@div(6, sub(2, variables('n')))", ...after("Count") },
        };
        const recovers = until("@equals(variables('n'), 3)", step);
        expect(runActions(recovers).status).to.equal("Succeeded");
        expect(probe(recovers, "@outputs('Step')")).to.equal(-6);
        expect(probe(recovers, "@last(result('Loop'))['repetitionCount']")).to.equal(3);
        expect(runActions(until("@equals(variables('n'), 2)", step)).status).to.equal("Failed");
    });

    it("fails on a condition that cannot be evaluated", () => {
        const record = runActions(until("@greater(null, 1)", {}));
        expect(record.actions["Loop"]).to.deep.include({ status: "Failed", code: "BadRequest" });
        expect(record.actions["Loop"]?.error?.code).to.equal("InvalidTemplate");
        expect(record.variables["n"]).to.equal(1);
    });
});

describe("any seed", () => {
    const independent: ValueObject = {
        Init: { ...initialize("seen", "Array", []), runAfter: {} },
        A: { type: "Compose", inputs: 1, runAfter: {} },
        B: { ...wait(3), runAfter: {} },
        Loop: {
            type: "Foreach",
            foreach: "@range(0, 7)",
            actions: {
                W: wait("@mod(item(), 3)"),
                Add: { ...append("@item()"), ...after("W") },
                Other: { type: "Compose", inputs: "@item()" },
            },
            runAfter: { Init: ["Succeeded"], A: ["Succeeded"] },
        },
        End: {
            type: "Compose",
            inputs: "@length(variables('seen'))",
            runAfter: { Loop: ["Succeeded"], B: ["Succeeded"] },
        },
    };

    it("starts each action after those that it runs after, and comes to the same totals", () => {
        fc.assert(
            fc.property(fc.nat(), (seed) => {
                const record = runActions(independent, {}, { seed });
                expect(record.actions["End"]?.outputs).to.equal(7);
                expect([...(record.variables["seen"] as number[])].sort()).to.deep.equal([
                    0, 1, 2, 3, 4, 5, 6,
                ]);
                expect(record.billing).to.deep.equal({
                    builtIn: 27,
                    standard: 0,
                    enterprise: 0,
                    usd: 0.000675,
                });
                expect(record.durationSeconds).to.equal(3);
                checkOrder(record, "End", ["Loop", "B"]);
                checkOrder(record, "Loop", ["Init", "A"]);
                for (const repetition of record.actions["Add"]?.repetitions ?? []) {
                    const before = record.actions["W"]?.repetitions?.[repetition.index[0] ?? -1];
                    expect(repetition.startTime ?? "").to.equal(before?.endTime);
                }
            }),
            { numRuns: 60 },
        );
    });

    function checkOrder(record: RunRecord, name: string, predecessors: readonly string[]): void {
        for (const predecessor of predecessors) {
            const end = record.actions[predecessor]?.endTime ?? "";
            expect((record.actions[name]?.startTime ?? "") >= end).to.equal(true);
        }
    }
});
