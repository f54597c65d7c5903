/** Names in Azure that the program has to choose itself. */
import * as pulumi from "@pulumi/pulumi";
import { createHash } from "node:crypto";
import { v5 as uuidV5 } from "uuid";

/** Namespace of this project's GUIDs (RFC 9562, version 5); made up once. */
const guidNamespace = "0d8a0a36-5b53-4f0e-9d5b-6e8f4a2c7b19";

/**
 * A GUID that is the same in every run of the stack, and another one in every other stack and scope.
 *
 * @param scope - ARM id; its letter case does not matter, as in Azure
 * @param parts - tell apart what has the same scope, e.g. the logical name, which is unique in its stack
 */
export function stackGuid(scope: string, ...parts: readonly string[]): string {
    return guidOf(pulumi.getProject(), pulumi.getStack(), scope.toLowerCase(), ...parts);
}

/** A GUID of these parts, in this order. */
function guidOf(...parts: readonly string[]): string {
    return uuidV5(JSON.stringify(parts), guidNamespace);
}

/** A vault's name has at most 24 characters, of which Pulumi takes 8 to make it unique. */
const longestVaultName = 16;
const hashLength = 6;

/**
 * Logical name of a vault: what is left of the component's name where a vault's name may hold only letters, digits
 * and single hyphens, and a hash, so that two components never get the same.
 */
export function vaultLogicalName(componentName: string): string {
    const readable = componentName
        .replace(/[^a-z0-9]+/gi, "-")
        .replace(/^[^a-z]+/i, "")
        .slice(0, longestVaultName - hashLength - 1)
        .replace(/-$/, "");
    const hash = createHash("sha256").update(componentName).digest("hex").slice(0, hashLength);
    return `${readable || "vault"}-${hash}`;
}
