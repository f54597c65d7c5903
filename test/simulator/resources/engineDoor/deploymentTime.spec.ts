import { expect } from "chai";
import {
    DeploymentTime,
    type KnownResource,
} from "../../../../simulator/resources/engineDoor/deploymentTime";

const POLICY = "azure-native:keyvault:AccessPolicy";

function known(urn: string, ...dependencies: string[]): KnownResource {
    return { urn, id: `/${urn}`, dependencies };
}

/** Deletes in this order, as far as the state allows it; gives the start of each in seconds. */
function startsOf(state: readonly KnownResource[], order: readonly string[]): (readonly [string, number])[] {
    const time = new DeploymentTime("project", "stack", 0, state);
    return order.map((urn) => {
        time.begin("delete", urn);
        const start = time.timeOf(urn) / 1000;
        time.written(urn, POLICY);
        return [urn, start] as const;
    });
}

describe("Deletions in virtual time", () => {
    it("start when all that depends on them is gone", () => {
        const state = [known("vault"), known("first", "vault"), known("second", "vault", "first")];
        expect(startsOf(state, ["second", "first", "vault"])).to.deep.equal([
            ["second", 0],
            ["first", 5],
            ["vault", 10],
        ]);
    });

    it("go on side by side where nothing depends on the other", () => {
        const state = [known("vault"), known("first", "vault"), known("second", "vault")];
        expect(startsOf(state, ["first", "second", "vault"])).to.deep.equal([
            ["first", 0],
            ["second", 0],
            ["vault", 5],
        ]);
    });

    it("go on from where they were refused", () => {
        const time = new DeploymentTime("project", "stack", 0, [known("first")]);
        time.begin("delete", "first");
        time.refused("first", "ConflictError");
        time.wait("first", 10_000);
        time.begin("delete", "first");
        expect(time.timeOf("first")).to.equal(11_000);
    });

    it("do not say what was written before, so that everything was", () => {
        const time = new DeploymentTime("project", "stack", 0, [known("first")]);
        time.begin("delete", "first");
        expect(time.writesBefore("first")).to.equal(undefined);
    });
});
