/** Azure Resource Manager and Entra ID as one state machine: whoever deploys stands in front of it. */
import type { Json, JsonObject } from "../../language/json";
import { idKey, isSameId } from "./armId";
import { callbackUrl, type CallbackUrl } from "./callbackUrl";
import {
    assertDeletable,
    assertGroup,
    assertLocation,
    assertParents,
    assertSubscription,
    assertVersion,
    permitsOnSecret,
    typeOf,
    understand,
} from "./checks";
import { type Azure, AzureRefusal, type Resource } from "./model";
import { resourceNotFound } from "./refusals";
import { isAllowed } from "./rights";
import { readSnapshot, writeSnapshot } from "./snapshot";
import { AzureState, type Principal, type Write } from "./state";
import { assertAloneInVault } from "./vaultWrites";
import { assertTiming, endOf, PROPAGATION, type Propagation, type Timing } from "./virtualTime";

/** How a simulated Azure behaves. */
export interface AzureOptions {
    /** How long things take to get around. @default {@link PROPAGATION} */
    readonly propagation?: Partial<Propagation>;
}

/** A request to create or change a resource. */
export interface PutRequest extends Timing {
    /** ARM id. */
    readonly id: string;
    readonly location?: string;
    readonly kind?: string;
    readonly tags?: { readonly [name: string]: string };
    readonly identity?: { readonly type: string };
    readonly properties?: JsonObject;
    readonly apiVersion?: string;
    /**
     * ARM ids of all writes that the writer has waited for, those at second hand included. What the same
     * deployment writes beside these may not be there yet.
     *
     * @default everything before it: one write after the other
     */
    readonly after?: Iterable<string>;
}

/** A request to delete a resource. */
export interface DeleteRequest extends Timing {
    readonly id: string;
    /** Object id of the caller, whose rights on the data of a vault decide whether a secret can be deleted. */
    readonly principalId?: string;
    /** As in {@link PutRequest}. */
    readonly after?: Iterable<string>;
}

/** The simulated Azure. Without a door in front of it, it knows nothing of Pulumi. */
export class AzureResourceManager implements Azure {
    private readonly state: AzureState;

    constructor(tenantId: string, { propagation }: AzureOptions = {}) {
        this.state = new AzureState(tenantId, { ...PROPAGATION, ...propagation });
    }

    /**
     * The Azure of a {@link AzureResourceManager.snapshot | snapshot}: whatever is asked of it, it answers as the
     * other one does.
     *
     * @throws Error for a document of another version or a damaged one
     */
    static restore(snapshot: Json): AzureResourceManager {
        const kept = readSnapshot(snapshot);
        const azure = new AzureResourceManager(kept.tenantId, kept);
        azure.state.load(kept);
        return azure;
    }

    get tenantId(): string {
        return this.state.tenantId;
    }

    /** The greatest virtual time that this Azure has come to, in milliseconds: who goes on, goes on from there. */
    get now(): number {
        return this.state.now;
    }

    /**
     * Creates a resource, or changes it where it exists.
     *
     * @throws AzureRefusal where Azure would refuse
     * @throws NotSimulated for what this simulation does not know
     */
    put(request: PutRequest): Resource {
        this.begin(request);
        const id = understand(request.id);
        const type = typeOf(id);
        const write: Write = { ...request, id, properties: request.properties ?? {}, after: keysOf(request) };
        assertSubscription(id, this.state);
        assertVersion(write, type);
        assertParents(write, this.state);
        assertLocation(write, this.state);
        const stored = type.put(write, this.state);
        const resource: Resource = { id: id.id, type: type.type, name: id.name, ...stored };
        this.state.store(resource, write);
        this.state.reach(endOf(write));
        return resource;
    }

    /**
     * Deletes a resource with everything in it; nothing happens where it does not exist.
     *
     * @throws AzureRefusal where Azure would refuse
     */
    delete(request: DeleteRequest): void {
        this.begin(request);
        const id = understand(request.id);
        const resource = this.state.get(request.id);
        if (resource === undefined) {
            return;
        }
        assertDeletable(resource, request, this.state);
        if (isSameId(id.namespace, "Microsoft.KeyVault")) {
            const vaultId = isSameId(resource.type, "Microsoft.KeyVault/vaults") ? id.id : id.parent;
            assertAloneInVault(vaultId, { ...request, id, after: keysOf(request) }, this.state);
        }
        for (const gone of [...this.state.below(id.id), resource]) {
            this.state.remove(gone.id);
            typeOf(understand(gone.id)).removed?.(gone, this.state);
        }
        this.state.reach(endOf(request));
    }

    get(id: string): Resource | undefined {
        return this.state.get(id);
    }

    list(type: string): readonly Resource[] {
        return this.state.list(type);
    }

    /**
     * Looks a resource up, as a GET request does.
     *
     * @throws AzureRefusal `SubscriptionNotFound`, `ResourceGroupNotFound` or `ResourceNotFound`
     */
    lookUp(id: string): Resource {
        const parsed = understand(id);
        assertSubscription(parsed, this.state);
        assertGroup(parsed, {}, this.state);
        const found = this.state.get(id);
        if (found === undefined) {
            throw resourceNotFound(parsed);
        }
        return found;
    }

    /** The service principal of an application, as Entra ID's directory shows it; undefined where there is none. */
    servicePrincipal(appId: string): Principal | undefined {
        return [...this.state.principals.values()].find((principal) => principal.appId === idKey(appId));
    }

    allows(principalId: string, action: string, scope: string, at?: number): boolean {
        const assignments = this.state.roleAssignmentsSeenBy({ at });
        return isAllowed(assignments, { principalId, action, scope, plane: "control" });
    }

    mayReadSecret(principalId: string, vaultId: string, secretName: string, at?: number): boolean {
        return permitsOnSecret("read", principalId, `${vaultId}/secrets/${secretName}`, this.state, at);
    }

    secretValue(vaultId: string, secretName: string): string | undefined {
        return this.state.secrets.get(idKey(`${vaultId}/secrets/${secretName}`))?.value;
    }

    /**
     * The URL that starts a workflow through one of its triggers.
     *
     * @throws AzureRefusal `WorkflowNotFound` or `TriggerNotFound`
     */
    listCallbackUrl(workflowId: string, triggerName: string): CallbackUrl {
        const id = understand(workflowId);
        assertSubscription(id, this.state);
        assertGroup(id, {}, this.state);
        const workflow = this.state.get(workflowId);
        if (workflow === undefined) {
            throw new AzureRefusal(404, "WorkflowNotFound", `The workflow '${id.name}' could not be found.`);
        }
        return callbackUrl(workflow, triggerName, this.state.generationOf(workflowId));
    }

    hasSubscription(subscriptionId: string): boolean {
        return this.state.subscriptions.has(idKey(subscriptionId));
    }

    /** Adds a subscription with the resource providers that are registered in it. */
    addSubscription(subscriptionId: string, providers: readonly string[]): void {
        this.state.subscriptions.set(idKey(subscriptionId), new Set(providers.map(idKey)));
    }

    /** Adds somebody to Entra ID. */
    addPrincipal(principal: Principal): void {
        const objectId = idKey(principal.objectId);
        this.state.principals.set(objectId, { ...principal, objectId });
    }

    /**
     * Ends a deployment: all that was written is now there and effective for everyone, new principals included,
     * whatever the time.
     */
    finishWrites(): void {
        this.state.finishWrites();
    }

    /**
     * Everything as a JSON document that {@link AzureResourceManager.restore} takes. The values of secrets are in
     * it, in clear.
     */
    snapshot(): JsonObject {
        return writeSnapshot(this.state.kept());
    }

    private begin(request: Timing): void {
        assertTiming(request);
        this.state.reach(request.at);
    }
}

function keysOf(request: {
    readonly id: string;
    readonly after?: Iterable<string>;
}): Set<string> | undefined {
    return request.after === undefined ? undefined : new Set([request.id, ...request.after].map(idKey));
}
