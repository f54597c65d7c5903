/** Runs the whole program under plain mocks, from the least configuration that it takes. */
import * as pulumi from "@pulumi/pulumi";
import { vaultLogicalName } from "../../components/names";
import program from "../../index";
import { read, run, subscriptionId, tenantId, type Answers, type Run, type RunOptions } from "./pulumi";

export type Outputs = Awaited<ReturnType<typeof program>>;

export const key = "test-key-3b1f";
export const workspaceId = `/subscriptions/${subscriptionId}/resourceGroups/contoso-security/providers/Microsoft.OperationalInsights/workspaces/contoso-sentinel`;
export const vault = vaultLogicalName("intezer");

export const answers: Answers = {
    "azure-native:authorization:getClientConfig": () => ({
        clientId: "c",
        objectId: "o",
        tenantId,
        subscriptionId,
    }),
    "azure-native:operationalinsights:getWorkspace": () => ({ id: workspaceId, customerId: "w-1" }),
    "azure-native:resources:getResourceGroup": ({ resourceGroupName }) => ({
        id: `/subscriptions/${subscriptionId}/resourceGroups/${String(resourceGroupName)}`,
    }),
    "azure-native:keyvault:getVault": ({ resourceGroupName, vaultName }) => ({
        id: `/subscriptions/${subscriptionId}/resourceGroups/${String(resourceGroupName)}/providers/Microsoft.KeyVault/vaults/${String(vaultName)}`,
        properties: { enableRbacAuthorization: false },
    }),
    "azure-native:keyvault:getSecret": () => ({ id: "secret", properties: {} }),
    "azuread:index/getServicePrincipal:getServicePrincipal": () => ({ objectId: "sentinel-principal" }),
    "azure-native:logic:listWorkflowTriggerCallbackUrl": ({ workflowName, triggerName }) => ({
        value: `https://logic.example/${String(workflowName)}/${String(triggerName)}?sig=1`,
    }),
};

export const required = {
    "azure-native:location": "westeurope",
    "intezer-sentinel:workspaceName": "contoso-sentinel",
    "intezer-sentinel:workspaceResourceGroup": "contoso-security",
    "intezer-sentinel:intezerApiKey": key,
};

/** Runs the program with changes to the least configuration; undefined takes a key away. */
export function deploy(
    changes: Readonly<Record<string, unknown>> = {},
    options: RunOptions = {},
): Promise<Run<Outputs>> {
    const texts = Object.entries(changes).map(([name, value]) => [
        `intezer-sentinel:${name}`,
        typeof value === "string" || value === undefined ? value : JSON.stringify(value),
    ]);
    const config = Object.entries({
        ...required,
        ...(Object.fromEntries(texts) as Record<string, string | undefined>),
    });
    const set = config.filter((entry): entry is [string, string] => entry[1] !== undefined);
    return run(program, {
        config: Object.fromEntries(set),
        secretKeys: ["intezer-sentinel:intezerApiKey"],
        answers,
        ...options,
    });
}

/** Names of the Azure resources and what they wait for, components left out. */
export function resourcesOf({ registered }: Run<Outputs>): Record<string, readonly string[]> {
    const custom = registered.filter((resource) => resource.custom);
    return Object.fromEntries(custom.map(({ name, dependsOn }) => [name, dependsOn]));
}

export async function plainOutputs({ result }: Run<Outputs>): Promise<unknown> {
    return (await read(pulumi.output(result))).value;
}

export const group = "intezer-sentinel";
const readers = ["submitAlert", "scanFileHash", "scanUrl"];

/** Everything that the least configuration deploys. */
export const everything: Record<string, readonly string[]> = {
    [group]: [],
    [vault]: [group],
    "intezer-secret": [vault, group],
    "azuresentinel-connection": [group],
    "keyvault-connection": [vault, group],
    "azuremonitorlogs-connection": [group],
    "updateIncident-workflow": ["azuremonitorlogs-connection", "azuresentinel-connection", group],
    "updateIncident-workspace-role": ["updateIncident-workflow"],
    "submitAlert-workflow": ["azuresentinel-connection", "intezer-secret", group, "keyvault-connection"],
    "submitAlert-workspace-role": ["submitAlert-workflow"],
    "submitAlert-vault-access": [vault, group, "intezer-secret", "submitAlert-workflow"],
    "scanFileHash-workflow": ["azuresentinel-connection", "intezer-secret", group, "keyvault-connection"],
    "scanFileHash-workspace-role": ["scanFileHash-workflow"],
    "scanFileHash-vault-access": [vault, group, "scanFileHash-workflow", "submitAlert-vault-access"],
    "scanUrl-workflow": ["azuresentinel-connection", "intezer-secret", group, "keyvault-connection"],
    "scanUrl-workspace-role": ["scanUrl-workflow"],
    "scanUrl-vault-access": [vault, group, "scanFileHash-vault-access", "scanUrl-workflow"],
    "automation-grant": [group],
    ...Object.fromEntries(
        readers.map((reader) => [
            `automation-rule-${reader}`,
            ["automation-grant", `${reader}-vault-access`, `${reader}-workflow`, `${reader}-workspace-role`],
        ]),
    ),
};

export const existingVault = { keyVault: "contoso-vault", keyVaultResourceGroup: "contoso-security" };

/** Less to deploy, where one playbook shows it. */
export const scanOnly = { playbooks: ["scanUrl"] };

export const sorted = (names: readonly string[]) => [...names].sort();
export const namesOf = (deployed: Run<Outputs>) => sorted(Object.keys(resourcesOf(deployed)));
export const without = (...parts: string[]) =>
    sorted(Object.keys(everything).filter((name) => !parts.some((part) => name.includes(part))));
