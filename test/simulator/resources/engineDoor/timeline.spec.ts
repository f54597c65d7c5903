import { expect } from "chai";
import { Timeline } from "../../../../simulator/resources/engineDoor/timeline";

const ROLE = "azure-native:authorization:RoleAssignment";
const VAULT = "azure-native:keyvault:Vault";

/** Name, seconds from ready to end, seconds of waiting. */
function chainOf(timeline: Timeline): unknown[] {
    return timeline
        .longestChain()
        .map(({ name, ready, end, waited }) => [name, (end - ready) / 1000, waited / 1000]);
}

describe("The virtual time of a deployment", () => {
    it("lets a resource start when all that it waits for is there, and the others beside it", () => {
        const timeline = new Timeline(1_000);
        timeline.add("vault", "vault", []);
        timeline.add("role", "role", []);
        timeline.written("vault", VAULT);
        timeline.written("role", ROLE);
        timeline.add("next", "next", ["vault", "role"]);
        expect(timeline.timeOf("role")).to.equal(4_000);
        expect(timeline.timeOf("next")).to.equal(31_000);
        expect(timeline.end).to.equal(31_000);
    });

    it("counts a refused attempt and the wait after it", () => {
        const timeline = new Timeline(0);
        timeline.add("role", "role", []);
        timeline.refused("role", "PrincipalNotFound");
        timeline.wait("role", 5_000);
        expect(timeline.timeOf("role")).to.equal(6_000);
        timeline.written("role", ROLE);
        expect(chainOf(timeline)).to.deep.equal([["role", 9, 6]]);
    });

    it("keeps why Azure was not ready, each of its reasons once", () => {
        const timeline = new Timeline(0);
        timeline.add("role", "role", []);
        for (const words of ["PrincipalNotFound", "ConflictError", "PrincipalNotFound"]) {
            timeline.refused("role", words);
        }
        expect(timeline.longestChain().map(({ refusals }) => refusals)).to.deep.equal([
            ["PrincipalNotFound", "ConflictError"],
        ]);
    });

    it("names the chain that decides, without what took no time", () => {
        const timeline = new Timeline(0);
        timeline.add("component", "component", []);
        timeline.add("vault", "vault", ["component"]);
        timeline.written("vault", VAULT);
        timeline.add("fast", "fast", ["component"]);
        timeline.written("fast", ROLE);
        timeline.add("last", "last", ["fast", "vault"]);
        timeline.written("last", ROLE);
        expect(chainOf(timeline)).to.deep.equal([
            ["vault", 30, 0],
            ["last", 3, 0],
        ]);
    });

    it("has no chain where nothing was written", () => {
        const timeline = new Timeline(7_000);
        timeline.add("same", "same", []);
        expect(timeline.longestChain()).to.deep.equal([]);
        expect(timeline.end).to.equal(7_000);
    });

    it("holds a resource until what it replaces is gone", () => {
        const timeline = new Timeline(0);
        timeline.add("role", "role", []);
        timeline.holdUntil("role", 5_000);
        timeline.written("role", ROLE);
        timeline.holdUntil("role", 6_000);
        expect(timeline.timeOf("role")).to.equal(8_000);
        expect(chainOf(timeline)).to.deep.equal([["role", 3, 0]]);
    });

    it("starts what nobody registered with the deployment", () => {
        const timeline = new Timeline(7_000);
        timeline.written("unknown", VAULT);
        expect(timeline.timeOf("unknown")).to.equal(7_000);
    });
});
