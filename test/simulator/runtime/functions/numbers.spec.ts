import { expect } from "chai";
import { evaluate, jsonOf } from "../../../support/runtime";

describe("numbers and conversions", () => {
    const values: readonly (readonly [expression: string, json: string])[] = [
        ["add(1, 2)", "3"],
        ["add(1, 2.5)", "3.5"],
        ["add(1.5, 1.5)", "3.0"],
        ["add(9223372036854775806, 1)", "9223372036854775807"],
        ["sub(9007199254740993, 1)", "9007199254740992"],
        ["mul(3037000499, 3037000499)", "9223372030926249001"],
        ["div(10, 4)", "2"],
        ["div(-7, 2)", "-3"],
        ["div(10.0, 4)", "2.5"],
        ["div(10.0, 5)", "2.0"],
        ["div(float('7'), 2)", "3.5"],
        ["mod(-7, 3)", "-1"],
        ["mod(7, -3)", "1"],
        ["min(3, 1.5, 2)", "1.5"],
        ["max(createArray(4, 9, 2))", "9"],
        ["range(2, 3)", "[2,3,4]"],
        ["int('42')", "42"],
        ["int(' -7 ')", "-7"],
        ["int('9223372036854775807')", "9223372036854775807"],
        ["int(1.0)", "1"],
        ["int(true)", "1"],
        ["float('1.5')", "1.5"],
        ["float('1,500')", "1500.0"],
        ["float(5)", "5.0"],
        ["isInt('15')", "true"],
        ["isInt('1.5')", "false"],
        ["isFloat('15')", "true"],
        ["isFloat('abc')", "false"],
        ["isFloat('10.000,00', 'de-DE')", "true"],
        ["isFloat('Infinity')", "true"],
        ["isFloat('Infinity', 'en-us')", "false"],
        ["isFloat('111.222.333')", "false"],
        ["isFloat('111.222.333', 'de-de')", "true"],
        ["float('10.000,333', 'de-DE')", "10000.333"],
        ["float('17,35', 'is-IS')", "17.35"],
        ["float('  200- ')", "-200.0"],
        ["float('12,3,4,5678')", "12345678.0"],
        ["float('.5')", "0.5"],
        ["float('nan')", '"NaN"'],
        ["float('Infinity', '')", '"Infinity"'],
        ["float('1.7e+350')", '"Infinity"'],
        ["bool('TRUE')", "true"],
        ["bool(0)", "false"],
        ["string(json('{\"a\": 1.50}'))", '"{\\"a\\":1.5}"'],
        ["string('x')", '"x"'],
        ["string(null)", '""'],
        [
            'json(\'{"a": 12345678901234567890123, "b": 9223372036854775807}\')',
            '{"a":1.2345678901234568E+22,"b":9223372036854775807}',
        ],
        ["json('{''a'': 1, /* c */ b: [1, 2,],}')", '{"a":1,"b":[1,2]}'],
        ["json(json('[1]'))", "[1]"],
        ["formatNumber(1234567, 'N0', 'en-US')", '"1,234,567"'],
        ["formatNumber(-1234, 'N')", '"-1,234.00"'],
        ["formatNumber(5, 'D3')", '"005"'],
        ["formatNumber(255, 'x4')", '"00ff"'],
        ["formatNumber(12, 'F1')", '"12.0"'],
        ["1.", "1.0"],
        [".5", "0.5"],
        ["3e1", "30.0"],
    ];
    for (const [expression, json] of values) {
        it(`gives ${json} for ${expression}`, () => {
            expect(jsonOf(expression)).to.equal(json);
        });
    }

    const errors: readonly (readonly [expression: string, message: string])[] = [
        ["div(1, 0)", "Attempt to divide an integral or decimal value by zero in function 'div'."],
        ["div(1.5, 0.0)", "Attempt to divide an integral or decimal value by zero in function 'div'."],
        ["mod(1, 0)", "Attempt to divide an integral or decimal value by zero in function 'mod'."],
        [
            "add('1', 2)",
            "'add' expects its first parameter to be an integer, a float or a decimal number. The provided value is of type 'String'.",
        ],
        ["add(9223372036854775807, 1)", "overflow"],
        ["int('1.5')", "'int' was invoked with a parameter that is not valid"],
        ["int(1.5)", "'int' was invoked with a parameter that is not valid"],
        ["int('9223372036854775808')", "'int' was invoked with a parameter that is not valid"],
        ["int(null)", "'int' was invoked with a parameter that is not valid"],
        ["float(null)", "'float' was invoked with a parameter that is not valid"],
        ["bool(1.5)", "A float as parameter of function 'bool' is not supported"],
        ["bool(null)", "'bool' was invoked with a parameter that is not valid"],
        ["bool('yes')", "'bool' was invoked with a parameter that is not valid"],
        [
            "json('{\"a\":')",
            "'json' parameter is not valid. The provided value '{\"a\":' cannot be parsed: 'Unexpected end when reading token. Path ''.'",
        ],
        ["json('')", "'json' parameter is not valid"],
        [
            "json(null)",
            "expects its parameter to be a string or an XML. The provided value is of type 'Null'",
        ],
        ["range(1, 0)", "'count' must be an integer between 1 and 100000"],
        ["rand(3, 3)", "the minimum value must be less than the maximum value"],
        ["rand(0, 2147483648)", "Bounds of function 'rand' that 32 bits do not hold"],
        ["max(json('[]'))", "an array with at least one number"],
        ["max(5)", "'max' expects its parameter to be an array. The provided value is of type 'Integer'."],
        ["formatNumber(1.005, 'F2')", "not supported by the simulator"],
        ["int('1.0')", "The text '1.0' as parameter of function 'int' is not supported"],
        ["isInt('1,000')", "The text '1,000' as parameter of function 'isInt' is not supported"],
        ["isInt(1)", "'isInt' expects its parameter to be a string. The provided value is of type 'Integer'"],
        ["isFloat(3.14)", "'isFloat' expects its parameter to be a string"],
        ["float('Infinity')", "'float' was invoked with a parameter that is not valid"],
        ["float('(200)')", "'float' was invoked with a parameter that is not valid"],
        ["float('1', 'fr-FR')", "The locale 'fr-FR' of function 'float' is not supported"],
        ["range(2147483647, 1)", "'startIndex' and 'count' must not exceed 2147483647 together"],
    ];
    for (const [expression, message] of errors) {
        it(`refuses ${expression}`, () => {
            expect(() => evaluate(expression)).to.throw(message);
        });
    }

    it("draws random integers from the lowest up to below the highest", () => {
        const drawn = new Set(
            Array.from({ length: 200 }, (_, index) => evaluate(`add(${index}, sub(rand(1, 4), ${index}))`)),
        );
        expect([...drawn].every((value) => [1, 2, 3].includes(Number(value)))).to.equal(true);
    });
});
