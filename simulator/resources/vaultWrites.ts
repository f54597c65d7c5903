import { idKey } from "./armId";
import { AzureRefusal } from "./model";
import type { AzureState, Write } from "./state";
import { endOf } from "./virtualTime";

/** A write to a vault, or to what lies in it. */
export type VaultWrite = Pick<Write, "id" | "after" | "at" | "lasts">;

/** What was written to one vault. */
interface VaultHistory {
    /** Keys of the ids that the deployment under way has written, where it tells the order. */
    readonly written: Set<string>;
    /** Accepted writes of which the time is known. */
    readonly spans: Span[];
}

/** A write that lasts from one time to another, the latter not included; in milliseconds. */
interface Span {
    readonly id: string;
    readonly from: number;
    readonly to: number;
}

/** {@link VaultWrites} as plain JSON. */
export interface KeptVaultWrites {
    readonly vault: string;
    readonly written: readonly string[];
    readonly spans: readonly Span[];
}

/** Writes to vaults that others could get in the way of. */
export class VaultWrites {
    private readonly vaults = new Map<string, VaultHistory>();

    /**
     * Notes a write to a vault.
     *
     * @returns why it gets in the way of an earlier one, undefined where it does not
     */
    note(vaultId: string, write: VaultWrite): string | undefined {
        const history = this.historyOf(vaultId);
        return noteOrder(history, write) ?? noteTime(history, write);
    }

    clear(): void {
        this.vaults.clear();
    }

    kept(): readonly KeptVaultWrites[] {
        return [...this.vaults].map(([vault, { written, spans }]) => ({
            vault,
            written: [...written],
            spans,
        }));
    }

    load(kept: readonly KeptVaultWrites[]): void {
        for (const { vault, written, spans } of kept) {
            this.vaults.set(vault, { written: new Set(written), spans: [...spans] });
        }
    }

    private historyOf(vaultId: string): VaultHistory {
        const known = this.vaults.get(idKey(vaultId));
        const history = known ?? { written: new Set(), spans: [] };
        this.vaults.set(idKey(vaultId), history);
        return history;
    }
}

/**
 * Key Vault handles one write to a vault at a time, be it to the vault, to a secret through Resource Manager or
 * to the access policies. Writes that nothing puts in order may overlap, so they are refused, as are those that
 * do overlap in virtual time. Call this last: what is refused for another reason does not occupy the vault.
 *
 * @throws AzureRefusal `ConflictError`
 */
export function assertAloneInVault(vaultId: string, write: VaultWrite, state: AzureState): void {
    const obstacle = state.vaultWrites.note(vaultId, write);
    if (obstacle !== undefined) {
        throw new AzureRefusal(
            409,
            "ConflictError",
            "A conflict occurred that prevented the operation from completing. The operation failed because " +
                "the Key Vault changed from the point the operation began. This can happen if parallel " +
                "operations are being performed on the Key Vault. To prevent this error, serialize the " +
                "operations so that only one operation is performed on the Key Vault at a time. " +
                `(${obstacle})`,
        );
    }
}

function noteOrder({ written }: VaultHistory, { after, id }: VaultWrite): string | undefined {
    if (after === undefined) {
        return undefined;
    }
    const overlapping = [...written].find((key) => !after.has(key));
    written.add(idKey(id.id));
    return overlapping === undefined
        ? undefined
        : `Nothing makes this write wait for that of '${overlapping}'.`;
}

function noteTime({ spans }: VaultHistory, write: VaultWrite): string | undefined {
    const { at: from, id } = write;
    const to = endOf(write);
    if (from === undefined || to === undefined) {
        return undefined;
    }
    const overlapping = spans.find((span) => overlap(span, { from, to }));
    if (overlapping !== undefined) {
        return `The write of '${overlapping.id}' is under way.`;
    }
    spans.push({ id: id.id, from, to });
    return undefined;
}

/** Whoever begins first, or was asked first at the same time, must be done when the other begins. */
function overlap(asked: Omit<Span, "id">, later: Omit<Span, "id">): boolean {
    return asked.from <= later.from ? later.from < asked.to : asked.from < later.to;
}
