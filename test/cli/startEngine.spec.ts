import { expect } from "chai";
import { type Deploy, deploy } from "../../cli/deploy";
import type { Report } from "../../cli/report";
import { run, sampleNamed } from "../support/start";

describe("npm start, where something else deploys than mocks", () => {
    const chain = [{ name: "vault", seconds: 30, waitedSeconds: 0, refusals: [] }];
    const duration = { seconds: 30, longestChain: chain };
    const timed: Deploy = async (...args) => ({ ...(await deploy(...args)), duration });
    const samples = [sampleNamed("nothing-to-scan")];

    it("says so above, tells the time between outputs and samples, and below how to get the same again", async () => {
        const { code, out, errors } = await run({}, { deploy: timed, samples });
        expect([code, errors]).to.deep.equal([0, ""]);
        const lines = out.split("\n");
        expect(lines[0]).to.contain("deployed by the real Pulumi engine into a simulated Azure");
        const at = lines.findIndex((line) => line.startsWith("Time in Azure, estimated: 30 s"));
        expect(lines[at - 1]).to.match(/^ {2}automationRules /);
        expect(lines[at + 1]).to.equal("  vault                                30 s");
        expect(lines[at + 2]).to.match(/^Samples/);
        expect(lines.at(-1)).to.equal(
            "All 1 samples ended as they should. All of it, uncut: npm start -- --engine --verbose",
        );
    });

    it("has the time in the document, too", async () => {
        const { out } = await run({ json: true }, { deploy: timed, samples });
        expect((JSON.parse(out) as Report).duration).to.deep.equal(duration);
    });

    it("has no time in the document where nobody knows it", async () => {
        const { out } = await run({ json: true }, { samples });
        expect(Object.keys(JSON.parse(out) as Report)).to.deep.equal(["resources", "outputs", "replays"]);
    });

    it("ends with 1 and the reason where the deployment fails, and plays nothing", async () => {
        const failing: Deploy = () => Promise.reject(new Error("scanUrl-workflow: Status=403"));
        const { code, out, errors } = await run({}, { deploy: failing, samples });
        expect([code, errors]).to.deep.equal([
            1,
            "The deployment was refused.\nscanUrl-workflow: Status=403",
        ]);
        expect(out).not.to.contain("Samples");
    });
});
