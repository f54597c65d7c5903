import { expect } from "chai";
import { evaluate, jsonOf } from "../../../support/runtime";

/** A string literal of the expression language. */
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const text = (xml: string): unknown => evaluate(`string(xml(${quoted(xml)}))`);
const json = (xml: string): string => jsonOf(`json(xml(${quoted(xml)}))`);
const fromJson = (value: string): unknown => evaluate(`string(xml(json(${quoted(value)})))`);

describe("xml()", () => {
    it("is binary content of type application/xml", () => {
        expect(evaluate("xml('<t/>')")).to.deep.equal({
            "$content-type": "application/xml;charset=utf-8",
            $content: "PHQgLz4=",
        });
        expect(evaluate("xml(binary('<'))")).to.deep.equal({
            "$content-type": "application/xml;charset=utf-8",
            $content: "PA==",
        });
        expect(evaluate("xml(xml('<t/>'))")).to.deep.equal(evaluate("xml('<t/>')"));
    });

    const written: readonly (readonly [given: string, written: string])[] = [
        ["<name>Sophia Owen</name>", "<name>Sophia Owen</name>"],
        ['<r><a x="o&quot;h"/><b></b></r>', '<r><a x="o&quot;h" /><b></b></r>'],
        ["<r> <!-- a --> b <!-- c --> </r>", "<r><!-- a --> b <!-- c --></r>"],
        ["<r><![CDATA[<>&'\"]]></r>", "<r><![CDATA[<>&'\"]]></r>"],
        ["<r>&#65;&lt;&amp;></r>", "<r>A&lt;&amp;&gt;</r>"],
        ['<?xml version="1.0" encoding="utf-8"?>\r\n<r/>', '<?xml version="1.0" encoding="utf-8"?><r />'],
        ['<a:r xmlns:a="t" ><a:b/></a:r>', '<a:r xmlns:a="t"><a:b /></a:r>'],
        ['<r a=">/"\n />', '<r a="&gt;/" />'],
        ["<!-- lol --><r/>", "<!-- lol --><r />"],
    ];
    for (const [given, expected] of written) {
        it(`writes ${JSON.stringify(given)} as ${expected}`, () => {
            expect(text(given)).to.equal(expected);
        });
    }

    const converted: readonly (readonly [json: string, xml: string])[] = [
        ['{ "name": "Sophia Owen" }', "<name>Sophia Owen</name>"],
        [
            '{"person": {"name": "Sophia Owen", "city": "Seattle"}}',
            "<person><name>Sophia Owen</name><city>Seattle</city></person>",
        ],
        [
            '{"root":{"array":[{"ID":1,"Name":"James"},{"ID":2,"Name":"John"}]}}',
            "<root><array><ID>1</ID><Name>James</Name></array><array><ID>2</ID><Name>John</Name></array></root>",
        ],
        [
            '{"r":{"@a":"te\\">x","b":null,"c":true,"d":1.0}}',
            '<r a="te&quot;&gt;x"><b /><c>true</c><d>1</d></r>',
        ],
        ['{"?xml":{"@version":"1.0"},"r":null}', '<?xml version="1.0"?><r />'],
        ['{"r":{"#text":["wow","wowow"],"break":null}}', "<r>wowwowow<break /></r>"],
        ['{"r":{"#cdata-section":"a<b"}}', "<r><![CDATA[a<b]]></r>"],
    ];
    for (const [given, expected] of converted) {
        it(`makes ${expected} of ${given}`, () => {
            expect(fromJson(given)).to.equal(expected);
        });
    }

    const errors: readonly (readonly [expression: string, message: string])[] = [
        ["xml('some text')", "The provided value 'some text' cannot be converted to XML"],
        ["xml('<a><b></a>')", "cannot be converted to XML"],
        ["xml('<x:r/>')", "cannot be converted to XML"],
        ["xml('<a/><b/>')", "cannot be converted to XML"],
        ["xml('<?xml version=\"1.1\"?><r/>')", "The XML declaration is not valid"],
        [
            'xml(\'<?xml version="1.0" standalone="yes" encoding="ascii"?><r/>\')',
            "The XML declaration is not valid",
        ],
        ['xml(json(\'{"a":1,"b":2}\'))', "must have only one root property"],
        ["xml(json('{\"a\":[1]}'))", "must have only one root property"],
        ['xml(json(\'{"r":{"#cdata-section":"]]>"}}\'))', "Cannot have ']]>' inside an XML CDATA block"],
        ["xml(createArray(1))", "expects its parameter to be a string or an object"],
        ["xml(1)", "A value of type 'Integer' as parameter of function 'xml' is not supported"],
        ["xml('<!DOCTYPE a><a/>')", "XML with a document type"],
        ["xml('<a><?b c?></a>')", "XML with a processing instruction is not supported"],
        ["xml(json('{\"a b\":1}'))", "with the name 'a b' is not supported"],
        [
            'xml(json(\'{"a":""}\'))',
            "with a value of type 'String' that is empty or no scalar is not supported",
        ],
    ];
    for (const [expression, message] of errors) {
        it(`refuses ${expression}`, () => {
            expect(() => evaluate(expression)).to.throw(message);
        });
    }
});

describe("json() of XML", () => {
    const values: readonly (readonly [xml: string, json: string])[] = [
        [
            '<?xml version="1.0"?> <root> <person id="1"> <name>Sophia Owen</name> <occupation>Engineer</occupation> </person> </root>',
            '{"?xml":{"@version":"1.0"},"root":{"person":{"@id":"1","name":"Sophia Owen","occupation":"Engineer"}}}',
        ],
        ["<r><p>1</p><p>2</p><q/></r>", '{"r":{"p":["1","2"],"q":null}}'],
        ["<a><a/>t<a/></a>", '{"a":{"a":[null,null],"#text":"t"}}'],
        ["<r>      </r>", '{"r":""}'],
        ["<r>a<!--b-->c<!--d--><e></e>f</r>", '{"r":{"#text":["a","c","f"],"#comment":[],"e":""}}'],
        ["<r>ac<!--d--><e><![CDATA[T]]></e></r>", '{"r":{"#text":"ac","e":{"#cdata-section":"T"}}}'],
        ["<r><e><!-- one --></e></r>", '{"r":{"e":{}}}'],
        ['<m:r xmlns:m="z"><m:x/></m:r>', '{"m:r":{"@xmlns:m":"z","m:x":null}}'],
    ];
    for (const [xml, expected] of values) {
        it(`gives ${expected}`, () => {
            expect(json(xml)).to.equal(expected);
        });
    }

    it("refuses what it cannot read, and what is not known here", () => {
        expect(() => json('<?xml version="1.0" encoding="utf-16"?><r/>')).to.throw(
            "not a supported encoding",
        );
        expect(() => evaluate("json(xml(binary('<')))")).to.throw("cannot be converted to XML");
        expect(() => json("<!-- a --><r/>")).to.throw("a comment beside the root element");
        expect(() => json('<r xmlns:j="http://james.newtonking.com/projects/json"/>')).to.throw(
            "the namespace",
        );
    });
});

describe("xpath()", () => {
    const produce =
        "<produce> <item> <name expired='true' price='12'>Gala</name> <count>20</count> </item>" +
        " <item> <name expired='false' price='40'>Honeycrisp</name> <count>10</count> </item> </produce>";
    const select = (path: string, xml = produce): unknown =>
        evaluate(`xpath(xml(${quoted(xml)}), ${quoted(path)})`);
    const texts = (path: string, xml?: string): unknown =>
        (select(path, xml) as { $content: string }[]).map(({ $content }) =>
            Buffer.from($content, "base64").toString(),
        );

    it("gives numbers, strings and booleans as such", () => {
        expect(jsonOf(`xpath(xml(${quoted(produce)}), 'sum(/produce/item/count)')`)).to.equal("30.0");
        expect(select("string(/produce/item[2]/name)")).to.equal("Honeycrisp");
        expect(select("boolean(//pear)")).to.equal(false);
    });

    it("gives selected text and attributes as an array of strings, however many there are", () => {
        expect(select("/produce/item/name/text()")).to.deep.equal(["Gala", "Honeycrisp"]);
        expect(select("//name[@price>35]/text()")).to.deep.equal(["Honeycrisp"]);
        expect(select("//name/@expired")).to.deep.equal(["true", "false"]);
        expect(select("//pear")).to.deep.equal([]);
    });

    it("gives selected elements as an array of XML", () => {
        expect(texts("//name[@expired = 'true']")).to.deep.equal([
            '<name expired="true" price="12">Gala</name>',
        ]);
        expect(texts("/produce/item/count")).to.deep.equal(["<count>20</count>", "<count>10</count>"]);
        expect(
            texts(
                '/*[name()="file"]/*[name()="location"]',
                '<file xmlns="https://contoso.com"><location>Paris</location></file>',
            ),
        ).to.deep.equal(['<location xmlns="https://contoso.com">Paris</location>']);
    });

    it("refuses what is no XML, no XPath, or not known here", () => {
        expect(() => evaluate("xpath('<r/>', '/r')")).to.throw(
            "'xpath' expects its first parameter to be an XML object",
        );
        expect(() => select("///[[")).to.throw("The XPath '///[[' is not valid");
        expect(() => select("//comment()", "<r><!--a--></r>")).to.throw("A node '#comment' as result");
        expect(() => select("/r", "<r><![CDATA[a]]></r>")).to.throw("XPath on XML with CDATA sections");
        expect(() => select("//b", '<r xmlns:p="u"><p:b a="1"/></r>')).to.not.throw();
        expect(() => select("//*[local-name()='b']", '<r xmlns:p="u"><p:b a="1"/></r>')).to.throw(
            "an element with attributes whose namespace is declared outside of it",
        );
    });
});
