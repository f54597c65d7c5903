/**
 * The resource types of azure-native 3.28 that the simulation knows: what azure-native's metadata says about each.
 *
 * Sources: the typings of `@pulumi/azure-native` 3.28 and the specifications in Azure/azure-rest-api-specs that it
 * is made from (`x-ms-identifiers`, `readOnly`, limits); pulumi/pulumi-azure-native, provider/pkg/gen/replacement.go
 * (what forces a replacement) and provider/pkg/resources/resources.go (`AutoName`: which names are made up).
 */
import {
    untyped,
    flag,
    inputOnly,
    integer,
    list,
    map,
    object,
    type ObjectShape,
    output,
    required,
    tags,
    text,
    type TextShape,
} from "./shapes";

/** How azure-native makes up the last name of a path: name and 8 digits, a GUID, or the logical name itself. */
export type AutoName = "random" | "uuid" | "copy";

/** A type of resources. */
export interface ResourceSpec {
    /** ARM id with `{inputs}`; a dotted one lies in another input. */
    readonly path: string;
    /** Limits of inputs that are in the path. */
    readonly pathShapes?: { readonly [input: string]: TextShape };
    /** How the last input of the path gets its value where there is none. @default - it must be given */
    readonly autoName?: AutoName;
    /** @default - none, as for the resources that azure-native invented */
    readonly apiVersion?: string;
    /** Whether the input `apiVersion` says with which version Azure is asked. @default false */
    readonly apiVersionIsInput?: boolean;
    /** Inputs that are not in the path, and outputs. */
    readonly body: ObjectShape;
    /** Whether `properties` of the request are properties of the resource itself. @default false */
    readonly flattened?: boolean;
    /** A property that other resources can write too; azure-native leaves it alone where inputs leave it out. */
    readonly maintained?: readonly string[];
}

const group = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";

const envelope = { name: output(text), type: output(text) };
const systemData = output(
    object({
        createdAt: text,
        createdBy: text,
        createdByType: text,
        lastModifiedAt: text,
        lastModifiedBy: text,
        lastModifiedByType: text,
    }),
);

const identity = object({
    type: required(text),
    userAssignedIdentities: untyped,
    principalId: output(text),
    tenantId: output(text),
});

const accessPolicy = object({
    applicationId: text,
    objectId: required(text),
    permissions: required(
        object({ certificates: list(text), keys: list(text), secrets: list(text), storage: list(text) }),
    ),
    tenantId: required(text),
});

const vaultProperties = object({
    accessPolicies: list(accessPolicy, ["tenantId", "objectId", "permissions"]),
    createMode: inputOnly(text),
    enablePurgeProtection: flag,
    enableRbacAuthorization: flag,
    enableSoftDelete: flag,
    enabledForDeployment: flag,
    enabledForDiskEncryption: flag,
    enabledForTemplateDeployment: flag,
    hsmPoolResourceId: output(text),
    networkAcls: object({
        bypass: text,
        defaultAction: text,
        ipRules: list(object({ value: required(text) })),
        virtualNetworkRules: list(object({ id: required(text), ignoreMissingVnetServiceEndpoint: flag }), [
            "id",
        ]),
    }),
    privateEndpointConnections: output(list(untyped)),
    provisioningState: output(text),
    publicNetworkAccess: text,
    sku: required(object({ family: required(text), name: required(text) })),
    softDeleteRetentionInDays: integer,
    tenantId: required(text),
    vaultUri: output(text),
});

const secretProperties = object({
    attributes: object({
        created: output(integer),
        enabled: flag,
        expires: integer,
        notBefore: integer,
        updated: output(integer),
    }),
    contentType: text,
    secretUri: output(text),
    secretUriWithVersion: output(text),
    value: text,
});

const reference = object({ id: text, name: output(text), type: output(text) });
const callers = object({
    allowedCallerIpAddresses: list(object({ addressRange: text })),
    openAuthenticationPolicies: object({ policies: untyped }),
});

const vaultName: TextShape = { kind: "text", pattern: /^[a-zA-Z0-9-]{3,24}$/ };

/** Resource types by token. */
export const resourceTypes: ReadonlyMap<string, ResourceSpec> = new Map(
    Object.entries<ResourceSpec>({
        "azure-native:resources:ResourceGroup": {
            path: group,
            autoName: "random",
            apiVersion: "2024-03-01",
            body: object({
                ...envelope,
                location: required(text, { forceNew: true }),
                managedBy: text,
                properties: output(object({ provisioningState: output(text) })),
                tags,
            }),
        },
        "azure-native:resources:Resource": {
            path:
                `${group}/providers/{resourceProviderNamespace}/{parentResourcePath}/{resourceType}` +
                "/{resourceName}",
            autoName: "random",
            apiVersion: "2024-03-01",
            apiVersionIsInput: true,
            body: object({
                ...envelope,
                extendedLocation: object({ name: text, type: text }),
                identity: object({ ...identity.properties, type: text }),
                kind: { kind: "text", pattern: /^[-\w._,()]+$/ },
                location: text,
                managedBy: text,
                plan: object({
                    name: text,
                    product: text,
                    promotionCode: text,
                    publisher: text,
                    version: text,
                }),
                properties: untyped,
                sku: object({
                    capacity: integer,
                    family: text,
                    model: text,
                    name: text,
                    size: text,
                    tier: text,
                }),
                tags,
            }),
        },
        "azure-native:keyvault:Vault": {
            path: `${group}/providers/Microsoft.KeyVault/vaults/{vaultName}`,
            pathShapes: { vaultName },
            autoName: "random",
            apiVersion: "2024-11-01",
            maintained: ["properties", "accessPolicies"],
            body: object({
                ...envelope,
                location: required(text),
                properties: required(vaultProperties),
                systemData,
                tags,
            }),
        },
        "azure-native:keyvault:Secret": {
            path: `${group}/providers/Microsoft.KeyVault/vaults/{vaultName}/secrets/{secretName}`,
            pathShapes: { vaultName, secretName: { kind: "text", pattern: /^[a-zA-Z0-9-]{1,127}$/ } },
            autoName: "copy",
            apiVersion: "2024-11-01",
            body: object({
                ...envelope,
                location: output(text),
                properties: required(secretProperties),
                tags,
            }),
        },
        "azure-native:keyvault:AccessPolicy": {
            path: `${group}/providers/Microsoft.KeyVault/vaults/{vaultName}/accessPolicy/{policy.objectId}`,
            body: object({ policy: required(untyped) }),
        },
        "azure-native:logic:Workflow": {
            path: `${group}/providers/Microsoft.Logic/workflows/{workflowName}`,
            autoName: "random",
            apiVersion: "2019-05-01",
            flattened: true,
            body: object({
                ...envelope,
                accessControl: object({
                    actions: callers,
                    contents: callers,
                    triggers: callers,
                    workflowManagement: callers,
                }),
                accessEndpoint: output(text),
                changedTime: output(text),
                createdTime: output(text),
                definition: untyped,
                endpointsConfiguration: object({ connector: untyped, workflow: untyped }),
                identity,
                integrationAccount: reference,
                integrationServiceEnvironment: reference,
                location: text,
                parameters: map(object({ description: text, metadata: untyped, type: text, value: untyped })),
                provisioningState: output(text),
                sku: output(untyped),
                state: text,
                tags,
                version: output(text),
            }),
        },
        "azure-native:authorization:RoleAssignment": {
            path: "/{scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}",
            autoName: "uuid",
            apiVersion: "2022-04-01",
            flattened: true,
            body: object({
                ...envelope,
                condition: text,
                conditionVersion: text,
                createdBy: output(text),
                createdOn: output(text),
                delegatedManagedIdentityResourceId: text,
                description: text,
                principalId: required(text, { forceNew: true }),
                principalType: { shape: text, default: "User" },
                roleDefinitionId: required(text),
                scope: output(text),
                systemData,
                updatedBy: output(text),
                updatedOn: output(text),
            }),
        },
        "azure-native:securityinsights:AutomationRule": {
            path:
                `${group}/providers/Microsoft.OperationalInsights/workspaces/{workspaceName}` +
                "/providers/Microsoft.SecurityInsights/automationRules/{automationRuleId}",
            autoName: "random",
            apiVersion: "2024-09-01",
            flattened: true,
            body: object({
                ...envelope,
                actions: required(list(untyped)),
                createdBy: output(untyped),
                createdTimeUtc: output(text),
                displayName: required({ kind: "text", longest: 500 }),
                etag: output(text),
                lastModifiedBy: output(untyped),
                lastModifiedTimeUtc: output(text),
                order: required({ kind: "integer", least: 1, most: 1000 }),
                systemData,
                triggeringLogic: required(
                    object({
                        conditions: list(untyped),
                        expirationTimeUtc: text,
                        isEnabled: required(flag),
                        triggersOn: required(text),
                        triggersWhen: required(text),
                    }),
                ),
            }),
        },
    }),
);
