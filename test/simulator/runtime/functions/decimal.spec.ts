import { expect } from "chai";
import { evaluate, evaluateTemplate, jsonOf, runActions, initialize } from "../../../support/runtime";

const D = "decimal('1.2345678912312131')";

describe("decimals", () => {
    const values: readonly (readonly [expression: string, json: string])[] = [
        [D, "1.2345678912312131"],
        [`string(${D})`, '"1.2345678912312131"'],
        [`string(add(${D}, ${D}))`, '"2.4691357824624262"'],
        ["string(add(decimal('0.1'), decimal('0.2')))", '"0.3"'],
        ["string(sub(decimal('1.50'), 1))", '"0.50"'],
        ["string(add(decimal('1'), decimal('0.25')))", '"1.25"'],
        ["string(mul(decimal('4294967295'), 4294967295.0))", '"18446744065119617025"'],
        ["string(max(20, decimal('10'), 30.1))", '"30.1"'],
        ["string(decimal('  +1,000 '))", '"1000"'],
        ["string(decimal('200-'))", '"-200"'],
        ["string(decimal('5.0000'))", '"5.0000"'],
        ["string(decimal(100000.000009))", '"100000.000009"'],
        ["string(decimal(2))", '"2"'],
        ["createArray(decimal('5'), decimal('5.0000'))", "[5.0,5.0000]"],
        ["float(decimal('10000000000.00000000001234'))", "10000000000.0"],
        ["int(decimal('1.00000'))", "1"],
        ["equals(decimal('1.0'), 1)", "true"],
        ["equals(decimal('1.0'), '1.0')", "false"],
        ["equals(decimal('0.1'), 0.1)", "true"],
        ["greater(decimal('1.1'), 1)", "true"],
        ["less(decimal('-0.1'), decimal('-0.2'))", "false"],
    ];
    for (const [expression, json] of values) {
        it(`gives ${json} for ${expression}`, () => {
            expect(jsonOf(expression)).to.equal(json);
        });
    }

    const errors: readonly (readonly [expression: string, message: string])[] = [
        ["decimal('abc')", "'decimal' was invoked with a parameter that is not valid"],
        ["decimal('(200)')", "'decimal' was invoked with a parameter that is not valid"],
        ["decimal('3e-1')", "'decimal' was invoked with a parameter that is not valid"],
        ["decimal('+1-')", "'decimal' was invoked with a parameter that is not valid"],
        ["decimal('79228162514264337593543950336')", "a decimal would not hold all of its digits"],
        ["div(decimal('1'), 3)", "The decimal result of function 'div' is not supported"],
        ["mul(decimal('70000000000000000000000000000'), 10)", "The decimal result of function 'mul'"],
        ["formatNumber(decimal('1'), 'F2')", "A decimal as a parameter of function 'formatNumber'"],
        ["contains(createArray(decimal('1')), 1)", "Comparing a decimal with a number of another kind"],
        ["int(decimal('1.5'))", "'int' was invoked with a parameter that is not valid"],
    ];
    for (const [expression, message] of errors) {
        it(`refuses ${expression}`, () => {
            expect(() => evaluate(expression)).to.throw(message);
        });
    }

    it("keep their places in text", () => {
        expect(evaluateTemplate("@{decimal('1.50')}")).to.equal("1.50");
    });

    it("are refused by name in a variable", () => {
        const set = () => runActions({ V: initialize("v", "Float", "@decimal('1')") });
        expect(set).to.throw("A decimal as the value of variable 'v' is not supported by the simulator.");
    });
});
