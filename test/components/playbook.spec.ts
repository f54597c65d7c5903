import { expect } from "chai";
import { ApiConnection } from "../../components/apiConnection";
import { Playbook, type PlaybookArgs } from "../../components/playbook";
import { SecretVault, type VaultAuthorization } from "../../components/secretVault";
import type { WorkflowDefinition } from "../../language";
import { read, run, subscriptionId, tenantId, type RunOptions } from "../support/pulumi";

const workspaceId =
    "/subscriptions/s-9/resourceGroups/contoso-security/providers/Microsoft.OperationalInsights/workspaces/contoso-sentinel";

const place = { resourceGroupName: "playbooks", location: "westeurope", tags: { team: "x" } };

const definition: WorkflowDefinition = {
    $schema:
        "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
    contentVersion: "1.0.0.0",
    parameters: { $connections: { type: "Object", defaultValue: {} } },
    triggers: { manual: { type: "Request", kind: "Http", inputs: { schema: {} } } },
    actions: { Note: { type: "Compose", inputs: "text" } },
};

const webhook = { workflowName: "Some-Webhook", triggerName: "manual", trigger: "webhook" } as const;
const incident = { workflowName: "Some-Scan", triggerName: "manual", trigger: "incident" } as const;

const reading = {
    connections: ["azuresentinel", "keyvault"],
    readsSecret: true,
    workspaceRole: "Microsoft Sentinel Responder",
} as const;

const commenting = { ...reading, connections: ["azuresentinel"], readsSecret: false } as const;

const answers = {
    "azure-native:logic:listWorkflowTriggerCallbackUrl": (inputs: object) => ({
        value: `https://prod.logic.azure.com/${JSON.stringify(inputs)}?sig=x`,
    }),
};

/** A playbook with everything to choose from. */
function deploy(
    changes: Partial<PlaybookArgs>,
    options: RunOptions = {},
    authorization: VaultAuthorization = "accessPolicies",
) {
    return run(
        () => {
            const vault = new SecretVault("safe", {
                ...place,
                tenantId,
                subscriptionId,
                secretName: "key",
                secretValue: "test-key",
                authorization,
            });
            const connect = (api: "azuresentinel" | "keyvault" | "azuremonitorlogs") =>
                new ApiConnection(api, { ...place, api, subscriptionId, vaultName: vault.vaultName });
            return new Playbook("scan", {
                ...place,
                subscriptionId,
                playbook: incident,
                definition,
                needs: reading,
                workspace: { id: workspaceId, subscriptionId: "s-9" },
                connections: {
                    azuresentinel: connect("azuresentinel"),
                    keyvault: connect("keyvault"),
                    azuremonitorlogs: connect("azuremonitorlogs"),
                },
                vault,
                ...changes,
            });
        },
        { answers, ...options },
    );
}

describe("Playbook", () => {
    it("is a workflow with an identity of its own and the connections that it needs", async () => {
        const { resource } = await deploy({});
        const { type, inputs, dependsOn, parent, ...options } = resource("scan-workflow");
        const entry = (api: string) => ({
            connectionId: `/subscriptions/${subscriptionId}/resourceGroups/playbooks/providers/azure-native:resources:Resource/${api}-intezer-connection`,
            connectionName: `${api}-intezer-connection`,
            id: `/subscriptions/${subscriptionId}/providers/Microsoft.Web/locations/westeurope/managedApis/${api}`,
            connectionProperties: { authentication: { type: "ManagedServiceIdentity" } },
        });
        expect(type).to.equal("azure-native:logic:Workflow");
        expect(inputs).to.deep.equal({
            ...place,
            workflowName: "Some-Scan",
            identity: { type: "SystemAssigned" },
            state: "Enabled",
            definition,
            parameters: {
                $connections: {
                    value: { azuresentinel: entry("azuresentinel"), keyvault: entry("keyvault") },
                },
            },
        });
        expect(dependsOn).to.deep.equal(["azuresentinel-connection", "keyvault-connection", "safe-secret"]);
        expect(parent).to.equal("scan");
        expect(options).to.include({ deleteBeforeReplace: true });
        expect(options.replaceOnChanges).to.deep.equal(["location"]);
        expect(options.replacementTrigger).to.equal(subscriptionId);
    });

    it("is Sentinel Responder on the workspace, once, and reads the vault", async () => {
        const { result, resource, namesOf } = await deploy({});
        expect(namesOf("azure-native:authorization:RoleAssignment")).to.deep.equal(["scan-workspace-role"]);
        expect(namesOf("azure-native:keyvault:AccessPolicy")).to.deep.equal(["scan-vault-access"]);
        const role = resource("scan-workspace-role");
        expect(role.inputs).to.include({
            scope: workspaceId,
            principalId: "principal of scan-workflow",
            principalType: "ServicePrincipal",
            roleDefinitionId:
                "/subscriptions/s-9/providers/Microsoft.Authorization/roleDefinitions/3e150937-b8fe-4cfb-8069-0eaf05ecd056",
        });
        expect(role.dependsOn).to.deep.equal(["scan-workflow"]);
        expect(resource("scan-vault-access").inputs["policy"]).to.include({
            objectId: "principal of scan-workflow",
        });
        expect(resource("scan-vault-access").dependsOn).to.include.members(["scan-workflow", "safe-secret"]);
        expect(result.rights).to.have.length(2);
    });

    for (const [authorization, property] of [
        ["accessPolicies", "policy.objectId"],
        ["rbac", "principalId"],
    ] as const) {
        it(`keeps its rights (${authorization}) in the preview of a change, and renews them with the workflow`, async () => {
            for (const preview of [true, false]) {
                const { resource } = await deploy({}, { preview }, authorization);
                const { ignoreChanges, replaceWith } = resource("scan-vault-access");
                expect({ ignoreChanges, replaceWith }).to.deep.equal({
                    ignoreChanges: preview ? [property] : [],
                    replaceWith: ["scan-workflow"],
                });
                const role = resource("scan-workspace-role");
                expect(role.ignoreChanges).to.deep.equal(preview ? ["principalId"] : []);
                expect(role.replaceWith).to.deep.equal(["scan-workflow"]);
            }
        });
    }

    it("does not get what it does not need", async () => {
        const { result, resource, namesOf } = await deploy({ needs: commenting });
        const { $connections } = resource("scan-workflow").inputs["parameters"] as Record<
            string,
            { value: object }
        >;
        expect(Object.keys($connections?.value ?? {})).to.deep.equal(["azuresentinel"]);
        expect(namesOf("azure-native:keyvault:AccessPolicy")).to.deep.equal([]);
        expect(resource("scan-workflow").dependsOn).to.deep.equal(["azuresentinel-connection"]);
        expect(result.rights).to.have.length(1);
    });

    it("gives id and name of the workflow and its identity", async () => {
        const { result } = await deploy({});
        expect((await read(result.outputs.id)).value).to.match(/\/Some-Scan$/);
        expect((await read(result.outputs.name)).value).to.equal("Some-Scan");
        expect((await read(result.outputs.principalId)).value).to.equal("principal of scan-workflow");
        expect(result.callbackUrl).to.equal(undefined);
    });

    it("gives the callback URL of a webhook as a secret, asked for by the workflow's own name", async () => {
        const { result, lookUps } = await deploy({ playbook: webhook, needs: commenting });
        expect(lookUps).to.deep.equal([
            {
                token: "azure-native:logic:listWorkflowTriggerCallbackUrl",
                inputs: {
                    resourceGroupName: "playbooks",
                    workflowName: "Some-Webhook",
                    triggerName: "manual",
                },
                provider: "",
            },
        ]);
        const url = result.callbackUrl && (await read(result.callbackUrl));
        expect(url?.secret).to.equal(true);
        expect(url?.value).to.match(/^https:\/\/prod\.logic\.azure\.com\/.*sig=x$/);
    });

    it("asks for no callback URL in a preview, where identity and URL are unknown", async () => {
        const { result, lookUps } = await deploy({ playbook: webhook, needs: commenting }, { preview: true });
        expect(lookUps).to.deep.equal([]);
        const url = result.callbackUrl && (await read(result.callbackUrl));
        expect({ known: url?.known, secret: url?.secret }).to.deep.equal({ known: false, secret: true });
        expect((await read(result.outputs.principalId)).known).to.equal(false);
    });

    it("registers the same in a preview as in an update", async () => {
        const [update, preview] = [await deploy({}), await deploy({}, { preview: true })];
        const names = (registered: typeof update.registered) => registered.map(({ name }) => name).sort();
        expect(names(preview.registered)).to.deep.equal(names(update.registered));
        expect(preview.registered).to.have.length(13);
    });

    it("restricts who may call a webhook, where somebody is named", async () => {
        const callerIps = ["203.0.113.0/24", "198.51.100.1-198.51.100.9"];
        const { resource } = await deploy({ playbook: webhook, needs: commenting, callerIps });
        expect(resource("scan-workflow").inputs["accessControl"]).to.deep.equal({
            triggers: {
                allowedCallerIpAddresses: callerIps.map((addressRange) => ({ addressRange })),
            },
        });
    });

    it("sends no restriction where nobody is named", async () => {
        const { resource } = await deploy({ playbook: webhook, needs: commenting, callerIps: [] });
        expect(resource("scan-workflow").inputs).to.not.have.property("accessControl");
    });

    const wrong: readonly [string, Partial<PlaybookArgs>, string][] = [
        [
            "a missing connection and vault",
            { connections: {}, vault: undefined },
            'The playbook Some-Scan also needs the connection "azuresentinel" in `connections` and ' +
                'the connection "keyvault" in `connections` and `vault`.',
        ],
        [
            "a restriction of callers that would keep Sentinel out",
            { callerIps: ["203.0.113.0/24"] },
            "`callerIps` is only for webhook playbooks: it would keep Sentinel from running Some-Scan.",
        ],
        [
            "a definition that Azure would not save",
            {
                definition: {
                    ...definition,
                    actions: { A: { type: "Compose", inputs: "", runAfter: { B: ["Succeeded"] } } },
                },
            },
            "",
        ],
    ];
    for (const [title, changes, message] of wrong) {
        it(`refuses ${title}`, async () => {
            let refused = "";
            await deploy(changes).catch((error: Error) => (refused = error.message));
            expect(refused).to.not.equal("");
            expect(refused).to.contain(message);
        });
    }
});
