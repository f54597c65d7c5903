/** The address of workflows with a Request trigger: who calls it with a good signature starts a run. */
import { BlockList, isIPv6 } from "node:net";
import { isJsonObject, type Json } from "../../language/json";
import type { Azure, Resource } from "../resources/model";
import { type Answer, refusal } from "./reply";

/** A POST to a callback URL. */
export interface CallbackRequest {
    readonly url: string;
    /** Address of the caller. */
    readonly callerIp: string;
}

/** A workflow that was started through its callback URL. */
export interface CallbackStart {
    readonly workflow: Resource;
    readonly triggerName: string;
}

/**
 * Checks a call as Logic Apps does before a run exists: the address, the signature, the allowed callers.
 *
 * @param signatureOf - the `sig` that Azure gives out for a trigger; undefined where there is no such trigger
 */
export function receiveCallback(
    azure: Azure,
    request: CallbackRequest,
    signatureOf: (workflow: Resource, triggerName: string) => string | undefined,
): CallbackStart | Answer {
    const url = new URL(request.url);
    const [, endpoint = "", name = ""] =
        /^(\/workflows\/[^/]+)\/triggers\/([^/]+)\/paths\/invoke$/.exec(url.pathname) ?? [];
    const workflow = azure
        .list("Microsoft.Logic/workflows")
        .find(({ properties }) => isSameAddress(properties["accessEndpoint"], `${url.origin}${endpoint}`));
    const triggerName = decodeURIComponent(name);
    const signature = workflow === undefined ? undefined : signatureOf(workflow, triggerName);
    if (workflow === undefined || signature === undefined) {
        return refusal(
            404,
            "WorkflowTriggerNotFound",
            `No workflow trigger could be found at '${url.pathname}'.`,
        );
    }
    if (url.searchParams.get("sig") !== signature) {
        return refusal(
            401,
            "DirectApiAuthorizationRequired",
            "The request must be authenticated only by Shared Access scheme.",
        );
    }
    if (!isAllowed(workflow, request.callerIp)) {
        return refusal(
            403,
            "AuthorizationFailed",
            `The client IP address '${request.callerIp}' is not in the allowed caller IP address ranges specified ` +
                "in the workflow access control configuration.",
        );
    }
    if (workflow.properties["state"] === "Disabled") {
        return refusal(
            400,
            "WorkflowTriggerIsNotEnabled",
            `Could not execute workflow '${workflow.name}' trigger '${triggerName}': the workflow is disabled.`,
        );
    }
    return { workflow, triggerName };
}

/** Equal but for the port, which the URL standard drops where it is the usual one. */
function isSameAddress(endpoint: Json | undefined, address: string): boolean {
    return (
        typeof endpoint === "string" &&
        URL.canParse(endpoint) &&
        new URL(endpoint).href === new URL(address).href
    );
}

function isAllowed(workflow: Resource, callerIp: string): boolean {
    const { accessControl } = workflow.properties;
    const triggers = isJsonObject(accessControl) ? accessControl["triggers"] : undefined;
    const allowed = isJsonObject(triggers) ? triggers["allowedCallerIpAddresses"] : undefined;
    if (!Array.isArray(allowed)) {
        return true;
    }
    const ranges = new BlockList();
    for (const entry of allowed.filter(isJsonObject)) {
        addRange(ranges, typeof entry["addressRange"] === "string" ? entry["addressRange"] : "");
    }
    return ranges.check(callerIp, familyOf(callerIp));
}

/** `a.b.c.d/x`, `a-b` or one address. */
function addRange(ranges: BlockList, range: string): void {
    const [first = "", prefix] = range.split("/");
    const [start = "", end = start] = first.split("-");
    if (prefix === undefined) {
        ranges.addRange(start, end, familyOf(start));
    } else {
        ranges.addSubnet(start, Number(prefix), familyOf(start));
    }
}

function familyOf(address: string): "ipv4" | "ipv6" {
    return isIPv6(address) ? "ipv6" : "ipv4";
}
