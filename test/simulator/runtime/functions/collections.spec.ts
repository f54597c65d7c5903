import { expect } from "chai";
import { evaluate, jsonOf } from "../../../support/runtime";

describe("collection and object functions", () => {
    const values: readonly (readonly [expression: string, json: string])[] = [
        ["join(createArray('a', 1, null, json('{\"b\":2}')), '; ')", '"a; 1; ; {\\"b\\":2}"'],
        ["length('abc')", "3"],
        ["length(json('[1,2]'))", "2"],
        ["contains('Hello', 'ell')", "true"],
        ["contains('Hello', 'ELL')", "false"],
        ["contains(json('[1, {\"a\": [2]}]'), json('{\"a\": [2.0]}'))", "true"],
        ["contains(json('[\"a\"]'), 'A')", "false"],
        ["contains(json('{\"Key\": null}'), 'Key')", "true"],
        ["contains(json('{\"Key\": null}'), 'Keys')", "false"],
        ["empty('')", "true"],
        ["empty(json('[]'))", "true"],
        ["empty(json('{}'))", "true"],
        ["empty(null)", "true"],
        ["empty('x')", "false"],
        ["first('abc')", '"a"'],
        ["first(json('[]'))", "null"],
        ["first('')", '""'],
        ["last('')", '""'],
        ["last(createArray(1, 2))", "2"],
        ["take('abc', 2)", '"ab"'],
        ["take(createArray(1, 2), 5)", "[1,2]"],
        ["skip(createArray(1, 2, 3), 1)", "[2,3]"],
        ["union(createArray(1, 2, 1), createArray(2.0, 3, 'a', 'A'))", '[1,2,3,"a","A"]'],
        ['union(json(\'[{"a":1,"b":2},{"b":2,"a":1}]\'), json(\'[[1]]\'))', '[{"a":1,"b":2},[1]]'],
        ['union(json(\'{"a":1,"b":1}\'), json(\'{"b":2}\'))', '{"a":1,"b":2}'],
        ["intersection(createArray(3, 1, 3, 2), createArray(3, 2, 9))", "[3,2]"],
        ['intersection(json(\'{"a":1,"b":1}\'), json(\'{"a":1,"b":2}\'))', '{"a":1}'],
        ["array('x')", '["x"]'],
        ["sort(createArray(10, 9, 2.5))", "[2.5,9,10]"],
        ["sort(json('[{\"n\":2},{\"n\":1}]'), 'N')", '[{"n":1},{"n":2}]'],
        ["reverse(createArray(1, 2, 3))", "[3,2,1]"],
        ["chunk(createArray(1, 2, 3), 2)", "[[1,2],[3]]"],
        ["chunk('abcde', 2)", '["ab","cd","e"]'],
        ["addProperty(json('{\"a\":1}'), 'b', 2)", '{"a":1,"b":2}'],
        ["setProperty(json('{\"a\":1}'), 'A', 2)", '{"a":2}'],
        ["setProperty(json('{\"a\":1,\"b\":2}'), 'a', 3)", '{"b":2,"a":3}'],
        ["setProperty(json('{}'), 'a', null)", '{"a":null}'],
        ["removeProperty(json('{\"a\":1,\"b\":2}'), 'B')", '{"a":1}'],
        ["coalesce(null, '', 'x')", '""'],
        ["coalesce(null, null)", "null"],
    ];
    for (const [expression, json] of values) {
        it(`gives ${json} for ${expression}`, () => {
            expect(jsonOf(expression)).to.equal(json);
        });
    }

    const errors: readonly (readonly [expression: string, message: string])[] = [
        [
            "length(null)",
            "'length' expects its parameter to be an array or a string. The provided value is of type 'Null'.",
        ],
        ["length(json('{}'))", "The provided value is of type 'Object'."],
        [
            "contains(null, 'a')",
            "to be a dictionary (object), an array or a string. The provided value is of type 'Null'.",
        ],
        ["contains('a1', 1)", "is not supported by the simulator"],
        ["contains(json('{\"Key\": null}'), 'key')", "documents disagree on letter case"],
        ["empty(1)", "to be an object, an array or a string. The provided value is of type 'Integer'."],
        ["first(null)", "to be an array or a string. The provided value is of type 'Null'."],
        ["take(createArray(1), -1)", "'count' must be a positive integer. The provided value is '-1'."],
        [
            "union(createArray(1), json('{}'))",
            "expects parameters of same type, but found 'Array,Object' distinct types.",
        ],
        ["union(null, createArray(1))", "to be an array or an object. The provided value is of type 'Null'."],
        ["join('abc', ',')", "'join' expects its first parameter to be an array."],
        [
            `join(range(1, 100000), '${"-".repeat(1044)}')`,
            "the result of 104887851 characters exceeds the limit of 104857600",
        ],
        ["reverse('abc')", "to be an array"],
        [
            "addProperty(json('{\"A\":1}'), 'a', 2)",
            "Unable to add property 'a' to '{\"A\":1}' as it already exists.",
        ],
        [
            "sort(createArray('a', 'B'))",
            "is not supported by the simulator: their order depends on whether Azure regards letter case",
        ],
        [
            "coalesce('a', div(1, 0))",
            "A parameter of function 'coalesce' that fails after one that is not null",
        ],
        ["coalesce(null, div(1, 0), 'a')", "Attempt to divide"],
        ["chunk(createArray(1), 0)", "the chunk size must be a positive integer"],
    ];
    for (const [expression, message] of errors) {
        it(`refuses ${expression}`, () => {
            expect(() => evaluate(expression)).to.throw(message);
        });
    }
});
