import { expect } from "chai";
import { durationSeconds } from "../../language";

describe("durationSeconds", () => {
    const durations: readonly (readonly [text: string, seconds: number])[] = [
        ["PT0S", 0],
        ["PT1.5S", 1.5],
        ["PT1M30S", 90],
        ["PT1H", 3600],
        ["P1D", 86400],
        ["P1DT1S", 86401],
        ["PT90M", 5400],
    ];
    for (const [text, seconds] of durations) {
        it(`reads ${text} as ${seconds} s`, () => {
            expect(durationSeconds(text)).to.equal(seconds);
        });
    }

    for (const text of [
        "",
        "P",
        "PT",
        "P1DT",
        "1H",
        "PT1",
        "P1Y",
        "P1M",
        "P1W",
        "PT1M1H",
        "-PT1S",
        "PT1S ",
        "pt1s",
    ]) {
        it(`does not read ${JSON.stringify(text)}`, () => {
            expect(durationSeconds(text)).to.equal(undefined);
        });
    }
});
