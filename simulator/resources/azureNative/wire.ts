/** Values as they travel between Pulumi's SDK and an engine. */
import * as pulumi from "@pulumi/pulumi";
import { isJsonObject, type Json, type JsonObject } from "../../../language/json";
import { NotSimulated } from "../notSimulated";

/** A stack output. */
export interface DeployedOutput {
    /** Undefined where a preview cannot know it. */
    readonly value: Json | undefined;
    /** Whether Pulumi would hide it. */
    readonly secret: boolean;
}

/** Stack outputs by name. */
export type DeployedOutputs = { readonly [name: string]: DeployedOutput };

/** Inputs of a resource without the marks of secrets, and which of them had one. */
export interface PlainInputs {
    readonly values: JsonObject;
    readonly secrets: ReadonlySet<string>;
}

/** Reads what the SDK hands to mocks. */
export function readInputs(inputs: unknown): PlainInputs {
    const entries = Object.entries(inputs as Record<string, unknown>).filter(
        ([, value]) => value !== undefined,
    );
    const read = entries.map(([name, value]) => ({ name, ...readValue(value) }));
    return {
        values: Object.fromEntries(
            read.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
        ),
        secrets: new Set(read.filter(({ secret }) => secret).map(({ name }) => name)),
    };
}

/** Marks the outputs that come from secret inputs, as an engine does. */
export function markSecrets(outputs: JsonObject, secrets: ReadonlySet<string>): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries(outputs).map(([name, value]) => [
            name,
            secrets.has(name) ? pulumi.secret<unknown>(value) : value,
        ]),
    );
}

/** Waits for what a program exports. Rejects where a value cannot be had. */
export async function readOutputs(outputs: unknown): Promise<DeployedOutputs> {
    const serialized: unknown = await pulumi.runtime.serializeProperties("outputs", {
        outputs: outputs ?? {},
    });
    const exported = (serialized as { outputs?: unknown }).outputs ?? {};
    return Object.fromEntries(
        Object.entries(exported as Record<string, unknown>).map(([name, value]) => [name, readValue(value)]),
    );
}

/** Takes the marks off, however deep they are; one secret inside makes the whole a secret. */
function readValue(value: unknown): DeployedOutput {
    if (pulumi.runtime.isRpcSecret(value)) {
        const inner: unknown = pulumi.runtime.unwrapRpcSecret(value);
        return { value: readValue(inner).value, secret: true };
    }
    if (value === pulumi.runtime.unknownValue) {
        return { value: undefined, secret: false };
    }
    if (Array.isArray(value)) {
        const items = value.map(readValue);
        return { value: items.map((item) => item.value ?? null), secret: items.some((item) => item.secret) };
    }
    if (isJsonObject(value)) {
        const { values, secrets } = readInputs(value);
        return { value: values, secret: secrets.size > 0 };
    }
    if (
        value === null ||
        typeof value === "string" ||
        typeof value === "number" ||
        typeof value === "boolean"
    ) {
        return { value, secret: false };
    }
    throw new NotSimulated(`inputs of type ${typeof value}, only JSON values`);
}
