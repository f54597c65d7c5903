/** Intezer for Microsoft Sentinel: the program that `pulumi up` runs. */
import { ResourceGroup } from "@pulumi/azure-native/resources";
import * as components from "./components";
import { loadConfig, type IntezerSettings } from "./config";
import { connectionKeys, needsOf, playbooks, type PlaybookKey } from "./workflows";

/** Deploys everything, and gives the outputs of the stack. */
export = async () => {
    const config = loadConfig({ playbooks, readsSecret });
    const { location, tags } = config;
    const { deployment, workspace, ...found } = await components.lookUpSurroundings({
        ...config,
        vault: config.vault?.existing,
    });
    const settings = { ...config.intezer, workspace: workspace.reference };
    const definitions = record(config.playbooks, (key) => playbooks[key].define(settings));
    const needs = record(config.playbooks, (key) => needsOf(definitions[key]));
    Object.values(definitions).forEach((definition) => components.assertSaveable(definition));

    const group =
        found.resourceGroup ??
        new ResourceGroup(
            "intezer-sentinel",
            { location, tags },
            { ...components.boundTo(deployment.subscriptionId), hooks: components.errorHooks() },
        );
    const common = { ...deployment, resourceGroupName: group.name, location, tags };
    const vault =
        config.vault &&
        new components.SecretVault("intezer", { ...common, ...config.vault, existing: found.vault });
    const connections = record(
        connectionKeys.filter((api) => Object.values(needs).some((need) => need.connections.includes(api))),
        (api) => new components.ApiConnection(api, { ...common, api, vaultName: vault?.vaultName }),
    );
    const deployed = record(config.playbooks, (key) => {
        const callerIps = playbooks[key].trigger === "webhook" ? config.webhookCallerIps : [];
        return new components.Playbook(key, {
            ...common,
            playbook: playbooks[key],
            definition: definitions[key],
            needs: needs[key],
            workspace: workspace.reference,
            connections,
            vault,
            callerIps,
        });
    });
    const automation =
        config.automatedPlaybooks.length > 0 &&
        new components.Automation("automation", {
            ...common,
            workspace,
            playbooks: record(config.automatedPlaybooks, (key) => deployed[key]),
            firstOrder: config.automationOrder,
            severities: config.severities,
            grant: found.securityInsights && {
                ...deployment,
                ...found.securityInsights,
                resourceGroupId: group.id,
            },
        });

    const webhook = Object.values(deployed).find(({ callbackUrl }) => callbackUrl !== undefined);
    return {
        ...(webhook && { webhookUrl: webhook.callbackUrl }),
        resourceGroupName: group.name,
        workspaceId: workspace.reference.id,
        ...(vault && { keyVaultName: vault.vaultName }),
        playbooks: record(config.playbooks, (key) => deployed[key].outputs),
        automationRules: automation ? automation.ruleIds : {},
    };
};

/** Which connections a definition uses is the same for every workspace. */
function readsSecret(key: PlaybookKey, settings: IntezerSettings): boolean {
    const workspace = { id: "", customerId: "", subscriptionId: "", resourceGroup: "", name: "" };
    return needsOf(playbooks[key].define({ ...settings, workspace })).readsSecret;
}

/** An object with a value for each key, in their order. */
function record<Key extends string, Value>(
    keys: readonly Key[],
    valueOf: (key: Key) => Value,
): Record<Key, Value> {
    return Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Record<Key, Value>;
}
