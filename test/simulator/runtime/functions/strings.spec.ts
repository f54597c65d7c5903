import { expect } from "chai";
import { evaluate, evaluateTemplate, jsonOf } from "../../../support/runtime";

/** 60,488,295 characters. */
const TEXT = `join(range(1, 100000), '${"-".repeat(600)}')`;

describe("string functions", () => {
    const values: readonly (readonly [expression: string, json: string])[] = [
        ["concat('a', 1, true, null, json('{\"b\":[1, 2]}'))", '"a1True{\\"b\\":[1,2]}"'],
        ["replace('a.b.c', '.', '$&')", '"a$&b$&c"'],
        ["replace('aAa', 'a', 'x')", '"xAx"'],
        ["split('a,b,,c', ',')", '["a","b","","c"]'],
        ["split('', ',')", '[""]'],
        ["split('ab', '')", '["ab"]'],
        ["substring('hello', 1, 3)", '"ell"'],
        ["substring('hello', 2)", '"llo"'],
        ["slice('Hello World', 2, 5)", '"llo"'],
        ["slice('Hello World', 3, -1)", '"lo Worl"'],
        ["slice('abc', 10)", '""'],
        ["toLower('STRASSE ß İ')", '"strasse ß İ"'],
        ["toUpper('straße')", '"STRAßE"'],
        ["trim('  a b ')", '"a b"'],
        ["trim('\u0085\u00a0a\u2003\n')", '"a"'],
        ["trim('\ufeffa')", '"\ufeffa"'],
        ["indexOf('Hello World', 'WORLD')", "6"],
        ["indexOf('abc', 'x')", "-1"],
        ["lastIndexOf('banana', 'AN')", "3"],
        ["lastIndexOf('abc', '')", "2"],
        ["nthIndexOf('banana', 'an', 2)", "3"],
        ["nthIndexOf('banana', 'an', 3)", "-1"],
        ["nthIndexOf('banana', 'an', -1)", "3"],
        ["nthIndexOf('banana', 'an', -2)", "1"],
        ["nthIndexOf('banana', 'an', -3)", "-1"],
        ["toUpper('ıIiİ')", '"ıIIİ"'],
        ["toLower('ıIiİ')", '"ıiiİ"'],
        ["lastIndexOf('', 'a')", "-1"],
        ["lastIndexOf('', '')", "0"],
        ["startsWith('Hello', 'HE')", "true"],
        ["endsWith('Hello', 'LO')", "true"],
        ["endsWith('Hello', 'he')", "false"],
        ["CONCAT('a', 'b')", '"ab"'],
        ["length(guid())", "36"],
        ["length(guid('N'))", "32"],
    ];
    for (const [expression, json] of values) {
        it(`gives ${json} for ${expression}`, () => {
            expect(jsonOf(expression)).to.equal(json);
        });
    }

    const errors: readonly (readonly [expression: string, message: string])[] = [
        [
            `concat(${TEXT}, ${TEXT})`,
            "'concat' parameters are out of range: the result of 120976590 characters exceeds the limit of 104857600",
        ],
        ["replace('abc', '', 'x')", "the old string must not be empty"],
        [
            "replace(null, 'a', 'b')",
            "expects its first parameter to be a string. The provided value is of type 'Null'",
        ],
        [
            "split('a', 1)",
            "expects its second parameter to be a string. The provided value is of type 'Integer'",
        ],
        ["substring('abc', 3)", "should be less than the length of the string"],
        ["substring('abc', 1, 3)", "their sum must be no larger than the length of the string"],
        ["substring('abc', -1)", "'start index' must be non-negative integer"],
        [
            "toLower(null)",
            "'toLower' expects its parameter to be a string. The provided value is of type 'Null'",
        ],
        ["startsWith(null, 'x')", "expects its first parameter to be a string"],
        ["nthIndexOf('aaa', 'aa', 2)", "no document says how zero or overlapping occurrences count"],
        ["nthIndexOf('abc', 'a', 0)", "The occurrence 0 of 'a' in 'abc'"],
        ["slice(json('[1]'), 0)", "The provided value is of type 'Array'"],
    ];
    for (const [expression, message] of errors) {
        it(`refuses ${expression.replaceAll(TEXT, "a text")}`, () => {
            expect(() => evaluate(expression)).to.throw(message);
        });
    }

    it("makes a version 4 GUID in the format asked for", () => {
        expect(evaluate("guid()")).to.match(
            /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
        );
        expect(evaluate("guid('B')")).to.match(/^\{.{36}\}$/);
        expect(evaluate("guid('X')")).to.match(
            /^\{0x[\da-f]{8},0x[\da-f]{4},0x4[\da-f]{3},\{(0x[\da-f]{2},){7}0x[\da-f]{2}\}\}$/,
        );
        expect(() => evaluate("guid('Q')")).to.throw("one of the formats N, D, B, P and X");
    });

    it("turns values in text into .NET's spelling", () => {
        expect(evaluateTemplate("@{equals(1, 1)}")).to.equal("True");
        expect(evaluateTemplate("[@{null}] @{1.50} @{json('[1.0, null, \"x\"]')}")).to.equal(
            '[] 1.5 [1.0,null,"x"]',
        );
        expect(evaluateTemplate("@{float('5.0')}")).to.equal("5");
        expect(evaluateTemplate("@{1e30} @{0.00001} @{0.0001} @{123456789.125}")).to.equal(
            "1E+30 1E-05 0.0001 123456789.125",
        );
        expect(evaluateTemplate("@{binary('häh')}")).to.equal("häh");
    });

    it("keeps text that only looks like an expression", () => {
        expect(evaluateTemplate("@@add(1, 2)")).to.equal("@add(1, 2)");
        expect(evaluateTemplate("a @@{b} @{1}")).to.equal("a @{b} 1");
        expect(evaluateTemplate("@")).to.equal("@");
    });

    it("evaluates names of properties too", () => {
        expect(evaluateTemplate({ "a@{add(1, 1)}": "@add(1, 2)", b: ["@true"] })).to.deep.equal({
            a2: 3,
            b: [true],
        });
    });
});
