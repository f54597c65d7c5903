/**
 * What a run costs.
 *
 * Source: Microsoft Learn, "Usage metering, billing, and pricing for Azure Logic Apps": every execution counts,
 * whether it succeeds or fails, and so does every retry; skipped actions and polls do not.
 */
import { nameKey } from "../../language/names";
import type { BillingRecord } from "./records";

type BillingClass = "builtIn" | "standard" | "enterprise";

/**
 * List prices per execution in millionths of a US dollar, as of November 2026. Regions and agreements differ; the
 * first 4,000 built-in executions of a month, which are free per subscription, are not deducted.
 */
const LIST_PRICES: { readonly [meter in BillingClass]: number } = {
    builtIn: 25,
    standard: 125,
    enterprise: 1_000,
};

const STANDARD_TYPES: ReadonlySet<string> = new Set(["ApiConnection", "ApiConnectionWebhook"].map(nameKey));

/** The class of a trigger or action by its type. Managed connectors count as standard. */
function billingClassOf(type: string): BillingClass {
    return STANDARD_TYPES.has(nameKey(type)) ? "standard" : "builtIn";
}

/** Adds up executions by class. */
export class Meter {
    private readonly counts = { builtIn: 0, standard: 0, enterprise: 0 };

    /** @param type - of the trigger or action */
    count(type: string, executions: number): void {
        this.counts[billingClassOf(type)] += executions;
    }

    read(): BillingRecord {
        const { builtIn, standard, enterprise } = this.counts;
        const micros =
            builtIn * LIST_PRICES.builtIn +
            standard * LIST_PRICES.standard +
            enterprise * LIST_PRICES.enterprise;
        return { builtIn, standard, enterprise, usd: micros / 1_000_000 };
    }
}
