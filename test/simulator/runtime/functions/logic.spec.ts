import { expect } from "chai";
import { evaluate, jsonOf } from "../../../support/runtime";

describe("logic and comparisons", () => {
    const values: readonly (readonly [expression: string, json: string])[] = [
        ["and(true, true)", "true"],
        ["and(false, json('not json'))", "false"],
        ["or(true, json('not json'))", "true"],
        ["or(false, false)", "false"],
        ["not(false)", "true"],
        ["if(equals(1, 1), 'yes', json('not json'))", '"yes"'],
        ["if(false, div(1, 0), null)", "null"],
        ["equals(1, 1.0)", "true"],
        ["equals(101, '101')", "false"],
        ["equals('A', 'a')", "false"],
        ["equals(null, null)", "true"],
        ["equals(null, 'a')", "false"],
        ["equals(true, 1)", "true"],
        ["equals(0, true)", "false"],
        ["equals(false, 'no')", "false"],
        ["equals(true, createArray(1))", "false"],
        ['equals(json(\'{"a":[1,2],"b":null}\'), json(\'{"b":null,"a":[1.0,2]}\'))', "true"],
        ['equals(json(\'{"a":1}\'), json(\'{"a":1,"b":1}\'))', "false"],
        ["equals(9007199254740993, 9007199254740992)", "false"],
        ["greater(10, 9)", "true"],
        ["greater(9007199254740993, 9007199254740992)", "true"],
        ["greater('b', 'A')", "true"],
        ["less('a', 'B')", "true"],
        ["greaterOrEquals('a', 'A')", "true"],
        ["lessOrEquals(2, 1.5)", "false"],
    ];
    for (const [expression, json] of values) {
        it(`gives ${json} for ${expression}`, () => {
            expect(jsonOf(expression)).to.equal(json);
        });
    }

    const errors: readonly (readonly [expression: string, message: string])[] = [
        [
            "and(true, 'true')",
            "'and' expects all of its parameters to be booleans. Found invalid parameter types: 'String'.",
        ],
        [
            "or(false, 1)",
            "'or' expects all of its parameters to be booleans. Found invalid parameter types: 'Integer'.",
        ],
        ["not('x')", "'not' expects its parameter to be a boolean. The provided value is of type 'String'."],
        [
            "if(1, 'a', 'b')",
            "'if' expects its first parameter to be a boolean. The provided value is of type 'Integer'.",
        ],
        [
            "greater('10', 9)",
            "expects two parameter of matching types. The function was invoked with values of type 'String' and 'Integer' that do not match.",
        ],
        ["greater(null, 1)", "either integer or decimal numbers. Found invalid parameter types: 'Null'."],
        ["equals(null, '')", "Comparing null and an empty string by function 'equals' is not supported"],
        ["equals(true, 'True')", "Comparing true and the text 'True' by function 'equals' is not supported"],
        ["equals(2, true)", "Comparing true and 2 by function 'equals' is not supported"],
        ["less(true, false)", "Found invalid parameter types: 'Boolean', 'Boolean'."],
    ];
    for (const [expression, message] of errors) {
        it(`refuses ${expression}`, () => {
            expect(() => evaluate(expression)).to.throw(message);
        });
    }
});
