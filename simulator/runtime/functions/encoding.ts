import { ExpressionError, NotSupportedError } from "../errors";
import { isBinary, isNumber, toText, type Value } from "../values";
import { argument, invalidParameter, requireString, usage, wrongType } from "./arguments";
import { eager, type Implementation, type Implementations } from "./implementation";

const DATA_URI = /^data:([^,]*),(.*)$/is;

const DEFAULT_PORTS: { readonly [scheme: string]: number } = { http: 80, https: 443, ftp: 21 };

/** Base64, URI and data URI functions. */
export const encodingFunctions: Implementations = {
    base64: eager((args) => {
        const [value = null] = args;
        return isBinary(value)
            ? value.$content
            : Buffer.from(requireString(argument("base64", args, 0))).toString("base64");
    }),
    base64ToString: base64ToString("base64ToString"),
    decodeBase64: base64ToString("decodeBase64"),
    base64ToBinary: eager((args) => {
        const text = requireString(argument("base64ToBinary", args, 0));
        decodeBase64("base64ToBinary", text);
        return binary("application/octet-stream", text);
    }),
    binary: eager((args) => {
        const [value = null] = args;
        if (value === null) {
            throw invalidParameter("binary", "The value cannot be converted to the target type.");
        }
        return binary("application/octet-stream", Buffer.from(toText(value)).toString("base64"));
    }),
    uriComponent: encode("uriComponent"),
    encodeUriComponent: encode("encodeUriComponent"),
    uriComponentToString: eager((args) => decodeUri("uriComponentToString", args)),
    decodeUriComponent: eager((args) => decodeUri("decodeUriComponent", args)),
    uriComponentToBinary: eager((args) =>
        binary(
            "application/octet-stream",
            Buffer.from(decodeUri("uriComponentToBinary", args)).toString("base64"),
        ),
    ),
    dataUri: eager(dataUri),
    dataUriToString: eager((args) => dataUriText(readDataUri("dataUriToString", args))),
    // The page on it shows text, unlike what it says of dataUriToBinary.
    decodeDataUri: eager((args) => dataUriText(readDataUri("decodeDataUri", args))),
    dataUriToBinary: eager((args) => {
        const { type, base64, content } = readDataUri("dataUriToBinary", args);
        if (!/^[^/;=]+\/[^/;=]+(?:;[^;=]+(?:=[^;=]+)?)*$/.test(type)) {
            throw badDataUri("dataUriToBinary", args);
        }
        return binary(
            type,
            base64 ? content : Buffer.from(decodeForm("dataUriToBinary", content)).toString("base64"),
        );
    }),
    uriHost: uriPart("uriHost", (uri) => uri.hostname),
    uriPath: uriPart("uriPath", (uri) => uri.pathname),
    uriPathAndQuery: uriPart("uriPathAndQuery", (uri) => uri.pathname + uri.search),
    uriPort: uriPart("uriPort", portOf),
    uriQuery: uriPart("uriQuery", (uri) => uri.search),
    uriScheme: uriPart("uriScheme", schemeOf),
};

/** Escapes all but RFC 3986's unreserved characters, as .NET's `Uri.EscapeDataString` does. */
export function encodeUri(text: string): string {
    return encodeURIComponent(Buffer.from(text).toString()).replace(
        /[!'()*]/g,
        (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    );
}

/** Of a text. Flows that people share pass numbers as well, which no document describes. */
function encode(name: string): Implementation {
    return eager((args) => {
        const [value = null] = args;
        if (isNumber(value)) {
            throw new NotSupportedError(
                `A number as parameter of function '${name}' is not supported by the simulator; a string is.`,
            );
        }
        return encodeUri(requireString(argument(name, args, 0)));
    });
}

/** A plus sign stands for a space here, although the encoding functions write `%20`. */
function decodeUri(name: string, args: readonly Value[]): string {
    return decodeForm(name, requireString(argument(name, args, 0)));
}

function decode(name: string, text: string): string {
    try {
        return decodeURIComponent(text);
    } catch {
        throw invalidParameter(name, `The value '${text}' is not a valid URI component.`);
    }
}

function base64ToString(name: string): Implementation {
    return eager((args) => decodeBase64(name, requireString(argument(name, args, 0))).toString("utf8"));
}

function decodeBase64(name: string, text: string): Buffer {
    const packed = text.replace(/\s+/g, "");
    if (packed.length % 4 !== 0 || !/^[A-Za-z\d+/]*={0,2}$/.test(packed)) {
        throw invalidParameter(name, "The value cannot be decoded from base64 representation.");
    }
    return Buffer.from(packed, "base64");
}

function binary(type: string, content: string): Value {
    return { "$content-type": type, $content: content };
}

/** Text is plain text, binary content keeps its type, and everything else is JSON. */
function dataUri(args: readonly Value[]): Value {
    const [value = null] = args;
    if (value === null) {
        throw wrongType(argument("dataUri", args, 0), "a string");
    }
    if (isBinary(value)) {
        return `data:${value["$content-type"]};base64,${value.$content}`;
    }
    const type = typeof value === "string" ? "text/plain" : "application/json";
    return `data:${type};charset=utf-8;base64,${Buffer.from(toText(value)).toString("base64")}`;
}

interface DataUri {
    readonly of: string;
    readonly type: string;
    readonly base64: boolean;
    readonly content: string;
}

function readDataUri(of: string, args: readonly Value[]): DataUri {
    const [, header = "", content = ""] = DATA_URI.exec(requireString(argument(of, args, 0))) ?? [];
    const parts = header.split(";").filter((_, index, all) => index > 0 || all[0] !== "");
    const base64 = parts.at(-1)?.toLowerCase() === "base64";
    const type = base64 ? parts.slice(0, -1).join(";") : parts.join(";");
    if (!DATA_URI.test(requireString(argument(of, args, 0))) || header.endsWith(";") || /;;/.test(header)) {
        throw badDataUri(of, args);
    }
    const charset = /;charset=([^;]*)/i.exec(type)?.[1]?.toLowerCase() ?? "utf-8";
    if (charset !== "utf-8") {
        throw new NotSupportedError(
            `The charset '${charset}' of a data URI in function '${of}' is not supported by the simulator; utf-8 is.`,
        );
    }
    return { of, type: type === "" ? "text/plain" : type, base64, content };
}

function dataUriText({ of, base64, content }: DataUri): string {
    return base64 ? decodeBase64(of, content).toString("utf8") : decodeForm(of, content);
}

/** In what is no base64 a plus sign stands for a space. */
function decodeForm(of: string, content: string): string {
    return decode(of, content.replaceAll("+", " "));
}

function badDataUri(of: string, args: readonly Value[]): ExpressionError {
    return new ExpressionError(
        `The template language function '${of}' expects its parameter to be formatted as a valid data URI. ` +
            `The provided value '${toText(args[0] ?? null)}' was not formatted correctly. ${usage(of)}`,
    );
}

function uriPart(name: string, part: (uri: URL) => Value): Implementation {
    return eager((args) => {
        const text = requireString(argument(name, args, 0));
        const uri = URL.canParse(text) ? new URL(text) : undefined;
        if (uri === undefined) {
            throw wrongType(argument(name, args, 0), "an absolute URI");
        }
        return part(uri);
    });
}

function portOf(uri: URL): number {
    const port = uri.port === "" ? DEFAULT_PORTS[schemeOf(uri)] : Number(uri.port);
    if (port === undefined) {
        throw new NotSupportedError(
            `The default port of the scheme '${schemeOf(uri)}' in function 'uriPort' is not supported by the simulator.`,
        );
    }
    return port;
}

function schemeOf(uri: URL): string {
    return uri.protocol.replace(":", "");
}
