/**
 * Inputs that make a resource a new one, as the option `replaceOnChanges`: Azure moves nothing to another region, but
 * azure-native, which replaces a resource group for it, sends an update for everything else and is refused.
 */
export const REGION = ["location"];
