import { expect } from "chai";
import type { Json, JsonObject } from "../../../language/json";
import { foreach, messagesOf, until } from "../../support/language";

const durations =
    "allowed is an ISO 8601 duration of days, hours, minutes and seconds, e.g. PT1H or P1DT30M.";

describe("the concurrency of a Foreach", () => {
    const check = (repetitions: Json, more: JsonObject = {}) =>
        messagesOf({ L: foreach({}, { runtimeConfiguration: { concurrency: { repetitions } }, ...more }) });

    it("is 1 to 50", () => {
        expect([...check(1), ...check(50)]).to.deep.equal([]);
        for (const repetitions of [0, 51, 2.5, "5"]) {
            expect(check(repetitions)).to.deep.equal([
                `The template action 'L' has ${JSON.stringify(repetitions)} as 'repetitions'; ` +
                    "allowed is a whole number from 1 to 50.",
            ]);
        }
    });

    it("is given in one way only", () => {
        const message =
            "The template action 'L' has both the operation option 'Sequential' and 'concurrency.repetitions'; " +
            "only one is allowed.";
        expect(messagesOf({ L: foreach({}, { operationOptions: "Sequential" }) })).to.deep.equal([]);
        expect(check(1, { operationOptions: "Sequential" })).to.deep.equal([message]);
        expect(check(1, { operationOptions: "Other, sequential" })).to.deep.equal([message]);
    });
});

describe("the limits of an Until", () => {
    const check = (limit: JsonObject) => messagesOf({ U: until({}, { limit }) });

    it("are optional", () => {
        expect(check({})).to.deep.equal([]);
        expect(messagesOf({ U: { type: "Until", expression: "@true", actions: {} } })).to.deep.equal([]);
    });

    it("are 1 to 5,000 iterations", () => {
        expect([
            ...check({ count: 1 }),
            ...check({ count: 5000 }),
            ...check({ count: "@int('3')" }),
        ]).to.deep.equal([]);
        expect(check({ count: 9007199254740993n as unknown as Json })).to.deep.equal([
            "The template action 'U' has 9007199254740993 as 'limit.count'; " +
                "allowed is a whole number from 1 to 5000.",
        ]);
        for (const count of [0, 5001, "3"]) {
            expect(check({ count })).to.deep.equal([
                `The template action 'U' has ${JSON.stringify(count)} as 'limit.count'; ` +
                    "allowed is a whole number from 1 to 5000.",
            ]);
        }
    });

    it("are a duration", () => {
        expect([...check({ timeout: "P30D" }), ...check({ timeout: "@concat('PT1H')" })]).to.deep.equal([]);
        expect(check({ timeout: [9007199254740993n] as unknown as Json })).to.deep.equal([
            `The template action 'U' has ["9007199254740993"] as 'limit.timeout'; ${durations}`,
        ]);
        for (const timeout of ["1 hour", 3600, "P1W"]) {
            expect(check({ timeout })).to.deep.equal([
                `The template action 'U' has ${JSON.stringify(timeout)} as 'limit.timeout'; ` + durations,
            ]);
        }
    });
});

describe("the limit of a call", () => {
    it("is a duration", () => {
        const call = (timeout: Json) => ({
            type: "Http",
            inputs: { method: "GET", uri: "https://example.com" },
            limit: { timeout },
        });
        expect(messagesOf({ X: call("PT10S"), Y: call("@concat('PT10S')") })).to.deep.equal([]);
        expect(messagesOf({ X: call("10") })).to.deep.equal([
            `The template action 'X' has "10" as 'limit.timeout'; ${durations}`,
        ]);
    });
});

describe("the concurrency of a trigger", () => {
    const checkAll = (concurrency: JsonObject, more: JsonObject = {}) =>
        messagesOf(
            {},
            {
                triggers: {
                    t: { type: "Request", inputs: {}, runtimeConfiguration: { concurrency }, ...more },
                },
            },
        );
    const check = (runs: Json, more?: JsonObject) => checkAll({ runs }, more);

    it("lets 1 to 100 runs wait", () => {
        const waiting = (maximumWaitingRuns: Json) => checkAll({ runs: 1, maximumWaitingRuns });
        expect([...waiting(1), ...waiting(100)]).to.deep.equal([]);
        for (const runs of [0, 101]) {
            expect(waiting(runs)).to.deep.equal([
                `The template trigger 't' has ${runs} as 'concurrency.maximumWaitingRuns'; ` +
                    "allowed is a whole number from 1 to 100.",
            ]);
        }
    });

    it("is 1 to 100", () => {
        expect([...check(1), ...check(100)]).to.deep.equal([]);
        for (const runs of [0, 101]) {
            expect(check(runs)).to.deep.equal([
                `The template trigger 't' has ${runs} as 'concurrency.runs'; allowed is a whole number from 1 to 100.`,
            ]);
        }
    });

    it("is given in one way only", () => {
        expect(check(1, { operationOptions: "singleInstance" })).to.deep.equal([
            "The template trigger 't' has both the operation option 'SingleInstance' and 'concurrency.runs'; " +
                "only one is allowed.",
        ]);
    });
});

describe("a recurrence", () => {
    const check = (frequency: Json, interval: Json) =>
        messagesOf({}, { triggers: { t: { type: "Recurrence", recurrence: { frequency, interval } } } });

    const longest: readonly (readonly [frequency: string, interval: number])[] = [
        ["Second", 43_200_000],
        ["Minute", 720_000],
        ["Hour", 12_000],
        ["Day", 500],
        ["Week", 71],
        ["Month", 16],
    ];
    for (const [frequency, interval] of longest) {
        it(`comes at least every ${interval} times a ${frequency}`, () => {
            expect([...check(frequency, interval), ...check(frequency.toLowerCase(), 1)]).to.deep.equal([]);
            expect(check(frequency, interval + 1)).to.deep.equal([
                `The template trigger 't' has ${interval + 1} as 'recurrence.interval'; ` +
                    `allowed is a whole number from 1 to ${interval}.`,
            ]);
        });
    }

    it("has a known frequency", () => {
        for (const frequency of ["Year", "constructor"]) {
            expect(check(frequency, 1)).to.deep.equal([
                `The template trigger 't' has the frequency "${frequency}"; ` +
                    "allowed are Second, Minute, Hour, Day, Week, Month.",
            ]);
        }
    });
});
