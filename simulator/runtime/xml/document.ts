/**
 * XML as .NET's `XmlDocument` reads and writes it: whitespace between elements is dropped, `<a/>` is written `<a />`.
 * The behaviour is that of the tests of ScoreUnder/IllogicApps, which were compared with the real engine.
 */
import type * as XmlDom from "@xmldom/xmldom";
import { createRequire } from "node:module";
import { NotSupportedError } from "../errors";

/** Text that is no XML. */
export class XmlTextError extends Error {}

export interface XmlDocument {
    /** As written, e.g. `<?xml version="1.0"?>`; empty if there is none. */
    readonly declaration: string;
    readonly root: XmlDom.Element;
    /** The document itself, for XPath. */
    readonly node: XmlDom.Document;
    /** Elements that are written as one tag, `<a/>`. */
    readonly empty: ReadonlySet<XmlDom.Element>;
    /** Comments beside the root, before and after it. */
    readonly around: readonly [before: readonly XmlDom.Node[], after: readonly XmlDom.Node[]];
}

const ELEMENT = 1;
const TEXT = 3;
const CDATA = 4;
const COMMENT = 8;
const DECLARATION =
    /^<\?xml\s+version\s*=\s*(?:"1\.0"|'1\.0')(?:\s+encoding\s*=\s*(?:"[\w.-]+"|'[\w.-]+'))?(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>/;
const NAMESPACES = "http://www.w3.org/2000/xmlns/";

/**
 * Reads XML.
 *
 * @throws XmlTextError if it is not well-formed
 * @throws NotSupportedError for document types, processing instructions and what readers treat differently
 */
export function readXml(text: string): XmlDocument {
    const source = text.replace(/\r\n?/g, "\n");
    const declaration = DECLARATION.exec(source)?.[0] ?? "";
    if (declaration === "" && source.startsWith("<?xml")) {
        throw new XmlTextError("The XML declaration is not valid");
    }
    if (/[\u0085\u2028]|xml:space|<!DOCTYPE/.test(source)) {
        throw unsupported("a document type, xml:space, and the line ends U+0085 and U+2028");
    }
    const node = parse(source);
    const empty = new Set<XmlDom.Element>();
    const lines = lineStarts(source);
    const isOneTag = (element: XmlDom.Element): boolean => {
        const { lineNumber = 1, columnNumber = 1 } = element as {
            lineNumber?: number;
            columnNumber?: number;
        };
        return endsInOneTag(source, (lines[lineNumber - 1] ?? 0) + columnNumber - 1);
    };
    tidy(node, (element) => isOneTag(element) && empty.add(element));
    const root = node.documentElement;
    if (root === null) {
        throw new XmlTextError("Root element is missing");
    }
    const top = childrenOf(node).filter((child) => child === root || child.nodeType === COMMENT);
    const at = top.indexOf(root);
    return { declaration, root, node, empty, around: [top.slice(0, at), top.slice(at + 1)] };
}

/** The whole document as text. */
export function writeXml(document: XmlDocument): string {
    const [before, after] = document.around;
    const write = (nodes: readonly XmlDom.Node[]): string =>
        nodes.map((node) => writeNode(node, document, new Map())).join("");
    return document.declaration + write(before) + write([document.root]) + write(after);
}

/** One element as text, with the namespaces that it needs declared. */
export function writeElement(element: XmlDom.Element, document: XmlDocument): string {
    return writeNode(element, document, new Map());
}

/** Children in document order. */
export function childrenOf(parent: XmlDom.Node): readonly XmlDom.Node[] {
    const children: XmlDom.Node[] = [];
    for (let child = parent.firstChild; child !== null; child = child.nextSibling) {
        children.push(child);
    }
    return children;
}

export function isElement(node: XmlDom.Node): node is XmlDom.Element {
    return node.nodeType === ELEMENT;
}

/** What a node that holds text is. */
export function textKind(node: XmlDom.Node): "#text" | "#cdata-section" | "#comment" | undefined {
    switch (node.nodeType) {
        case TEXT:
            return "#text";
        case CDATA:
            return "#cdata-section";
        case COMMENT:
            return "#comment";
        default:
            return undefined;
    }
}

/** Text with what is markup escaped. */
export function escapeText(text: string): string {
    return text.replace(/[&<>\r]/g, (character) => ENTITIES[character] ?? character);
}

/** The same for an attribute in double quotes. */
export function escapeAttribute(text: string): string {
    return text.replace(/[&<>"\t\n\r]/g, (character) => ENTITIES[character] ?? character);
}

const ENTITIES: { readonly [character: string]: string } = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\t": "&#x9;",
    "\n": "&#xA;",
    "\r": "&#xD;",
};

function parse(source: string): XmlDom.Document {
    // Loaded when it is needed: few workflows have XML.
    const { DOMParser } = createRequire(__filename)("@xmldom/xmldom") as typeof XmlDom;
    try {
        const onError = (_level: string, message: string): never => {
            throw new XmlTextError(message);
        };
        return new DOMParser({ onError }).parseFromString(source, "text/xml");
    } catch (error) {
        throw new XmlTextError(error instanceof Error ? error.message.replace(/\s+/g, " ") : String(error));
    }
}

/** Drops text that is whitespace alone, tells of every element, and refuses what is left out here. */
function tidy(parent: XmlDom.Node, visit: (element: XmlDom.Element) => void): void {
    for (const child of childrenOf(parent)) {
        if (isElement(child)) {
            visit(child);
            tidy(child, visit);
        } else if (child.nodeType === TEXT) {
            const text = child.nodeValue ?? "";
            if (text.includes("]]>")) {
                throw unsupported("']]>' in text");
            }
            if (/^[ \t\n\r]*$/.test(text)) {
                parent.removeChild(child);
            }
        } else if (child.nodeName === "xml") {
            parent.removeChild(child);
        } else if (textKind(child) === undefined) {
            throw unsupported("a processing instruction");
        }
    }
}

function lineStarts(source: string): readonly number[] {
    const starts = [0];
    for (let end = source.indexOf("\n"); end >= 0; end = source.indexOf("\n", end + 1)) {
        starts.push(end + 1);
    }
    return starts;
}

/** Whether the tag that starts at a place of the source also ends its element. */
function endsInOneTag(source: string, start: number): boolean {
    let quote = "";
    for (let at = start; at < source.length; at += 1) {
        const character = source.charAt(at);
        if (quote !== "") {
            quote = character === quote ? "" : quote;
        } else if (character === '"' || character === "'") {
            quote = character;
        } else if (character === ">") {
            return source.charAt(at - 1) === "/";
        }
    }
    return false;
}

/** @param scope - namespaces by prefix that are declared around the node */
function writeNode(node: XmlDom.Node, document: XmlDocument, scope: ReadonlyMap<string, string>): string {
    if (isElement(node)) {
        return writeTags(node, document, scope);
    }
    const value = node.nodeValue ?? "";
    const kind = textKind(node);
    return kind === "#comment"
        ? `<!--${value}-->`
        : kind === "#cdata-section"
          ? `<![CDATA[${value}]]>`
          : escapeText(value);
}

function writeTags(
    element: XmlDom.Element,
    document: XmlDocument,
    scope: ReadonlyMap<string, string>,
): string {
    const attributes = Array.from(element.attributes);
    const declared = new Map(scope);
    for (const attribute of attributes.filter(({ namespaceURI }) => namespaceURI === NAMESPACES)) {
        declared.set(attribute.prefix === null ? "" : (attribute.localName ?? ""), attribute.value);
    }
    const written = attributes.map(({ name, value }) => ` ${name}="${escapeAttribute(value)}"`).join("");
    const tag = element.tagName + written + missingNamespace(element, attributes, declared);
    const inner = childrenOf(element)
        .map((child) => writeNode(child, document, declared))
        .join("");
    return inner === "" && document.empty.has(element)
        ? `<${tag} />`
        : `<${tag}>${inner}</${element.tagName}>`;
}

/** The declaration of the namespace of an element that is taken out of its surroundings. */
function missingNamespace(
    element: XmlDom.Element,
    attributes: readonly XmlDom.Attr[],
    declared: Map<string, string>,
): string {
    const isMissing = (prefix: string | null, namespace: string | null): boolean =>
        prefix !== "xml" && prefix !== "xmlns" && (declared.get(prefix ?? "") ?? "") !== (namespace ?? "");
    const needed = attributes.some(
        ({ prefix, namespaceURI }) => prefix !== null && isMissing(prefix, namespaceURI),
    );
    const missing = isMissing(element.prefix, element.namespaceURI);
    if (needed || (missing && attributes.length > 0)) {
        throw unsupported("an element with attributes whose namespace is declared outside of it");
    }
    if (!missing) {
        return "";
    }
    const { prefix, namespaceURI } = element;
    declared.set(prefix ?? "", namespaceURI ?? "");
    return ` xmlns${prefix === null ? "" : `:${prefix}`}="${escapeAttribute(namespaceURI ?? "")}"`;
}

function unsupported(what: string): NotSupportedError {
    return new NotSupportedError(`XML with ${what} is not supported by the simulator.`);
}
