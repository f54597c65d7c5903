import * as securityinsights from "@pulumi/azure-native/securityinsights";
import * as pulumi from "@pulumi/pulumi";
import { errorHooks } from "./errorHooks";
import type { SentinelWorkspace } from "./lookups";
import { stackGuid } from "./names";
import type { Playbook } from "./playbook";
import { assignRole } from "./roleAssignment";

const TOKEN = "intezer-sentinel:index:Automation";

/** Arguments of {@link Automation}. */
export interface AutomationArgs {
    readonly workspace: SentinelWorkspace;
    /** Entra ID tenant of the playbooks. */
    readonly tenantId: string;
    /** Incident-triggered playbooks by key; their automation rules run in this order. */
    readonly playbooks: Readonly<Record<string, Playbook>>;
    /** Order of the first automation rule, 1 to 1000; the others follow. */
    readonly firstOrder: number;
    /** Severities of incidents that start the playbooks. @default - any */
    readonly severities?: readonly string[];
    /**
     * Lets Sentinel run the playbooks of a resource group.
     *
     * @default - it may already
     */
    readonly grant?: {
        /** Object id of the service principal "Azure Security Insights". */
        readonly principalId: string;
        /** ARM id of the playbooks' resource group. */
        readonly resourceGroupId: pulumi.Input<string>;
        /** Subscription of the resource group. */
        readonly subscriptionId: string;
    };
}

/**
 * Runs playbooks for new incidents: one automation rule per playbook, and Sentinel's right to run them.
 *
 * @throws Error for a playbook that a webhook starts
 */
export class Automation extends pulumi.ComponentResource {
    /** ARM ids of the automation rules by the playbook's key. */
    readonly ruleIds: Readonly<Record<string, pulumi.Output<string>>>;

    constructor(name: string, args: AutomationArgs, opts?: pulumi.ComponentResourceOptions) {
        assertIncidentTriggered(args.playbooks);
        super(TOKEN, name, {}, opts);
        const grant = args.grant === undefined ? [] : [this.grantRunning(`${name}-grant`, args.grant)];
        const rules = Object.entries(args.playbooks).map(([key, playbook], index) => {
            const order = args.firstOrder + index;
            const rule = this.createRule(`${name}-rule-${key}`, { key, playbook, order, grant }, args);
            return [key, rule.id] as const;
        });
        this.ruleIds = Object.fromEntries(rules);
        this.registerOutputs({ ruleIds: this.ruleIds });
    }

    private grantRunning(name: string, grant: NonNullable<AutomationArgs["grant"]>): pulumi.Resource {
        return assignRole(
            name,
            {
                role: "Microsoft Sentinel Automation Contributor",
                scope: grant.resourceGroupId,
                subscriptionId: grant.subscriptionId,
                principalId: grant.principalId,
            },
            { parent: this },
        );
    }

    private createRule(
        name: string,
        { key, playbook, order, grant }: RuleOf,
        { workspace, tenantId, severities = [] }: AutomationArgs,
    ): securityinsights.AutomationRule {
        return new securityinsights.AutomationRule(
            name,
            {
                resourceGroupName: workspace.reference.resourceGroup,
                workspaceName: workspace.reference.name,
                automationRuleId: stackGuid(workspace.reference.id, name),
                displayName: `Intezer ${key} (${pulumi.getProject()}/${pulumi.getStack()})`,
                order,
                triggeringLogic: {
                    isEnabled: true,
                    triggersOn: "Incidents",
                    triggersWhen: "Created",
                    conditions: severities.length > 0 ? [severityCondition(severities)] : undefined,
                },
                actions: [
                    {
                        order: 1,
                        actionType: "RunPlaybook",
                        actionConfiguration: { logicAppResourceId: playbook.outputs.id, tenantId },
                    },
                ],
            },
            {
                parent: this,
                provider: workspace.provider,
                // A rule that comes before the rights makes the playbook's first runs fail.
                dependsOn: [...playbook.rights, ...grant],
                deleteBeforeReplace: true,
                // A playbook that is replaced has no rights for a while either.
                replaceWith: [playbook.workflow],
                hooks: errorHooks(),
            },
        );
    }
}

/** Azure refuses such a rule with a text that is also one of those that pass by themselves: the wait would be in vain. */
function assertIncidentTriggered(playbooks: AutomationArgs["playbooks"]): void {
    const webhooks = Object.keys(playbooks).filter((key) => playbooks[key]?.callbackUrl !== undefined);
    if (webhooks.length > 0) {
        throw new Error(`No automation rule can run ${webhooks.join(", ")}: a webhook starts it.`);
    }
}

interface RuleOf {
    readonly key: string;
    readonly playbook: Playbook;
    readonly order: number;
    readonly grant: readonly pulumi.Resource[];
}

function severityCondition(severities: readonly string[]) {
    return {
        conditionType: "Property" as const,
        conditionProperties: {
            propertyName: "IncidentSeverity",
            operator: "Equals",
            propertyValues: [...severities],
        },
    };
}
