import { expect } from "chai";
import { evaluate, evaluateTemplate, initialize, jsonOf, probe } from "../../support/runtime";

const OBJECT = `json('{"a":{"B":[1,null,{"c":"x"}]},"A":"upper","n":null,"s":"text","k/l":1}')`;

describe("dereferences", () => {
    const values: readonly (readonly [path: string, json: string])[] = [
        ["['a']['B'][0]", "1"],
        [".a.b[2].C", '"x"'],
        ["['A']", '"upper"'],
        ["['N']", "null"],
        ["?['missing']", "null"],
        ["?['missing']?['deeper']?.still[0]", "error"],
        ["?['missing']?['deeper']?[0]", "null"],
        ["?['n']?['x']", "null"],
        [".a.B?[9]", "null"],
        [".a.B[sub(3, 1)].c", '"x"'],
        ["['k/l']", "1"],
        ["?['k/m']", "null"],
    ];
    for (const [path, json] of values) {
        it(`give ${json} for ${path}`, () => {
            if (json === "error") {
                expect(() => evaluate(OBJECT + path)).to.throw("cannot be selected");
            } else {
                expect(jsonOf(OBJECT + path)).to.equal(json);
            }
        });
    }

    const errors: readonly (readonly [path: string, message: string])[] = [
        ["['missing']", "property 'missing' doesn't exist, available properties are 'a, A, n, s, k/l'."],
        ["['n']['x']", "property 'x' cannot be selected."],
        [
            "?['s']?['x']",
            "property 'x' cannot be selected. Property selection is not supported on values of type 'String'.",
        ],
        [".a.B[0]?.x", "Property selection is not supported on values of type 'Integer'."],
        [".a.B[3]", "array index '3' is outside bounds (0, 2) of array."],
        [".a.B[-1]", "array index '-1' is outside bounds (0, 2) of array."],
        [".a.B?['c']", "Array elements can only be selected using an integer index."],
    ];
    for (const [path, message] of errors) {
        it(`refuse ${path}`, () => {
            expect(() => evaluate(OBJECT + path)).to.throw(message);
        });
    }

    it("name the expression in their error", () => {
        expect(() => evaluate("json('{}')['x']")).to.throw(
            "The template language expression 'json('{}')['x']' cannot be evaluated because property 'x' doesn't " +
                "exist, available properties are ''. Please see https://aka.ms/logicexpressions for usage details.",
        );
    });
});

describe("templates", () => {
    it("keep the type of a single expression, and make text of anything else", () => {
        expect(evaluateTemplate("@add(1, 1)")).to.equal(2);
        expect(evaluateTemplate("@{add(1, 1)}")).to.equal("2");
        expect(evaluateTemplate(["@null", { a: "@true" }, 1, "x"])).to.deep.equal([
            null,
            { a: true },
            1,
            "x",
        ]);
    });

    it("refuse a property that JavaScript would take for something else", () => {
        expect(() => evaluateTemplate({ "@{concat('__proto__')}": 1 })).to.throw("'__proto__'");
    });
});

describe("references", () => {
    it("find variables, parameters and actions without regard to letter case", () => {
        expect(probe({ Init: initialize("Count", "Integer", 3) }, "@variables('COUNT')")).to.equal(3);
        expect(probe({ My_Step: { type: "Compose", inputs: [1] } }, "@outputs('my_step')[0]")).to.equal(1);
    });

    it("give the whole value of a Compose as its body", () => {
        expect(probe({ A: { type: "Compose", inputs: { body: 1 } } }, "@body('A')")).to.deep.equal({
            body: 1,
        });
    });

    it("refuse a variable that is not initialized yet, where its name is computed", () => {
        const actions = {
            Use: { type: "Compose", inputs: "@variables(toLower('V'))", runAfter: {} },
            Init: { ...initialize("v", "Integer", 3), runAfter: { Use: ["Succeeded", "Failed"] } },
        };
        expect(probe(actions, "@actions('Use')?['error']?['message']")).to.contain(
            "The variable 'v' is not initialized.",
        );
    });
});
