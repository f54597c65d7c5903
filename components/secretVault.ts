import * as keyvault from "@pulumi/azure-native/keyvault";
import * as pulumi from "@pulumi/pulumi";
import { errorHooks } from "./errorHooks";
import { boundTo } from "./region";
import { type ManagedIdentity, rightOf } from "./managedIdentity";
import { vaultLogicalName } from "./names";
import { assignRole } from "./roleAssignment";

const TOKEN = "intezer-sentinel:index:SecretVault";

/** How a vault decides who reads its secrets. */
export type VaultAuthorization = "accessPolicies" | "rbac";

/** A vault that was there before the stack, as it was looked up. */
export interface ExistingVault {
    /** ARM id. */
    readonly id: string;
    readonly name: string;
    readonly resourceGroup: string;
    readonly authorization: VaultAuthorization;
}

/** Arguments of {@link SecretVault}. */
export interface SecretVaultArgs {
    /** The vault to adopt. @default - one is created */
    readonly existing?: ExistingVault;
    /** Model of a vault that is created; not together with `existing`. @default "accessPolicies" */
    readonly authorization?: VaultAuthorization;
    /** Resource group of a vault that is created. */
    readonly resourceGroupName: pulumi.Input<string>;
    /** Region of a vault that is created, e.g. `westeurope`. */
    readonly location: string;
    /** Subscription of the vault. */
    readonly subscriptionId: string;
    /** Entra ID tenant of the vault and of its readers. */
    readonly tenantId: string;
    readonly secretName: string;
    /**
     * Stored as the secret; required for a vault that is created.
     *
     * @default - `existing` holds the secret already, and it is left as it is
     */
    readonly secretValue?: pulumi.Input<string>;
    /** @default - no tags */
    readonly tags?: Readonly<Record<string, string>>;
}

/**
 * A vault with one secret, created or adopted, and who may read it.
 *
 * Azure refuses a write to a vault while another one is going on, so each depends on the one before.
 *
 * @throws Error if the arguments contradict each other
 */
export class SecretVault extends pulumi.ComponentResource {
    readonly vaultName: pulumi.Output<string>;
    /** ARM id. */
    readonly vaultId: pulumi.Output<string>;
    /** The secret, where the stack writes it. */
    readonly secret?: pulumi.Resource;

    private readonly args: SecretVaultArgs;
    private readonly authorization: VaultAuthorization;
    private readonly resourceGroupName: pulumi.Input<string>;
    private createdVault?: keyvault.Vault;
    /** The latest write to the vault; the next one has to wait for it. */
    private lastWrite?: pulumi.Resource;

    constructor(name: string, args: SecretVaultArgs, opts?: pulumi.ComponentResourceOptions) {
        assertConsistent(args);
        super(TOKEN, name, {}, opts);
        const { existing, secretValue } = args;
        this.args = args;
        this.authorization = existing?.authorization ?? args.authorization ?? "accessPolicies";
        this.resourceGroupName = existing?.resourceGroup ?? args.resourceGroupName;
        const vault = existing ?? this.createVault(vaultLogicalName(name));
        this.vaultName = pulumi.output(vault.name);
        this.vaultId = pulumi.output(vault.id);
        if (secretValue !== undefined) {
            this.secret = this.writeSecret(`${name}-secret`, secretValue);
            this.lastWrite = this.secret;
        }
        this.registerOutputs({ vaultName: this.vaultName, vaultId: this.vaultId });
    }

    /**
     * Lets an identity read secrets and nothing else: by an access policy, or by a role on the one secret.
     *
     * @param name - logical name of the grant
     * @returns what has to be there before the identity reads
     */
    grantRead(name: string, identity: ManagedIdentity, opts: pulumi.CustomResourceOptions): pulumi.Resource {
        return this.authorization === "rbac"
            ? this.assignSecretsUser(name, identity, opts)
            : this.addAccessPolicy(name, identity, opts);
    }

    private createVault(name: string): keyvault.Vault {
        const { resourceGroupName, location, tags, tenantId } = this.args;
        this.createdVault = new keyvault.Vault(
            name,
            {
                resourceGroupName,
                location,
                tags,
                properties: {
                    tenantId,
                    sku: { family: "A", name: "standard" },
                    // Newer API versions turn the default round, so it is always said.
                    enableRbacAuthorization: this.authorization === "rbac",
                    enableSoftDelete: true,
                    // No `accessPolicies`: even an empty list would wipe the policies of the readers.
                },
            },
            { parent: this, ...boundTo(this.args.subscriptionId), hooks: errorHooks() },
        );
        this.lastWrite = this.createdVault;
        return this.createdVault;
    }

    /**
     * Deleting a secret needs a right in the vault itself, which the deployer need not have. So the secret is never
     * deleted: it goes with a created vault, and stays in another. The option `deletedWith` would not do, as it leaves
     * the secret of a vault that is replaced to be deleted.
     */
    private writeSecret(name: string, value: pulumi.Input<string>): pulumi.Resource {
        return new keyvault.Secret(
            name,
            {
                resourceGroupName: this.resourceGroupName,
                vaultName: this.vaultName,
                secretName: this.args.secretName,
                tags: this.args.tags,
                properties: { value: pulumi.secret(value) },
            },
            {
                parent: this,
                dependsOn: this.createdVault,
                retainOnDelete: true,
                ...boundTo(this.args.subscriptionId),
                hooks: errorHooks(),
            },
        );
    }

    private addAccessPolicy(
        name: string,
        identity: ManagedIdentity,
        opts: pulumi.CustomResourceOptions,
    ): pulumi.Resource {
        const policy = new keyvault.AccessPolicy(
            name,
            {
                resourceGroupName: this.resourceGroupName,
                vaultName: this.vaultName,
                policy: {
                    tenantId: this.args.tenantId,
                    objectId: identity.principalId,
                    permissions: { secrets: ["get"] },
                },
            },
            {
                ...rightOf(identity, "policy.objectId"),
                dependsOn: this.lastWrite,
                hooks: errorHooks(),
                ...opts,
            },
        );
        this.lastWrite = policy;
        return policy;
    }

    private assignSecretsUser(
        name: string,
        identity: ManagedIdentity,
        opts: pulumi.CustomResourceOptions,
    ): pulumi.Resource {
        const { principalId } = identity;
        const { secretName, subscriptionId } = this.args;
        const scope = pulumi.interpolate`${this.vaultId}/secrets/${secretName}`;
        return assignRole(
            name,
            { role: "Key Vault Secrets User", scope, subscriptionId, principalId },
            // A role on a secret that is not there yet is refused.
            { ...rightOf(identity, "principalId"), dependsOn: this.lastWrite, ...opts },
        );
    }
}

function assertConsistent({ existing, authorization, secretValue }: SecretVaultArgs): void {
    if (existing !== undefined && authorization !== undefined) {
        throw new Error(
            "Only one of `existing` and `authorization` can be given: an existing vault has its model.",
        );
    }
    if (existing === undefined && secretValue === undefined) {
        throw new Error("A vault that is created needs `secretValue`, the secret that it is for.");
    }
}
