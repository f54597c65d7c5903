import { connectionsOf, type WorkflowDefinition } from "../language";

/** Managed APIs that the playbooks call through an API connection; also the keys under `$connections`. */
export const connectionKeys = ["azuresentinel", "keyvault", "azuremonitorlogs"] as const;

export type ConnectionKey = (typeof connectionKeys)[number];

/** What a workflow must be given before it can do its work. */
export interface WorkflowNeeds {
    readonly connections: readonly ConnectionKey[];
    /** Whether it reads Intezer's API key from the vault. */
    readonly readsSecret: boolean;
    /**
     * The role on the workspace. Microsoft Sentinel Responder covers the incident trigger, comments, tags, the
     * alert look-up and queries, so one assignment is enough.
     */
    readonly workspaceRole: "Microsoft Sentinel Responder";
}

/**
 * What a definition needs, read from the definition itself, so that nobody keeps a second list.
 *
 * @throws Error if the definition uses a connection that this project does not provide
 */
export function needsOf(definition: WorkflowDefinition): WorkflowNeeds {
    const connections = connectionsOf(definition).map(toConnectionKey);
    return {
        connections,
        readsSecret: connections.includes("keyvault"),
        workspaceRole: "Microsoft Sentinel Responder",
    };
}

function toConnectionKey(name: string): ConnectionKey {
    const key = connectionKeys.find((candidate) => candidate === name);
    if (key === undefined) {
        throw new Error(
            `The definition uses the connection "${name}", which no component provides. ` +
                `Provided are: ${connectionKeys.join(", ")}.`,
        );
    }
    return key;
}
