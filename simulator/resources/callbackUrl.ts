/** URLs that start a workflow: whoever has one needs no other right. */
import { createHash } from "node:crypto";
import { idKey } from "./armId";
import { objectAt, textAt } from "./json";
import { AzureRefusal, type Resource } from "./model";
import { NotSimulated } from "./notSimulated";

/** What *list callback URL* of a trigger answers (API version 2019-05-01). */
export interface CallbackUrl {
    /** The whole URL, signature included. */
    readonly value: string;
    readonly method: "POST";
    /** The URL without its queries. */
    readonly basePath: string;
    readonly queries: {
        readonly apiVersion: string;
        readonly sp: string;
        readonly sv: string;
        readonly sig: string;
    };
}

const API_VERSION = "2016-10-01";

/** Triggers that somebody calls. */
const CALLED = new Set(["request", "apiconnectionwebhook"]);

/**
 * The URL that starts a workflow.
 *
 * @param generation - how often the workflow was created: each time with other keys
 * @throws AzureRefusal `TriggerNotFound`
 */
export function callbackUrl(workflow: Resource, triggerName: string, generation: number): CallbackUrl {
    const triggers = objectAt(workflow.properties, "definition", "triggers");
    const name = Object.keys(triggers).find((candidate) => idKey(candidate) === idKey(triggerName));
    if (name === undefined) {
        throw new AzureRefusal(
            404,
            "TriggerNotFound",
            `The workflow '${workflow.name}' trigger '${triggerName}' could not be found.`,
        );
    }
    if (!calledTriggers(workflow).includes(name)) {
        throw new NotSimulated(
            `the callback URL of a trigger of type "${textAt(triggers, name, "type") ?? ""}"`,
        );
    }
    const endpoint = textAt(workflow.properties, "accessEndpoint") ?? "";
    const basePath = `${endpoint}/triggers/${encodeURIComponent(name)}/paths/invoke`;
    const queries = {
        apiVersion: API_VERSION,
        sp: `/triggers/${name}/run`,
        sv: "1.0",
        sig: createHash("sha256").update(`key ${generation} of ${basePath}`).digest("base64url"),
    };
    const search = new URLSearchParams({
        "api-version": queries.apiVersion,
        sp: queries.sp,
        sv: queries.sv,
        sig: queries.sig,
    });
    return { value: `${basePath}?${search.toString()}`, method: "POST", basePath, queries };
}

/** Names of a workflow's triggers that have a callback URL. */
function calledTriggers(workflow: Resource): readonly string[] {
    return Object.entries(objectAt(workflow.properties, "definition", "triggers"))
        .filter(([, trigger]) => CALLED.has(textAt(trigger, "type")?.toLowerCase() ?? ""))
        .map(([name]) => name);
}

/** Where a workflow in a region is reached. */
export function accessEndpoint(workflowId: string, location: string): string {
    const identifier = createHash("sha256").update(idKey(workflowId)).digest("hex").slice(0, 32);
    return `https://prod-00.${location}.logic.azure.com:443/workflows/${identifier}`;
}
