/** The settings of a stack, as the Pulumi CLI would read them from its files. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { isJsonObject, type Json, type JsonObject } from "../language/json";

/** Where the project is. */
export const projectFolder = join(__dirname, "..");

/** Configuration values by their whole key, e.g. `intezer-sentinel:workspaceName`. */
export class StackSettings {
    /**
     * @param project - name of the Pulumi project
     * @param stack - name of the stack
     */
    constructor(
        readonly project: string,
        readonly stack: string,
        readonly values: JsonObject,
    ) {}

    /** The same stack with other values; a value of null takes a key away. Keys are those of the project. */
    with(changes: { readonly [key: string]: Json }): StackSettings {
        const changed = Object.entries(changes).map(([key, value]) => [this.keyOf(key), value] as const);
        const values = { ...this.values, ...Object.fromEntries(changed) };
        return new StackSettings(
            this.project,
            this.stack,
            Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)),
        );
    }

    /** A text of the project's own configuration; undefined where it is not set, or empty. */
    text(key: string): string | undefined {
        return this.textAt(`${this.project}:${key}`);
    }

    /** A text of the provider's configuration, e.g. `location`. */
    provider(key: string): string | undefined {
        return this.textAt(`azure-native:${key}`);
    }

    /** What `pulumi.runtime.setAllConfig` takes: texts, everything else as JSON. */
    asConfig(): { [key: string]: string } {
        return Object.fromEntries(
            Object.entries(this.values).map(([key, value]) => [
                key,
                typeof value === "string" ? value : JSON.stringify(value),
            ]),
        );
    }

    private textAt(key: string): string | undefined {
        const value = this.values[key];
        return typeof value === "string" && value !== "" ? value : undefined;
    }

    private keyOf(key: string): string {
        return key.includes(":") ? key : `${this.project}:${key}`;
    }
}

/** Reads the project's `Pulumi.yaml` and `Pulumi.<stack>.yaml`. */
export function readSettings(stack: string): StackSettings {
    const { name } = readYaml("Pulumi.yaml");
    const { config } = readYaml(`Pulumi.${stack}.yaml`);
    return new StackSettings(String(name), stack, isJsonObject(config) ? config : {});
}

function readYaml(file: string): { readonly [key: string]: unknown } {
    const content: unknown = parse(readFileSync(join(projectFolder, file), "utf8"));
    if (!isJsonObject(content)) {
        throw new Error(`${file} must hold a map.`);
    }
    return content;
}
