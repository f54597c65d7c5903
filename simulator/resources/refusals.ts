/** Refusals that several resource types share, in Azure's words. */
import type { ArmId } from "./armId";
import { AzureRefusal } from "./model";

/** 404 for a resource that is looked up or referred to. */
export function resourceNotFound(id: ArmId): AzureRefusal {
    return new AzureRefusal(
        404,
        "ResourceNotFound",
        `The Resource '${id.type}/${id.name}' under resource group '${id.resourceGroup ?? "<null>"}' was not ` +
            "found. For more details please go to https://aka.ms/ARMResourceNotFoundFix",
    );
}

/** 404 for a resource group. */
export function resourceGroupNotFound(name: string): AzureRefusal {
    return new AzureRefusal(404, "ResourceGroupNotFound", `Resource group '${name}' could not be found.`);
}

/** 404 for a resource that would lie in, or extend, something that is not there. */
export function parentNotFound(id: ArmId): AzureRefusal {
    return new AzureRefusal(
        404,
        "ParentResourceNotFound",
        `Failed to perform 'write' on resource(s) of type '${id.type}', because the parent resource ` +
            `'${id.parent}' could not be found.`,
    );
}

/** 404 for a subscription. */
export function subscriptionNotFound(subscriptionId: string): AzureRefusal {
    return new AzureRefusal(
        404,
        "SubscriptionNotFound",
        `The subscription '${subscriptionId}' could not be found.`,
    );
}

/** 409 for a resource provider that the subscription has not registered. */
export function notRegistered(namespace: string): AzureRefusal {
    return new AzureRefusal(
        409,
        "MissingSubscriptionRegistration",
        `The subscription is not registered to use namespace '${namespace}'. See ` +
            "https://aka.ms/rps-not-found for how to register subscriptions.",
    );
}

/** 400 for a body that the resource provider does not accept. */
export function badRequest(message: string): AzureRefusal {
    return new AzureRefusal(400, "BadRequest", message);
}

/** Adds to Azure's message what Azure cannot know: that the thing is on its way and nobody waits for it. */
export function whileUnordered(refusal: AzureRefusal, id: string): AzureRefusal {
    return new AzureRefusal(
        refusal.status,
        refusal.code,
        `${refusal.message} (The same deployment makes '${id}', and nothing makes this write wait for it.)`,
    );
}
