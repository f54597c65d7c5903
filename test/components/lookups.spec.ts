import { expect } from "chai";
import {
    lookUpDeployment,
    lookUpResourceGroup,
    lookUpSecurityInsights,
    lookUpSurroundings,
    lookUpVault,
    lookUpWorkspace,
    type SurroundingsArgs,
} from "../../components/lookups";
import { run, subscriptionId, tenantId, type Answers } from "../support/pulumi";

const deployment = { tenantId, subscriptionId };
const foreignSubscription = "00000000-0000-0000-0000-00000000d009";
const workspaceId = "/subscriptions/s/resourceGroups/g/providers/Microsoft.OperationalInsights/workspaces/w";
const vaultId = "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/contoso-vault";
const address = { name: "contoso-sentinel", resourceGroup: "contoso-security" };
const vaultAddress = { name: "contoso-vault", resourceGroup: "contoso-security" };

const tokens = {
    client: "azure-native:authorization:getClientConfig",
    workspace: "azure-native:operationalinsights:getWorkspace",
    group: "azure-native:resources:getResourceGroup",
    vault: "azure-native:keyvault:getVault",
    secret: "azure-native:keyvault:getSecret",
    principal: "azuread:index/getServicePrincipal:getServicePrincipal",
};

/** Answers as Azure gives them when everything is there. */
const answers: Answers = {
    [tokens.client]: () => ({ clientId: "c", objectId: "o", tenantId, subscriptionId }),
    [tokens.workspace]: () => ({ id: workspaceId, customerId: "w-1" }),
    [tokens.group]: () => ({ id: "/subscriptions/s/resourceGroups/contoso-playbooks" }),
    [tokens.vault]: () => ({ id: vaultId, properties: {} }),
    [tokens.secret]: () => ({ id: `${vaultId}/secrets/k`, properties: {} }),
    [tokens.principal]: () => ({ objectId: "p-1" }),
};

function refuse(text: string) {
    return () => {
        throw new Error(text);
    };
}

/** The message with which a look-up ends, and what was registered till then. */
async function failure(program: () => Promise<unknown>, changes: Answers) {
    let message = "";
    const { registered } = await run(() => program().catch((error: Error) => (message = error.message)), {
        answers: { ...answers, ...changes },
    });
    expect(message, "nothing failed").to.not.equal("");
    return { message, registered };
}

describe("lookUpDeployment", () => {
    it("gives tenant and subscription", async () => {
        const { result } = await run(lookUpDeployment, { answers });
        expect(result).to.deep.equal(deployment);
    });

    it("says how to sign in where Azure does not answer", async () => {
        const { message } = await failure(lookUpDeployment, { [tokens.client]: refuse("no credentials") });
        expect(message).to.equal(
            "Looked up the subscription and tenant to deploy to, without success: no credentials\n" +
                "Check that you are signed in, and to which subscription:\naz account show",
        );
    });
});

describe("lookUpWorkspace", () => {
    it("finds id and GUID in the deployment's subscription with the default provider", async () => {
        const { result, lookUps, registered } = await run(() => lookUpWorkspace(address, deployment), {
            answers,
        });
        expect(result).to.deep.equal({
            reference: { id: workspaceId, customerId: "w-1", ...address, subscriptionId },
            provider: undefined,
        });
        expect(lookUps).to.deep.equal([
            {
                token: tokens.workspace,
                inputs: { resourceGroupName: "contoso-security", workspaceName: "contoso-sentinel" },
                provider: "",
            },
        ]);
        expect(registered).to.deep.equal([]);
    });

    it("takes the deployment's subscription for no foreign one, in whatever letter case", async () => {
        const program = () =>
            lookUpWorkspace({ ...address, subscriptionId: subscriptionId.toUpperCase() }, deployment);
        const { registered } = await run(program, { answers });
        expect(registered).to.deep.equal([]);
    });

    it("asks a foreign subscription through a provider that signs in as the default one does", async () => {
        const program = () =>
            lookUpWorkspace({ ...address, subscriptionId: foreignSubscription }, deployment, {
                tenantId: "t-1",
                useOidc: true,
                oidcToken: "token-1",
                subscriptionId: "not-this-one",
            });
        const { result, lookUps, resource } = await run(program, { answers });
        expect(result.reference.subscriptionId).to.equal(foreignSubscription);
        expect(lookUps.map(({ provider }) => provider)).to.deep.equal(["workspace-subscription"]);
        const provider = resource("workspace-subscription");
        expect(provider.type).to.equal("pulumi:providers:azure-native");
        expect(provider.inputs).to.deep.include({
            subscriptionId: foreignSubscription,
            tenantId: "t-1",
            useOidc: "true",
            oidcToken: "token-1",
        });
        expect(provider.secretPaths).to.deep.equal(["oidcToken"]);
    });

    it("says what was not found, and how to check", async () => {
        const program = () => lookUpWorkspace(address, deployment);
        const { message } = await failure(program, { [tokens.workspace]: refuse("ResourceNotFound") });
        expect(message).to.equal(
            `Looked up the Log Analytics workspace "contoso-sentinel" in resource group "contoso-security" of subscription ${subscriptionId}, ` +
                "without success: ResourceNotFound\n" +
                "Check workspaceName, workspaceResourceGroup and workspaceSubscriptionId, and that you may read it:\n" +
                `az monitor log-analytics workspace show --name contoso-sentinel --resource-group contoso-security --subscription ${subscriptionId}`,
        );
    });
});

describe("lookUpResourceGroup", () => {
    it("gives id and name", async () => {
        const { result } = await run(() => lookUpResourceGroup("contoso-playbooks"), { answers });
        expect(result).to.deep.equal({
            id: "/subscriptions/s/resourceGroups/contoso-playbooks",
            name: "contoso-playbooks",
        });
    });

    it("says what was not found, and how to check", async () => {
        const program = () => lookUpResourceGroup("contoso-playbooks");
        const { message } = await failure(program, { [tokens.group]: refuse("ResourceGroupNotFound") });
        expect(message).to.equal(
            'Looked up the resource group "contoso-playbooks", without success: ResourceGroupNotFound\n' +
                "Check resourceGroup, and that you may read it:\naz group show --name contoso-playbooks",
        );
    });
});

describe("lookUpVault", () => {
    const found = (properties: object) => ({ [tokens.vault]: () => ({ id: vaultId, properties }) });

    it("follows the vault's authorization model, which is access policies where none is said", async () => {
        const modelOf = async (properties: object) => {
            const program = () => lookUpVault(vaultAddress);
            return (await run(program, { answers: { ...answers, ...found(properties) } })).result;
        };
        expect(await modelOf({ enableRbacAuthorization: true })).to.deep.equal({
            id: vaultId,
            ...vaultAddress,
            authorization: "rbac",
        });
        expect((await modelOf({ enableRbacAuthorization: false })).authorization).to.equal("accessPolicies");
        expect((await modelOf({})).authorization).to.equal("accessPolicies");
    });

    it("looks for the secret only where it has to be there", async () => {
        const without = await run(() => lookUpVault(vaultAddress), { answers });
        expect(without.lookUps.map(({ token }) => token)).to.deep.equal([tokens.vault]);
        const withSecret = await run(() => lookUpVault({ ...vaultAddress, secretName: "key" }), { answers });
        expect(withSecret.lookUps[1]).to.deep.equal({
            token: tokens.secret,
            inputs: { vaultName: "contoso-vault", resourceGroupName: "contoso-security", secretName: "key" },
            provider: "",
        });
    });

    const closed: readonly [string, object][] = [
        ["a firewall that denies by default", { networkAcls: { defaultAction: "Deny" } }],
        ["no public access", { publicNetworkAccess: "Disabled" }],
        ["no public access, in small letters", { publicNetworkAccess: "disabled" }],
    ];
    for (const [title, properties] of closed) {
        it(`refuses a vault with ${title}`, async () => {
            const { message } = await failure(() => lookUpVault(vaultAddress), found(properties));
            expect(message).to.equal(
                'The key vault "contoso-vault" lets only chosen networks in, and Logic Apps (Consumption) cannot get through: ' +
                    "they are not among the trusted services.\nOpen it:\n" +
                    "az keyvault update --name contoso-vault --resource-group contoso-security --public-network-access Enabled --default-action Allow\n" +
                    "Or let the stack create a vault of its own:\npulumi config rm keyVault",
            );
        });
    }

    it("takes an open vault", async () => {
        const open = found({ publicNetworkAccess: "Enabled", networkAcls: { defaultAction: "Allow" } });
        const { result } = await run(() => lookUpVault(vaultAddress), { answers: { ...answers, ...open } });
        expect(result.name).to.equal("contoso-vault");
    });

    it("says that vault or secret was not found, and what to do", async () => {
        const vault = await failure(() => lookUpVault(vaultAddress), {
            [tokens.vault]: refuse("VaultNotFound"),
        });
        expect(vault.message).to.equal(
            'Looked up the key vault "contoso-vault" in resource group "contoso-security", without success: VaultNotFound\n' +
                "Check keyVault and keyVaultResourceGroup, and that you may read it:\n" +
                "az keyvault show --name contoso-vault --resource-group contoso-security",
        );
        const program = () => lookUpVault({ ...vaultAddress, secretName: "key" });
        const secret = await failure(program, { [tokens.secret]: refuse("SecretNotFound") });
        expect(secret.message).to.equal(
            'Looked up the secret "key" in the key vault "contoso-vault", without success: SecretNotFound\n' +
                "Check intezerSecretName, or let the stack write the secret:\npulumi config set --secret intezerApiKey",
        );
    });
});

describe("lookUpSecurityInsights", () => {
    it("finds the principal by its application id", async () => {
        const { result, lookUps } = await run(() => lookUpSecurityInsights({}), { answers });
        expect(result).to.deep.equal({ principalId: "p-1" });
        expect(lookUps).to.deep.equal([
            {
                token: tokens.principal,
                inputs: { clientId: "98785600-1bb7-4fb9-b9fa-19afe2c8a360" },
                provider: "",
            },
        ]);
    });

    it("asks nobody where the object id is known", async () => {
        const { result, lookUps } = await run(() => lookUpSecurityInsights({ objectId: "p-2" }), { answers });
        expect(result).to.deep.equal({ principalId: "p-2" });
        expect(lookUps).to.deep.equal([]);
    });

    it("says how to get and set the object id where the directory may not be read", async () => {
        const program = () => lookUpSecurityInsights({});
        const { message } = await failure(program, {
            [tokens.principal]: refuse("Authorization_RequestDenied"),
        });
        expect(message).to.contain("without success: Authorization_RequestDenied\n");
        expect(message).to.contain(
            "az ad sp show --id 98785600-1bb7-4fb9-b9fa-19afe2c8a360 --query id --output tsv\n",
        );
        expect(message).to.contain("pulumi config set securityInsightsPrincipalId <object id>");
    });
});

describe("lookUpSurroundings", () => {
    const least: SurroundingsArgs = { workspace: address };

    it("looks up nothing but deployment and workspace where nothing else is asked for", async () => {
        const { result, lookUps } = await run(() => lookUpSurroundings(least), { answers });
        expect(lookUps.map(({ token }) => token)).to.deep.equal([tokens.client, tokens.workspace]);
        expect(result.deployment).to.deep.equal(deployment);
        expect([result.resourceGroup, result.vault, result.securityInsights]).to.deep.equal([
            undefined,
            undefined,
            undefined,
        ]);
    });

    it("names everything that was not found, before anything is registered", async () => {
        const all = {
            ...least,
            resourceGroup: "contoso-playbooks",
            vault: vaultAddress,
            securityInsights: {},
        };
        const { message, registered } = await failure(() => lookUpSurroundings(all), {
            [tokens.workspace]: refuse("first"),
            [tokens.group]: refuse("second"),
            [tokens.vault]: refuse("third"),
            [tokens.principal]: refuse("fourth"),
        });
        const reasons = [...message.matchAll(/without success: (\w+)/g)].map(([, reason]) => reason);
        expect(reasons).to.deep.equal(["first", "second", "third", "fourth"]);
        expect(message).to.match(/\n\nNothing was deployed\.$/);
        expect(registered).to.deep.equal([]);
    });

    it("registers no provider for another subscription while something else is not there", async () => {
        const foreign = {
            workspace: { ...address, subscriptionId: foreignSubscription },
            resourceGroup: "contoso-playbooks",
            vault: vaultAddress,
        };
        const { message, registered } = await failure(() => lookUpSurroundings(foreign), {
            [tokens.group]: refuse("first"),
            [tokens.vault]: refuse("second"),
        });
        const reasons = [...message.matchAll(/without success: (\w+)/g)].map(([, reason]) => reason);
        expect(reasons).to.deep.equal(["first", "second"]);
        expect(registered).to.deep.equal([]);
    });
});
