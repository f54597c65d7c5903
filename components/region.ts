import type { CustomResourceOptions } from "@pulumi/pulumi";

/**
 * Options for what has to become a new one in another region or subscription. Azure moves nothing there, but
 * azure-native sends an update: to another region it is refused, and in another subscription it would make something
 * that the state does not know of.
 *
 * @param subscriptionId - the resource's
 */
export function boundTo(
    subscriptionId: string,
): Pick<CustomResourceOptions, "replaceOnChanges" | "replacementTrigger"> {
    return { replaceOnChanges: ["location"], replacementTrigger: subscriptionId };
}
