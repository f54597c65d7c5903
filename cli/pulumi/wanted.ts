/** Which versions of the Pulumi CLI and of Go are asked for, read where each of them is said. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { isJsonObject } from "../../language/json";

/** The Go module that pins the CLI, from the project's folder. */
export const moduleFolder = join("tools", "pulumi-cli");

/** The Go module that holds the CLI. */
export const cliModule = "github.com/pulumi/pulumi/pkg/v3";

/** Versions, without a leading "v" or "go". */
export interface Wanted {
    /** The oldest CLI that may run the program: `requiredPulumiVersion` of Pulumi.yaml. */
    readonly minimum: string;
    /** The CLI that is built: what go.mod requires. */
    readonly pinned: string;
    /** The oldest Go that may build it: the `go` line of go.mod. */
    readonly go: string;
}

/**
 * Reads Pulumi.yaml and go.mod.
 *
 * @param folder - where the project is
 * @throws Error where one of them does not say its version in the form that is understood here
 */
export function readWanted(folder: string): Wanted {
    const goMod = readFileSync(join(folder, moduleFolder, "go.mod"), "utf8");
    return {
        minimum: minimumOf(readFileSync(join(folder, "Pulumi.yaml"), "utf8")),
        pinned: pinnedOf(goMod),
        go: goOf(goMod),
    };
}

/**
 * Whether a version is the minimum or newer. A pre-release (`3.218.0-alpha.1`, Go's `1.26rc1`) comes before its
 * release.
 *
 * @param version - two or three numbers, with or without what marks a pre-release or a build
 * @param minimum - two or three numbers
 */
export function isAtLeast(version: string, minimum: string): boolean {
    const [, release = "", rest = ""] = /^([\d.]*)(.*)$/.exec(version) ?? [];
    const asked = numbersOf(minimum);
    const difference = numbersOf(release)
        .map((number, index) => number - (asked[index] ?? 0))
        .find((each) => each !== 0);
    return difference === undefined ? rest === "" || rest.startsWith("+") : difference > 0;
}

function numbersOf(release: string): readonly number[] {
    const [major = 0, minor = 0, patch = 0] = release.split(".").map(Number);
    return [major, minor, patch];
}

function minimumOf(pulumiYaml: string): string {
    const project: unknown = parse(pulumiYaml);
    const required = isJsonObject(project) ? project.requiredPulumiVersion : undefined;
    const minimum = typeof required === "string" ? /^>=(\d+\.\d+\.\d+)$/.exec(required)?.[1] : undefined;
    if (minimum === undefined) {
        throw new Error(
            `requiredPulumiVersion of Pulumi.yaml is ${JSON.stringify(required) ?? "not set"}; it must be ">=" and three numbers, such as ">=3.218.0".`,
        );
    }
    return minimum;
}

function pinnedOf(goMod: string): string {
    const requirement = new RegExp(`^(?:require|\\t)\\s*${cliModule.replaceAll(".", "\\.")} v(\\S+)`, "m");
    return said(
        requirement,
        goMod,
        `It must require ${cliModule} in one version, such as ${cliModule} v3.259.0.`,
    );
}

function goOf(goMod: string): string {
    return said(
        /^go (\d+\.\d+(?:\.\d+)?)$/m,
        goMod,
        "It must have a line with the oldest Go, such as go 1.26.",
    );
}

function said(pattern: RegExp, goMod: string, remedy: string): string {
    const version = pattern.exec(goMod)?.[1];
    if (version === undefined) {
        throw new Error(`${join(moduleFolder, "go.mod")} does not say a version. ${remedy}`);
    }
    return version;
}
