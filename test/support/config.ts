/** Loads configurations of a small catalogue, and reads what is wrong with them. */
import { expect } from "chai";
import { loadConfig, type Catalogue, type StackConfig } from "../../config";
import { run } from "./pulumi";

export type Key = "hook" | "first" | "second";

/** A catalogue in which only `first` reads the key. */
const catalogue: Catalogue<Key> = {
    playbooks: {
        hook: { trigger: "webhook" },
        first: { trigger: "incident" },
        second: { trigger: "incident" },
    },
    readsSecret: (key) => key === "first",
};

export const required = {
    "azure-native:location": "westeurope",
    "intezer-sentinel:workspaceName": "contoso-sentinel",
    "intezer-sentinel:workspaceResourceGroup": "contoso-security",
    "intezer-sentinel:intezerApiKey": "test-key",
};

type Values = Readonly<Record<string, unknown>>;

/** Loads the required keys with changes; keys are those of the project, undefined takes a key away. */
export async function load(changes: Values = {}): Promise<StackConfig<Key>> {
    const changed = Object.entries(changes).map(([key, value]) => [fullKey(key), asConfig(value)] as const);
    const entries = Object.entries({ ...required, ...Object.fromEntries(changed) });
    const config = Object.fromEntries(
        entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    );
    const { result, registered } = await run(() => loadConfig(catalogue), { config });
    expect(registered).to.deep.equal([]);
    return result;
}

export function fullKey(key: string): string {
    return key.includes(":") ? key : `intezer-sentinel:${key}`;
}

export function asConfig(value: unknown): string | undefined {
    return typeof value === "string" || value === undefined ? value : JSON.stringify(value);
}

/** The whole message of a configuration that is refused. */
export async function refusal(changes: Values): Promise<string> {
    let message = "";
    await load(changes).catch((error: Error) => (message = error.message));
    expect(message, "nothing was refused").to.not.equal("");
    return message;
}

/** The problems of a configuration, one text per problem. */
export async function problems(changes: Values): Promise<readonly string[]> {
    return (await refusal(changes)).trimEnd().split("\n\n").slice(1);
}

export function problem(title: string, allowed: string, command: string): string {
    return `  ${title}\n    ${allowed}\n    ${command}`;
}
