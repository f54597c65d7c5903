/** Settings of a stack for a simulated subscription: those of its file, without what only the real one can decrypt. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type ConfigType, configTypes } from "../../config/reader";
import { isJsonObject, type Json } from "../../language/json";
import { projectFolder, readSettings, type StackSettings } from "../settings";
import { UsageError } from "./arguments";

/** The one secret that the program knows. */
const KEY = "intezerApiKey";

/** Keys of the provider that mean something here. */
const providerKeys = ["azure-native:location", "azure-native:subscriptionId"] as const;

/** Settings, and whether a key of Intezer goes with them. */
export interface SimulatedSettings {
    /** Without the key. */
    readonly settings: StackSettings;
    /** The key: that of the command line, a made-up one, or none where an existing vault holds it. */
    readonly apiKey: { readonly given: string } | "made up" | undefined;
}

/**
 * Reads the settings of a stack.
 *
 * @param overrides - `key=value`
 * @throws UsageError for a stack without a file, for unknown keys, for values of the wrong type and for encrypted ones
 */
export function settingsFor(stack: string, overrides: readonly string[]): SimulatedSettings {
    const file = `Pulumi.${stack}.yaml`;
    if (!existsSync(join(projectFolder, file))) {
        throw new UsageError(
            `There is no ${file}. Stacks with a file: ${stacks().join(", ")}. Another one: pulumi stack init ${stack}`,
        );
    }
    return simulatedSettings(readSettings(stack), overrides);
}

/** As {@link settingsFor}, from settings that are read already. */
export function simulatedSettings(read: StackSettings, overrides: readonly string[]): SimulatedSettings {
    const changes = new Map(overrides.map((override) => readOverride(override, read.project)));
    const wholeKey = `${read.project}:${KEY}`;
    const given = changes.get(wholeKey);
    const changed = read.with(Object.fromEntries(changes));
    const hasKey = changed.values[wholeKey] !== undefined;
    const settings = changed.with({ [KEY]: null });
    assertNothingEncrypted(settings);
    if (typeof given === "string") {
        return { settings, apiKey: { given } };
    }
    const isMadeUp = given !== null && (hasKey || settings.text("keyVault") === undefined);
    return { settings, apiKey: isMadeUp ? "made up" : undefined };
}

function readOverride(override: string, project: string): readonly [string, Json] {
    const at = override.indexOf("=");
    if (at < 1) {
        throw new UsageError(`--config is '${override}'. It has to be key=value.`);
    }
    const typed = override.slice(0, at);
    const value = override.slice(at + 1);
    const key = typed.startsWith(`${project}:`) ? typed.slice(project.length + 1) : typed;
    if (isProviderKey(key)) {
        return [key, value === "" ? null : value];
    }
    const type = key === KEY ? "string" : typeOf(key);
    if (type === undefined) {
        const known = [...providerKeys, KEY, ...Object.keys(configTypes)];
        throw new UsageError(`There is no setting '${typed}'. Settings are: ${known.join(", ")}.`);
    }
    return [`${project}:${key}`, value === "" ? null : readValue(key, type, value)];
}

function isProviderKey(key: string): boolean {
    return providerKeys.some((known) => known === key);
}

function typeOf(key: string): ConfigType | undefined {
    return Object.entries(configTypes).find(([known]) => known === key)?.[1];
}

/** What of the values is allowed, the program says itself; here it is only about their types. */
function readValue(key: string, type: ConfigType, text: string): Json {
    if (type === "string") {
        return text;
    }
    const value = jsonOf(text);
    if (value === undefined || !accepts[type](value)) {
        throw new UsageError(
            `--config ${key} is '${text}'. It has to be ${examples[type][0]}: --config '${key}=${examples[type][1]}'`,
        );
    }
    return value;
}

const accepts: { readonly [type in ConfigType]: (value: Json) => boolean } = {
    string: (value) => typeof value === "string",
    integer: (value) => typeof value === "number",
    boolean: (value) => typeof value === "boolean",
    array: (value) => Array.isArray(value),
    object: isJsonObject,
};

const examples: { readonly [type in ConfigType]: readonly [string, string] } = {
    string: ["a text", "text"],
    integer: ["a whole number", "60"],
    boolean: ["true or false", "true"],
    array: ["a list as JSON", '["one","two"]'],
    object: ["an object as JSON", '{"team":"security"}'],
};

function jsonOf(text: string): Json | undefined {
    try {
        return JSON.parse(text) as Json;
    } catch {
        return undefined;
    }
}

/** What is encrypted can only be read with the passphrase or the cloud key of the real stack: neither is asked for. */
function assertNothingEncrypted({ values, project, stack }: StackSettings): void {
    const encrypted = Object.entries(values).filter(
        ([, value]) => isJsonObject(value) && typeof value["secure"] === "string",
    );
    if (encrypted.length > 0) {
        const lines = encrypted.map(([whole]) => {
            const key = whole.startsWith(`${project}:`) ? whole.slice(project.length + 1) : whole;
            return `  ${key}: --config ${key}=<value>`;
        });
        throw new UsageError(
            `Pulumi.${stack}.yaml has encrypted values, which are not decrypted here. Give another value for each:\n${lines.join("\n")}`,
        );
    }
}

function stacks(): readonly string[] {
    return readdirSync(projectFolder).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
}
