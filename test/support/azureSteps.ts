/** Everything that can be done to an Azure, in all orders and at all times, for tests with random sequences. */
import fc from "fast-check";
import { AzureResourceManager, type DeleteRequest, type PutRequest } from "../../simulator/resources/machine";
import { AzureRefusal } from "../../simulator/resources/model";
import {
    ANALYST,
    assignment,
    AUTOMATION_CONTRIBUTOR,
    connection,
    GROUP,
    policy,
    RESPONDER,
    rule,
    SECRETS_USER,
    SENTINEL_PRINCIPAL,
    SUBSCRIPTION,
    vault,
    webhookDefinition,
    without,
    workflow,
    WORKSPACE,
} from "./resources";

/** Something that is done to an Azure, and shows its outcome. */
type Step = (azure: AzureResourceManager) => unknown;

export const SECRET: PutRequest = { id: `${vault().id}/secrets/key`, properties: { value: "intezer" } };
const IDENTITY = "(the workflow's identity)";
export const SMALL_PROPAGATION = { identity: 2, roleAssignment: 4, trigger: 3 };

/** What may be written, in all orders and at all times. */
const puts: readonly PutRequest[] = [
    { id: GROUP, location: "westeurope" },
    vault(),
    vault("kv-contoso", { enableRbacAuthorization: true }),
    vault("kv-other"),
    SECRET,
    { ...SECRET, properties: { value: "another" } },
    policy(vault().id, ANALYST, ["get", "delete"]),
    policy(vault().id, SENTINEL_PRINCIPAL),
    connection("azuresentinel"),
    workflow(),
    workflow({ definition: webhookDefinition(), parameters: {} }, { identity: { type: "None" } }),
    workflow({}, { location: "northeurope" }),
    assignment(GROUP, AUTOMATION_CONTRIBUTOR, SENTINEL_PRINCIPAL),
    assignment(vault().id, SECRETS_USER, ANALYST, {
        name: "33333333-3333-4333-8333-333333333333",
        properties: { principalType: "User" },
    }),
    assignment(WORKSPACE, RESPONDER, IDENTITY, { name: "44444444-4444-4444-8444-444444444444" }),
    assignment(GROUP, RESPONDER, IDENTITY, {
        name: "55555555-5555-4555-8555-555555555555",
        properties: { principalType: "User" },
    }),
    rule(),
    rule({ order: 0 }),
];

const deletes: readonly DeleteRequest[] = [
    ...new Map(puts.map(({ id }) => [id, { id, principalId: ANALYST }])).values(),
    { id: SECRET.id, principalId: SENTINEL_PRINCIPAL },
];

const timing = fc.record(
    {
        at: fc.nat(12),
        lasts: fc.nat(3),
        after: fc.subarray(puts.map(({ id }) => id)),
    },
    { requiredKeys: [] },
);

export const step: fc.Arbitrary<Step> = fc.oneof(
    {
        weight: 12,
        arbitrary: fc.tuple(fc.constantFrom(...puts), timing, fc.boolean()).map(
            ([request, when, isTyped]) =>
                (azure: AzureResourceManager) =>
                    outcomeOf(() => azure.put({ ...addressed(request, isTyped, azure), ...when })),
        ),
    },
    {
        weight: 3,
        arbitrary: fc.tuple(fc.constantFrom(...deletes), timing).map(
            ([request, when]) =>
                (azure: AzureResourceManager) =>
                    outcomeOf(() => {
                        azure.delete({ ...request, ...when });
                        return "deleted";
                    }),
        ),
    },
    {
        weight: 1,
        arbitrary: fc.constant((azure: AzureResourceManager) => {
            azure.finishWrites();
            return "finished";
        }),
    },
    {
        weight: 1,
        arbitrary: fc
            .subarray(["Microsoft.KeyVault", "Microsoft.Logic", "Microsoft.Web"])
            .map((providers) => (azure: AzureResourceManager) => {
                azure.addSubscription(SUBSCRIPTION, providers);
                return "registered";
            }),
    },
);

/** The request with the identity that the workflow has now. */
function addressed(request: PutRequest, isTyped: boolean, azure: AzureResourceManager): PutRequest {
    if (request.properties?.["principalId"] !== IDENTITY) {
        return request;
    }
    const principalId = azure.get(workflow().id)?.identity?.principalId ?? ANALYST;
    const properties = isTyped ? request.properties : without(request.properties, "principalType");
    return { ...request, properties: { ...properties, principalId } };
}

/** What is answered, or refused, as JSON. */
function outcomeOf(act: () => unknown): unknown {
    try {
        return JSON.parse(JSON.stringify(act()));
    } catch (error) {
        if (error instanceof AzureRefusal) {
            return `${error.status} ${error.code}: ${error.message}`;
        }
        throw error;
    }
}

/** All that can be asked without a change. */
export function answersOf(azure: AzureResourceManager): unknown {
    const types = new Set(puts.map(({ id }) => azure.get(id)?.type ?? ""));
    return {
        now: azure.now,
        tenantId: azure.tenantId,
        lists: [...types].map((type) => outcomeOf(() => azure.list(type))),
        secret: azure.secretValue(vault().id, "key"),
        sentinel: azure.servicePrincipal("98785600-1bb7-4fb9-b9fa-19afe2c8a360"),
        url: outcomeOf(() => azure.listCallbackUrl(workflow().id, "Microsoft_Sentinel_incident")),
        rights: [undefined, ...Array.from({ length: 20 }, (_, at) => at)].map((at) => [
            azure.mayReadSecret(ANALYST, vault().id, "key", at),
            azure.allows(SENTINEL_PRINCIPAL, "Microsoft.Logic/workflows/triggers/read", GROUP, at),
        ]),
    };
}
