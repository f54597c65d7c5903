import { expect } from "chai";
import { durationOf } from "../../../cli/engine/deploymentDuration";
import { durationLines } from "../../../cli/print";

describe("The time of a deployment", () => {
    const duration = durationOf({
        start: 1_000,
        end: 66_040,
        longestChain: () => [
            { urn: "v", name: "vault", ready: 1_000, end: 31_040, waited: 0, refusals: [], dependencies: [] },
            {
                urn: "r",
                name: "rule",
                ready: 31_040,
                end: 66_040,
                waited: 32_000,
                refusals: [
                    "Missing required permissions on the playbook '/subscriptions/1/resourceGroups/g'",
                ],
                dependencies: ["v"],
            },
        ],
    });

    it("is in seconds: the whole, each step of the longest chain, and what of it Azure was not ready for", () => {
        expect(duration).to.deep.equal({
            seconds: 65,
            longestChain: [
                { name: "vault", seconds: 30, waitedSeconds: 0, refusals: [] },
                {
                    name: "rule",
                    seconds: 35,
                    waitedSeconds: 32,
                    refusals: [
                        "Missing required permissions on the playbook '/subscriptions/1/resourceGroups/g'",
                    ],
                },
            ],
        });
    });

    it("is told in a line for each step, with Azure's reasons below", () => {
        expect(durationLines(duration, false)).to.deep.equal([
            "Time in Azure, estimated: 65 s, by the longest chain of resources that wait for each other",
            "  vault                                30 s",
            "  rule                                 35 s, of which 32 s waiting for Azure:",
            "     Missing required permissions on the playbook '/subscriptions/1/resourceGroups/g'",
        ]);
    });

    it("has lines of at most 120 characters, and whole ones where everything is wanted", () => {
        const long = { name: "n", seconds: 1, waitedSeconds: 1, refusals: ["x".repeat(200)] };
        const all = { seconds: 1, longestChain: [long] };
        expect(durationLines(all, false).at(-1)).to.equal(`     ${"x".repeat(114)}…`);
        expect(durationLines(all, true).at(-1)).to.equal(`     ${"x".repeat(200)}`);
    });

    it("is not told where none is known, or nothing was written", () => {
        expect(durationLines({ seconds: 0, longestChain: [] }, true)).to.deep.equal([]);
        expect(durationLines(undefined, true)).to.deep.equal([]);
    });
});
