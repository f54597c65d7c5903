/** A stack's settings as a file of its own for the Pulumi CLI, beside the project's `Pulumi.yaml`. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { isJsonObject, type Json, type JsonObject } from "../../language/json";
import { projectFolder, type StackSettings } from "../settings";

/**
 * Puts the project's `Pulumi.yaml` and the settings into a folder. What the CLI has encrypted there before stays, as
 * only the CLI can encrypt.
 *
 * @param keepsSecret - whether an encrypted value of the secret stays, too
 * @returns whether the secret is there
 */
export function writeProject(
    folder: string,
    settings: StackSettings,
    secretKey: string,
    keepsSecret = true,
): boolean {
    mkdirSync(folder, { recursive: true });
    copyFileSync(join(projectFolder, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
    const file = join(folder, `Pulumi.${settings.stack}.yaml`);
    const before = readDocument(file);
    const encrypted = keepsSecret ? configOf(before)[secretKey] : undefined;
    const salt = before["encryptionsalt"];
    const config = {
        ...settings.values,
        ...(encrypted === undefined ? {} : { [secretKey]: encrypted }),
    };
    writeFileSync(file, stringify({ ...(salt === undefined ? {} : { encryptionsalt: salt }), config }));
    return encrypted !== undefined;
}

function readDocument(file: string): JsonObject {
    const content: unknown = existsSync(file) ? parse(readFileSync(file, "utf8")) : {};
    return isJsonObject(content) ? content : {};
}

function configOf(document: JsonObject): { readonly [key: string]: Json } {
    const { config } = document;
    return isJsonObject(config) ? config : {};
}
