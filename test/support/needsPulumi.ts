/** Tests with the engine need a Pulumi CLI: without one they fail, and say how to get it. */
import { findPulumi, howToGetPulumi } from "../../cli/pulumi/find";

/** Mocha runs this once, before any test. */
export function mochaGlobalSetup(): void {
    if (findPulumi() === undefined) {
        throw new Error(howToGetPulumi);
    }
}
