/**
 * The resource providers azure-native and azuread without an engine: what they do with a resource, in front of the
 * simulated Azure.
 *
 * Source: pulumi/pulumi-azure-native, provider/pkg/provider/provider.go, and the files that are named where their
 * parts are.
 */
import type { JsonObject } from "../../../language/json";
import { assertVersion, typeOf, understand } from "../checks";
import { objectAt, textAt, valueAt } from "../json";
import type { AzureResourceManager } from "../machine";
import { NotSimulated } from "../notSimulated";
import { resourceGroupId } from "../armId";
import { importedInputs, previewOutputs, projected, withChanges } from "./conversion";
import { applyDefaults, type DefaultSources, seededNames } from "./defaults";
import { diffInputs } from "./diff";
import { lookups } from "./functions";
import { inputsOf } from "./paths";
import type {
    Checked,
    CheckRequest,
    CreatedResource,
    Diff,
    DiffRequest,
    OldState,
    ProviderSettings,
    ReadResource,
    ResourceProvider,
    Subject,
    Timing,
    Update,
} from "./protocol";
import { ProviderRefusal } from "./refusals";
import { isAccessPolicy, putRequest, responseOf, versionOf } from "./requests";
import { type ResourceSpec, resourceTypes } from "./resourceTypes";
import { withoutNulls } from "./unknown";
import { problemsOf } from "./validation";

/** azure-native and azuread with one configuration. */
export class AzureNativeProvider implements ResourceProvider {
    constructor(
        private readonly azure: AzureResourceManager,
        private readonly settings: ProviderSettings,
    ) {}

    check(subject: Subject, { news, olds, randomSeed }: CheckRequest): Checked {
        const spec = specOf(subject.type);
        const inputs = this.withDefaults(subject.type, withoutNulls(news), {
            olds: olds === undefined ? undefined : withoutNulls(olds),
            autoName: seededNames(subject.name, randomSeed),
        });
        const failures = problemsOf(spec, inputs).map((reason) => ({ property: "", reason }));
        return { inputs, failures };
    }

    diff(subject: Subject, { oldInputs, oldOutputs, news }: DiffRequest): Diff {
        return diffInputs(specOf(subject.type), {
            oldInputs: withoutNulls(oldInputs),
            oldOutputs: withoutNulls(oldOutputs),
            news: withoutNulls(news),
        });
    }

    previewCreate(subject: Subject, inputs: JsonObject): JsonObject {
        const spec = specOf(subject.type);
        // azure-native's own description of access policies has no outputs.
        return spec.apiVersion === undefined ? {} : previewOutputs(spec.body, withoutNulls(inputs));
    }

    previewUpdate(subject: Subject, inputs: JsonObject, oldOutputs: JsonObject): JsonObject {
        const stable = ["name", "location"].filter((name) => valueAt(oldOutputs, name) !== undefined);
        return {
            ...this.previewCreate(subject, inputs),
            ...Object.fromEntries(Object.entries(oldOutputs).filter(([name]) => stable.includes(name))),
        };
    }

    create(subject: Subject, inputs: JsonObject, timing: Timing): CreatedResource {
        const spec = specOf(subject.type);
        const request = putRequest(spec, withoutNulls(inputs), this.settings.subscriptionId);
        this.assertNew(spec, request.id);
        const { id } = this.azure.put({ ...request, ...timing });
        return { id, outputs: this.outputsOf(spec, id) };
    }

    read(subject: Subject, id: string, old?: OldState): ReadResource | undefined {
        const spec = specOf(subject.type);
        this.assertReadable(spec, id, old?.inputs ?? {});
        const response = responseOf(spec, id, this.azure);
        if (response === undefined) {
            return undefined;
        }
        const outputs = this.outputsOf(spec, id);
        const inputs =
            old === undefined
                ? { ...inputsOf(spec, id), ...importedInputs(spec.body, response) }
                : refreshedInputs(spec, withoutNulls(old.inputs), withoutNulls(old.outputs), outputs);
        return { id, inputs, outputs };
    }

    update(subject: Subject, id: string, { inputs }: Update, timing: Timing): JsonObject {
        const spec = specOf(subject.type);
        const request = putRequest(spec, withoutNulls(inputs), this.settings.subscriptionId);
        if (isAccessPolicy(id) && responseOf(spec, id, this.azure) === undefined) {
            const objectId = textAt(inputs, "policy", "objectId") ?? "";
            throw new ProviderRefusal(`access policy for ${objectId} does not exist`);
        }
        this.azure.put({ ...request, ...timing });
        return this.outputsOf(spec, id);
    }

    delete(subject: Subject, id: string, _: OldState, timing: Timing): void {
        const spec = specOf(subject.type);
        if (isAccessPolicy(id)) {
            this.deleteAccessPolicy(spec, id, timing);
            return;
        }
        this.azure.delete({ id, principalId: this.settings.deployer.objectId, ...timing });
    }

    lookUp(token: string, inputs: JsonObject): JsonObject {
        const lookup = lookups.get(token);
        if (lookup === undefined) {
            throw new NotSimulated(`the function "${token}"`);
        }
        const { subscriptionId, deployer } = this.settings;
        return lookup(inputs, { azure: this.azure, subscriptionId, ...deployer });
    }

    /** Inputs of a type with their defaults, which these sources give beside the provider's configuration. */
    withDefaults(
        type: string,
        news: JsonObject,
        sources: Pick<DefaultSources, "olds" | "autoName">,
    ): JsonObject {
        const { subscriptionId, location } = this.settings;
        return applyDefaults(specOf(type), news, {
            ...sources,
            location,
            locationOfGroup: (name) => this.azure.get(resourceGroupId(subscriptionId, name))?.location,
        });
    }

    /** azure-native creates nothing over something (provider/pkg/azure/client_azcore.go, `CanCreate`). */
    private assertNew(spec: ResourceSpec, id: string): void {
        if (responseOf(spec, id, this.azure) !== undefined) {
            const quote = isAccessPolicy(id) ? '"' : "'";
            const existing = this.azure.get(id)?.id ?? id;
            throw new ProviderRefusal(`cannot create already existing resource ${quote}${existing}${quote}`);
        }
    }

    /** An import has no inputs, so the generic resource asks Azure with its own version (issue 4109). */
    private assertReadable(spec: ResourceSpec, id: string, inputs: JsonObject): void {
        if (spec.apiVersion !== undefined) {
            const parsed = understand(id);
            assertVersion(
                { id: parsed, apiVersion: versionOf(spec, inputs), properties: {} },
                typeOf(parsed),
            );
        }
    }

    /** Outputs are what azure-native reads after each write. */
    private outputsOf(spec: ResourceSpec, id: string): JsonObject {
        const response = responseOf(spec, id, this.azure) ?? {};
        return spec.apiVersion === undefined
            ? response
            : { ...projected(spec.body, response, "out"), azureApiVersion: spec.apiVersion };
    }

    /** To the simulated Azure, a policy that came with its vault is a resource only once it was written as one. */
    private deleteAccessPolicy(spec: ResourceSpec, id: string, timing: Timing): void {
        const response = responseOf(spec, id, this.azure);
        if (response !== undefined && this.azure.get(id) === undefined) {
            this.azure.put({ id, properties: objectAt(response, "policy") });
        }
        this.azure.delete({ id, ...timing });
    }
}

/**
 * The old inputs with what has changed in Azure since: of what Azure shows, only that is an input which differs
 * from what it showed before.
 */
function refreshedInputs(
    spec: ResourceSpec,
    inputs: JsonObject,
    oldOutputs: JsonObject,
    outputs: JsonObject,
): JsonObject {
    const { maintained } = spec;
    const isMaintained = maintained !== undefined && valueAt(inputs, ...maintained) === undefined;
    const seen = isMaintained ? without(outputs, maintained) : outputs;
    return withChanges(inputs, projected(spec.body, oldOutputs, "in"), projected(spec.body, seen, "in"));
}

function without(values: JsonObject, [first = "", ...others]: readonly string[]): JsonObject {
    const kept = Object.fromEntries(Object.entries(values).filter(([name]) => name !== first));
    return others.length === 0 ? kept : { ...kept, [first]: without(objectAt(values, first), others) };
}

function specOf(type: string): ResourceSpec {
    const spec = resourceTypes.get(type);
    if (spec === undefined) {
        throw new NotSimulated(`the resource type "${type}"`);
    }
    return spec;
}
