import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import type { ConnectionKey } from "../workflows";
import { errorHooks } from "./errorHooks";
import { boundTo } from "./region";

const TOKEN = "intezer-sentinel:index:ApiConnection";

/** Arguments of {@link ApiConnection}. */
export interface ApiConnectionArgs {
    /** The managed API to connect to. */
    readonly api: ConnectionKey;
    readonly resourceGroupName: pulumi.Input<string>;
    /** Subscription of the resource group. */
    readonly subscriptionId: string;
    /** Region of the workflows that use it, as ARM ids write it, e.g. `westeurope`. */
    readonly location: string;
    /** Name, not URL, of the vault that is read. @default - none; required for `keyvault` */
    readonly vaultName?: pulumi.Input<string>;
    /** @default - no tags */
    readonly tags?: Readonly<Record<string, string>>;
}

/** What a workflow says about one of its connections, under `$connections`. */
export interface ConnectionEntry {
    readonly connectionId: string;
    readonly connectionName: string;
    /** ARM id of the managed API. */
    readonly id: string;
    readonly connectionProperties: {
        readonly authentication: { readonly type: "ManagedServiceIdentity" };
    };
}

/** Names of the connections in Azure; the vendor's, so that an existing installation is recognised. */
const connectionNames: Readonly<Record<ConnectionKey, string>> = {
    azuresentinel: "azuresentinel-intezer-connection",
    keyvault: "keyvault-intezer-connection",
    azuremonitorlogs: "monitorlogs-intezer-connection",
};

/**
 * A connection to a managed API with the identity of the workflow that uses it, so that no person signs in.
 *
 * The generic resource is used because `web.Connection` drops the properties that make this work
 * (pulumi-azure-native issue 2069).
 *
 * @throws Error if a connection to `keyvault` is not told the vault
 */
export class ApiConnection extends pulumi.ComponentResource {
    /** The workflow's side of the connection; made here so that both sides agree. */
    readonly entry: pulumi.Output<ConnectionEntry>;

    constructor(name: string, args: ApiConnectionArgs, opts?: pulumi.ComponentResourceOptions) {
        const identityProperties = managedIdentity(args);
        super(TOKEN, name, {}, opts);
        const connectionName = connectionNames[args.api];
        const apiId = `/subscriptions/${args.subscriptionId}/providers/Microsoft.Web/locations/${args.location}/managedApis/${args.api}`;

        const connection = new resources.Resource(
            `${name}-connection`,
            {
                // The only published version that takes the properties of a managed identity.
                apiVersion: "2016-06-01",
                resourceProviderNamespace: "Microsoft.Web",
                parentResourcePath: "",
                resourceType: "connections",
                resourceName: connectionName,
                resourceGroupName: args.resourceGroupName,
                kind: "V1",
                location: args.location,
                tags: args.tags,
                properties: {
                    displayName: connectionName,
                    api: { id: apiId },
                    customParameterValues: {},
                    ...identityProperties,
                },
            },
            {
                parent: this,
                deleteBeforeReplace: true,
                ...boundTo(args.subscriptionId),
                hooks: errorHooks(),
            },
        );
        this.entry = connection.id.apply((connectionId): ConnectionEntry => ({
            connectionId,
            connectionName,
            id: apiId,
            connectionProperties: { authentication: { type: "ManagedServiceIdentity" } },
        }));
        this.registerOutputs({ entry: this.entry });
    }
}

/**
 * How a connection is set up for managed identity: APIs with a single kind of authentication and those with several
 * say it differently, and refuse each other's properties (Microsoft Learn, "Authenticate access with managed
 * identities in Azure Logic Apps").
 */
function managedIdentity(args: ApiConnectionArgs): Record<string, unknown> {
    switch (args.api) {
        case "azuresentinel":
            return { parameterValueType: "Alternative" };
        case "keyvault":
            if (args.vaultName === undefined) {
                throw new Error('A connection to "keyvault" needs `vaultName`, the vault that it reads.');
            }
            return {
                parameterValueType: "Alternative",
                alternativeParameterValues: { vaultName: args.vaultName },
            };
        case "azuremonitorlogs":
            return { parameterValueSet: { name: "managedIdentityAuth", values: {} } };
    }
}
