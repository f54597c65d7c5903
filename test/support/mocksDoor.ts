/** A small program's resources, for tests of the door for Pulumi mocks. */
import * as authorization from "@pulumi/azure-native/authorization";
import * as keyvault from "@pulumi/azure-native/keyvault";
import * as logic from "@pulumi/azure-native/logic";
import * as resources from "@pulumi/azure-native/resources";
import * as securityinsights from "@pulumi/azure-native/securityinsights";
import * as pulumi from "@pulumi/pulumi";
import { DeploymentError, type MocksDoorOptions } from "../../simulator/resources/mocksDoor";
import {
    AUTOMATION_CONTRIBUTOR,
    contoso,
    incidentDefinition,
    managedApi,
    SENTINEL_PRINCIPAL,
    SUBSCRIPTION,
    TENANT,
} from "./resources";

export const options: MocksDoorOptions = {
    project: "test",
    stack: "dev",
    subscriptionId: SUBSCRIPTION,
    location: "westeurope",
};

export const sku: keyvault.VaultArgs["properties"] = {
    tenantId: TENANT,
    sku: { family: "A", name: "standard" },
};

export class WebApp extends pulumi.CustomResource {}

/** Counts the rejections that nobody handles while an act runs. */
export async function unhandledDuring(act: () => Promise<unknown>): Promise<number> {
    let count = 0;
    const listener = () => {
        count++;
    };
    process.on("unhandledRejection", listener);
    await act();
    process.off("unhandledRejection", listener);
    return count;
}

export function textOf(value: unknown): string {
    return typeof value === "string" ? value : JSON.stringify(value);
}

export async function failureOf(deployment: Promise<unknown>): Promise<DeploymentError> {
    try {
        await deployment;
    } catch (error) {
        if (error instanceof DeploymentError) {
            return error;
        }
        throw error;
    }
    throw new Error("The deployment did not fail.");
}

export function connection(api: string, group: pulumi.Input<string>): resources.Resource {
    return new resources.Resource(`connection-${api}`, {
        apiVersion: "2016-06-01",
        kind: "V1",
        parentResourcePath: "",
        resourceProviderNamespace: "Microsoft.Web",
        resourceType: "connections",
        resourceName: `${api}-connection`,
        resourceGroupName: group,
        location: "westeurope",
        properties: {
            displayName: api,
            api: { id: managedApi(api) },
            customParameterValues: {},
            parameterValueType: "Alternative",
        },
    });
}

export function playbook(group: pulumi.Input<string>, sentinel: resources.Resource): logic.Workflow {
    return new logic.Workflow("playbook", {
        resourceGroupName: group,
        workflowName: "scan",
        location: "westeurope",
        identity: { type: "SystemAssigned" },
        definition: incidentDefinition(),
        parameters: {
            $connections: {
                value: {
                    azuresentinel: {
                        connectionId: sentinel.id,
                        connectionName: sentinel.name,
                        id: managedApi("azuresentinel"),
                        connectionProperties: { authentication: { type: "ManagedServiceIdentity" } },
                    },
                },
            },
        },
    });
}

export function grant(scope: pulumi.Input<string>, name = "grant"): authorization.RoleAssignment {
    return new authorization.RoleAssignment(name, {
        scope,
        principalId: SENTINEL_PRINCIPAL,
        principalType: "ServicePrincipal",
        roleDefinitionId: `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${AUTOMATION_CONTRIBUTOR}`,
    });
}

export function automationRule(workflow: logic.Workflow, opts?: pulumi.CustomResourceOptions) {
    return new securityinsights.AutomationRule(
        "rule",
        {
            resourceGroupName: "soc",
            workspaceName: "contoso-soc",
            automationRuleId: "22222222-2222-4222-8222-222222222222",
            displayName: "Scan",
            order: 1,
            triggeringLogic: {
                isEnabled: true,
                triggersOn: "Incidents",
                triggersWhen: "Created",
                conditions: [],
            },
            actions: [
                {
                    order: 1,
                    actionType: "RunPlaybook",
                    actionConfiguration: { logicAppResourceId: workflow.id, tenantId: TENANT },
                },
            ],
        },
        opts,
    );
}

export function azureGroup(): string {
    return `/subscriptions/${SUBSCRIPTION}/resourceGroups/playbooks`;
}

export function contosoInOneSubscription() {
    return contoso({
        subscriptions: [
            {
                subscriptionId: SUBSCRIPTION,
                resourceGroups: [
                    { name: "playbooks", location: "westeurope" },
                    {
                        name: "soc",
                        location: "westeurope",
                        workspaces: [
                            { name: "contoso-soc", customerId: "00000000-0000-0000-0000-0000000000dd" },
                        ],
                    },
                ],
            },
        ],
    });
}
