import { expect } from "chai";
import type { Json, JsonObject } from "../../../language/json";
import { messagesOf } from "../../support/language";

const check = (retryPolicy: Json) =>
    messagesOf({ X: { type: "Http", inputs: { method: "GET", uri: "https://example.com", retryPolicy } } });
const exponential = (more: JsonObject) => check({ type: "exponential", count: 4, interval: "PT7S", ...more });

describe("retry policies", () => {
    it("may be of each documented type, in any letter case", () => {
        expect(check({ type: "none" })).to.deep.equal([]);
        expect(check({ type: "Default" })).to.deep.equal([]);
        expect(check({ type: "fixed", count: 90, interval: "P1D" })).to.deep.equal([]);
        expect(exponential({ minimumInterval: "PT5S", maximumInterval: "PT5S" })).to.deep.equal([]);
    });

    it("may be computed", () => {
        expect(exponential({ count: "@int('4')", interval: "@concat('PT','7S')" })).to.deep.equal([]);
    });

    const refused: readonly (readonly [policy: Json, message: string])[] = [
        ["none", `must be an object, not "none".`],
        [{}, "has the type nothing; allowed are none, default, fixed, exponential."],
        [{ type: "linear" }, `has the type "linear"; allowed are none, default, fixed, exponential.`],
        [{ type: "fixed", interval: "PT5S" }, "has no 'count', which the type 'fixed' requires."],
        [{ type: "exponential", count: 1 }, "has no 'interval', which the type 'exponential' requires."],
    ];
    for (const [policy, message] of refused) {
        it(`must not be ${JSON.stringify(policy)}`, () => {
            expect(check(policy)).to.deep.equal([`The retry policy of template action 'X' ${message}`]);
        });
    }

    for (const count of [0, 91, 1.5, "4", null]) {
        it(`must not try ${JSON.stringify(count)} times`, () => {
            expect(exponential({ count })).to.deep.equal([
                `The retry policy of template action 'X' has the count ${JSON.stringify(count)}; ` +
                    "allowed is a whole number from 1 to 90.",
            ]);
        });
    }

    for (const key of ["interval", "minimumInterval", "maximumInterval"]) {
        for (const interval of ["PT4S", "P1DT1S", "5 s", 5]) {
            it(`must not have ${JSON.stringify(interval)} as ${key}`, () => {
                expect(exponential({ [key]: interval })).to.deep.equal([
                    `The retry policy of template action 'X' has ${JSON.stringify(interval)} as '${key}'; ` +
                        "allowed is a duration from PT5S to P1D.",
                ]);
            });
        }
    }

    it("must not have bounds in the wrong order", () => {
        expect(exponential({ minimumInterval: "PT2M", maximumInterval: "PT1M" })).to.deep.equal([
            "The retry policy of template action 'X' has a 'minimumInterval' of PT2M above its 'maximumInterval' of PT1M.",
        ]);
    });

    it("are checked in triggers too", () => {
        expect(
            messagesOf({}, { triggers: { t: { type: "Http", inputs: { retryPolicy: { type: "x" } } } } }),
        ).to.deep.equal([
            `The retry policy of template trigger 't' has the type "x"; allowed are none, default, fixed, exponential.`,
        ]);
    });
});
