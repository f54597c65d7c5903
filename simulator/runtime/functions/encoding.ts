import { ExpressionError } from "../errors";
import { isBinary, toText, type Value } from "../values";
import { argument, invalidParameter, requireString, usage, wrongType } from "./arguments";
import { eager, type Implementation, type Implementations } from "./implementation";

const DATA_URI = /^data:([^,]*?)(;base64)?,(.*)$/is;

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
    uriComponent: eager((args) => encode(args)),
    encodeUriComponent: eager((args) => encode(args)),
    uriComponentToString: decodeUri("uriComponentToString"),
    decodeUriComponent: decodeUri("decodeUriComponent"),
    uriComponentToBinary: eager((args) =>
        binary(
            "application/octet-stream",
            Buffer.from(
                decode("uriComponentToBinary", requireString(argument("uriComponentToBinary", args, 0))),
            ).toString("base64"),
        ),
    ),
    dataUri: eager((args) => {
        const [value = null] = args;
        return isBinary(value)
            ? `data:${value["$content-type"]};base64,${value.$content}`
            : `data:text/plain;charset=utf-8;base64,${Buffer.from(requireString(argument("dataUri", args, 0))).toString("base64")}`;
    }),
    dataUriToString: eager((args) => readDataUri("dataUriToString", args).bytes.toString("utf8")),
    dataUriToBinary: eager((args) => {
        const { type, bytes } = readDataUri("dataUriToBinary", args);
        return binary(type, bytes.toString("base64"));
    }),
    uriHost: uriPart("uriHost", (uri) => uri.hostname),
    uriPath: uriPart("uriPath", (uri) => uri.pathname),
    uriPathAndQuery: uriPart("uriPathAndQuery", (uri) => uri.pathname + uri.search),
    uriPort: uriPart("uriPort", (uri) =>
        uri.port === "" ? (DEFAULT_PORTS[schemeOf(uri)] ?? 0) : Number(uri.port),
    ),
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

function encode(args: readonly Value[]): Value {
    return encodeUri(args.map(toText).join(""));
}

function decodeUri(name: string): Implementation {
    return eager((args) => decode(name, requireString(argument(name, args, 0)).replaceAll("+", " ")));
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

function readDataUri(
    name: string,
    args: readonly Value[],
): { readonly type: string; readonly bytes: Buffer } {
    const text = requireString(argument(name, args, 0));
    const match = DATA_URI.exec(text);
    if (match === null) {
        throw new ExpressionError(
            `The template language function '${name}' expects its parameter to be formatted as a valid data URI. ` +
                `The provided value '${text}' was not formatted correctly. ${usage(name)}`,
        );
    }
    const [, type = "", base64, content = ""] = match;
    return {
        type: type === "" ? "text/plain;charset=US-ASCII" : type,
        bytes: base64 === undefined ? Buffer.from(decode(name, content)) : decodeBase64(name, content),
    };
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

function schemeOf(uri: URL): string {
    return uri.protocol.replace(":", "");
}
