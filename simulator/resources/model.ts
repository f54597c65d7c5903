/** What the rest of the simulator sees of Azure Resource Manager, Entra ID and the vaults' own access lists. */
import type { JsonObject } from "../../language/json";

/** A resource as Resource Manager shows it. */
export interface Resource {
    /** ARM id in the letter case of its creation; ids are compared without regard to case. */
    readonly id: string;
    /** E.g. `Microsoft.Logic/workflows`. */
    readonly type: string;
    readonly name: string;
    readonly location?: string;
    readonly kind?: string;
    readonly tags?: { readonly [name: string]: string };
    readonly identity?: { readonly type: string; readonly principalId: string; readonly tenantId: string };
    readonly properties: JsonObject;
}

/** Azure's refusal of a request, with the code and message that Azure gives. */
export class AzureRefusal extends Error {
    /**
     * @param status - HTTP status, e.g. 409
     * @param code - Azure's error code, e.g. `ConflictError`
     * @param message - Azure's message
     */
    constructor(
        readonly status: number,
        readonly code: string,
        message: string,
    ) {
        super(message);
        this.name = "AzureRefusal";
    }
}

/** What the simulated services ask of Azure before they answer a playbook. */
export interface Azure {
    readonly tenantId: string;
    /** The resource with this ARM id, compared without regard to case. */
    get(id: string): Resource | undefined;
    /** Every resource of a type, e.g. `Microsoft.SecurityInsights/automationRules`, in order of creation. */
    list(type: string): readonly Resource[];
    /**
     * Whether role assignments let the principal do this.
     * @param action - e.g. `Microsoft.SecurityInsights/incidents/comments/write`
     * @param scope - ARM id of what is acted upon
     * @param at - milliseconds of virtual time. @default a time at which every role assignment is effective
     */
    allows(principalId: string, action: string, scope: string, at?: number): boolean;
    /**
     * Whether the principal may read the secret's value, by the vault's own model (access policies or RBAC).
     *
     * @param at - as in {@link Azure.allows}; access policies are effective at once
     */
    mayReadSecret(principalId: string, vaultId: string, secretName: string, at?: number): boolean;
    /** The value of a vault secret, undefined where there is no such secret. */
    secretValue(vaultId: string, secretName: string): string | undefined;
}
