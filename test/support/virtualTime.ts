/** What tests of virtual time share: who waits for what, and Azure's words for it. */
import type { AzureResourceManager, PutRequest } from "../../simulator/resources/machine";
import {
    assignment,
    AUTOMATION_CONTRIBUTOR,
    connection,
    contoso,
    GROUP,
    RESPONDER,
    SENTINEL_PRINCIPAL,
    without,
    workflow,
    WORKSPACE,
} from "./resources";

export const MISSING = `400 BadRequest: Missing required permissions for Microsoft Sentinel on the playbook resource '${workflow().id}'`;
export const NO_TRIGGER = `400 BadRequest: Playbook resource '${workflow().id}' is not using Microsoft Sentinel Incident trigger`;
export const GRANT = assignment(GROUP, AUTOMATION_CONTRIBUTOR, SENTINEL_PRINCIPAL);
export const READ_INCIDENT = "Microsoft.SecurityInsights/incidents/read";

/** A tenant with a connection that has been there for long. */
export function withConnection(): AzureResourceManager {
    const azure = contoso();
    azure.put(connection("azuresentinel"));
    return azure;
}

/** A role for the workflow's identity, of which the type is given only if asked for. */
export function responder(azure: AzureResourceManager, principalType?: string): PutRequest {
    const principalId = azure.get(workflow().id)?.identity?.principalId ?? "";
    const name = "33333333-3333-4333-8333-333333333333";
    const { properties, ...request } = assignment(WORKSPACE, RESPONDER, principalId, { name });
    const untyped = without(properties, "principalType");
    return { ...request, properties: principalType === undefined ? untyped : { ...untyped, principalType } };
}
