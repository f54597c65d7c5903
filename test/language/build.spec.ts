import { expect } from "chai";
import fc from "fast-check";
import {
    connectionName,
    escapeHtml,
    escapeKql,
    parseExpression,
    quote,
    type Expression,
} from "../../language";

describe("escapeHtml", () => {
    it("escapes what means something in HTML, once", () => {
        expect(run(escapeHtml(quote(`<a href="x">Tom & 'Jerry' &lt;</a>`)))).to.equal(
            "&lt;a href=&quot;x&quot;&gt;Tom &amp; &#39;Jerry&#39; &amp;lt;&lt;/a&gt;",
        );
    });

    it("leaves no character that could end an attribute or begin a tag, and loses nothing", () => {
        fc.assert(
            fc.property(fc.string({ unit: fc.constantFrom("<", ">", "&", '"', "'", "a", ";") }), (text) => {
                const escaped = run(escapeHtml(quote(text)));
                expect(escaped).not.to.match(/[<>"']/);
                expect(unescapeHtml(escaped)).to.equal(text);
            }),
        );
    });

    it("takes any expression", () => {
        expect(escapeHtml("f('x')")).to.match(
            /^replace\(replace\(replace\(replace\(replace\(f\('x'\), '&', '&amp;'\)/,
        );
    });
});

describe("escapeKql", () => {
    it("escapes backslash, double quote and line breaks, once", () => {
        expect(run(escapeKql(quote('a\\b"c\r\nd\te')))).to.equal('a\\\\b\\"c\\r\\nd\\te');
    });

    it("gives a literal that reads back as the text", () => {
        fc.assert(
            fc.property(
                fc.string({ unit: fc.constantFrom("\\", '"', "\r", "\n", "\t", "n", "a") }),
                (text) => {
                    expect(JSON.parse(`"${run(escapeKql(quote(text)))}"`)).to.equal(text);
                },
            ),
        );
    });
});

describe("connectionName", () => {
    it("is the expression by which a definition names a connection", () => {
        expect(connectionName("azuresentinel")).to.equal(
            "@parameters('$connections')['azuresentinel']['connectionId']",
        );
        expect(connectionName("it's")).to.equal("@parameters('$connections')['it''s']['connectionId']");
    });
});

/** The value of an expression that consists of `replace` and strings. */
function run(source: string): string {
    return valueOf(parseExpression(source));
}

function valueOf(expression: Expression): string {
    if (expression.kind === "string") {
        return expression.value;
    }
    if (expression.kind !== "call" || expression.name !== "replace") {
        throw new Error(`Only replace and strings are expected, not ${expression.kind}.`);
    }
    const [text, from, to] = expression.args.map(valueOf);
    return String(text).split(String(from)).join(String(to));
}

function unescapeHtml(text: string): string {
    return text
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&quot;", '"')
        .replaceAll("&#39;", "'")
        .replaceAll("&amp;", "&");
}
