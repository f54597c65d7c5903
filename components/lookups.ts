/** What the program asks Azure and Entra ID before it registers anything. There are no other look-ups. */
import { getClientConfig } from "@pulumi/azure-native/authorization";
import { getSecret, getVault } from "@pulumi/azure-native/keyvault";
import { getWorkspace } from "@pulumi/azure-native/operationalinsights";
import { Provider, type ProviderArgs } from "@pulumi/azure-native/provider";
import { getResourceGroup } from "@pulumi/azure-native/resources";
import { getServicePrincipal } from "@pulumi/azuread/getServicePrincipal";
import * as pulumi from "@pulumi/pulumi";
import type { WorkspaceReference } from "../workflows";
import type { ExistingVault } from "./secretVault";

/** What a stack finds, and builds on. */
export interface Surroundings {
    readonly deployment: Deployment;
    readonly workspace: SentinelWorkspace;
    /** The existing resource group, where one was asked for. */
    readonly resourceGroup?: { readonly id: string; readonly name: string };
    /** The existing vault, where one was asked for. */
    readonly vault?: ExistingVault;
    /** Sentinel's own service principal, where it was asked for. */
    readonly securityInsights?: { readonly principalId: string };
}

/** What to look for; what is left out is not looked up, as each look-up needs a right of its own. */
export interface SurroundingsArgs {
    readonly workspace: WorkspaceAddress;
    /** How the deployment reaches Azure; for a workspace in another subscription. */
    readonly azureNative?: ProviderArgs;
    readonly resourceGroup?: string;
    readonly vault?: {
        readonly name: string;
        readonly resourceGroup: string;
        /** A secret that has to be there. @default - none */
        readonly secretName?: string;
    };
    /** Sentinel's own service principal; looked up only where its object id is not known. */
    readonly securityInsights?: { readonly objectId?: string };
}

/**
 * Looks everything up at once; a workspace in another subscription only when the rest is there, as its provider has
 * to be registered first.
 *
 * @throws pulumi.RunError naming everything that was not found
 */
export async function lookUpSurroundings(args: SurroundingsArgs): Promise<Surroundings> {
    const deployment = await lookUpDeployment();
    const others = [
        ifGiven(args.resourceGroup, lookUpResourceGroup),
        ifGiven(args.vault, lookUpVault),
        ifGiven(args.securityInsights, lookUpSecurityInsights),
    ] as const;
    if (isForeign(args.workspace, deployment)) {
        await allFound(others);
    }
    const workspace = lookUpWorkspace(args.workspace, deployment, args.azureNative);
    await allFound([workspace, ...others]);
    const [resourceGroup, vault, securityInsights] = await Promise.all(others);
    return { deployment, workspace: await workspace, resourceGroup, vault, securityInsights };
}

async function ifGiven<T, Found>(
    value: T | undefined,
    lookUp: (value: T) => Promise<Found>,
): Promise<Found | undefined> {
    return value === undefined ? undefined : lookUp(value);
}

async function allFound(lookUps: readonly Promise<unknown>[]): Promise<void> {
    const outcomes = await Promise.allSettled(lookUps);
    const failures = outcomes.flatMap((outcome) =>
        outcome.status === "rejected" ? [(outcome.reason as Error).message] : [],
    );
    if (failures.length > 0) {
        throw new pulumi.RunError(`${failures.join("\n\n")}\n\nNothing was deployed.`);
    }
}

/** The workspace that Sentinel runs on. */
export interface SentinelWorkspace {
    readonly reference: WorkspaceReference;
    /** Provider of the workspace's subscription. @default - the default provider */
    readonly provider?: Provider;
}

/** Who deploys, and where to. */
export interface Deployment {
    readonly tenantId: string;
    readonly subscriptionId: string;
}

/** @throws pulumi.RunError if Azure does not say */
export async function lookUpDeployment(): Promise<Deployment> {
    const { tenantId, subscriptionId } = await found(
        getClientConfig(),
        "the subscription and tenant to deploy to",
        "Check that you are signed in, and to which subscription:\naz account show",
    );
    return { tenantId, subscriptionId };
}

/** Where to look for the workspace. */
export interface WorkspaceAddress {
    readonly name: string;
    readonly resourceGroup: string;
    /** @default - the deployment's subscription */
    readonly subscriptionId?: string;
}

/**
 * Looks the workspace up, in a foreign subscription through a provider of its own.
 *
 * @param providerArgs - how the deployment reaches Azure; used for the provider of a foreign subscription
 * @throws pulumi.RunError if it is not there or may not be read
 */
export async function lookUpWorkspace(
    address: WorkspaceAddress,
    deployment: Deployment,
    providerArgs: ProviderArgs = {},
): Promise<SentinelWorkspace> {
    const { name, resourceGroup, subscriptionId: subscription = deployment.subscriptionId } = address;
    const provider = isForeign(address, deployment)
        ? subscriptionProvider(subscription, providerArgs)
        : undefined;
    const { id, customerId } = await found(
        getWorkspace({ resourceGroupName: resourceGroup, workspaceName: name }, { provider }),
        `the Log Analytics workspace "${name}" in resource group "${resourceGroup}" of subscription ${subscription}`,
        "Check workspaceName, workspaceResourceGroup and workspaceSubscriptionId, and that you may read it:\n" +
            `az monitor log-analytics workspace show --name ${name} --resource-group ${resourceGroup} --subscription ${subscription}`,
    );
    return { reference: { id, customerId, name, resourceGroup, subscriptionId: subscription }, provider };
}

/** Whether the workspace lies in another subscription than the one that is deployed to. */
function isForeign({ subscriptionId }: WorkspaceAddress, deployment: Deployment): boolean {
    return (
        subscriptionId !== undefined &&
        subscriptionId.toLowerCase() !== deployment.subscriptionId.toLowerCase()
    );
}

function subscriptionProvider(subscriptionId: string, providerArgs: ProviderArgs): Provider {
    const { oidcToken, oidcRequestToken } = providerArgs;
    return new Provider("workspace-subscription", {
        ...providerArgs,
        // The SDK makes the other credentials secret by itself.
        oidcToken: oidcToken === undefined ? undefined : pulumi.secret(oidcToken),
        oidcRequestToken: oidcRequestToken === undefined ? undefined : pulumi.secret(oidcRequestToken),
        subscriptionId,
    });
}

/** @throws pulumi.RunError if it is not there or may not be read */
export async function lookUpResourceGroup(
    name: string,
): Promise<{ readonly id: string; readonly name: string }> {
    const { id } = await found(
        getResourceGroup({ resourceGroupName: name }),
        `the resource group "${name}"`,
        `Check resourceGroup, and that you may read it:\naz group show --name ${name}`,
    );
    return { id, name };
}

/**
 * Looks an existing vault up, whose authorization model decides what is created.
 *
 * @throws pulumi.RunError if it or its secret is not there, may not be read, or if it keeps Logic Apps out
 */
export async function lookUpVault({
    name,
    resourceGroup,
    secretName,
}: NonNullable<SurroundingsArgs["vault"]>): Promise<ExistingVault> {
    const { id, properties } = await found(
        getVault({ vaultName: name, resourceGroupName: resourceGroup }),
        `the key vault "${name}" in resource group "${resourceGroup}"`,
        "Check keyVault and keyVaultResourceGroup, and that you may read it:\n" +
            `az keyvault show --name ${name} --resource-group ${resourceGroup}`,
    );
    const isPrivate = properties.publicNetworkAccess?.toLowerCase() === "disabled";
    if (isPrivate || properties.networkAcls?.defaultAction?.toLowerCase() === "deny") {
        throw new pulumi.RunError(
            `The key vault "${name}" lets only chosen networks in, and Logic Apps (Consumption) cannot get through: ` +
                "they are not among the trusted services.\nOpen it:\n" +
                `az keyvault update --name ${name} --resource-group ${resourceGroup} --public-network-access Enabled --default-action Allow\n` +
                "Or let the stack create a vault of its own:\npulumi config rm keyVault",
        );
    }
    if (secretName !== undefined) {
        await lookUpSecret(name, resourceGroup, secretName);
    }
    return {
        id,
        name,
        resourceGroup,
        authorization: properties.enableRbacAuthorization ? "rbac" : "accessPolicies",
    };
}

/** Asks Resource Manager, which never gives the value of a secret. */
async function lookUpSecret(vaultName: string, resourceGroupName: string, secretName: string): Promise<void> {
    await found(
        getSecret({ vaultName, resourceGroupName, secretName }),
        `the secret "${secretName}" in the key vault "${vaultName}"`,
        "Check intezerSecretName, or let the stack write the secret:\npulumi config set --secret intezerApiKey",
    );
}

/** Application id of "Azure Security Insights", Sentinel's own service principal; the same in every tenant. */
const securityInsightsApplicationId = "98785600-1bb7-4fb9-b9fa-19afe2c8a360";

/**
 * Sentinel's own service principal in this tenant; looked up unless its object id is known already.
 *
 * @throws pulumi.RunError if it is not there or the directory may not be read
 */
export async function lookUpSecurityInsights(known: {
    readonly objectId?: string;
}): Promise<{ readonly principalId: string }> {
    if (known.objectId !== undefined) {
        return { principalId: known.objectId };
    }
    const { objectId } = await found(
        getServicePrincipal({ clientId: securityInsightsApplicationId }),
        `the service principal "Azure Security Insights" (application ${securityInsightsApplicationId}) in Entra ID`,
        "It is there once Sentinel was enabled in the tenant. If only you may not read the directory, ask for its object id and set it:\n" +
            `az ad sp show --id ${securityInsightsApplicationId} --query id --output tsv\n` +
            "pulumi config set securityInsightsPrincipalId <object id>",
    );
    return { principalId: objectId };
}

async function found<T>(lookUp: Promise<T>, what: string, remedy: string): Promise<T> {
    try {
        return await lookUp;
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new pulumi.RunError(`Looked up ${what}, without success: ${reason}\n${remedy}`);
    }
}
