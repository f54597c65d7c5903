import * as logic from "@pulumi/azure-native/logic";
import * as pulumi from "@pulumi/pulumi";
import { CONNECTIONS_PARAMETER, type WorkflowDefinition } from "../language";
import type {
    ConnectionKey,
    Playbook as PlaybookDescription,
    WorkflowNeeds,
    WorkspaceReference,
} from "../workflows";
import type { ApiConnection } from "./apiConnection";
import { errorHooks } from "./errorHooks";
import { boundTo } from "./region";
import { rightOf } from "./managedIdentity";
import { assignRole } from "./roleAssignment";
import { assertSaveable } from "./saveable";
import type { SecretVault } from "./secretVault";

/** Type token of {@link Playbook}. */
export const PLAYBOOK_TYPE = "intezer-sentinel:index:Playbook";

/** Logical name of the workflow in a {@link Playbook} with this logical name. */
export function workflowLogicalName(playbookName: string): string {
    return `${playbookName}-workflow`;
}

/** Arguments of {@link Playbook}. */
export interface PlaybookArgs {
    /** Its names in Azure, and what starts it. */
    readonly playbook: Pick<PlaybookDescription, "workflowName" | "triggerName" | "trigger">;
    readonly definition: WorkflowDefinition;
    /** What the definition needs; exactly this is granted. */
    readonly needs: WorkflowNeeds;
    readonly resourceGroupName: pulumi.Input<string>;
    /** Subscription of the resource group. */
    readonly subscriptionId: string;
    /** Region of the workflow and its connections, e.g. `westeurope`. */
    readonly location: string;
    /** The Log Analytics workspace that Sentinel runs on. */
    readonly workspace: Pick<WorkspaceReference, "id" | "subscriptionId">;
    /** Connections to choose from; those that are not needed are not bound. */
    readonly connections: Readonly<Partial<Record<ConnectionKey, ApiConnection>>>;
    /** @default - none; required where the definition reads the secret */
    readonly vault?: SecretVault;
    /**
     * Networks (CIDR) or ranges (a-b) that may call the webhook; only for a webhook playbook, as Sentinel's own
     * calls come from anywhere.
     *
     * @default - any caller
     */
    readonly callerIps?: readonly string[];
    /** @default - no tags */
    readonly tags?: Readonly<Record<string, string>>;
}

/**
 * A Sentinel playbook: a Logic App (Consumption) with an identity of its own, its connections and its rights.
 *
 * @throws InvalidDefinitionError if Azure would not save the definition
 * @throws Error if something that the definition needs was not given
 */
export class Playbook extends pulumi.ComponentResource {
    /** ARM id and name of the workflow, and the object id of its identity. */
    readonly outputs: {
        readonly id: pulumi.Output<string>;
        readonly name: pulumi.Output<string>;
        readonly principalId: pulumi.Output<string>;
    };
    /** What runs. */
    readonly workflow: logic.Workflow;
    /** What has to be there before the first run. */
    readonly rights: readonly pulumi.Resource[];
    /** URL that starts a webhook playbook, as a secret; undefined for the others. */
    readonly callbackUrl?: pulumi.Output<string | undefined>;

    constructor(name: string, args: PlaybookArgs, opts?: pulumi.ComponentResourceOptions) {
        assertSaveable(args.definition);
        assertComplete(args);
        super(PLAYBOOK_TYPE, name, {}, opts);

        const workflow = this.createWorkflow(workflowLogicalName(name), args);
        this.workflow = workflow;
        this.outputs = { id: workflow.id, name: workflow.name, principalId: principalIdOf(workflow) };
        this.rights = this.grantRights(name, workflow, args);
        if (args.playbook.trigger === "webhook") {
            this.callbackUrl = callbackUrlOf(workflow, args);
        }
        this.registerOutputs(this.outputs);
    }

    private createWorkflow(name: string, args: PlaybookArgs): logic.Workflow {
        const entries = args.needs.connections.map((key) => [key, args.connections[key]?.entry] as const);
        const callerIps = args.callerIps ?? [];
        const allowedCallerIpAddresses = callerIps.map((addressRange) => ({ addressRange }));
        return new logic.Workflow(
            name,
            {
                workflowName: args.playbook.workflowName,
                resourceGroupName: args.resourceGroupName,
                location: args.location,
                tags: args.tags,
                identity: { type: "SystemAssigned" },
                state: "Enabled",
                definition: args.definition,
                parameters: { [CONNECTIONS_PARAMETER]: { value: Object.fromEntries(entries) } },
                // An empty list would lock every caller out.
                accessControl: callerIps.length > 0 ? { triggers: { allowedCallerIpAddresses } } : undefined,
            },
            {
                parent: this,
                // A secret of another name is there before the workflow asks for it.
                dependsOn: args.needs.readsSecret ? args.vault?.secret : undefined,
                deleteBeforeReplace: true,
                ...boundTo(args.subscriptionId),
                hooks: errorHooks(),
            },
        );
    }

    private grantRights(
        name: string,
        workflow: logic.Workflow,
        args: PlaybookArgs,
    ): readonly pulumi.Resource[] {
        const { principalId } = this.outputs;
        const identity = { principalId, resource: workflow };
        const { id: scope, subscriptionId } = args.workspace;
        const onWorkspace = assignRole(
            `${name}-workspace-role`,
            { role: args.needs.workspaceRole, scope, subscriptionId, principalId },
            { ...rightOf(identity, "principalId"), parent: this },
        );
        const vault = args.needs.readsSecret ? args.vault : undefined;
        const onVault = vault?.grantRead(`${name}-vault-access`, identity, { parent: this });
        return onVault === undefined ? [onWorkspace] : [onWorkspace, onVault];
    }
}

function assertComplete({ playbook, needs, connections, vault, callerIps = [] }: PlaybookArgs): void {
    const missing: string[] = needs.connections
        .filter((key) => connections[key] === undefined)
        .map((key) => `the connection "${key}" in \`connections\``);
    if (needs.readsSecret && vault === undefined) {
        missing.push("`vault`");
    }
    if (missing.length > 0) {
        throw new Error(`The playbook ${playbook.workflowName} also needs ${missing.join(" and ")}.`);
    }
    if (playbook.trigger === "incident" && callerIps.length > 0) {
        throw new Error(
            `\`callerIps\` is only for webhook playbooks: it would keep Sentinel from running ${playbook.workflowName}.`,
        );
    }
}

/** Unknown until the workflow exists: a preview knows that there is an identity, but not which. */
function principalIdOf(workflow: logic.Workflow): pulumi.Output<string> {
    return pulumi.all([workflow.id, workflow.identity]).apply(([id, identity]) => {
        if (identity === undefined) {
            throw new Error(`Azure made no identity for the workflow ${id}.`);
        }
        return identity.principalId;
    });
}

function callbackUrlOf(workflow: logic.Workflow, args: PlaybookArgs): pulumi.Output<string | undefined> {
    // The output, not the known name: this asks only when the workflow exists. Where it never came to be it has no
    // name, and `pulumi destroy --run-program` runs the program all the same.
    const name: pulumi.Output<string | undefined> = workflow.name;
    const url = pulumi
        .all([args.resourceGroupName, name])
        .apply(async ([resourceGroupName, workflowName]) => {
            if (workflowName === undefined) {
                return undefined;
            }
            const { triggerName } = args.playbook;
            const callback = await logic.listWorkflowTriggerCallbackUrl({
                resourceGroupName,
                workflowName,
                triggerName,
            });
            return callback.value;
        });
    return pulumi.secret(url);
}
