import { expect } from "chai";
import { definitionWith, runActions } from "../../support/runtime";
import { VirtualClock } from "../../../simulator/runtime/clock";
import { RefusedError } from "../../../simulator/runtime/errors";
import type { RunRecord } from "../../../simulator/runtime/records";
import { startRun } from "../../../simulator/runtime/run";
import { simulate } from "../../../simulator/runtime/simulate";
import type { ValueObject } from "../../../simulator/runtime/values";
import type { WorkflowDefinition } from "../../../language/definition";

const compose = (inputs: string) => ({ type: "Compose", inputs });
const withTrigger = (trigger: ValueObject, actions: ValueObject = { A: compose("@triggerBody()") }) =>
    definitionWith(actions, { triggers: { t: trigger } });

describe("triggers", () => {
    it("start a run with the body and headers of the scenario, or with none", () => {
        const definition = withTrigger({ type: "Recurrence", recurrence: { frequency: "Day", interval: 1 } });
        expect(simulate(definition).actions["A"]?.outputs).to.equal(null);
        const headers = runActions({ A: compose("@triggerOutputs()") });
        expect(headers.actions["A"]?.outputs).to.deep.equal({ headers: {}, body: null });
    });

    it("of a connector are billed as standard and make no call of their own", () => {
        const definition = {
            ...withTrigger({
                type: "ApiConnectionWebhook",
                inputs: {
                    host: {
                        connection: { name: "@parameters('$connections')['azuresentinel']['connectionId']" },
                    },
                    path: "/incident-creation",
                    body: { callback_url: "@{listCallbackUrl()}" },
                },
            }),
            parameters: { $connections: { type: "Object", defaultValue: {} } },
        };
        const record = simulate(definition, { trigger: { body: { a: 1 } } });
        expect(record.actions["A"]?.outputs).to.deep.equal({ a: 1 });
        expect(record.calls).to.deep.equal([]);
        expect(record.billing).to.deep.equal({ builtIn: 1, standard: 1, enterprise: 0, usd: 0.00015 });
    });

    it("start no run if a condition does not hold, and are billed all the same", () => {
        const conditions = [
            { expression: "@equals(1, 1)" },
            { expression: "@greater(triggerBody()?['n'], 5)" },
        ];
        const definition = withTrigger({ type: "Request", inputs: {}, conditions });
        expect(simulate(definition, { trigger: { body: { n: 6 } } }).status).to.equal("Succeeded");
        expect(simulate(definition, { trigger: { body: { n: 5 } } })).to.deep.equal({
            status: "Skipped",
            startTime: "2026-01-01T00:00:00.000Z",
            endTime: "2026-01-01T00:00:00.000Z",
            durationSeconds: 0,
            actions: {},
            calls: [],
            variables: {},
            billing: { builtIn: 1, standard: 0, enterprise: 0, usd: 0.000025 },
        });
    });

    it("start no run if a condition cannot be evaluated, and say why", () => {
        const conditions = [{ expression: "@greater(triggerBody(), 5)" }];
        const record = simulate(withTrigger({ type: "Request", inputs: {}, conditions }));
        expect(record).to.deep.include({ status: "Skipped", code: "InvalidTemplate", actions: {} });
        expect(record.error?.message).to.contain("for trigger 't'");
    });

    it("are found by name, without regard to letter case, where there are several", () => {
        const definition = definitionWith(
            { A: compose("@trigger()['name']") },
            {
                triggers: {
                    one: { type: "Request", inputs: {} },
                    two: { type: "Recurrence", recurrence: { frequency: "Day", interval: 1 } },
                },
            },
        );
        expect(simulate(definition, { trigger: { name: "TWO" } }).actions["A"]?.outputs).to.equal("two");
        expect(() => simulate(definition)).to.throw(
            "/trigger/name is missing, and the workflow has several triggers: one, two.",
        );
        expect(() => simulate(definition, { trigger: { name: "three" } })).to.throw(
            "/trigger/name is 'three'",
        );
    });
});

describe("parameters", () => {
    const definition = definitionWith(
        { A: compose("@concat(parameters('a'), parameters('B'), parameters('c'))") },
        {
            parameters: {
                a: { type: "String", defaultValue: "default" },
                b: { type: "SecureString", defaultValue: "default" },
                c: { type: "String" },
            },
        },
    );

    it("come from the scenario, else from the workflow file, else from the definition", () => {
        const file = { definition, parameters: { b: { value: "file " }, C: { value: "file" } } };
        expect(simulate(file, { parameters: { c: " scenario" } }).actions["A"]?.outputs).to.equal(
            "defaultfile  scenario",
        );
    });
});

describe("runs", () => {
    it("take a bare definition that has triggers and actions only", () => {
        const definition = { triggers: { t: { type: "Request", inputs: {} } }, actions: { A: compose("x") } };
        expect(simulate(definition).status).to.equal("Succeeded");
    });

    it("are refused as Azure refuses them where an action has no type", () => {
        expect(() => runActions({ A: { inputs: 1 } }))
            .to.throw(RefusedError, "The template action 'A' has the type ''")
            .with.property("code", "InvalidTemplate");
    });

    it("start at the time of the scenario", () => {
        const record = runActions({ A: compose("@utcNow()") }, { startTime: "2026-01-15T10:30:00Z" });
        expect(record.startTime).to.equal("2026-01-15T10:30:00.000Z");
        expect(record.actions["A"]?.outputs).to.equal("2026-01-15T10:30:00.0000000Z");
    });

    it("count what was executed: retries and failures do, skipped actions do not", () => {
        const record = runActions(
            {
                Call: {
                    type: "Http",
                    inputs: {
                        method: "GET",
                        uri: "https://x.example",
                        retryPolicy: { type: "fixed", count: 2, interval: "PT5S" },
                    },
                },
                Skipped: { ...compose("x"), runAfter: { Call: ["Succeeded"] } },
                Loop: {
                    type: "Foreach",
                    foreach: "@range(0, 4)",
                    actions: { One: compose("x"), Two: compose("y") },
                    runAfter: { Call: ["Failed"] },
                },
            },
            { unmatched: { status: 500 } },
        );
        expect(record.billing).to.deep.equal({
            builtIn: 1 + 3 + 1 + 8,
            standard: 0,
            enterprise: 0,
            usd: 0.000325,
        });
    });

    it("share a clock and nothing else", () => {
        const definition = definitionWith({
            Wait: { type: "Wait", inputs: { interval: { count: "@triggerBody()", unit: "Second" } } },
            A: {
                ...compose("@concat(workflow().name, ' ', utcNow('ss'))"),
                runAfter: { Wait: ["Succeeded"] },
            },
        }) as unknown as WorkflowDefinition;
        const clock = new VirtualClock(Date.UTC(2026, 0, 1));
        const finished: RunRecord[] = [];
        const start = (name: string, seconds: number) =>
            startRun({
                definition,
                workflow: { id: `/workflows/${name}`, name, location: "westeurope" },
                trigger: { body: seconds },
                transport: () => ({ timeout: true }),
                clock,
                onFinished: (record) => {
                    finished.push(record);
                    if (name === "slow") {
                        start("after", 5);
                    }
                },
            });
        start("slow", 20);
        start("fast", 10);
        clock.run();
        expect(
            finished.map((record) => [record.actions["A"]?.outputs, record.durationSeconds]),
        ).to.deep.equal([
            ["fast 10", 10],
            ["slow 20", 20],
            ["after 25", 5],
        ]);
    });

    it("have the same record for the same seed", () => {
        const actions = {
            Loop: {
                type: "Foreach",
                foreach: "@range(0, 9)",
                actions: {
                    Call: {
                        type: "Http",
                        inputs: { method: "GET", uri: "https://x.example/@{item()}/@{guid()}/@{rand(1, 9)}" },
                    },
                },
            },
        };
        const scenario = { unmatched: { status: 500 } };
        const record = (seed: number) => JSON.stringify(runActions(actions, scenario, { seed }));
        expect(record(7)).to.equal(record(7));
        expect(record(7)).to.not.equal(record(8));
    });
});

describe("triggers that split", () => {
    const splitting = (more: ValueObject = {}) =>
        withTrigger(
            { type: "Request", inputs: {}, splitOn: "@triggerBody()?['value']", ...more },
            { A: compose("@createArray(triggerBody()?['n'], triggerOutputs()['body']['n'])") },
        );
    const body = (...value: readonly ValueObject[]) => ({ trigger: { body: { value } } });

    it("start a run with the element as its body", () => {
        const record = simulate(splitting(), body({ n: 7 }));
        expect(record.actions["A"]?.outputs).to.deep.equal([7, 7]);
        expect(record.billing.builtIn).to.equal(2);
    });

    it("look at their conditions for the element", () => {
        const conditions = [{ expression: "@equals(triggerBody()?['n'], 7)" }];
        expect(simulate(splitting({ conditions }), body({ n: 7 })).status).to.equal("Succeeded");
        expect(simulate(splitting({ conditions }), body({ n: 8 })).status).to.equal("Skipped");
    });

    it("start no run if there is no array, and say so", () => {
        const record = simulate(splitting(), { trigger: { body: {} } });
        expect(record).to.deep.include({
            status: "Skipped",
            code: "ExpressionEvaluationFailed",
            actions: {},
        });
        expect(record.error?.message).to.contain(
            "the result of the evaluation of 'splitOn' expression '@triggerBody()?['value']' is of type 'Null'. " +
                "The result must be a valid array.",
        );
        expect(record.billing.builtIn).to.equal(1);
    });

    it("are refused by name where they split into several runs, or none", () => {
        expect(() => simulate(splitting(), body({ n: 1 }, { n: 2 }))).to.throw(
            "The trigger 't' splits into 2 runs, which is not supported by the simulator; one is.",
        );
        expect(() => simulate(splitting(), body())).to.throw("The trigger 't' splits into 0 runs");
    });
});

describe("outputs of a workflow", () => {
    const outputs = {
        sum: { type: "Int", value: "@add(outputs('A'), variables('v'))" },
        text: { type: "String", value: "run @{workflow()['name']}" },
    };
    const actions: ValueObject = {
        V: { type: "InitializeVariable", inputs: { variables: [{ name: "v", type: "Integer", value: 2 }] } },
        A: { type: "Compose", inputs: 40, runAfter: { V: ["Succeeded"] } },
    };

    it("are evaluated when the run has ended", () => {
        expect(simulate(definitionWith(actions, { outputs })).outputs).to.deep.equal({
            sum: { type: "Int", value: 42 },
            text: { type: "String", value: "run simulated" },
        });
        expect(simulate(definitionWith(actions))).to.not.have.property("outputs");
    });

    it("are there after a Terminate as well, and see null where an action was skipped", () => {
        const stop = { type: "Terminate", inputs: { runStatus: "Cancelled" } };
        const record = simulate(
            definitionWith(
                { Stop: stop, A: { ...compose("x"), runAfter: { Stop: ["Succeeded"] } } },
                { outputs: { a: { type: "String", value: "@outputs('A')" } } },
            ),
        );
        expect(record).to.deep.include({
            status: "Cancelled",
            outputs: { a: { type: "String", value: null } },
        });
    });

    it("are refused by name where they cannot be evaluated, which is no action's fault", () => {
        const failing = { outputs: { bad: { type: "Int", value: "@div(1, 0)" } } };
        expect(() => simulate(definitionWith(actions, failing)))
            .to.throw(RefusedError, "The output 'bad' cannot be evaluated, which is not supported")
            .with.property("action", undefined);
    });
});
