import { expect } from "chai";
import { deploy } from "../../cli/deploy";
import { tenantFor } from "../../cli/tenant";
import type { Registration } from "../../simulator/resources/registrations";
import { forgetful } from "../support/tenant";
import { settings, run } from "../support/start";

describe("npm start with other settings", () => {
    for (const [what, changes] of [
        [
            "a workspace in another subscription",
            { workspaceSubscriptionId: "00000000-0000-4000-8000-0000000000ff" },
        ],
        ["a resource group of its own", { resourceGroup: null }],
        ["a vault that decides by Azure RBAC", { keyVaultAuthorization: "rbac" }],
        ["an existing vault", { keyVault: "contoso-vault", keyVaultAuthorization: null }],
        ["queries through HTTP", { logQueryVia: "http" }],
        [
            "a principal that is given",
            { securityInsightsPrincipalId: "00000000-0000-4000-8000-0000000000fe" },
        ],
    ] as const) {
        it(`has a tenant that fits ${what}`, async () => {
            const changed = settings.with(changes);
            const { code, out, errors } = await run({}, { settings: changed, tenant: tenantFor(changed) });
            expect(errors).to.equal("");
            expect(out).not.to.contain("FAIL");
            expect(code).to.equal(0);
        });
    }
});

/** Rights and connections: logical name of the resource, and what has to be named when it is not there. */
const needed: readonly (readonly [name: string, refused: RegExp])[] = [
    ["azuresentinel-connection", /azuresentinel-intezer-connection/],
    ["keyvault-connection", /keyvault-intezer-connection/],
    ["azuremonitorlogs-connection", /monitorlogs-intezer-connection/],
    [
        "automation-grant",
        /Missing required permissions for Microsoft Sentinel on the playbook resource '[^']+'/,
    ],
    [
        "updateIncident-workspace-role",
        /UpdateIncident-IntezerAlert-Webhook.*workspaces\/query\/read.*object id/,
    ],
    ["submitAlert-workspace-role", /Submit-IntezerAlert-IncidentTriggered.*incidents\/comments\/write/],
    [
        "scanFileHash-workspace-role",
        /Submit-IntezerScanFileHash-IncidentTriggered.*incidents\/comments\/write/,
    ],
    ["scanUrl-workspace-role", /Submit-IntezerScanURL-IncidentTriggered.*incidents\/comments\/write/],
    ["submitAlert-vault-access", /Read_API_key of Submit-IntezerAlert.*does not have secrets get permission/],
    [
        "scanFileHash-vault-access",
        /Read_API_key of Submit-IntezerScanFileHash.*does not have secrets get permission/,
    ],
    ["scanUrl-vault-access", /Read_API_key of Submit-IntezerScanURL.*does not have secrets get permission/],
];

describe("npm start without one right or connection", () => {
    let made: readonly Registration[];

    before(async () => {
        const { registrations } = await deploy(settings, tenantFor(settings));
        const types = ["authorization:RoleAssignment", "keyvault:AccessPolicy", "resources:Resource"];
        made = registrations.filter(({ type }) => types.some((known) => type === `azure-native:${known}`));
    });

    it("is tried without every role assignment, access policy and connection that the program makes", () => {
        expect(made.map(({ name }) => name).sort()).to.deep.equal(needed.map(([name]) => name).sort());
    });

    for (const [name, refused] of needed) {
        it(`fails without ${name} and names what was refused`, async () => {
            const id = made.find((registration) => registration.name === name)?.id ?? "";
            const tenant = forgetful(tenantFor(settings), new RegExp(`^${id.replace(/[.()]/g, "\\$&")}$`));
            const { code, out, errors } = await run({}, { tenant });
            expect(code).to.equal(1);
            expect((out + errors).replace(/\s+/g, " ")).to.match(refused);
        });
    }
});
