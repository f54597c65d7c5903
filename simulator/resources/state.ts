import { v5 as uuidV5 } from "uuid";
import type { JsonObject } from "../../language/json";
import { type ArmId, idKey, isSameId } from "./armId";
import type { Resource } from "./model";
import { ROLE_ASSIGNMENT_TYPE } from "./rights";
import type { StateSnapshot } from "./snapshot";
import { VaultWrites } from "./vaultWrites";
import { type Propagation, type Timing, UsableTimes } from "./virtualTime";

/** A request to write a resource, after its id has been understood. */
export interface Write extends Timing {
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

/** Who asks what is there: a writer counts on what it waits for and on what is usable at its time. */
export type Writer = Pick<Write, "after" | "at">;

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
    readonly vaultWrites = new VaultWrites();
    private readonly resources = new Map<string, Resource>();
    private readonly unfinished = new Set<string>();
    private readonly usable: UsableTimes;
    private readonly generations = new Map<string, number>();
    private readonly identities = new Map<string, number>();
    private latest = 0;

    constructor(
        readonly tenantId: string,
        propagation: Propagation,
    ) {
        this.usable = new UsableTimes(propagation);
    }

    /** The greatest time that a write has told of, in milliseconds; 0 where none has. */
    get now(): number {
        return this.latest;
    }

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
    isFinishedFor(id: string, writer: Writer): boolean {
        const isOrdered =
            writer.after === undefined || !this.unfinished.has(idKey(id)) || writer.after.has(idKey(id));
        return isOrdered && this.usable.isUsable("resource", id, writer.at);
    }

    /** The resource, if it is there and the writer can count on it. */
    seenBy(id: string, writer: Writer): Resource | undefined {
        return this.isFinishedFor(id, writer) ? this.get(id) : undefined;
    }

    store(resource: Resource, write: Write): void {
        const key = idKey(resource.id);
        if (!this.resources.has(key)) {
            this.generations.set(key, this.generationOf(resource.id) + 1);
            this.usable.note("resource", resource.id, write);
            if (resource.type === ROLE_ASSIGNMENT_TYPE) {
                this.usable.note("roleAssignment", resource.id, write);
            }
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
        this.usable.forget(id);
    }

    /** How often something was created under this id: what is made anew is something else to Entra ID. */
    generationOf(id: string): number {
        return this.generations.get(idKey(id)) ?? 0;
    }

    /** Adds the new identity of a resource to Entra ID: never the one that it had before. */
    addIdentity(write: Write): Principal {
        const { id, name } = write.id;
        const made = (this.identities.get(idKey(id)) ?? 0) + 1;
        this.identities.set(idKey(id), made);
        const objectId = stableGuid(`identity ${made} of ${idKey(id)}`);
        const principal: Principal = {
            objectId,
            type: "ServicePrincipal",
            displayName: name,
            appId: stableGuid(`application of ${objectId}`),
            resourceId: id,
        };
        this.principals.set(objectId, principal);
        this.usable.note("identity", objectId, write);
        return principal;
    }

    /** Takes an identity out of Entra ID. */
    removeIdentity(identity: Resource["identity"]): void {
        if (identity !== undefined) {
            this.principals.delete(identity.principalId);
            this.usable.forget(identity.principalId);
        }
    }

    /** Whether Resource Manager finds a principal in Entra ID's directory, for all that the time says. */
    isReplicated(principal: Principal, writer: Writer): boolean {
        return this.usable.isUsable("identity", principal.objectId, writer.at);
    }

    /** Notes that a write gave a workflow a trigger for Microsoft Sentinel. */
    noteTrigger(workflowId: string, write: Timing): void {
        this.usable.note("trigger", workflowId, write);
    }

    /** Whether Microsoft Sentinel knows a workflow's trigger already. */
    isTriggerSeen(workflowId: string, writer: Writer): boolean {
        return this.usable.isUsable("trigger", workflowId, writer.at);
    }

    /** Role assignments that the writer can count on and that are effective; all of them for nobody in particular. */
    roleAssignmentsSeenBy(writer: Writer): readonly Resource[] {
        return this.list(ROLE_ASSIGNMENT_TYPE).filter(
            ({ id }) =>
                this.isFinishedFor(id, writer) && this.usable.isUsable("roleAssignment", id, writer.at),
        );
    }

    /** Notes how far time has come. */
    reach(time: number | undefined): void {
        this.latest = Math.max(this.latest, time ?? 0);
    }

    /** Lets time pass: all that was written is finished and known everywhere, new principals included. */
    finishWrites(): void {
        this.unfinished.clear();
        this.usable.clear();
        this.vaultWrites.clear();
    }

    /** Everything, to be {@link AzureState.load | loaded} by another. */
    kept(): StateSnapshot {
        return {
            tenantId: this.tenantId,
            now: this.latest,
            propagation: this.usable.propagation,
            subscriptions: [...this.subscriptions].map(([id, providers]) => [id, [...providers]]),
            principals: [...this.principals.values()],
            secrets: [...this.secrets],
            softDeleted: [...this.softDeleted],
            resources: [...this.resources.values()],
            unfinished: [...this.unfinished],
            usableFrom: this.usable.entries(),
            vaultWrites: this.vaultWrites.kept(),
            generations: [...this.generations],
            identities: [...this.identities],
        };
    }

    /** Takes over what another had; in a state that is new. */
    load(kept: StateSnapshot): void {
        this.reach(kept.now);
        kept.subscriptions.forEach(([id, providers]) => this.subscriptions.set(id, new Set(providers)));
        kept.principals.forEach((principal) => this.principals.set(principal.objectId, principal));
        kept.secrets.forEach(([id, secret]) => this.secrets.set(id, secret));
        kept.softDeleted.forEach((id) => this.softDeleted.add(id));
        kept.resources.forEach((resource) => this.resources.set(idKey(resource.id), resource));
        kept.unfinished.forEach((id) => this.unfinished.add(id));
        this.usable.load(kept.usableFrom);
        this.vaultWrites.load(kept.vaultWrites);
        kept.generations.forEach(([id, made]) => this.generations.set(id, made));
        kept.identities.forEach(([id, made]) => this.identities.set(id, made));
    }
}
