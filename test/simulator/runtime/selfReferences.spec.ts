import { expect } from "chai";
import { RefusedError } from "../../../simulator/runtime/errors";
import type { Value, ValueObject } from "../../../simulator/runtime/values";
import { runActions } from "../../support/runtime";

const startTime = "2026-01-15T10:30:00Z";

/** Whether a tracked property equals the value: it is evaluated for nothing else than to fail or not. */
const trackedIs = (expression: string, value: string): ValueObject => ({
    trackedProperties: { checked: `@if(equals(${expression}, ${value}), 1, action()['unequal'])` },
});

function refusalOf(actions: ValueObject, scenario: ValueObject = {}): RefusedError {
    try {
        runActions(actions, scenario);
    } catch (error) {
        if (error instanceof RefusedError) {
            return error;
        }
        throw error;
    }
    throw new Error("Nothing was refused.");
}

describe("tracked properties", () => {
    const http: ValueObject = {
        type: "Http",
        inputs: { method: "POST", uri: "https://x.example/", body: { order: 7 } },
    };
    const answered: ValueObject = {
        startTime,
        calls: [{ match: { uri: "*" }, replies: [{ status: 201, body: { id: "a" }, latency: "PT2S" }] }],
    };
    const known: readonly (readonly [expression: string, value: string])[] = [
        ["action()['outputs']['statusCode']", "201"],
        ["action().outputs.body.id", "'a'"],
        ["outputs('H')?['body']?['id']", "'a'"],
        ["action()['inputs']['body']['order']", "7"],
        ["action().name", "'H'"],
        ["action().status", "'Succeeded'"],
        ["action().code", "'Created'"],
        ["action().startTime", "'2026-01-15T10:30:00.0000000Z'"],
        ["action().endTime", "'2026-01-15T10:30:02.0000000Z'"],
        ["action().clientTrackingId", "workflow().run.name"],
    ];
    for (const [expression, value] of known) {
        it(`know ${expression} when the action has ended`, () => {
            const record = runActions({ H: { ...http, ...trackedIs(expression, value) } }, answered);
            expect(record.status).to.equal("Succeeded");
            const refusal = refusalOf({ H: { ...http, ...trackedIs(expression, "'other'") } }, answered);
            expect(refusal.message).to.contain("property 'unequal' doesn't exist");
        });
    }

    it("leave nothing in the record of the run", () => {
        const tracked = { ...http, trackedProperties: { id: "@action().outputs.body.id" } };
        expect(runActions({ H: tracked }, answered)).to.deep.equal(runActions({ H: http }, answered));
    });

    it("know the inputs of an action whose inputs are a list of variables", () => {
        const variables: Value = [{ name: "v", type: "String", value: "x" }];
        const V = {
            type: "InitializeVariable",
            inputs: { variables },
            ...trackedIs("action().inputs.variables[0].value", "'x'"),
        };
        expect(runActions({ V }).status).to.equal("Succeeded");
    });

    it("know how an action failed", () => {
        const failing: ValueObject = { ...http, ...trackedIs("action().status", "'Failed'") };
        const refusedCall = { calls: [{ match: { uri: "*" }, replies: [{ status: 400 }] }] };
        expect(runActions({ H: failing }, refusedCall).actions["H"]?.status).to.equal("Failed");
    });

    it("know in each iteration what the action did there", () => {
        const tracked = trackedIs(
            "createArray(action().outputs, outputs('C'))",
            "createArray(action().inputs, actions('C').inputs)",
        );
        const L = {
            type: "Foreach",
            foreach: [1, 2, 3],
            actions: { C: { type: "Compose", inputs: "@item()", ...tracked } },
        };
        expect(runActions({ L }).status).to.equal("Succeeded");
        const third = { trackedProperties: { a: "@if(equals(action().outputs, 3), action().nothing, 0)" } };
        const C = { type: "Compose", inputs: "@item()", ...third };
        expect(refusalOf({ L: { ...L, actions: { C } } })).to.deep.include({
            code: "NotSupported",
            action: "C",
        });
    });

    it("end the simulation if they cannot be evaluated, and name the action", () => {
        const refusal = refusalOf({
            C: { type: "Compose", inputs: 1, trackedProperties: { a: { b: "x @{action().error.message}" } } },
        });
        expect(refusal).to.deep.include({ code: "NotSupported", action: "C" });
        expect(refusal.message).to.contain(
            "A tracked property of action 'C' cannot be evaluated, which is not supported by the simulator: The template " +
                "language expression 'action()['error']' cannot be evaluated because property 'error' doesn't exist",
        );
    });

    it("end it also for an action that another one cancels", () => {
        const wait: ValueObject = { type: "Wait", inputs: { interval: { count: 1, unit: "Hour" } } };
        for (const value of ["@action().missing", "@formatDateTime(utcNow(), 'D', 'de-DE')"]) {
            const refusal = refusalOf({
                W: { ...wait, trackedProperties: { a: value }, runAfter: {} },
                B: { ...wait, inputs: { interval: { count: 1, unit: "Second" } }, runAfter: {} },
                T: { type: "Terminate", inputs: { runStatus: "Succeeded" }, runAfter: { B: ["Succeeded"] } },
            });
            expect(refusal, value).to.deep.include({ code: "NotSupported", action: "W" });
        }
    });

    it("are not evaluated for a skipped action", () => {
        const record = runActions({
            If: {
                type: "If",
                expression: "@equals(1, 2)",
                actions: { C: { type: "Compose", inputs: 1, trackedProperties: { a: "@int('x')" } } },
            },
        });
        expect(record.status).to.equal("Succeeded");
        expect(record.actions["C"]?.status).to.equal("Skipped");
    });
});

describe("action() in the condition of an Until", () => {
    const endsAfter = (expression: Value): ValueObject => ({
        U: {
            type: "Until",
            expression,
            limit: { count: 4 },
            actions: { W: { type: "Wait", inputs: { interval: { count: 10, unit: "Second" } } } },
        },
    });
    const seconds = (expression: Value): number =>
        runActions(endsAfter(expression), { startTime }).durationSeconds;

    it("is the loop", () => {
        expect(seconds("@equals(action().name, 'U')")).to.equal(10);
        expect(seconds("@equals(action()?['Name'], 'W')")).to.equal(40);
        expect(seconds({ equals: ["@action()['startTime']", "2026-01-15T10:30:00.0000000Z"] })).to.equal(10);
        expect(seconds("@equals(action().clientTrackingId, workflow().run.name)")).to.equal(10);
        expect(seconds("@equals(length(action().trackingId), 36)")).to.equal(10);
        expect(seconds("@greaterOrEquals(utcNow(), addSeconds(action().startTime, 30))")).to.equal(30);
    });

    it("is the loop around it, where loops are nested", () => {
        const { U } = endsAfter("@equals(action().name, 'U')");
        const outer = {
            O: {
                type: "Until",
                expression: "@equals(action().name, 'O')",
                limit: { count: 3 },
                actions: { U: U ?? null },
            },
        };
        expect(runActions(outer, { startTime }).durationSeconds).to.equal(10);
    });

    it("has the same tracking ID as when the loop has ended", () => {
        const tracked = trackedIs("actions('U').trackingId", "action().trackingId");
        const { U } = endsAfter("@equals(action().name, 'U')");
        expect(runActions({ U: { ...(U as ValueObject), ...tracked } }).status).to.equal("Succeeded");
    });

    it("has no inputs and no outputs", () => {
        expect(seconds("@equals(coalesce(action()?['inputs'], action()?['outputs'], 0), 0)")).to.equal(10);
        const { U } = runActions(endsAfter("@empty(action()['outputs'])")).actions;
        expect(U).to.deep.include({ status: "Failed", code: "BadRequest" });
        expect(U?.error?.message).to.contain(
            "property 'outputs' doesn't exist, available properties are 'name, startTime, trackingId, clientTrackingId'.",
        );
    });
});
