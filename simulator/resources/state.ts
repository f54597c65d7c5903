import { v5 as uuidV5 } from "uuid";
import type { JsonObject } from "../../language/json";
import { type ArmId, idKey, isSameId } from "./armId";
import type { Resource } from "./model";
import { ROLE_ASSIGNMENT_TYPE } from "./rights";

/** A request to write a resource, after its id has been understood. */
export interface Write {
    readonly id: ArmId;
    readonly location?: string;
    readonly kind?: string;
    readonly tags?: { readonly [name: string]: string };
    readonly identity?: { readonly type: string };
    readonly properties: JsonObject;
    /** @default not known: checks that depend on it take the oldest version in use */
    readonly apiVersion?: string;
    /**
     * Keys of the ids that this write is known to wait for, itself included.
     *
     * @default everything written before it
     */
    readonly after?: ReadonlySet<string>;
}

/** What a resource provider stores of a write. */
export type Stored = Omit<Resource, "id" | "type" | "name">;

/** A kind of resource: which API versions it has, and how it is written and removed. */
export interface ResourceType {
    /** E.g. `Microsoft.Logic/workflows`. */
    readonly type: string;
    readonly apiVersions: readonly string[];
    /** @throws AzureRefusal where Azure would refuse the write */
    put(write: Write, state: AzureState): Stored;
    /** Clears what the resource leaves behind; it is gone from the state already. */
    removed?(resource: Resource, state: AzureState): void;
}

/** Somebody in Entra ID who can be given a role. */
export interface Principal {
    readonly objectId: string;
    readonly type: "ServicePrincipal" | "User" | "Group";
    readonly displayName: string;
    /** Of service principals: the id of their application. */
    readonly appId?: string;
    /** ARM id of the resource whose identity it is. */
    readonly resourceId?: string;
}

/** The value of a vault secret, which Resource Manager takes but never gives back. */
export interface SecretValue {
    readonly value: string;
    /** Number of the version, from 1. */
    readonly version: number;
}

/** Namespace of all ids that the simulation derives from names. */
const IDS = "6f0f2f7e-6a55-4c0e-9f0b-5d1c8a3f7b21";

/** A GUID that depends on nothing but the text. */
export function stableGuid(text: string): string {
    return uuidV5(text, IDS);
}

/**
 * Everything that exists in the simulated tenant. What the deployment under way has written counts as finished
 * only for those who wait for it: in Azure it might as well not be there yet.
 */
export class AzureState {
    readonly subscriptions = new Map<string, ReadonlySet<string>>();
    readonly principals = new Map<string, Principal>();
    readonly secrets = new Map<string, SecretValue>();
    /** Ids of soft-deleted vaults and secrets, which keep their names. */
    readonly softDeleted = new Set<string>();
    private readonly resources = new Map<string, Resource>();
    private readonly unfinished = new Set<string>();
    private readonly vaultWrites = new Map<string, Set<string>>();
    private readonly generations = new Map<string, number>();
    private readonly identities = new Map<string, number>();

    constructor(readonly tenantId: string) {}

    get(id: string): Resource | undefined {
        return this.resources.get(idKey(id));
    }

    /** In order of creation. */
    list(type: string): readonly Resource[] {
        return [...this.resources.values()].filter((resource) => isSameId(resource.type, type));
    }

    /** Everything that lies in a resource or extends it. */
    below(id: string): readonly Resource[] {
        const prefix = `${idKey(id)}/`;
        return [...this.resources.values()].filter((resource) => idKey(resource.id).startsWith(prefix));
    }

    /** Whether the writer can count on what was written under this id to be there. */
    isFinishedFor(id: string, writer: Pick<Write, "after">): boolean {
        return writer.after === undefined || !this.unfinished.has(idKey(id)) || writer.after.has(idKey(id));
    }

    /** The resource, if it is there and the writer can count on it. */
    seenBy(id: string, writer: Pick<Write, "after">): Resource | undefined {
        return this.isFinishedFor(id, writer) ? this.get(id) : undefined;
    }

    store(resource: Resource, write: Write): void {
        const key = idKey(resource.id);
        if (!this.resources.has(key)) {
            this.generations.set(key, this.generationOf(resource.id) + 1);
        }
        this.resources.set(key, resource);
        if (write.after !== undefined) {
            this.unfinished.add(key);
        }
    }

    /** Changes a resource in place, as a side effect of a write to another. */
    replace(resource: Resource): void {
        this.resources.set(idKey(resource.id), resource);
    }

    remove(id: string): void {
        this.resources.delete(idKey(id));
        this.unfinished.delete(idKey(id));
    }

    /** How often something was created under this id: what is made anew is something else to Entra ID. */
    generationOf(id: string): number {
        return this.generations.get(idKey(id)) ?? 0;
    }

    /** Object id for a new identity of a resource; never the one that it had before. */
    newObjectId(resourceId: string): string {
        const made = (this.identities.get(idKey(resourceId)) ?? 0) + 1;
        this.identities.set(idKey(resourceId), made);
        return stableGuid(`identity ${made} of ${idKey(resourceId)}`);
    }

    /** Role assignments that the writer can count on; all of them for nobody in particular. */
    roleAssignmentsSeenBy(writer: Pick<Write, "after">): readonly Resource[] {
        return this.list(ROLE_ASSIGNMENT_TYPE).filter(({ id }) => this.isFinishedFor(id, writer));
    }

    /**
     * Notes a write to a vault.
     *
     * @returns the id of an earlier write that this one does not wait for, undefined where there is none
     */
    noteVaultWrite(vaultId: string, write: Pick<Write, "id" | "after">): string | undefined {
        const { after } = write;
        if (after === undefined) {
            return undefined;
        }
        const earlier = this.vaultWrites.get(idKey(vaultId)) ?? new Set<string>();
        const overlapping = [...earlier].find((key) => !after.has(key));
        this.vaultWrites.set(idKey(vaultId), earlier.add(idKey(write.id.id)));
        return overlapping;
    }

    /** Lets time pass: all that was written is finished and known everywhere, new principals included. */
    finishWrites(): void {
        this.unfinished.clear();
        this.vaultWrites.clear();
    }
}
