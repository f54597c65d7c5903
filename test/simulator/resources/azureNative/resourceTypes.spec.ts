import { expect } from "chai";
import { readFileSync } from "node:fs";
import { pathInputs } from "../../../../simulator/resources/azureNative/paths";
import { type ResourceSpec, resourceTypes } from "../../../../simulator/resources/azureNative/resourceTypes";
import { sideOf } from "../../../../simulator/resources/azureNative/shapes";

/** What the typings of azure-native say about a type: names, and with which version Azure is asked. */
function typingsOf(token: string) {
    const [, module = "", name = ""] = token.split(":");
    const file = require.resolve("@pulumi/azure-native/package.json");
    const path = file.replace(
        "package.json",
        `${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}.d.ts`,
    );
    const text = readFileSync(path, "utf8");
    const [outputs = "", inputs = ""] = text.split(`export interface ${name}Args`);
    const names = (part: string, pattern: RegExp) =>
        [...part.matchAll(pattern)].map(([, found]) => found ?? "").sort();
    return {
        outputs: names(outputs, /^ {4}readonly (\w+):/gm),
        inputs: names(inputs, /^ {4}(\w+)\??:/gm),
        required: names(inputs, /^ {4}(\w+):/gm),
        version: /Uses Azure REST API version (\S+)\./.exec(text)?.[1],
    };
}

/** What the simulation says, in the same form. */
function knownOf(spec: ResourceSpec) {
    const inPath = pathInputs(spec).filter((name) => !name.includes("."));
    const made = spec.autoName === undefined ? [] : [inPath.at(-1)];
    const version = spec.apiVersionIsInput === true ? ["apiVersion"] : [];
    const inBody = sideOf(spec.body, "in");
    return {
        outputs: sideOf(spec.body, "out")
            .map(([name]) => name)
            .concat(spec.apiVersion === undefined ? inPath : ["azureApiVersion"])
            .sort(),
        inputs: [...inPath, ...version, ...inBody.map(([name]) => name)].sort(),
        required: [
            ...inPath.filter((name) => !made.includes(name)),
            ...version,
            // The SDK does not ask for a region, which azure-native may know.
            ...inBody
                .filter(([name, { required }]) => required === true && name !== "location")
                .map(([name]) => name),
        ].sort(),
        version: spec.apiVersion,
    };
}

describe("the resource types of azure-native", () => {
    for (const [token, spec] of resourceTypes) {
        it(`has the inputs, outputs and version that the SDK declares for ${token}`, () => {
            expect(knownOf(spec)).to.deep.equal(typingsOf(token));
        });
    }
});
