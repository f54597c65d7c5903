/** The stack's configuration: the only reader of `pulumi.Config`. */
import * as azureNative from "@pulumi/azure-native/config";
import type { ProviderArgs } from "@pulumi/azure-native/provider";
import * as pulumi from "@pulumi/pulumi";
import { ConfigReader } from "./config/reader";
import * as rules from "./config/rules";

/** The settings that decide what a playbook does, without the workspace, which is looked up. */
export interface IntezerSettings {
    readonly intezerUrl: string;
    readonly intezerEnvironment?: string;
    readonly secretName: string;
    readonly analysisTimeoutMinutes: number;
    readonly tagIncidents: boolean;
    readonly logQueryVia: "connection" | "http";
}

/** What the configuration asks of the playbooks that exist. */
export interface Catalogue<Key extends string> {
    /** What starts each playbook; the order of the keys is the order of the playbooks. */
    readonly playbooks: Readonly<Record<Key, { readonly trigger: "incident" | "webhook" }>>;
    /** Whether the playbook reads Intezer's API key. */
    readsSecret(key: Key, settings: IntezerSettings): boolean;
}

/** Where the API key is kept. */
export interface VaultConfig {
    /** @default - a vault is created */
    readonly existing?: {
        readonly name: string;
        readonly resourceGroup: string;
        /** The secret that has to be there. @default - the stack writes it */
        readonly secretName?: string;
    };
    /** Authorization model of a vault that is created. @default - the component's */
    readonly authorization?: "accessPolicies" | "rbac";
    readonly secretName: string;
    /** A Pulumi secret. @default - the existing vault holds it already */
    readonly secretValue?: pulumi.Output<string>;
}

/** The checked configuration; the meaning of each value is that of its key in `Pulumi.yaml`. */
export interface StackConfig<Key extends string> {
    /** Region as ARM ids write it, e.g. `westeurope`. */
    readonly location: string;
    readonly workspace: {
        readonly name: string;
        readonly resourceGroup: string;
        /** @default - the deployment's subscription */
        readonly subscriptionId?: string;
    };
    /** Name of an existing resource group. @default - one is created */
    readonly resourceGroup?: string;
    /** Absent where no chosen playbook reads the API key. */
    readonly vault?: VaultConfig;
    readonly intezer: IntezerSettings;
    /** Chosen playbooks, in the order of the catalogue. */
    readonly playbooks: readonly Key[];
    /** Those that get an automation rule, in the order of the catalogue. */
    readonly automatedPlaybooks: readonly Key[];
    /** Empty means every severity. */
    readonly severities: readonly string[];
    readonly automationOrder: number;
    /** Sentinel's own service principal, which gets the right to run the playbooks. @default - it gets none */
    readonly securityInsights?: {
        /** @default - looked up by application id */
        readonly objectId?: string;
    };
    /** Empty means every caller. */
    readonly webhookCallerIps: readonly string[];
    readonly tags: Readonly<Record<string, string>>;
    /** How the default provider reaches Azure, for providers of other subscriptions. */
    readonly azureNative: ProviderArgs;
}

/**
 * Reads and checks the configuration of the stack. Gives the same whether or not the CLI has applied the defaults
 * of `Pulumi.yaml`: an empty text and an empty list mean "not set".
 *
 * @throws pulumi.RunError listing every problem with its key, value, what is allowed and the command that mends it
 */
export function loadConfig<Key extends string>(catalogue: Catalogue<Key>): StackConfig<Key> {
    const reader = new ConfigReader(textOf);
    const intezer = readIntezer(reader);
    const playbooks = readPlaybooks(reader, catalogue);
    const automatedPlaybooks = readAutomatedPlaybooks(reader, catalogue, playbooks);
    const resourceGroup = reader.text("resourceGroup", rules.resourceGroupName);
    const vaultPlace = readVaultPlace(reader, resourceGroup);
    const needsVault = playbooks.some((key) => catalogue.readsSecret(key, intezer));

    const config: StackConfig<Key> = {
        location: readLocation(reader),
        workspace: {
            name: reader.requiredText("workspaceName", rules.workspaceName),
            resourceGroup: reader.requiredText("workspaceResourceGroup", rules.resourceGroupName),
            subscriptionId: reader.text("workspaceSubscriptionId", rules.guid)?.toLowerCase(),
        },
        resourceGroup,
        vault: needsVault ? readVault(reader, vaultPlace, intezer.secretName) : undefined,
        intezer,
        playbooks,
        automatedPlaybooks,
        severities: reader.list("severities", rules.oneOf("High", "Medium", "Low", "Informational")) ?? [],
        automationOrder: readAutomationOrder(reader, automatedPlaybooks.length),
        securityInsights: readSecurityInsights(reader, automatedPlaybooks.length > 0),
        webhookCallerIps: reader.list("webhookCallerIps", rules.ipRange) ?? [],
        tags: reader.tags("tags"),
        azureNative: { ...azureNative },
    };
    if (reader.problems.length > 0) {
        throw new pulumi.RunError(problemReport(reader.problems));
    }
    return config;
}

/** Text of a key of this project, or of another namespace where the key names one. */
function textOf(key: string): string | undefined {
    const [namespace, name] = key.split(":");
    return name === undefined ? new pulumi.Config().get(key) : new pulumi.Config(namespace).get(name);
}

function problemReport(problems: readonly string[]): string {
    const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
    const stack = pulumi.getStack();
    return `The configuration of stack ${stack} has ${count}; nothing was deployed.\n\n${problems.join("\n\n")}\n`;
}

function readLocation(reader: ConfigReader): string {
    const location = reader.requiredText("azure-native:location", rules.region);
    return location.replaceAll(" ", "").toLowerCase();
}

function readIntezer(reader: ConfigReader): IntezerSettings {
    const url = reader.text("intezerUrl", rules.httpsOrigin) ?? "https://analyze.intezer.com";
    return {
        intezerUrl: new URL(url).origin,
        intezerEnvironment: reader.text("intezerEnvironment", rules.anyText),
        secretName: reader.text("intezerSecretName", rules.secretName) ?? "intezer-sentinel-api-key",
        analysisTimeoutMinutes: reader.integer("analysisTimeoutMinutes", 1, 240) ?? 30,
        tagIncidents: reader.flag("tagIncidents") ?? false,
        logQueryVia: reader.text("logQueryVia", rules.oneOf("connection", "http")) ?? "connection",
    };
}

function readPlaybooks<Key extends string>(reader: ConfigReader, catalogue: Catalogue<Key>): readonly Key[] {
    const known = keysOf(catalogue);
    const chosen = reader.list("playbooks", rules.oneOf(...known)) ?? known;
    return known.filter((key) => chosen.includes(key));
}

function readAutomatedPlaybooks<Key extends string>(
    reader: ConfigReader,
    catalogue: Catalogue<Key>,
    chosen: readonly Key[],
): readonly Key[] {
    const possible = chosen.filter((key) => catalogue.playbooks[key].trigger === "incident");
    const allowed =
        "The chosen playbooks that an incident starts" +
        (possible.length > 0 ? `: ${possible.join(", ")}.` : "; there are none.");
    const automated =
        reader.list("automatedPlaybooks", { ...rules.oneOf(...possible), allowed, example: undefined }) ??
        possible;
    return possible.filter((key) => automated.includes(key));
}

/** The keys of the catalogue; `Object.keys` gives them as plain text. */
function keysOf<Key extends string>(catalogue: Catalogue<Key>): readonly Key[] {
    return Object.keys(catalogue.playbooks) as Key[];
}

function readSecurityInsights(
    reader: ConfigReader,
    isNeeded: boolean,
): StackConfig<string>["securityInsights"] {
    const isGranting = reader.flag("grantSentinelAccess") ?? true;
    const objectId = reader.text("securityInsightsPrincipalId", rules.guid)?.toLowerCase();
    return isNeeded && isGranting ? { objectId } : undefined;
}

const highestOrder = 1000;

function readAutomationOrder(reader: ConfigReader, ruleCount: number): number {
    const order = reader.integer("automationOrder", 1, highestOrder) ?? 100;
    const highestFirst = highestOrder - Math.max(ruleCount, 1) + 1;
    if (order > highestFirst) {
        reader.problem("automationOrder", {
            value: String(order),
            allowed: `At most ${highestFirst}: ${ruleCount} automation rules follow each other, and ${highestOrder} is the last order.`,
            command: `pulumi config set automationOrder ${highestFirst}`,
        });
    }
    return order;
}

type VaultPlace = Pick<VaultConfig, "existing" | "authorization">;

/** Where the key is kept, and the key, which is required where no existing vault may hold it. */
function readVault(reader: ConfigReader, place: VaultPlace, secretName: string): VaultConfig {
    const { existing, authorization } = place;
    const key = reader.secret("intezerApiKey", { required: existing === undefined });
    const isThere = existing !== undefined && key === undefined;
    return {
        existing: isThere ? { ...existing, secretName } : existing,
        authorization,
        secretName,
        secretValue: key === undefined ? undefined : pulumi.secret(key),
    };
}

function readVaultPlace(reader: ConfigReader, resourceGroup: string | undefined): VaultPlace {
    const name = reader.text("keyVault", rules.vaultName);
    const ownGroup = reader.text("keyVaultResourceGroup", rules.resourceGroupName);
    const authorization = reader.text("keyVaultAuthorization", rules.oneOf("accessPolicies", "rbac"));
    if (!reader.isSet("keyVault")) {
        if (ownGroup !== undefined) {
            reader.problem("keyVaultResourceGroup", {
                value: ownGroup,
                allowed: "Only together with keyVault, the name of an existing vault.",
                command: "pulumi config rm keyVaultResourceGroup",
            });
        }
        return { authorization };
    }
    if (authorization !== undefined) {
        reader.problem("keyVaultAuthorization", {
            value: authorization,
            allowed: "Not together with keyVault: the authorization model of an existing vault is looked up.",
            command: "pulumi config rm keyVaultAuthorization",
        });
    }
    if (!reader.isSet("keyVaultResourceGroup") && !reader.isSet("resourceGroup")) {
        reader.problem("keyVaultResourceGroup", {
            allowed: "Required with keyVault where resourceGroup is not set.",
            command: "pulumi config set keyVaultResourceGroup contoso-security",
        });
    }
    return { existing: { name: name ?? "", resourceGroup: ownGroup ?? resourceGroup ?? "" } };
}
