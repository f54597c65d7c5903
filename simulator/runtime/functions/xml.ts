import { createRequire } from "node:module";
import { ExpressionError, NotSupportedError } from "../errors";
import { isBinary, isObject, toFloat, toText, typeName, type Value } from "../values";
import {
    readXml,
    writeElement,
    writeXml,
    isElement,
    textKind,
    XmlTextError,
    type XmlDocument,
} from "../xml/document";
import { jsonOfXml, xmlOfJson } from "../xml/json";
import { argument, invalidParameter, requireString, usage, wrongType } from "./arguments";
import { eager, type Implementations } from "./implementation";

const XML_TYPE = "application/xml;charset=utf-8";

/** XML and XPath. An XML value is binary content of type `application/xml`. */
export const xmlFunctions: Implementations = {
    xml: eager(toXml),
    xpath: eager(xpath),
};

/** Whether a value is what `xml()` makes. */
export function isXml(value: Value): boolean {
    return isBinary(value) && /^(application|text)\/xml\b/i.test(value["$content-type"]);
}

/** The JSON of XML text, for `json()`. */
export function xmlToJson(text: string): Value {
    try {
        return jsonOfXml(text);
    } catch (error) {
        throw notXml("json", text, error);
    }
}

function toXml(args: readonly Value[]): Value {
    const [value = null] = args;
    if (isBinary(value)) {
        return { "$content-type": XML_TYPE, $content: value.$content };
    }
    if (typeof value !== "string" && !isObject(value)) {
        throw typeName(value) === "Array" || value === null
            ? wrongType(argument("xml", args, 0), "a string or an object")
            : new NotSupportedError(
                  `A value of type '${typeName(value)}' as parameter of function 'xml' is not supported by the simulator.`,
              );
    }
    try {
        return xmlValue(typeof value === "string" ? writeXml(readXml(value)) : xmlOfJson(value));
    } catch (error) {
        throw notXml("xml", toText(value), error);
    }
}

function xpath(args: readonly Value[]): Value {
    const [value = null] = args;
    const expression = requireString(argument("xpath", args, 1));
    if (!isXml(value)) {
        throw wrongType(argument("xpath", args, 0), "an XML object");
    }
    const document = parse(toText(value));
    if (toText(value).includes("<![CDATA[")) {
        throw new NotSupportedError("XPath on XML with CDATA sections is not supported by the simulator.");
    }
    const selected = select(expression, document);
    if (typeof selected === "string" || typeof selected === "boolean") {
        return selected;
    }
    if (typeof selected === "number") {
        return toFloat(selected);
    }
    return selected.map((node) => {
        if (isElement(node)) {
            return xmlValue(writeElement(node, document));
        }
        if (textKind(node) !== "#text" && node.nodeType !== ATTRIBUTE) {
            throw new NotSupportedError(
                `A node '${node.nodeName}' as result of function 'xpath' is not supported by the simulator; elements, ` +
                    "attributes and text are.",
            );
        }
        return node.nodeValue ?? "";
    });
}

const ATTRIBUTE = 2;

type Selected = string | number | boolean | readonly XmlDocument["node"]["childNodes"][number][];

function select(expression: string, { node }: XmlDocument): Selected {
    // Loaded when it is needed: few workflows have XPath.
    const library = createRequire(__filename)("xpath") as typeof import("xpath");
    try {
        return library.select(expression, node as never) as unknown as Selected;
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw invalidParameter(
            "xpath",
            `The XPath '${expression}' is not valid: ${reason}. ${usage("xpath")}`,
        );
    }
}

function parse(text: string): XmlDocument {
    try {
        return readXml(text);
    } catch (error) {
        throw notXml("xpath", text, error);
    }
}

function xmlValue(text: string): Value {
    return { "$content-type": XML_TYPE, $content: Buffer.from(text).toString("base64") };
}

function notXml(of: string, text: string, error: unknown): unknown {
    return error instanceof XmlTextError
        ? new ExpressionError(
              `The template language function '${of}' parameter is not valid. The provided value '${text}' cannot be ` +
                  `converted to XML: '${error.message}'. ${usage(of)}`,
          )
        : error;
}
