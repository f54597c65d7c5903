/** The simulated subscription of a folder, with everything that the settings name. */
import { addVendorInstallation } from "../engine/vendorInstallation";
import { resourceGroupId } from "../../simulator/resources/armId";
import { addRoleAssignment } from "../../simulator/resources/tenant";
import type { StackSettings } from "../settings";
import { completeTenant, emptyTenant, type Tenant } from "../tenant";
import { type SimulatedRequest, UsageError } from "./arguments";
import type { SimulatedFolder } from "./folder";
import { inventoryOf } from "./inventory";
import type { SimulatedSettings } from "./settings";

/** The value of a secret that somebody else put into a vault; made up. */
const SOMEBODYS_SECRET = "00000000-0000-4000-8000-0000000000e1";

/**
 * Reads the subscription, adds what is missing, saves it, and tells what was added.
 *
 * @throws UsageError for a vendor's installation in a subscription that is there already
 */
export function openSubscription(
    folder: SimulatedFolder,
    { settings, apiKey }: SimulatedSettings,
    how: Pick<SimulatedRequest, "vaultAuthorization" | "vendorInstallation">,
    write: (line: string) => void,
): Tenant {
    const kept = folder.readAzure();
    if (kept !== undefined && how.vendorInstallation) {
        throw new UsageError(
            `--vendor-installation is for a new subscription, and ${folder.path} has one already. Leave it out, or ` +
                `begin anew: npm run simulated -- reset --folder ${folder.path}`,
        );
    }
    const secretName = settings.text("intezerSecretName") ?? "intezer-sentinel-api-key";
    const { added, ...tenant } = completeTenant(kept ?? emptyTenant(settings), settings, {
        authorization: how.vaultAuthorization,
        // Else the stack writes it.
        secrets: apiKey === undefined ? { [secretName]: SOMEBODYS_SECRET } : {},
    });
    const vendors = how.vendorInstallation
        ? vendorResources(tenant, () => addVendorInstallation(tenant, settings))
        : [];
    const granted =
        settings.values[`${settings.project}:grantSentinelAccess`] === false
            ? letSentinelIn(tenant, settings)
            : [];
    if (kept === undefined || added.length + granted.length > 0) {
        folder.saveAzure(tenant.azure);
    }
    tell(
        kept === undefined
            ? `New simulated subscription in ${folder.path}, with what the settings name:`
            : "Added to the simulated subscription, as the settings name it:",
        [...added, ...granted],
        write,
    );
    tell("An installation of the vendor's template, as its guide makes it by hand:", vendors, write);
    return tenant;
}

/** ARM ids of what an installation adds. */
function vendorResources({ azure }: Tenant, install: () => unknown): readonly string[] {
    const before = new Set(inventoryOf(azure).map(({ id }) => id));
    install();
    return inventoryOf(azure)
        .map(({ id }) => id)
        .filter((id) => !before.has(id));
}

/** Who does not let the stack grant it says that Sentinel has the right to run playbooks already. */
function letSentinelIn(
    { azure, subscriptionId, securityInsightsPrincipalId: principalId }: Tenant,
    settings: StackSettings,
): readonly string[] {
    const group = settings.text("resourceGroup");
    const scope =
        group === undefined ? `/subscriptions/${subscriptionId}` : resourceGroupId(subscriptionId, group);
    if (azure.allows(principalId, "Microsoft.Logic/workflows/triggers/listCallbackUrl/action", scope)) {
        return [];
    }
    const added = addRoleAssignment(azure, {
        scope,
        role: "Microsoft Sentinel Automation Contributor",
        principalId,
    });
    azure.finishWrites();
    return added;
}

function tell(heading: string, ids: readonly string[], write: (line: string) => void): void {
    if (ids.length > 0) {
        write(heading);
        ids.forEach((id) => {
            write(`  + ${id}`);
        });
    }
}
