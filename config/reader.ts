/** Reads typed values from the texts of the configuration and collects what is wrong with them. */
import type { TextRule } from "./rules";

/** Types as `Pulumi.yaml` declares them. */
export type ConfigType = "string" | "integer" | "boolean" | "array" | "object";

/** The declared keys of the project with their types. The secret is not declared: a secret cannot have a default. */
export const configTypes = {
    workspaceName: "string",
    workspaceResourceGroup: "string",
    workspaceSubscriptionId: "string",
    resourceGroup: "string",
    keyVault: "string",
    keyVaultResourceGroup: "string",
    keyVaultAuthorization: "string",
    intezerSecretName: "string",
    intezerUrl: "string",
    intezerEnvironment: "string",
    playbooks: "array",
    automatedPlaybooks: "array",
    severities: "array",
    automationOrder: "integer",
    grantSentinelAccess: "boolean",
    securityInsightsPrincipalId: "string",
    webhookCallerIps: "array",
    logQueryVia: "string",
    analysisTimeoutMinutes: "integer",
    tagIncidents: "boolean",
    tags: "object",
} as const satisfies Record<string, ConfigType>;

type DeclaredKey = keyof typeof configTypes;

type KeyOf<Type extends ConfigType> = {
    [Key in DeclaredKey]: (typeof configTypes)[Key] extends Type ? Key : never;
}[DeclaredKey];

type TextKey = KeyOf<"string"> | "azure-native:location";

/** What is wrong with a key, and how to mend it. */
export interface ConfigProblem {
    /** What was found. @default - nothing is set */
    readonly value?: string;
    /** Whether what was found must not be shown. @default false */
    readonly isSecret?: boolean;
    /** What is allowed, as sentences. */
    readonly allowed: string;
    /** The command that mends it. */
    readonly command: string;
}

/**
 * Reads one key at a time. A value that is not allowed is noted as a problem and reads as "not set", so that the
 * reading goes on and finds all problems.
 */
export class ConfigReader {
    /** One paragraph per problem. */
    readonly problems: string[] = [];

    /** @param textOf - text of a key; undefined or empty where it is not set */
    constructor(private readonly textOf: (key: string) => string | undefined) {}

    /** Whether there is a value, be it a wrong one. */
    isSet(key: TextKey): boolean {
        return this.raw(key) !== undefined;
    }

    text<T extends string>(key: TextKey, rule: TextRule<T>): T | undefined {
        const value = this.raw(key);
        if (value === undefined || rule.accepts(value)) {
            return value;
        }
        this.problem(key, { value, allowed: rule.allowed, command: setCommand(key, rule.example) });
        return undefined;
    }

    /** An empty text where it is missing or wrong. */
    requiredText(key: TextKey, rule: TextRule): string {
        if (this.raw(key) === undefined) {
            this.problem(key, { allowed: rule.allowed, command: setCommand(key, rule.example) });
        }
        return this.text(key, rule) ?? "";
    }

    integer(key: KeyOf<"integer">, lowest: number, highest: number): number | undefined {
        const value = this.raw(key);
        if (value === undefined) {
            return undefined;
        }
        const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
        if (number >= lowest && number <= highest) {
            return number;
        }
        const allowed = `A whole number from ${lowest} to ${highest}.`;
        this.problem(key, { value, allowed, command: setCommand(key, String(lowest)) });
        return undefined;
    }

    flag(key: KeyOf<"boolean">): boolean | undefined {
        const value = this.raw(key);
        if (value === undefined || value === "true" || value === "false") {
            return value === undefined ? undefined : value === "true";
        }
        this.problem(key, { value, allowed: "true or false.", command: setCommand(key, "true") });
        return undefined;
    }

    /** Distinct texts; undefined where nothing is set or something is wrong. */
    list<T extends string>(key: KeyOf<"array">, rule: TextRule<T>): readonly T[] | undefined {
        const value = this.raw(key) ?? "[]";
        const items = parseJson(value);
        if (!Array.isArray(items)) {
            const command = `pulumi config rm ${key} && ${pathCommand(`${key}[0]`, rule.example)}`;
            this.problem(key, { value, allowed: `A list. ${rule.allowed}`, command });
            return undefined;
        }
        const accepted = items.filter((item, index): item is T => {
            const isFirst = items.indexOf(item) === index;
            return this.checkItem(`${key}[${index}]`, item, isFirst, rule);
        });
        return accepted.length < items.length || items.length === 0 ? undefined : accepted;
    }

    private checkItem(path: string, item: unknown, isFirst: boolean, rule: TextRule): item is string {
        if (typeof item !== "string" || !rule.accepts(item)) {
            const command = pathCommand(path, rule.example);
            this.problem(path, { value: asText(item), allowed: rule.allowed, command });
            return false;
        }
        if (!isFirst) {
            const command = pathCommand(path);
            this.problem(path, { value: item, allowed: "Each value only once.", command });
        }
        return isFirst;
    }

    /** Tags of resources; numbers and booleans, as the CLI stores some `--path` values, are taken as texts. */
    tags(key: KeyOf<"object">): Readonly<Record<string, string>> {
        const value = this.raw(key) ?? "{}";
        const tags = parseJson(value);
        if (typeof tags !== "object" || tags === null || Array.isArray(tags)) {
            const command = `pulumi config rm ${key} && ${pathCommand(`${key}.team`, "security")}`;
            this.problem(key, { value, allowed: `Names with texts. ${tagLimits}`, command });
            return {};
        }
        const entries = Object.entries(tags);
        entries.forEach(([name, text], index) => {
            if (index >= mostTags || !isTag(name, text)) {
                const path = `${key}["${name}"]`;
                const command = pathCommand(path);
                this.problem(path, { value: asText(text), allowed: tagLimits, command });
            }
        });
        return Object.fromEntries(entries.map(([name, text]) => [name, String(text)]));
    }

    /** A secret; nothing of its value is ever shown. */
    secret(key: "intezerApiKey", { required }: { readonly required: boolean }): string | undefined {
        const value = this.raw(key);
        const command = `pulumi config set --secret ${key}`;
        if (value === undefined && required) {
            this.problem(key, { allowed: "Intezer's API key, to be stored in the vault.", command });
        }
        if (value !== undefined && /\s/.test(value)) {
            this.problem(key, {
                isSecret: true,
                allowed: "A key without spaces and line breaks; this one has some.",
                command,
            });
        }
        return value;
    }

    problem(key: string, { value, isSecret, allowed, command }: ConfigProblem): void {
        const found = value === undefined ? "is not set" : `= ${shorten(JSON.stringify(value))}`;
        this.problems.push(`  ${key} ${isSecret ? "(not shown)" : found}\n    ${allowed}\n    ${command}`);
    }

    private raw(key: string): string | undefined {
        const text = this.textOf(key);
        return text === "" ? undefined : text;
    }
}

/** Azure's limits of tags (Microsoft Learn, "Use tags to organize your Azure resources"). */
const mostTags = 50;
const longestTagName = 512;
const longestTagValue = 256;
const tagLimits =
    `At most ${mostTags} tags; a name has up to ${longestTagName} characters without < > % & \\ ? /, ` +
    `a value is a text of up to ${longestTagValue}.`;

function isTag(name: string, value: unknown): boolean {
    const isScalar = typeof value === "string" || typeof value === "boolean" || Number.isSafeInteger(value);
    const isName = name.length > 0 && name.length <= longestTagName && !/[<>%&\\?/]/.test(name);
    return isName && isScalar && String(value).length <= longestTagValue;
}

function parseJson(text: string): unknown {
    try {
        return JSON.parse(text) as unknown;
    } catch {
        // A plain text where a list or an object is expected; the caller refuses it.
        return undefined;
    }
}

function asText(value: unknown): string {
    return typeof value === "string" ? value : JSON.stringify(value);
}

function shorten(text: string): string {
    return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

function setCommand(key: string, example: string | undefined): string {
    return example === undefined ? `pulumi config rm ${key}` : `pulumi config set ${key} ${example}`;
}

function pathCommand(path: string, example?: string): string {
    return example === undefined
        ? `pulumi config rm --path '${path}'`
        : `pulumi config set --path '${path}' ${example}`;
}
