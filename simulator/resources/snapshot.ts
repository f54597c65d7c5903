/** The simulated Azure as a JSON document, so that it outlives the process. */
import Ajv, { type ErrorObject, type ValidateFunction } from "ajv";
import { isJsonObject, type Json, type JsonObject } from "../../language/json";
import { isSameId, parseArmId } from "./armId";
import type { Resource } from "./model";
import type { Principal, SecretValue } from "./state";
import { resourceTypes } from "./types";
import type { KeptVaultWrites } from "./vaultWrites";
import type { Propagation } from "./virtualTime";

/** Everything that a state holds. */
export interface StateSnapshot {
    readonly tenantId: string;
    /** Milliseconds. */
    readonly now: number;
    readonly propagation: Propagation;
    /** Registered resource providers by id of the subscription. */
    readonly subscriptions: Entries<readonly string[]>;
    readonly principals: readonly Principal[];
    readonly secrets: Entries<SecretValue>;
    readonly softDeleted: readonly string[];
    /** In order of creation. */
    readonly resources: readonly Resource[];
    readonly unfinished: readonly string[];
    /** Milliseconds. */
    readonly usableFrom: Entries<number>;
    readonly vaultWrites: readonly KeptVaultWrites[];
    readonly generations: Entries<number>;
    readonly identities: Entries<number>;
}

type Entries<Value> = readonly (readonly [string, Value])[];

/** Version of the documents that this simulation writes, and the only one that it reads. */
const VERSION = 1;

/** The document of a state. It shares nothing with it. */
export function writeSnapshot(state: StateSnapshot): JsonObject {
    return JSON.parse(JSON.stringify({ version: VERSION, ...state })) as JsonObject;
}

/**
 * The state in a document. It shares nothing with it.
 *
 * @throws Error for a document of another version, or one that is damaged; it says what to do
 */
export function readSnapshot(document: Json): StateSnapshot {
    const copy: unknown = JSON.parse(JSON.stringify(document));
    const version = isJsonObject(copy) ? copy["version"] : undefined;
    if (version !== VERSION) {
        throw unreadable(
            `its version is ${JSON.stringify(version) ?? "missing"}, and this release reads version ${VERSION}`,
        );
    }
    compiled ??= new Ajv().compile<StateSnapshot>(schema);
    if (!compiled(copy)) {
        throw unreadable((compiled.errors ?? []).map(problemOf).join(", "));
    }
    const odd = copy.resources.find((resource) => !isKnown(resource));
    if (odd !== undefined) {
        throw unreadable(`'${odd.id}' is not the id of a resource of type '${odd.type}' that is known here`);
    }
    return copy;
}

/** Made when it is first needed, which takes longer than all that it does. */
let compiled: ValidateFunction<StateSnapshot> | undefined;

function unreadable(why: string): Error {
    return new Error(
        `The kept state of the simulated Azure cannot be read: ${why}. It cannot be converted. Start a new ` +
            "simulated subscription, and deploy into that.",
    );
}

/** Where and what, never the value: it may be a secret. */
function problemOf({ instancePath, message = "is wrong" }: ErrorObject): string {
    return `${instancePath === "" ? "the document" : instancePath} ${message}`;
}

function isKnown({ id, type }: Resource): boolean {
    return isSameId(parseArmId(id)?.type ?? "", type) && resourceTypes.some((known) => known.type === type);
}

const text = { type: "string" };
const time = { type: "number", minimum: 0 };
const count = { type: "integer", minimum: 1 };

const list = (items: object) => ({ type: "array", items });

const entries = (value: object) =>
    list({ type: "array", items: [text, value], minItems: 2, additionalItems: false });

const object = (
    required: Readonly<Record<string, object>>,
    optional: Readonly<Record<string, object>> = {},
) => ({
    type: "object",
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
});

const schema = object({
    version: { const: VERSION },
    tenantId: text,
    now: time,
    propagation: object({ identity: time, roleAssignment: time, trigger: time }),
    subscriptions: entries(list(text)),
    principals: list(
        object(
            { objectId: text, type: { enum: ["ServicePrincipal", "User", "Group"] }, displayName: text },
            { appId: text, resourceId: text },
        ),
    ),
    secrets: entries(object({ value: text, version: count })),
    softDeleted: list(text),
    resources: list(
        object(
            { id: text, type: text, name: text, properties: { type: "object" } },
            {
                location: text,
                kind: text,
                tags: { type: "object", additionalProperties: text },
                identity: object({ type: text, principalId: text, tenantId: text }),
            },
        ),
    ),
    unfinished: list(text),
    usableFrom: entries(time),
    vaultWrites: list(
        object({ vault: text, written: list(text), spans: list(object({ id: text, from: time, to: time })) }),
    ),
    generations: entries(count),
    identities: entries(count),
});
