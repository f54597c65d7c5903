import type { Azure, Resource } from "../resources/model";

const TYPE = "Microsoft.OperationalInsights/workspaces";

/** The Log Analytics workspace with this ARM id. */
export function workspaceById(azure: Azure, id: string): Resource | undefined {
    const found = azure.get(id);
    return found?.type.toLowerCase() === TYPE.toLowerCase() ? found : undefined;
}

/** The Log Analytics workspace with this GUID (`customerId`). */
export function workspaceByGuid(azure: Azure, guid: string): Resource | undefined {
    return azure.list(TYPE).find((workspace) => sameText(customerIdOf(workspace), guid));
}

/** The workspace's GUID, which Log Analytics and Sentinel's triggers use in place of its ARM id. */
export function customerIdOf(workspace: Resource): string {
    const { customerId } = workspace.properties;
    return typeof customerId === "string" ? customerId : "";
}

/** Subscription, resource group and name in an ARM id, which letter case may differ. */
export function placeOf(id: string): { subscriptionId: string; resourceGroup: string; name: string } {
    const [, , subscriptionId = "", , resourceGroup = ""] = id.split("/");
    return { subscriptionId, resourceGroup, name: id.slice(id.lastIndexOf("/") + 1) };
}

/** Equal but for letter case, as ARM compares ids and names. */
export function sameText(left: string, right: string): boolean {
    return left.toLowerCase() === right.toLowerCase();
}
