import { createHash } from "node:crypto";
import { idKey } from "../armId";
import { objectAt, textAt } from "../json";
import { AzureRefusal } from "../model";
import { badRequest, parentNotFound } from "../refusals";
import type { AzureState, ResourceType, Stored, Write } from "../state";
import { assertAloneInVault } from "../vaultWrites";

/** Secrets of a vault, as Resource Manager writes them: past its firewall and without a right on its data. */
export const secrets: ResourceType = {
    type: "Microsoft.KeyVault/vaults/secrets",
    apiVersions: ["2023-02-01", "2023-07-01", "2024-11-01", "2026-02-01"],
    put: putSecret,
    removed: (secret, state) => {
        state.secrets.delete(idKey(secret.id));
        state.softDeleted.add(idKey(secret.id));
    },
};

/** Most bytes of a secret: Microsoft Learn, "About Azure Key Vault secrets". */
const MOST_BYTES = 25_600;

function putSecret(write: Write, state: AzureState): Stored {
    const { id, properties } = write;
    if (!/^[0-9a-zA-Z-]{1,127}$/.test(id.name)) {
        throw badRequest(
            `The secret name '${id.name}' is invalid. It must have 1 to 127 characters, letters, digits and ` +
                "hyphens only.",
        );
    }
    const vault = state.get(id.parent);
    if (vault === undefined) {
        throw parentNotFound(id);
    }
    assertNotSoftDeleted(write, state);
    const value = textAt(properties, "value");
    if (value === undefined || Buffer.byteLength(value) > MOST_BYTES) {
        throw badRequest(`The secret '${id.name}' needs a value, a text of at most ${MOST_BYTES} bytes.`);
    }
    assertAloneInVault(vault.id, write, state);
    const version = (state.secrets.get(idKey(id.id))?.version ?? 0) + 1;
    state.secrets.set(idKey(id.id), { value, version });
    const uri = `${textAt(vault.properties, "vaultUri") ?? ""}secrets/${id.name}`;
    const contentType = textAt(properties, "contentType");
    return {
        location: vault.location,
        tags: write.tags,
        properties: {
            attributes: { enabled: true, ...objectAt(properties, "attributes") },
            ...(contentType === undefined ? {} : { contentType }),
            secretUri: uri,
            secretUriWithVersion: `${uri}/${versionName(id.id, version)}`,
        },
    };
}

function assertNotSoftDeleted(write: Write, state: AzureState): void {
    if (state.softDeleted.has(idKey(write.id.id))) {
        throw new AzureRefusal(
            409,
            "Conflict",
            `Secret ${write.id.name} is currently in a deleted but recoverable state, and its name cannot be ` +
                "reused; in this state, the secret can only be recovered or purged.",
        );
    }
}

function versionName(id: string, version: number): string {
    return createHash("sha256")
        .update(`${idKey(id)}#${version}`)
        .digest("hex")
        .slice(0, 32);
}
