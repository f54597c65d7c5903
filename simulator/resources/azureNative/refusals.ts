/** How azure-native reports what it or Azure refuses. */
import { AzureRefusal } from "../model";

/** A refusal of azure-native's own: Azure was not asked, or did not object. */
export class ProviderRefusal extends AzureRefusal {
    /** @param message - in azure-native's words */
    constructor(message: string) {
        super(409, "Conflict", message);
        this.name = "ProviderRefusal";
    }
}

/** A refusal as azure-native puts it into words. */
export function azureNativeText(refusal: AzureRefusal): string {
    const { status, code, message } = refusal;
    return refusal instanceof ProviderRefusal
        ? message
        : `Status=${status} Code=${JSON.stringify(code)} Message=${JSON.stringify(message)}`;
}
