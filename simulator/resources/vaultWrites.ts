import { AzureRefusal } from "./model";
import type { AzureState, Write } from "./state";

/**
 * Key Vault handles one write to a vault at a time, be it to the vault, to a secret through Resource Manager or
 * to the access policies. Writes that nothing puts in order may overlap, so they are refused.
 *
 * @throws AzureRefusal `ConflictError`
 */
export function assertAloneInVault(
    vaultId: string,
    write: Pick<Write, "id" | "after">,
    state: AzureState,
): void {
    const overlapping = state.noteVaultWrite(vaultId, write);
    if (overlapping !== undefined) {
        throw new AzureRefusal(
            409,
            "ConflictError",
            "A conflict occurred that prevented the operation from completing. The operation failed because " +
                "the Key Vault changed from the point the operation began. This can happen if parallel " +
                "operations are being performed on the Key Vault. To prevent this error, serialize the " +
                "operations so that only one operation is performed on the Key Vault at a time. (Nothing " +
                `makes this write wait for that of '${overlapping}'.)`,
        );
    }
}
