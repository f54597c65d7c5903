/** A tenant with one playbook and everything it needs, for tests that talk to the simulated services directly. */
import type { Json, JsonObject } from "../../language/json";
import type { Azure, Resource } from "../../simulator/resources/model";
import type { HttpRequest, Reply } from "../../simulator/runtime/transport";
import { connectServices, type ServiceOptions, type Services } from "../../simulator/services";

export const start = Date.parse("2026-01-15T10:00:00Z");
const subscription = "/subscriptions/00000000-0000-0000-0000-000000000001";
const group = `${subscription}/resourceGroups/rg-playbooks`;
export const workspaceId = `${subscription}/resourceGroups/rg-sentinel/providers/Microsoft.OperationalInsights/workspaces/law-sentinel`;
export const workspaceGuid = "00000000-0000-0000-0000-0000000000aa";
export const workflowId = `${group}/providers/Microsoft.Logic/workflows/demo`;
export const vaultId = `${group}/providers/Microsoft.KeyVault/vaults/kv-demo`;
export const principalId = "00000000-0000-0000-0000-0000000000b1";
export const sentinelPrincipalId = "00000000-0000-0000-0000-0000000000b2";
export const runRight = "Microsoft.Logic/workflows/triggers/listCallbackUrl/action";

/** ARM id of an API connection. */
export function connectionId(api: string): string {
    return `${group}/providers/Microsoft.Web/connections/${api}-connection`;
}

/** Changes to the tenant; resources replace those with the same id, null takes one away. */
export interface TenantChanges {
    readonly resources?: { readonly [id: string]: Resource | null };
    /** Rights as `principal action scope-prefix`. */
    readonly grants?: readonly (readonly [principal: string, action: string, scope: string])[];
    readonly secrets?: { readonly [name: string]: string };
    readonly readers?: readonly string[];
}

/** Azure as a list of resources and grants; scopes cover what lies below them. */
export function fakeAzure(changes: TenantChanges = {}): Azure {
    const resources = new Map<string, Resource>();
    for (const resource of [...standardResources(), ...Object.values(changes.resources ?? {})]) {
        if (resource !== null) {
            resources.set(resource.id.toLowerCase(), resource);
        }
    }
    for (const [id, resource] of Object.entries(changes.resources ?? {})) {
        if (resource === null) {
            resources.delete(id.toLowerCase());
        }
    }
    const secrets = changes.secrets ?? { "api-key": "the-key" };
    const readers = changes.readers ?? [principalId];
    return {
        tenantId: "00000000-0000-0000-0000-0000000000c1",
        get: (id) => resources.get(id.toLowerCase()),
        list: (type) => [...resources.values()].filter((resource) => same(resource.type, type)),
        allows: (principal, action, scope) =>
            (changes.grants ?? []).some(
                ([who, what, where]) =>
                    who === principal &&
                    what === action &&
                    `${scope.toLowerCase()}/`.startsWith(`${where.toLowerCase()}/`),
            ),
        mayReadSecret: (principal, vault) => readers.includes(principal) && same(vault, vaultId),
        secretValue: (vault, name) => (same(vault, vaultId) ? secrets[name] : undefined),
    };
}

/** Services of such a tenant. */
export function services(changes: TenantChanges = {}, options: Partial<ServiceOptions> = {}): Services {
    return connectServices(fakeAzure(changes), {
        securityInsightsPrincipalId: sentinelPrincipalId,
        start,
        intezer: { apiKey: "the-key" },
        ...options,
    });
}

/** Calls a connector as the tenant's workflow. */
export function callConnector(
    target: Services,
    api: string,
    method: string,
    path: string,
    more: { body?: Json; queries?: { [name: string]: Json }; time?: number } = {},
): Reply {
    return target.transportFor(workflowId)({
        kind: "connection",
        time: more.time ?? start,
        action: "Call",
        index: [],
        attempt: 1,
        method,
        headers: {},
        body: more.body ?? null,
        connection: api,
        connectionId: connectionId(api),
        path,
        queries: more.queries ?? {},
    });
}

/** Sends an HTTP request as the tenant's workflow. */
export function callHttp(
    target: Services,
    method: string,
    uri: string,
    more: Partial<HttpRequest> = {},
): Reply {
    return target.transportFor(workflowId)({
        kind: "http",
        time: start,
        action: "Call",
        index: [],
        attempt: 1,
        method,
        uri,
        headers: {},
        body: null,
        ...more,
    });
}

/** Code and message of a refusal. */
export function errorOf(reply: unknown): { status: number; code: Json; message: Json } {
    const { status, body } = reply as { status: number; body: { error: { code: Json; message: Json } } };
    return { status, code: body.error.code, message: body.error.message };
}

/** The body of an answer in the shape that the test expects; what it then compares shows whether it has it. */
export function bodyOf<Shape>(reply: Reply): Shape {
    const { body } = reply as { body?: unknown };
    return body as Shape;
}

/** A resource with less to type. */
export function resource(id: string, properties: JsonObject, more: Partial<Resource> = {}): Resource {
    const [provider = "", ...segments] = id
        .slice(id.toLowerCase().lastIndexOf("/providers/") + 11)
        .split("/");
    const type = [provider, ...segments.filter((_, index) => index % 2 === 0)].join("/");
    return { id, type, name: id.slice(id.lastIndexOf("/") + 1), location: "westeurope", properties, ...more };
}

export function connectionResource(api: string, properties: JsonObject): Resource {
    return resource(connectionId(api), {
        api: { id: `${subscription}/providers/Microsoft.Web/locations/westeurope/managedApis/${api}` },
        ...properties,
    });
}

/** `$connections` of a workflow. */
export function connectionsParameter(entry: (api: string) => JsonObject): JsonObject {
    const apis = ["azuresentinel", "keyvault", "azuremonitorlogs"];
    return { $connections: { value: Object.fromEntries(apis.map((api) => [api, entry(api)])) } };
}

export const withManagedIdentity = (api: string): JsonObject => ({
    connectionId: connectionId(api),
    connectionProperties: { authentication: { type: "ManagedServiceIdentity" } },
});

function standardResources(): Resource[] {
    return [
        resource(workspaceId, { customerId: workspaceGuid }),
        resource(vaultId, { enableRbacAuthorization: false }),
        resource(
            workflowId,
            { state: "Enabled", parameters: connectionsParameter(withManagedIdentity) },
            {
                identity: {
                    type: "SystemAssigned",
                    principalId,
                    tenantId: "00000000-0000-0000-0000-0000000000c1",
                },
            },
        ),
        connectionResource("azuresentinel", { parameterValueType: "Alternative" }),
        connectionResource("keyvault", {
            parameterValueType: "Alternative",
            alternativeParameterValues: { vaultName: "kv-demo" },
        }),
        connectionResource("azuremonitorlogs", {
            parameterValueSet: { name: "managedIdentityAuth", values: {} },
        }),
    ];
}

function same(left: string, right: string): boolean {
    return left.toLowerCase() === right.toLowerCase();
}
