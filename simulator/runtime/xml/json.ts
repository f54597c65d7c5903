/** XML as JSON and back, as Newtonsoft.Json converts them: attributes are `@name`, repeated elements an array. */
import type * as XmlDom from "@xmldom/xmldom";
import { NotSupportedError } from "../errors";
import { isArray, isObject, toText, typeName, type Value, type ValueObject } from "../values";
import {
    childrenOf,
    escapeAttribute,
    escapeText,
    isElement,
    textKind,
    writeXml,
    readXml,
    XmlTextError,
    type XmlDocument,
} from "./document";

/** Its attributes steer the conversion. */
const JSON_NAMESPACE = "http://james.newtonking.com/projects/json";

/** Names that XML and this conversion take as they are. */
const PLAIN_NAME = /^[A-Za-z_][\w.-]*$/;

/** @throws XmlTextError if the text is no XML */
export function jsonOfXml(text: string): Value {
    const document = readXml(text);
    if (document.around.some((nodes) => nodes.length > 0)) {
        throw unsupported("a comment beside the root element");
    }
    const declaration = declarationOf(document.declaration);
    const root = { [document.root.tagName]: valueOf(document.root, document) };
    return declaration === undefined ? root : { "?xml": declaration, ...root };
}

/** @throws XmlTextError if the object cannot be one document */
export function xmlOfJson(object: ValueObject): string {
    const { "?xml": declaration = null, ...elements } = object;
    const [root, ...others] = Object.entries(elements);
    if (root === undefined || others.length > 0 || isArray(root[1])) {
        throw new XmlTextError("The JSON object must have only one root property, which can't be an array");
    }
    // What is written is read again, so that it is well-formed and in the one form.
    return writeXml(readXml(writeDeclaration(declaration) + writeElement(root[0], root[1])));
}

function declarationOf(declaration: string): ValueObject | undefined {
    if (declaration === "") {
        return undefined;
    }
    const pairs = [...declaration.matchAll(/(version|encoding|standalone)\s*=\s*["']([^"']*)["']/g)];
    const encoding = pairs.find(([, name]) => name === "encoding")?.[2];
    if (encoding !== undefined && !/^(utf-8|us-ascii|ascii)$/i.test(encoding)) {
        throw new XmlTextError(`'${encoding}' is not a supported encoding`);
    }
    return Object.fromEntries(pairs.map(([, name = "", value = ""]) => [`@${name}`, value]));
}

function valueOf(element: XmlDom.Element, document: XmlDocument): Value {
    const attributes = Array.from(element.attributes);
    if (attributes.some(({ value, namespaceURI }) => [value, namespaceURI].includes(JSON_NAMESPACE))) {
        throw unsupported(`the namespace ${JSON_NAMESPACE}`);
    }
    const children = childrenOf(element);
    const [only] = children;
    if (attributes.length === 0 && children.length <= 1) {
        if (only === undefined) {
            return document.empty.has(element) ? null : "";
        }
        if (textKind(only) === "#text") {
            return only.nodeValue ?? "";
        }
    }
    const groups = new Map<string, XmlDom.Node[]>();
    for (const child of children) {
        const name = textKind(child) ?? child.nodeName;
        groups.set(name, [...(groups.get(name) ?? []), child]);
    }
    return Object.fromEntries([
        ...attributes.map(({ name, value }) => [`@${name}`, value] as const),
        ...[...groups].flatMap(([name, nodes]) => groupOf(name, nodes, document)),
    ]);
}

/** Comments get lost: one alone without a trace, several as an empty array. */
function groupOf(
    name: string,
    nodes: readonly XmlDom.Node[],
    document: XmlDocument,
): readonly (readonly [string, Value])[] {
    if (name === "#comment") {
        return nodes.length > 1 ? [[name, []]] : [];
    }
    const values = nodes.map((node) => (isElement(node) ? valueOf(node, document) : (node.nodeValue ?? "")));
    return [[name, values.length === 1 ? (values[0] ?? null) : values]];
}

function writeDeclaration(declaration: Value): string {
    const entries = Object.entries(isObject(declaration) ? declaration : {});
    const pairs = entries.map(([name, value]) => ` ${name.slice(1)}="${escapeAttribute(toText(value))}"`);
    return entries.length === 0 ? "" : `<?xml${pairs.join("")}?>`;
}

function writeElement(name: string, value: Value): string {
    requirePlain(name);
    if (isArray(value)) {
        if (value.some(isArray) || value.length === 0) {
            throw unsupported("an array that is empty or within an array");
        }
        return value.map((item) => writeElement(name, item)).join("");
    }
    if (value === null) {
        return `<${name}/>`;
    }
    if (!isObject(value)) {
        return `<${name}>${escapeText(scalarText(value))}</${name}>`;
    }
    const entries = Object.entries(value);
    const attributes = entries.filter(([key]) => key.startsWith("@"));
    const written = attributes.map(([key, item]) => {
        requirePlain(key.slice(1).replace(/^xmlns:/, ""));
        return ` ${key.slice(1)}="${escapeAttribute(scalarText(item))}"`;
    });
    const inner = entries
        .filter(([key]) => !key.startsWith("@"))
        .map(([key, item]) => writeContent(key, item))
        .join("");
    const tag = name + written.join("");
    return inner === "" ? `<${tag}/>` : `<${tag}>${inner}</${name}>`;
}

function writeContent(key: string, value: Value): string {
    if (key !== "#text" && key !== "#cdata-section") {
        return writeElement(key, value);
    }
    const texts = (isArray(value) ? value : [value]).map(scalarText);
    if (key === "#text") {
        return texts.map(escapeText).join("");
    }
    if (texts.some((text) => text.includes("]]>"))) {
        throw new XmlTextError("Cannot have ']]>' inside an XML CDATA block");
    }
    return texts.map((text) => `<![CDATA[${text}]]>`).join("");
}

function scalarText(value: Value): string {
    if (value === null || value === "" || isArray(value) || isObject(value)) {
        throw unsupported(`a value of type '${typeName(value)}' that is empty or no scalar`);
    }
    return typeof value === "boolean" ? String(value) : toText(value);
}

function requirePlain(name: string): void {
    if (!PLAIN_NAME.test(name)) {
        throw unsupported(`the name '${name}'`);
    }
}

function unsupported(what: string): NotSupportedError {
    return new NotSupportedError(
        `Converting between XML and JSON with ${what} is not supported by the simulator.`,
    );
}
