/** The file that `pulumi import --file` reads. */
import type { ImportResource } from "@pulumi/pulumi/automation";
import Ajv from "ajv";
import { readFileSync } from "node:fs";
import { UsageError } from "./arguments";

/** Its content. */
export interface ImportFile {
    readonly resources: readonly ImportResource[];
    /** URNs by the names that the resources use for their parents. */
    readonly nameTable?: Readonly<Record<string, string>>;
}

/** @throws UsageError for a file that cannot be read, or that the CLI would not take */
export function readImportFile(path: string): ImportFile {
    let content: unknown;
    try {
        content = JSON.parse(readFileSync(path, "utf8"));
    } catch (error) {
        throw new UsageError(
            `The file '${path}' cannot be read: ${error instanceof Error ? error.message : String(error)}`,
        );
    }
    const ajv = new Ajv();
    if (!ajv.validate<ImportFile>(schema, content)) {
        throw new UsageError(
            `The file '${path}' is none for pulumi import: ${ajv.errorsText(undefined, { dataVar: "it" })}. ` +
                'It has to be {"resources": [{"type": …, "name": …, "id": …}]}.',
        );
    }
    return content;
}

const text = { type: "string" };

/** What the CLI knows (Pulumi docs, "Importing resources", bulk import operations). */
const schema = {
    type: "object",
    required: ["resources"],
    properties: {
        nameTable: { type: "object", additionalProperties: text },
        resources: {
            type: "array",
            items: {
                type: "object",
                required: ["type", "name"],
                properties: {
                    type: text,
                    name: text,
                    id: text,
                    parent: text,
                    provider: text,
                    version: text,
                    pluginDownloadUrl: text,
                    logicalName: text,
                    properties: { type: "array", items: text },
                    component: { type: "boolean" },
                    remote: { type: "boolean" },
                },
                additionalProperties: false,
            },
        },
    },
    additionalProperties: false,
};
