import { createHash } from "node:crypto";
import type { JsonObject } from "../../../language/json";
import { textAt } from "../json";
import type { AzureResourceManager } from "../machine";
import { NotSimulated } from "../notSimulated";
import { stableGuid } from "../state";
import { type Caller, lookups } from "./functions";
import { azureNativeResources, type Placement } from "./resources";

/** For whom, where and under which names a program deploys. */
export interface DeploymentSettings {
    readonly project: string;
    readonly stack: string;
    /** Subscription of the default provider. */
    readonly subscriptionId: string;
    /** Region of the default provider. */
    readonly location?: string;
    /** Who deploys. @default ids derived from the tenant's */
    readonly deployer?: { readonly objectId: string; readonly clientId: string };
}

/** What the engine asks for: a resource of a type, through a provider. */
export interface CreateRequest {
    readonly type: string;
    /** Logical name. */
    readonly name: string;
    readonly inputs: JsonObject;
    /** Reference to the provider, `urn:pulumi:…::<type>::<name>::<id>`; undefined or empty for the default one. */
    readonly provider?: string;
    /** ARM ids of all writes that are finished before. */
    readonly after: Iterable<string>;
}

/** A resource as its provider shows it. */
export interface Created {
    readonly id: string;
    readonly outputs: JsonObject;
}

/** The resource providers azure-native and azuread in one deployment: what a door calls. */
export class ProviderDeployment {
    private readonly providers = new Map<string, { subscriptionId?: string; location?: string }>();

    constructor(
        private readonly azure: AzureResourceManager,
        private readonly settings: DeploymentSettings,
    ) {}

    /** Notes an explicit provider. */
    addProvider(type: string, name: string, inputs: JsonObject): void {
        this.providers.set(`${type}::${name}`, {
            subscriptionId: textAt(inputs, "subscriptionId"),
            location: textAt(inputs, "location"),
        });
    }

    /**
     * Creates a resource.
     *
     * @throws AzureRefusal where Azure or azure-native would refuse
     * @throws NotSimulated for a type that this simulation does not know
     */
    create(request: CreateRequest): Created {
        const resource = azureNativeResources.get(request.type);
        if (resource === undefined) {
            throw new NotSimulated(`the resource type "${request.type}"`);
        }
        const put = resource.request(request.inputs, this.placementOf(request));
        const obstacle = resource.obstacle(put, this.azure);
        if (obstacle !== undefined) {
            throw obstacle;
        }
        const created = this.azure.put({ ...put, after: request.after });
        const outputs = {
            ...resource.outputs(created, request.inputs),
            name: created.name,
            type: created.type,
            ...(put.apiVersion === undefined ? {} : { azureApiVersion: put.apiVersion }),
        };
        return { id: created.id, outputs };
    }

    /** @throws NotSimulated for a type that this simulation does not know */
    assertKnown(type: string): void {
        if (!azureNativeResources.has(type)) {
            throw new NotSimulated(`the resource type "${type}"`);
        }
    }

    /**
     * Answers a look-up.
     *
     * @throws AzureRefusal where Azure would refuse
     * @throws NotSimulated for a look-up that this simulation does not know
     */
    lookUp(token: string, inputs: JsonObject, provider: string | undefined): JsonObject {
        const lookup = lookups.get(token);
        if (lookup === undefined) {
            throw new NotSimulated(`the function "${token}"`);
        }
        return lookup(inputs, this.callerThrough(provider));
    }

    private callerThrough(provider: string | undefined): Caller {
        const { tenantId } = this.azure;
        const { objectId, clientId } = this.settings.deployer ?? {
            objectId: stableGuid(`deployer in ${tenantId}`),
            clientId: stableGuid(`application of the deployer in ${tenantId}`),
        };
        return {
            azure: this.azure,
            objectId,
            clientId,
            subscriptionId: this.through(provider).subscriptionId,
        };
    }

    private placementOf(request: CreateRequest): Placement {
        const { project, stack } = this.settings;
        const identity = [project, stack, request.type, request.name].join("/");
        const suffix = createHash("sha256").update(identity).digest("hex").slice(0, 8);
        return {
            azure: this.azure,
            ...this.through(request.provider),
            autoName: `${request.name}${suffix}`,
            autoGuid: stableGuid(identity),
        };
    }

    private through(provider: string | undefined): { subscriptionId: string; location?: string } {
        if (provider === undefined || provider === "") {
            return this.settings;
        }
        const [, , type, name] = provider.split("::");
        const explicit = this.providers.get(`${type?.split("$").at(-1) ?? ""}::${name ?? ""}`);
        if (explicit === undefined) {
            throw new NotSimulated(`the provider "${provider}"`);
        }
        return {
            subscriptionId: explicit.subscriptionId ?? this.settings.subscriptionId,
            location: explicit.location,
        };
    }
}
