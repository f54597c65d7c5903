import { createHash } from "node:crypto";
import type { JsonObject } from "../../../language/json";
import { textAt } from "../json";
import type { AzureResourceManager } from "../machine";
import { NotSimulated } from "../notSimulated";
import { stableGuid } from "../state";
import type { CreatedResource } from "./protocol";
import { AzureNativeProvider } from "./provider";
import { type AutoName, resourceTypes } from "./resourceTypes";

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
    create(request: CreateRequest): CreatedResource {
        this.assertKnown(request.type);
        const provider = this.through(request.provider);
        const autoName = this.namesFor(request);
        const inputs = provider.withDefaults(request.type, request.inputs, { autoName });
        return provider.create(request, inputs, { after: request.after });
    }

    /** @throws NotSimulated for a type that this simulation does not know */
    assertKnown(type: string): void {
        if (!resourceTypes.has(type)) {
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
        return this.through(provider).lookUp(token, inputs);
    }

    /** Without an engine's seed: names that are the same in every deployment of the stack. */
    private namesFor({ type, name }: CreateRequest): (kind: AutoName) => string {
        const { project, stack } = this.settings;
        const identity = [project, stack, type, name].join("/");
        const suffix = createHash("sha256").update(identity).digest("hex").slice(0, 8);
        const names = { random: `${name}${suffix}`, uuid: stableGuid(identity), copy: name };
        return (kind) => names[kind];
    }

    private through(provider: string | undefined): AzureNativeProvider {
        const { tenantId } = this.azure;
        const deployer = this.settings.deployer ?? {
            objectId: stableGuid(`deployer in ${tenantId}`),
            clientId: stableGuid(`application of the deployer in ${tenantId}`),
        };
        return new AzureNativeProvider(this.azure, { ...this.configurationOf(provider), deployer });
    }

    private configurationOf(provider: string | undefined): { subscriptionId: string; location?: string } {
        const { subscriptionId, location } = this.settings;
        if (provider === undefined || provider === "") {
            return { subscriptionId, location };
        }
        const [, , type, name] = provider.split("::");
        const explicit = this.providers.get(`${type?.split("$").at(-1) ?? ""}::${name ?? ""}`);
        if (explicit === undefined) {
            throw new NotSimulated(`the provider "${provider}"`);
        }
        return { subscriptionId: explicit.subscriptionId ?? subscriptionId, location: explicit.location };
    }
}
