/** What a value of the configuration may look like. Pure; the limits are Azure's. */
import { BlockList, isIP } from "node:net";

/** A rule for a text. */
export interface TextRule<T extends string = string> {
    /** What is allowed, as a sentence. */
    readonly allowed: string;
    /** A value for the command that mends a problem. @default - the wrong value is taken away instead */
    readonly example?: string;
    accepts(value: string): value is T;
}

/** One of these texts, in exactly this letter case. */
export function oneOf<T extends string>(...values: readonly T[]): TextRule<T> {
    return {
        allowed: `One of: ${values.join(", ")}.`,
        example: values[0],
        accepts: (value): value is T => values.some((candidate) => candidate === value),
    };
}

/** Every text; for names that only Intezer can judge. */
export const anyText = textRule("Any text.", "Production", () => true);

/** E.g. `westeurope` or `West Europe`. */
export const region = textRule('An Azure region, e.g. westeurope or "West Europe".', "westeurope", (value) =>
    /^[a-z][a-z0-9 ]*$/i.test(value),
);

/** Log Analytics workspace (Azure resource name rules, Microsoft.OperationalInsights/workspaces). */
export const workspaceName = textRule(
    "The name of a Log Analytics workspace: 4 to 63 letters, digits and hyphens, no hyphen at either end.",
    "contoso-sentinel",
    (value) => /^[a-z0-9][a-z0-9-]{2,61}[a-z0-9]$/i.test(value),
);

/** Resource group (Azure resource name rules, Microsoft.Resources/resourcegroups). */
export const resourceGroupName = textRule(
    "The name of a resource group: 1 to 90 letters, digits, underscores, hyphens, periods and parentheses, no period at the end.",
    "contoso-security",
    (value) => /^[\p{L}\p{N}_().-]{1,90}$/u.test(value) && !value.endsWith("."),
);

/** Key vault (Azure resource name rules, Microsoft.KeyVault/vaults). */
export const vaultName = textRule(
    "The name of a key vault: 3 to 24 letters, digits and single hyphens, a letter first, no hyphen at the end.",
    "contoso-vault",
    (value) => /^[a-z](?:[a-z0-9]|-(?=[a-z0-9])){2,23}$/i.test(value),
);

/** Vault secret (Azure resource name rules, Microsoft.KeyVault/vaults/secrets). */
export const secretName = textRule(
    "The name of a vault secret: 1 to 127 letters, digits and hyphens.",
    "intezer-sentinel-api-key",
    (value) => /^[a-z0-9-]{1,127}$/i.test(value),
);

/** A GUID of whatever version, in whatever letter case. */
export const guid = textRule(
    "A GUID: 32 hexadecimal digits in the groups 8-4-4-4-12.",
    "00000000-0000-0000-0000-000000000000",
    (value) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value),
);

/** `https://` and a host, without user, path, query and fragment. */
export const httpsOrigin = textRule(
    "https:// and a host, without user, path, query and fragment.",
    "https://analyze.intezer.com",
    (value) => {
        const origin = URL.canParse(value) ? new URL(value).origin : undefined;
        const withoutSlash = value.toLowerCase().replace(/\/$/, "");
        return value.toLowerCase().startsWith("https://") && withoutSlash === origin;
    },
);

/** Callers as Logic Apps takes them: a network in CIDR notation, or first and last address. */
export const ipRange = textRule(
    "A network in CIDR notation, e.g. 203.0.113.0/24, or first and last address, e.g. 203.0.113.1-203.0.113.9.",
    "203.0.113.0/24",
    (value) => isNetwork(value) || isAddressRange(value),
);

function isNetwork(value: string): boolean {
    const [address = "", prefix = "", ...rest] = value.split("/");
    const longest = isIP(address) === 6 ? 128 : 32;
    return (
        rest.length === 0 && isIP(address) > 0 && /^(?:0|[1-9]\d*)$/.test(prefix) && Number(prefix) <= longest
    );
}

function isAddressRange(value: string): boolean {
    const [first = "", last = "", ...rest] = value.split("-");
    const family = isIP(first);
    return rest.length === 0 && family > 0 && family === isIP(last) && isInOrder(first, last, family);
}

function isInOrder(first: string, last: string, family: number): boolean {
    try {
        new BlockList().addRange(first, last, family === 6 ? "ipv6" : "ipv4");
        return true;
    } catch {
        // Node refuses a range whose first address is behind its last.
        return false;
    }
}

function textRule(allowed: string, example: string, accepts: (value: string) => boolean): TextRule {
    return { allowed, example, accepts: (value): value is string => accepts(value) };
}
