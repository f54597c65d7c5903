import { expect } from "chai";
import { main } from "../../cli/bench";
import { longExpression, measureExtremes } from "../../cli/bench/extremes";
import { executionsOf, typicalIncident } from "../../cli/bench/incident";
import { median, tableLines } from "../../cli/bench/measurement";
import { compareStarts } from "../../cli/bench/processes";
import { measureReplays } from "../../cli/bench/replays";
import { parseExpression } from "../../language";
import { after, runActions } from "../support/runtime";

async function bench(...args: readonly string[]) {
    const output: string[] = [];
    const errors: string[] = [];
    const exitCode = await main(
        args,
        (line) => output.push(line),
        (line) => errors.push(line),
    );
    return { exitCode, output: output.join("\n"), errors: errors.join("\n") };
}

describe("npm run bench", () => {
    it("explains itself", async () => {
        const { exitCode, output, errors } = await bench("--help");
        expect({ exitCode, errors }).to.deep.equal({ exitCode: 0, errors: "" });
        expect(output).to.contain("--incidents <n>").and.contain("--rounds <n>");
    });

    const refused: readonly (readonly [args: readonly string[], message: string])[] = [
        [["--incidents", "15"], "--incidents is '15'; it must be a multiple of 10."],
        [["--incidents", "0"], "--incidents is '0'; it must be a multiple of 10."],
        [["--rounds", "x"], "--rounds is 'x'; it must be a whole number from 1."],
        [["--fast"], "Unknown option '--fast'"],
    ];
    for (const [args, message] of refused) {
        it(`refuses ${args.join(" ")}`, async () => {
            const { exitCode, output, errors } = await bench(...args);
            expect({ exitCode, output }).to.deep.equal({ exitCode: 2, output: "" });
            expect(errors).to.contain(message).and.contain("npm run bench");
        });
    }
});

describe("the typical incident", () => {
    it("goes the same way each time, with one comment at its end", async () => {
        const replay = await typicalIncident();
        const run = replay();
        expect(run.status).to.equal("Succeeded");
        expect(
            run.calls.map(({ path }) => path).filter((path) => path === "/Incidents/Comment"),
        ).to.have.length(1);
        expect(replay()).to.deep.equal(run);
    });

    it("is measured as speed, as cost of ten times as many replays, and as memory", async () => {
        const measurements = await measureReplays(10, () => undefined);
        expect(measurements.map(({ what }) => what)).to.deep.equal([
            "10 replays of the typical incident",
            "action executions in one replay",
            "action executions in a second",
            "processor time of 10 replays to that of 1",
            "heap in use after warming up",
            "heap in use at the end",
        ]);
    });
});

describe("executionsOf", () => {
    it("counts each iteration, and nothing that was skipped", () => {
        const run = runActions({
            Loop: {
                type: "Foreach",
                foreach: "@createArray(1, 2, 3)",
                actions: {
                    Each: { type: "Compose", inputs: "@items('Loop')" },
                    Never: { type: "Compose", inputs: 1, ...after("Each", "Failed") },
                },
            },
            Skipped: { type: "Compose", inputs: 1, ...after("Loop", "Failed") },
        });
        expect(executionsOf(run)).to.equal(4);
    });
});

describe("extremes", () => {
    it("have an expression that is as long as Azure allows", () => {
        expect(longExpression()).to.have.length(8192);
        expect(parseExpression(longExpression())).to.have.property("args").with.length(909);
    });

    it("are run to their end", () => {
        expect(measureExtremes(() => undefined, 10).map(({ what }) => what)).to.deep.equal([
            "Foreach over 10 items",
            "expression of 8,192 characters",
        ]);
    });
});

describe("the start of the program", () => {
    it("is compared with that of one resource, by the middle of the rounds, and may take 1.3 times as long", () => {
        expect(compareStarts([1300, 9000, 1200], [1000, 900, 2000])).to.deep.equal([
            { what: "program start to last registration", value: "1.30 s" },
            { what: "the same modules, one resource", value: "1.00 s" },
            { what: "program to one resource", value: "1.30", target: { text: "at most 1.3", met: true } },
        ]);
    });

    it("misses its target when it takes longer", () => {
        const targets = compareStarts([1301], [1000]).map(({ target }) => target?.met);
        expect(targets).to.deep.equal([undefined, undefined, false]);
    });
});

describe("tables of measurements", () => {
    it("say whether a target was met", () => {
        const lines = tableLines([
            { what: "a", value: "1 ms" },
            { what: "longer", value: "10 ms", target: { text: "at most 9 ms", met: false } },
            { what: "b", value: "2 ms", target: { text: "at most 9 ms", met: true } },
        ]);
        expect(lines).to.deep.equal([
            "measured  value  target",
            "a          1 ms",
            "longer    10 ms  at most 9 ms: MISSED",
            "b          2 ms  at most 9 ms: met",
        ]);
    });

    it("hold the middle of several rounds", () => {
        expect(median([3, 1, 2])).to.equal(2);
        expect(median([4, 1, 3, 2])).to.equal(2);
    });
});
