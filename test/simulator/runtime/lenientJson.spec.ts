import { expect } from "chai";
import { readJson, writeJson } from "../../../simulator/runtime/jsonText";
import { JsonTextError, readLenientJson } from "../../../simulator/runtime/lenientJson";

const B = "\\";

describe("JSON text as Azure reads it", () => {
    const read: readonly (readonly [text: string, json: string])[] = [
        [`{"a":[1,1.0,-0.5,1e2],"b":"x${B}n${B}u00e9"}`, '{"a":[1,1.0,-0.5,100.0],"b":"x\\né"}'],
        ["{'a':'b'}", '{"a":"b"}'],
        ["{a:1,$b_2:2}", '{"a":1,"$b_2":2}'],
        ['{"a":1 /* c */} // end', '{"a":1}'],
        ["[1,2,]", "[1,2]"],
        ['{"a":1,}', '{"a":1}'],
        ["[,1]", "[null,1]"],
        ["{} x", "{}"],
        ["1 x", "1"],
        ["[NaN, Infinity, undefined]", '["NaN","Infinity",null]'],
        ['{"a":1,"a":2}', '{"a":2}'],
        ["[0x1A, 010, -010, .5, 1.]", "[26,8,-8,0.5,1.0]"],
        ['{"a":{"b":1', '{"a":{"b":1}}'],
        ["[[1]", "[[1]]"],
        [`["${B}'"]`, `["'"]`],
        ["  ", "null"],
        ["9223372036854775807", "9223372036854775807"],
        ["[]", "[]"],
        ["{a:[], b:{}}", '{"a":[],"b":{}}'],
    ];
    for (const [text, json] of read) {
        it(`reads ${JSON.stringify(text)}`, () => {
            expect(writeJson(readLenientJson(text))).to.equal(json);
        });
    }

    const refused: readonly (readonly [text: string, message: string])[] = [
        ["hello", "Unexpected character encountered while parsing value: h. Path '', line 0, position 0."],
        [" h", "Unexpected character encountered while parsing value: h. Path '', line 1, position 1."],
        ["[}", "Unexpected character encountered while parsing value: }. Path '', line 1, position 1."],
        [
            '{\r\n"a":\r\n  x}',
            "Unexpected character encountered while parsing value: x. Path 'a', line 3, position 2.",
        ],
        [
            "[1,\n2,\nx]",
            "Unexpected character encountered while parsing value: x. Path '[1]', line 3, position 0.",
        ],
        ["]", "JsonToken EndArray is not valid for closing JsonType None. Path '', line 1, position 1."],
        ['{"a":1,', "Unexpected end when reading token. Path ''."],
        ['{"a":', "Unexpected end when reading token. Path ''."],
        ["{", "Unexpected end when reading token. Path ''."],
        ["[1,", "Unexpected end when reading token. Path ''."],
        ['{"a":[1,{"b":', "Unexpected end when reading token. Path 'a[1]'."],
        ["[tr", "Unexpected end when reading JSON. Path '', line 1, position 3."],
        ["[1,tru]", "Error parsing boolean value. Path '[0]', line 1, position 6."],
        ['{"a":\n  nul}', "Error parsing null value. Path 'a', line 2, position 5."],
        [
            "[1 2]",
            "After parsing a value an unexpected character was encountered: 2. Path '[0]', line 1, position 3.",
        ],
        ['{"a":1,,"b":2}', "Invalid property identifier character: ,. Path 'a', line 1, position 7."],
        [
            '{"a" 1}',
            "Invalid character after parsing property name. Expected ':' but got: 1. Path '', line 1, position 5.",
        ],
        ['"abc', `Unterminated string. Expected delimiter: ". Path '', line 1, position 4.`],
        [`"${B}q"`, `Bad JSON escape sequence: ${B}q. Path '', line 1, position 3.`],
        ["[1 /* c", "Unexpected end while parsing comment. Path '[0]', line 1, position 7."],
        ["[1.2.3]", "Input string '1.2.3' is not a valid number. Path '[0]', line 1, position 6."],
        ["[08]", "Input string '08' is not a valid number. Path '[0]', line 1, position 3."],
    ];
    for (const [text, message] of refused) {
        it(`refuses ${JSON.stringify(text)}`, () => {
            expect(() => readLenientJson(text)).to.throw(JsonTextError, message);
        });
    }

    it("keeps integers exact and floats floats, also next to digits in strings", () => {
        const text =
            '{"big":12345678901234567890,"id":9007199254740993,"f":5.0,"s":"1.0 \\"9007199254740993"}';
        expect(writeJson(readJson(text))).to.equal(
            '{"big":1.2345678901234567E+19,"id":9007199254740993,"f":5.0,"s":"1.0 \\"9007199254740993"}',
        );
    });

    it("refuses in the strict form what RFC 8259 does not have", () => {
        expect(() => readJson("{'a':1}")).to.throw(SyntaxError);
        expect(() => readJson("[1.0,]")).to.throw(SyntaxError);
    });

    it("writes indented JSON that reads back the same", () => {
        const text = '{"a":[1,{"b":[]},{}],"c":5.0}';
        expect(writeJson(readJson(writeJson(readJson(text), 2)))).to.equal(text);
        expect(writeJson(readJson('{"a":[1]}'), 2)).to.equal('{\n  "a": [\n    1\n  ]\n}');
    });
});
