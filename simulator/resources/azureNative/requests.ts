/** Requests that azure-native makes to Resource Manager, and what it makes of the answers. */
import { isJsonObject, type Json, type JsonObject } from "../../../language/json";
import { isSameId, parseArmId } from "../armId";
import { arrayAt, objectAt, shownText, textAt, valueAt } from "../json";
import type { AzureResourceManager, PutRequest } from "../machine";
import type { Resource } from "../model";
import { samePolicyHolder } from "../types/accessPolicies";
import { idOf, pathInputs } from "./paths";
import type { ResourceSpec } from "./resourceTypes";
import { sideOf } from "./shapes";

/** The request that writes a resource with these inputs. */
export function putRequest(spec: ResourceSpec, inputs: JsonObject, subscriptionId: string): PutRequest {
    const id = idOf(spec, inputs, subscriptionId);
    if (isAccessPolicy(id)) {
        return { id, properties: objectAt(inputs, "policy") };
    }
    const inputNames = sideOf(spec.body, "in").map(([name]) => name);
    const parts = ENVELOPE.filter((name) => inputNames.includes(name));
    const envelope = Object.fromEntries(Object.entries(inputs).filter(([name]) => parts.includes(name)));
    const known = [
        "azureApiVersion",
        ...parts,
        ...pathInputs(spec),
        ...(spec.flattened === true ? [] : ["properties"]),
        ...(spec.apiVersionIsInput === true ? ["apiVersion"] : []),
    ];
    return {
        id,
        apiVersion: versionOf(spec, inputs),
        location: textAt(envelope, "location"),
        kind: textAt(envelope, "kind"),
        tags: tagsOf(envelope),
        ...identityOf(envelope),
        // An input that nobody expects ends up there, and is refused there.
        properties: {
            ...(spec.flattened === true ? {} : objectAt(inputs, "properties")),
            ...rest(inputs, known),
        },
    };
}

/** Inputs that are no properties of the request. */
const ENVELOPE = ["identity", "kind", "location", "tags"];

/** The version of Azure's API that a resource with these inputs is read and written with. */
export function versionOf(spec: ResourceSpec, inputs: JsonObject): string | undefined {
    return (spec.apiVersionIsInput === true ? textAt(inputs, "apiVersion") : undefined) ?? spec.apiVersion;
}

/** A resource in the shape of azure-native's outputs; undefined where there is none. */
export function responseOf(
    spec: ResourceSpec,
    id: string,
    azure: AzureResourceManager,
): JsonObject | undefined {
    if (isAccessPolicy(id)) {
        return accessPolicyOf(id, azure);
    }
    const resource = azure.get(id);
    return resource === undefined ? undefined : shown(resource, spec);
}

function shown(resource: Resource, spec: ResourceSpec): JsonObject {
    const { name, type, location, kind, tags, identity } = resource;
    const properties = withAdditions(resource);
    const parts: [string, Json | undefined][] = Object.entries({
        name,
        type,
        location,
        kind,
        tags,
        identity,
    });
    return {
        ...Object.fromEntries(parts.filter((part): part is [string, Json] => part[1] !== undefined)),
        ...(spec.flattened === true ? properties : { properties }),
    };
}

/**
 * What Azure adds when it shows a resource. A connection tells more of its API than its id: `ApiReference` in the
 * specification of Microsoft.Web 2016-06-01.
 */
function withAdditions({ type, properties }: Resource): JsonObject {
    if (!isSameId(type, "Microsoft.Web/connections")) {
        return properties;
    }
    const api = objectAt(properties, "api");
    const name = (textAt(api, "id") ?? "").split("/").at(-1) ?? "";
    return { ...properties, api: { name, type: "Microsoft.Web/locations/managedApis", ...api } };
}

/** Whether an id is that of an access policy, which is part of its vault. */
export function isAccessPolicy(id: string): boolean {
    return isSameId(parseArmId(id)?.type ?? "", "Microsoft.KeyVault/vaults/accessPolicy");
}

/** Source: pulumi/pulumi-azure-native, provider/pkg/resources/customresources/custom_keyvault_accesspolicy.go. */
function accessPolicyOf(id: string, azure: AzureResourceManager): JsonObject | undefined {
    const { resourceGroup = "", parent = "", name: objectId = "" } = parseArmId(id) ?? {};
    const vault = azure.get(parent);
    const policies = arrayAt(vault?.properties, "accessPolicies") ?? [];
    const policy = policies.find((candidate) => samePolicyHolder(candidate, { objectId }));
    if (vault === undefined || policy === undefined) {
        return undefined;
    }
    const permissions = Object.entries(objectAt(policy, "permissions")).filter(([, given]) =>
        hasItems(given),
    );
    return {
        resourceGroupName: resourceGroup,
        vaultName: vault.name,
        policy: { ...objectAt({ policy }, "policy"), permissions: Object.fromEntries(permissions) },
    };
}

function hasItems(value: Json): boolean {
    return Array.isArray(value) && value.length > 0;
}

function identityOf(inputs: JsonObject): Pick<PutRequest, "identity"> {
    const type = textAt(inputs, "identity", "type");
    return type === undefined ? {} : { identity: { type } };
}

function tagsOf(inputs: JsonObject): PutRequest["tags"] {
    const tags = valueAt(inputs, "tags");
    return isJsonObject(tags)
        ? Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, shownText(value)]))
        : undefined;
}

function rest(inputs: JsonObject, taken: readonly string[]): JsonObject {
    return Object.fromEntries(
        Object.entries(inputs).filter(([name]) => !taken.includes(name) && !name.startsWith("__")),
    );
}
