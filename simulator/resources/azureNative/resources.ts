/**
 * Pulumi's azure-native resources and the Resource Manager requests that they stand for.
 *
 * Source: the schema of azure-native 3.28, and its handling of names, locations and existing resources.
 */
import { isJsonObject, type Json, type JsonObject } from "../../../language/json";
import { resourceGroupId } from "../armId";
import { arrayAt, objectAt, shownText, textAt, valueAt } from "../json";
import type { AzureResourceManager, PutRequest } from "../machine";
import { AzureRefusal, type Resource } from "../model";
import { samePolicyHolder } from "../types/accessPolicies";

/** Where and how a resource is made, beside its inputs. */
export interface Placement {
    readonly azure: AzureResourceManager;
    readonly subscriptionId: string;
    /** Region from the provider's configuration. */
    readonly location?: string;
    /** Name for a resource whose inputs give none. */
    readonly autoName: string;
    /** GUID for a resource whose inputs give none, where names are GUIDs. */
    readonly autoGuid: string;
}

/** How one azure-native type is written and shown. */
export interface AzureNativeResource {
    /** The request for these inputs. */
    request(inputs: JsonObject, placement: Placement): PutRequest;
    /** The outputs, beside id, name and type. */
    outputs(resource: Resource, inputs: JsonObject): JsonObject;
    /** The refusal where it exists already: azure-native creates nothing over something. */
    obstacle(request: PutRequest, azure: AzureResourceManager): AzureRefusal | undefined;
}

/** Resources by type token. */
export const azureNativeResources: ReadonlyMap<string, AzureNativeResource> = new Map(
    Object.entries<AzureNativeResource>({
        "azure-native:resources:ResourceGroup": {
            request: (inputs, placement) => ({
                ...envelope(inputs, placement, "2024-03-01"),
                id: resourceGroupId(
                    placement.subscriptionId,
                    textAt(inputs, "resourceGroupName") ?? placement.autoName,
                ),
                properties: rest(inputs, ["resourceGroupName"]),
            }),
            outputs: withProperties,
            obstacle: refuseExisting,
        },
        "azure-native:resources:Resource": {
            request: genericRequest,
            outputs: withProperties,
            obstacle: refuseExisting,
        },
        "azure-native:keyvault:Vault": {
            request: (inputs, placement) => ({
                ...envelope(inputs, placement, "2024-11-01"),
                id: inGroup(inputs, placement, "Microsoft.KeyVault/vaults", "vaultName"),
                properties: {
                    ...objectAt(inputs, "properties"),
                    ...rest(inputs, ["properties", "resourceGroupName", "vaultName"]),
                },
            }),
            outputs: withProperties,
            obstacle: refuseExisting,
        },
        "azure-native:keyvault:Secret": {
            request: (inputs, placement) => ({
                id: `${vaultId(inputs, placement)}/secrets/${textAt(inputs, "secretName") ?? placement.autoName}`,
                apiVersion: "2024-11-01",
                tags: tagsOf(inputs),
                properties: objectAt(inputs, "properties"),
            }),
            outputs: withProperties,
            obstacle: refuseExisting,
        },
        "azure-native:keyvault:AccessPolicy": {
            request: (inputs, placement) => ({
                id: `${vaultId(inputs, placement)}/accessPolicy/${textAt(inputs, "policy", "objectId") ?? ""}`,
                properties: objectAt(inputs, "policy"),
            }),
            outputs: (_, inputs) => inputs,
            obstacle: refuseExistingPolicy,
        },
        "azure-native:logic:Workflow": {
            request: (inputs, placement) => ({
                ...envelope(inputs, placement, "2019-05-01"),
                id: inGroup(inputs, placement, "Microsoft.Logic/workflows", "workflowName"),
                properties: rest(inputs, ["resourceGroupName", "workflowName"]),
            }),
            outputs: flattened,
            obstacle: refuseExisting,
        },
        "azure-native:authorization:RoleAssignment": {
            request: (inputs, placement) => ({
                id:
                    `${textAt(inputs, "scope") ?? ""}/providers/Microsoft.Authorization/roleAssignments/` +
                    (textAt(inputs, "roleAssignmentName") ?? placement.autoGuid),
                apiVersion: "2022-04-01",
                properties: rest(inputs, ["roleAssignmentName", "scope"]),
            }),
            outputs: flattened,
            obstacle: refuseExisting,
        },
        "azure-native:securityinsights:AutomationRule": {
            request: automationRuleRequest,
            outputs: flattened,
            obstacle: refuseExisting,
        },
    }),
);

function withProperties(resource: Resource): JsonObject {
    return { ...shown(resource), properties: resource.properties };
}

function flattened(resource: Resource): JsonObject {
    return { ...shown(resource), ...resource.properties };
}

function shown({ location, kind, tags, identity }: Resource): JsonObject {
    const parts: [string, Json | undefined][] = [
        ["location", location],
        ["kind", kind],
        ["tags", tags],
        ["identity", identity],
    ];
    return Object.fromEntries(parts.filter((part): part is [string, Json] => part[1] !== undefined));
}

function genericRequest(inputs: JsonObject, placement: Placement): PutRequest {
    const parent = textAt(inputs, "parentResourcePath") ?? "";
    const path = [
        resourceGroupId(placement.subscriptionId, textAt(inputs, "resourceGroupName") ?? ""),
        "providers",
        textAt(inputs, "resourceProviderNamespace") ?? "",
        ...(parent === "" ? [] : [parent]),
        textAt(inputs, "resourceType") ?? "",
        textAt(inputs, "resourceName") ?? placement.autoName,
    ];
    const known = [
        "apiVersion",
        "kind",
        "parentResourcePath",
        "properties",
        "resourceGroupName",
        "resourceName",
        "resourceProviderNamespace",
        "resourceType",
    ];
    return {
        ...envelope(inputs, placement, textAt(inputs, "apiVersion") ?? ""),
        id: path.join("/"),
        kind: textAt(inputs, "kind"),
        properties: { ...objectAt(inputs, "properties"), ...rest(inputs, known) },
    };
}

function automationRuleRequest(inputs: JsonObject, placement: Placement): PutRequest {
    const workspace = `${groupOf(inputs, placement)}/providers/Microsoft.OperationalInsights/workspaces/`;
    return {
        id:
            `${workspace}${textAt(inputs, "workspaceName") ?? ""}/providers/Microsoft.SecurityInsights/` +
            `automationRules/${textAt(inputs, "automationRuleId") ?? placement.autoName}`,
        apiVersion: "2024-09-01",
        properties: rest(inputs, ["automationRuleId", "resourceGroupName", "workspaceName"]),
    };
}

/** Inputs that are no properties. Without a location, that of the provider counts, then the resource group's. */
function envelope(
    inputs: JsonObject,
    placement: Placement,
    apiVersion: string,
): Pick<PutRequest, "apiVersion" | "location" | "tags" | "identity"> {
    const identityType = textAt(inputs, "identity", "type");
    return {
        apiVersion,
        location:
            textAt(inputs, "location") ??
            placement.location ??
            placement.azure.get(groupOf(inputs, placement))?.location,
        tags: tagsOf(inputs),
        ...(identityType === undefined ? {} : { identity: { type: identityType } }),
    };
}

function tagsOf(inputs: JsonObject): PutRequest["tags"] {
    const tags = valueAt(inputs, "tags");
    return isJsonObject(tags)
        ? Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, shownText(value)]))
        : undefined;
}

/** What is left for the properties; an input that nobody expects ends up there, and is refused there. */
function rest(inputs: JsonObject, taken: readonly string[]): JsonObject {
    const used = new Set([...taken, "identity", "location", "tags"]);
    return Object.fromEntries(Object.entries(inputs).filter(([name]) => !used.has(name)));
}

function groupOf(inputs: JsonObject, placement: Placement): string {
    return resourceGroupId(placement.subscriptionId, textAt(inputs, "resourceGroupName") ?? "");
}

function inGroup(inputs: JsonObject, placement: Placement, type: string, nameInput: string): string {
    const name = textAt(inputs, nameInput) ?? placement.autoName;
    return `${groupOf(inputs, placement)}/providers/${type}/${name}`;
}

function vaultId(inputs: JsonObject, placement: Placement): string {
    return `${groupOf(inputs, placement)}/providers/Microsoft.KeyVault/vaults/${textAt(inputs, "vaultName") ?? ""}`;
}

function refuseExisting(request: PutRequest, azure: AzureResourceManager): AzureRefusal | undefined {
    const existing = azure.get(request.id);
    return existing === undefined
        ? undefined
        : new AzureRefusal(409, "Conflict", `cannot create already existing resource '${existing.id}'`);
}

function refuseExistingPolicy(request: PutRequest, azure: AzureResourceManager): AzureRefusal | undefined {
    const vault = azure.get(request.id.slice(0, request.id.lastIndexOf("/accessPolicy/")));
    const policies = arrayAt(vault?.properties, "accessPolicies") ?? [];
    return policies.some((policy) => samePolicyHolder(policy, request.properties ?? {}))
        ? new AzureRefusal(
              409,
              "Conflict",
              `access policy for ${textAt(request.properties, "objectId") ?? ""} already exists`,
          )
        : undefined;
}
