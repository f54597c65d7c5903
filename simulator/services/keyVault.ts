import { textAt } from "../resources/json";
import type { Azure, Resource } from "../resources/model";
import type { HttpRequest } from "../runtime/transport";
import type { ConnectedCall } from "./connections";
import { decodeSegment } from "./path";
import { type Answer, answer, refusal, shown, stableGuid, UnsupportedRequestError } from "./reply";

/** Where the data plane of vaults in the public cloud is. */
const HOST_SUFFIX = ".vault.azure.net";
const AUDIENCE = "https://vault.azure.net";

/** True for the host of a vault's data plane. */
export function isVaultHost(host: string): boolean {
    return host.endsWith(HOST_SUFFIX);
}

/**
 * The keyvault connector's *Get secret*: `GET /secrets/<name>/value`. The vault is the one that the connection
 * names.
 */
export function answerKeyVaultConnector(azure: Azure, call: ConnectedCall): Answer {
    const { method, path } = call.request;
    const found = /^\/secrets\/([^/]+)\/value$/.exec(path);
    if (method !== "GET" || found === null) {
        throw new UnsupportedRequestError("keyvault connector", `${method} ${path}`);
    }
    const vaultName = textAt(call.connection.properties, "alternativeParameterValues", "vaultName");
    const vault = vaultNamed(azure, vaultName);
    if (vault === undefined) {
        // Such a vault has no host name. What the connector says then is not documented.
        return refusal(404, "VaultNotFound", `The vault '${shown(vaultName)}' could not be found.`);
    }
    const name = decodeSegment(found[1] ?? "");
    const value = readSecret(azure, call.principalId, vault, name);
    return typeof value === "string"
        ? answer(200, { value, name, version: versionOf(vault, name), isEnabled: true })
        : value;
}

/**
 * `GET https://<vault>.vault.azure.net/secrets/<name>` as an Http action with managed identity calls it.
 *
 * @param principalId - undefined where the workflow has no managed identity
 */
export function answerKeyVault(azure: Azure, principalId: string | undefined, request: HttpRequest) {
    const url = new URL(request.uri);
    const found = /^\/secrets\/([^/]+)\/?$/.exec(url.pathname);
    if (request.method !== "GET" || found === null) {
        throw new UnsupportedRequestError("Key Vault", `${request.method} ${url.pathname}`);
    }
    const vault = vaultNamed(azure, url.hostname.slice(0, -HOST_SUFFIX.length));
    if (vault === undefined) {
        return {
            error: "UnresolvableHostName",
            message: `The host '${url.hostname}' could not be resolved.`,
        };
    }
    if (!url.searchParams.has("api-version")) {
        return refusal(400, "BadParameter", "api-version must be specified");
    }
    if (request.audience === undefined || principalId === undefined) {
        return refusal(401, "Unauthorized", "AKV10000: Request is missing a Bearer or PoP token.");
    }
    if (request.audience !== AUDIENCE) {
        return refusal(
            401,
            "Unauthorized",
            `AKV10022: Invalid audience. Expected ${AUDIENCE}, found: ${request.audience}.`,
        );
    }
    const name = decodeSegment(found[1] ?? "");
    const value = readSecret(azure, principalId, vault, name);
    const id = `https://${url.hostname}/secrets/${name}/${versionOf(vault, name)}`;
    return typeof value === "string" ? answer(200, { value, id, attributes: { enabled: true } }) : value;
}

/** In Key Vault's order: the firewall, then the right, then whether there is such a secret. */
function readSecret(azure: Azure, principalId: string, vault: Resource, name: string): string | Answer {
    // Resource Manager takes both in any letter case.
    const defaultAction = textAt(vault.properties, "networkAcls", "defaultAction")?.toLowerCase();
    const publicAccess = textAt(vault.properties, "publicNetworkAccess")?.toLowerCase();
    if (defaultAction === "deny" || publicAccess === "disabled") {
        return forbidden(
            "Client address is not authorized and caller is not a trusted service.",
            "ForbiddenByFirewall",
        );
    }
    if (!azure.mayReadSecret(principalId, vault.id, name)) {
        return notAllowed(azure, principalId, vault, name);
    }
    return azure.secretValue(vault.id, name) ?? secretNotFound(name);
}

function notAllowed(azure: Azure, principalId: string, vault: Resource, name: string): Answer {
    const caller = `oid=${principalId};iss=https://sts.windows.net/${azure.tenantId}/`;
    const place = `${vault.name};location=${vault.location ?? ""}`;
    return vault.properties["enableRbacAuthorization"] === true
        ? forbidden(
              "Caller is not authorized to perform action on resource.\r\nIf role assignments, deny assignments " +
                  "or role definitions were changed recently, please observe propagation time.\r\n" +
                  `Caller: ${caller}\r\nAction: 'Microsoft.KeyVault/vaults/secrets/getSecret/action'\r\n` +
                  `Resource: '${vault.id}/secrets/${name}'\r\nAssignment: (not found)\r\nVault: ${place}\r\n`,
              "ForbiddenByRbac",
          )
        : forbidden(
              `The user, group or application '${caller}' does not have secrets get permission on key vault ` +
                  `'${place}'. For help resolving this issue, please see ` +
                  "https://go.microsoft.com/fwlink/?linkid=2125287",
              "AccessDenied",
          );
}

function forbidden(message: string, code: string): Answer {
    return refusal(403, "Forbidden", message, { innererror: { code } });
}

function secretNotFound(name: string): Answer {
    return refusal(404, "SecretNotFound", `A secret with (name/id) ${name} was not found in this key vault.`);
}

/** Vault names are unique in the whole cloud. */
function vaultNamed(azure: Azure, name: string | undefined): Resource | undefined {
    return name !== undefined
        ? azure
              .list("Microsoft.KeyVault/vaults")
              .find((vault) => vault.name.toLowerCase() === name.toLowerCase())
        : undefined;
}

/** Key Vault's versions are 32 hexadecimal digits. */
function versionOf(vault: Resource, name: string): string {
    return stableGuid(`${vault.id.toLowerCase()}/secrets/${name}`).replaceAll("-", "");
}
