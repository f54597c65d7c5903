import { expect } from "chai";
import { passesByItself, remedyFor, type RefusedOperation } from "../../components/refusals";

const workspace =
    "/subscriptions/s-1/resourceGroups/contoso-security/providers/Microsoft.OperationalInsights/workspaces/contoso-sentinel";

function remedy(refused: Partial<RefusedOperation>): string | undefined {
    return remedyFor({
        urn: "urn:pulumi:dev::intezer-sentinel::t::n",
        type: "azure-native:authorization:RoleAssignment",
        operation: "create",
        error: "",
        ...refused,
    });
}

describe("passesByItself", () => {
    const passing = [
        'Code="PrincipalNotFound" Message="Principal 1f2e does not exist in the directory."',
        "Missing required permissions for Microsoft Sentinel on the playbook resource '/subscriptions/s-1'",
        "Playbook resource '/subscriptions/s-1' is not using Microsoft Sentinel Incident trigger",
        'Code="ConflictError" Message="A conflict occurred."',
    ];
    for (const error of passing) {
        it(`waits for: ${error.slice(0, 60)}`, () => {
            expect(passesByItself(error)).to.equal(true);
        });
    }

    const lasting = [
        "",
        'Code="AuthorizationFailed"',
        'Code="RoleAssignmentExists"',
        'Code="Conflict" Message="already exists"',
        'Code="VaultConflictErrors"',
        'Code="ServicePrincipalNotFoundInTenant"',
        'Code="WorkflowManagedIdentityConfigurationInvalid"',
        'Status=429 Code="TooManyRequests"',
        'Status=500 Code="InternalServerError"',
    ];
    for (const error of lasting) {
        it(`does not wait for: ${error || "an unknown error"}`, () => {
            expect(passesByItself(error)).to.equal(false);
        });
    }
});

describe("remedyFor", () => {
    it("names the role for a deployer who may not assign roles on the workspace", () => {
        const error =
            "Code=\"AuthorizationFailed\" Message=\"The client 'me@contoso.com' with object id 'o-1' does not have authorization " +
            "to perform action 'Microsoft.Authorization/roleAssignments/write' over scope " +
            `'${workspace}/providers/Microsoft.Authorization/roleAssignments/r-1' or the scope is invalid."`;
        expect(remedy({ error })).to.equal(
            "The deployer lacks a right (Microsoft.Authorization/roleAssignments/write). " +
                "An owner of the scope can give it; it takes some minutes to work:\n" +
                `az role assignment create --assignee-object-id o-1 --role "Role Based Access Control Administrator" --scope ${workspace}`,
        );
    });

    it("names the role for a deployer who may not write automation rules", () => {
        const error =
            "AuthorizationFailed: The client 'c' with object id 'o-1' does not have authorization to perform action " +
            "'Microsoft.SecurityInsights/automationRules/write' over scope " +
            `'${workspace}/providers/Microsoft.SecurityInsights/automationRules/r-1' or the scope is invalid.`;
        expect(remedy({ error })).to.match(
            /--role "Microsoft Sentinel Contributor" --scope \S+contoso-sentinel$/,
        );
    });

    it("names Contributor, on the resource group, for a deployer who may not write what is in it", () => {
        const group = "/subscriptions/s-1/resourceGroups/contoso-playbooks";
        const error =
            "AuthorizationFailed: object id 'o-1' does not have authorization to perform action " +
            `'Microsoft.Web/connections/write' over scope '${group}/providers/Microsoft.Web/connections/c-1'`;
        expect(remedy({ error })).to.match(
            /--role "Contributor" --scope \/subscriptions\/s-1\/resourceGroups\/contoso-playbooks$/,
        );
    });

    it("knows no role for other actions", () => {
        const error =
            "AuthorizationFailed: object id 'o-1' does not have authorization to perform action 'Microsoft.Compute/disks/write' over scope '/subscriptions/s-1'";
        expect(remedy({ error })).to.equal(undefined);
    });

    it("switches the grant off where Sentinel already has it", () => {
        const roleDefinitionId =
            "/subscriptions/s-1/providers/Microsoft.Authorization/roleDefinitions/f4c81013-99ee-4d62-a7ee-b3f1f648599a";
        expect(remedy({ error: 'Code="RoleAssignmentExists"', inputs: { roleDefinitionId } })).to.equal(
            "Sentinel's service principal already has this role on the resource group. Leave it to whoever gave it:\n" +
                "pulumi config set grantSentinelAccess false",
        );
    });

    it("shows how to find and delete another assignment that exists", () => {
        const inputs = { roleDefinitionId: "/r", principalId: "p-1", scope: workspace };
        expect(remedy({ error: 'Code="RoleAssignmentExists"', inputs })).to.equal(
            "The identity already has this role here, by an assignment that is not in this stack. Look at it, and delete it:\n" +
                `az role assignment list --assignee p-1 --scope ${workspace} --output table\n` +
                "az role assignment delete --ids <id of the assignment>",
        );
    });

    it("shows how to get a resource out of the way", () => {
        const id = "/subscriptions/s-1/resourceGroups/g/providers/Microsoft.Logic/workflows/UpdateIncident";
        const error = `cannot create already existing resource '${id}'`;
        expect(remedy({ type: "azure-native:logic:Workflow", error })).to.equal(
            "Something with this name is already there, e.g. from the vendor's template or from a run that broke off. " +
                "If nobody needs it, delete it:\n" +
                `az resource delete --ids ${id}\n` +
                "Otherwise deploy into another resource group: pulumi config set resourceGroup <name>",
        );
    });

    const leftovers = [
        ["azure-native:securityinsights:AutomationRule", "/r/automationRules/a", "az resource delete --ids"],
        [
            "azure-native:authorization:RoleAssignment",
            `${workspace}/providers/Microsoft.Authorization/roleAssignments/r-1`,
            "az role assignment delete --ids",
        ],
    ] as const;
    for (const [type, id, command] of leftovers) {
        it(`deletes what only this stack can have made: ${type}`, () => {
            expect(remedy({ type, error: `cannot create already existing resource '${id}'` })).to.equal(
                "This is already there, from a run of this stack that broke off or that its state does not know of. " +
                    `Delete it, and deploy again:\n${command} ${id}`,
            );
        });
    }

    it("deletes an access policy, which is a part of its vault", () => {
        const error =
            'cannot create already existing resource "/subscriptions/s-1/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v-1/accessPolicy/o-1"';
        expect(remedy({ type: "azure-native:keyvault:AccessPolicy", error })).to.match(
            /deploy again:\naz keyvault delete-policy --name v-1 --object-id o-1$/,
        );
    });

    it("offers to use a secret that is already there", () => {
        const error = "cannot create already existing resource '/subscriptions/s-1/vaults/v/secrets/k'";
        const inputs = { secretName: "intezer-sentinel-api-key" };
        expect(remedy({ type: "azure-native:keyvault:Secret", error, inputs })).to.equal(
            "The vault already holds the secret intezer-sentinel-api-key. In a vault that is not the stack's own " +
                "(keyVault), use it as it is:\n" +
                "pulumi config rm intezerApiKey\n" +
                "To store the key beside it, choose another name: pulumi config set intezerSecretName <name>",
        );
    });

    it("registers a resource provider", () => {
        const error =
            'Code="MissingSubscriptionRegistration" Message="The subscription is not registered to use namespace \'Microsoft.Logic\'."';
        expect(remedy({ error })).to.equal(
            "The subscription has not registered the resource provider. Once per subscription:\n" +
                "az provider register --namespace Microsoft.Logic --wait",
        );
    });

    it("tells how to let Sentinel run the playbooks when waiting was in vain", () => {
        expect(remedy({ error: "Missing required permissions for Microsoft Sentinel" })).to.equal(
            "Sentinel may not run the playbook. Let the stack give it the right, and deploy again:\n" +
                "pulumi config set grantSentinelAccess true",
        );
    });

    it("names what a policy may ask for", () => {
        expect(remedy({ error: 'Code="RequestDisallowedByPolicy"' })).to.match(
            /^A policy of your organisation forbids this;.*\npulumi config set --path 'tags.<name>' <value>\n/,
        );
    });

    it("offers another region where a quota is used up", () => {
        expect(remedy({ error: 'Code="QuotaExceeded"' })).to.match(
            /^The subscription has used up its quota here\..*\npulumi config set azure-native:location <region>$/,
        );
    });

    it("shows how to find Sentinel's service principal where Entra ID does not know it", () => {
        const roleDefinitionId = "/providers/x/f4c81013-99ee-4d62-a7ee-b3f1f648599a";
        const inputs = { roleDefinitionId, principalId: "p-1" };
        expect(remedy({ error: 'Code="PrincipalNotFound"', inputs })).to.equal(
            "Entra ID knows no service principal p-1. Set the object id of Azure Security Insights:\n" +
                'az ad sp list --display-name "Azure Security Insights" --query "[].id" --output tsv\n' +
                "pulumi config set securityInsightsPrincipalId <object id>",
        );
    });

    for (const error of [
        "PrincipalNotFound",
        "ConflictError",
        "not using Microsoft Sentinel Incident trigger",
    ]) {
        it(`deploys again when the wait was in vain: ${error}`, () => {
            expect(remedy({ error })).to.equal(
                "Azure was not ready for it in a quarter of an hour. Deploy again, which goes on from here: pulumi up",
            );
        });
    }

    it("knows nothing about other errors", () => {
        expect(remedy({ error: 'Code="InvalidTemplate"' })).to.equal(undefined);
    });
});
