/** Azure's refusals: which ones pass by themselves, and what a person can do about the others. Pure. */
import { roleIds } from "./roles";

/** An operation that Azure refused, as the error hook of the resource gets it. */
export interface RefusedOperation {
    readonly urn: string;
    /** Pulumi's type token, e.g. `azure-native:logic:Workflow`. */
    readonly type: string;
    /** `create`, `update` or `delete`. */
    readonly operation: string;
    readonly error: string;
    /** Inputs of the resource; absent when it is deleted. */
    readonly inputs?: Readonly<Record<string, unknown>>;
}

/**
 * Whether the refusal passes by itself: Entra ID and Sentinel do not know a new identity, workflow or role for some
 * minutes, and a vault takes one write at a time.
 */
export function passesByItself(error: string): boolean {
    return passingRefusals.some((pattern) => pattern.test(error));
}

const passingRefusals = [
    /\bPrincipalNotFound\b/,
    /Missing required permissions/,
    /not using Microsoft Sentinel Incident trigger/,
    /\bConflictError\b/,
];

/** What a person can do about a refusal, with the command; undefined where nothing is known. */
export function remedyFor(refused: RefusedOperation): string | undefined {
    return remedies.map((remedy) => remedy(refused)).find((text) => text !== undefined);
}

type Remedy = (refused: RefusedOperation) => string | undefined;

const remedies: readonly Remedy[] = [
    missingRight,
    existingAssignment,
    existingResource,
    unregisteredProvider,
    forbiddenByPolicy,
    exceededQuota,
    missingGrant,
    unknownPrincipal,
    waitedInVain,
];

/** E.g. "The client '…' with object id '…' does not have authorization to perform action '…' over scope '…'". */
function missingRight({ error }: RefusedOperation): string | undefined {
    const action = /perform action '([^']+)'/.exec(error)?.[1];
    const scope = /over scope '([^']+)'/.exec(error)?.[1];
    const role = deployerRoles.find(([pattern]) => action !== undefined && pattern.test(action))?.[1];
    if (!error.includes("AuthorizationFailed") || scope === undefined || role === undefined) {
        return undefined;
    }
    const objectId = /object id '([^']+)'/.exec(error)?.[1] ?? "<object id of the deployer>";
    const granted =
        /^(.*?\/resourceGroups\/[^/]+(?:\/providers\/Microsoft\.OperationalInsights\/workspaces\/[^/]+)?)/i;
    return (
        `The deployer lacks a right (${action}). An owner of the scope can give it; it takes some minutes to work:\n` +
        `az role assignment create --assignee-object-id ${objectId} --role "${role}" --scope ${granted.exec(scope)?.[1] ?? scope}`
    );
}

/** Roles of a deployer by the actions they allow (Microsoft Learn, "Azure built-in roles"). */
const deployerRoles: readonly (readonly [RegExp, string])[] = [
    [/^Microsoft\.Authorization\/roleAssignments\//i, "Role Based Access Control Administrator"],
    [/^Microsoft\.SecurityInsights\/automationRules\//i, "Microsoft Sentinel Contributor"],
    [/^Microsoft\.(?:Resources|Logic|Web|KeyVault)\//i, "Contributor"],
];

function existingAssignment({ error, inputs }: RefusedOperation): string | undefined {
    if (!error.includes("RoleAssignmentExists")) {
        return undefined;
    }
    if (textOf(inputs, "roleDefinitionId").endsWith(roleIds["Microsoft Sentinel Automation Contributor"])) {
        return (
            "Sentinel's service principal already has this role on the resource group. Leave it to whoever gave it:\n" +
            "pulumi config set grantSentinelAccess false"
        );
    }
    const principalId = textOf(inputs, "principalId");
    const scope = textOf(inputs, "scope");
    return (
        "The identity already has this role here, by an assignment that is not in this stack. Look at it, and delete it:\n" +
        `az role assignment list --assignee ${principalId} --scope ${scope} --output table\n` +
        "az role assignment delete --ids <id of the assignment>"
    );
}

/** azure-native's own words when the id of what it should create is taken. */
function existingResource({ error, type, inputs }: RefusedOperation): string | undefined {
    if (!/cannot create already existing resource/i.test(error)) {
        return undefined;
    }
    const id = /already existing resource:?\s*['"]?(\/[^'"\s]+)/i.exec(error)?.[1] ?? "<its ARM id>";
    if (type === "azure-native:keyvault:Secret") {
        return (
            `The vault already holds the secret ${textOf(inputs, "secretName")}. ` +
            "In a vault that is not the stack's own (keyVault), use it as it is:\n" +
            "pulumi config rm intezerApiKey\n" +
            "To store the key beside it, choose another name: pulumi config set intezerSecretName <name>"
        );
    }
    if (!namedByVendor.includes(type)) {
        return (
            "This is already there, from a run of this stack that broke off or that its state does not know of. " +
            `Delete it, and deploy again:\n${deletionOf(id)}`
        );
    }
    return (
        "Something with this name is already there, e.g. from the vendor's template or from a run that broke off. " +
        `If nobody needs it, delete it:\n${deletionOf(id)}\n` +
        "Otherwise deploy into another resource group: pulumi config set resourceGroup <name>"
    );
}

/** Types whose names in Azure are the vendor's; all others have names of their own in every stack. */
const namedByVendor = ["azure-native:logic:Workflow", "azure-native:resources:Resource"];

/** The command that deletes a resource, be it one that Resource Manager knows only as a part of another. */
function deletionOf(id: string): string {
    const [, vault, holder] = /\/vaults\/([^/]+)\/accessPolicy\/([^/]+)$/i.exec(id) ?? [];
    if (vault !== undefined && holder !== undefined) {
        return `az keyvault delete-policy --name ${vault} --object-id ${holder}`;
    }
    const isAssignment = /\/Microsoft\.Authorization\/roleAssignments\/[^/]+$/i.test(id);
    return `az ${isAssignment ? "role assignment" : "resource"} delete --ids ${id}`;
}

function unregisteredProvider({ error }: RefusedOperation): string | undefined {
    if (!/MissingSubscriptionRegistration|not registered to use namespace/i.test(error)) {
        return undefined;
    }
    const namespace = /namespace '([^']+)'/.exec(error)?.[1] ?? "<namespace>";
    return `The subscription has not registered the resource provider. Once per subscription:\naz provider register --namespace ${namespace} --wait`;
}

/** For the time when the wait for {@link passesByItself} was in vain. */
function missingGrant({ error }: RefusedOperation): string | undefined {
    if (!error.includes("Missing required permissions")) {
        return undefined;
    }
    return (
        "Sentinel may not run the playbook. Let the stack give it the right, and deploy again:\n" +
        "pulumi config set grantSentinelAccess true"
    );
}

/** Azure names the policy in its message (Microsoft Learn, "RequestDisallowedByPolicy error with Azure policy"). */
function forbiddenByPolicy({ error }: RefusedOperation): string | undefined {
    if (!error.includes("RequestDisallowedByPolicy")) {
        return undefined;
    }
    return (
        "A policy of your organisation forbids this; Azure's message names it. Fulfil it, e.g. with a tag or another region, " +
        "or let its owner exempt the resource group; then deploy again:\n" +
        "pulumi config set --path 'tags.<name>' <value>\n" +
        "pulumi config set azure-native:location <region>"
    );
}

function exceededQuota({ error }: RefusedOperation): string | undefined {
    if (!/QuotaExceeded/.test(error)) {
        return undefined;
    }
    return (
        "The subscription has used up its quota here. Have it raised (Azure portal, Quotas), or deploy into another region:\n" +
        "pulumi config set azure-native:location <region>"
    );
}

/** For the time when the wait was in vain, as below. */
function unknownPrincipal({ error, inputs }: RefusedOperation): string | undefined {
    const isGrant = textOf(inputs, "roleDefinitionId").endsWith(
        roleIds["Microsoft Sentinel Automation Contributor"],
    );
    if (!isGrant || !error.includes("PrincipalNotFound")) {
        return undefined;
    }
    return (
        `Entra ID knows no service principal ${textOf(inputs, "principalId")}. Set the object id of Azure Security Insights:\n` +
        'az ad sp list --display-name "Azure Security Insights" --query "[].id" --output tsv\n' +
        "pulumi config set securityInsightsPrincipalId <object id>"
    );
}

function waitedInVain({ error }: RefusedOperation): string | undefined {
    return passesByItself(error)
        ? "Azure was not ready for it in a quarter of an hour. Deploy again, which goes on from here: pulumi up"
        : undefined;
}

function textOf(inputs: RefusedOperation["inputs"], key: string): string {
    const value = inputs?.[key];
    return typeof value === "string" ? value : `<${key}>`;
}
