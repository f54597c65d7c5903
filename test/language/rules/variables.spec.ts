import { expect } from "chai";
import { checkDefinition } from "../../../language";
import type { Json } from "../../../language/json";
import { after, compose, definitionOf, foreach, messagesOf, scope } from "../../support/language";

const initialize = (name: Json, type: Json = "String") => ({
    type: "InitializeVariable",
    inputs: { variables: [{ name, type }] },
});

describe("InitializeVariable", () => {
    it("takes every documented type, in any letter case", () => {
        for (const type of ["String", "Integer", "Float", "Boolean", "Array", "Object", "string", "OBJECT"]) {
            expect(messagesOf({ I: initialize("v", type) }), type).to.deep.equal([]);
        }
    });

    for (const [type, wrap] of [
        ["Scope", scope],
        ["Foreach", foreach],
    ] as const) {
        it(`must not be in a ${type}`, () => {
            expect(checkDefinition(definitionOf({ S: wrap({ I: initialize("v") }) }))).to.deep.equal([
                {
                    code: "InvalidVariableInitialization",
                    message: `The variable action 'I' of type 'InitializeVariable' cannot be nested in an action of type '${type}'.`,
                    action: "I",
                },
            ]);
        });
    }

    it("may initialize a variable whose name is a lone @, which is no expression", () => {
        expect(messagesOf({ I: initialize("@") })).to.deep.equal([]);
    });

    it("initializes a name once, in any letter case", () => {
        expect(
            checkDefinition(definitionOf({ I: initialize("v"), J: after(initialize("V"), "I") })),
        ).to.deep.equal([
            {
                code: "InvalidVariableInitialization",
                message: "The variable 'V' is initialized more than once, again in action 'J'.",
                action: "J",
            },
        ]);
    });

    const refused: readonly (readonly [variables: Json, message: string])[] = [
        [[], "must initialize exactly one variable, not 0."],
        [
            [
                { name: "a", type: "String" },
                { name: "b", type: "String" },
            ],
            "must initialize exactly one variable, not 2.",
        ],
        [["v"], `has "v" where a variable belongs.`],
        [[{ type: "String" }], "has nothing as the name of its variable; it must be plain text."],
        [
            [{ name: "@concat('v')", type: "String" }],
            `has "@concat('v')" as the name of its variable; it must be plain text.`,
        ],
        [
            [{ name: "v", type: "Int" }],
            `has "Int" as the type of its variable; allowed are String, Integer, Float, Boolean, Array, Object.`,
        ],
    ];
    for (const [variables, message] of refused) {
        it(`must not have ${JSON.stringify(variables)}`, () => {
            expect(messagesOf({ I: { type: "InitializeVariable", inputs: { variables } } })).to.deep.equal([
                `The variable action 'I' of type 'InitializeVariable' ${message}`,
            ]);
        });
    }
});

describe("variables", () => {
    it("must be initialized before they are read", () => {
        expect(messagesOf({ I: initialize("v"), X: after(compose("@variables('V')"), "I") })).to.deep.equal(
            [],
        );
        expect(checkDefinition(definitionOf({ X: compose("@variables('v')") }))).to.deep.equal([
            {
                code: "InvalidTemplate",
                message: "The variable 'v' must be initialized before it can be used inside action 'X'.",
                action: "X",
            },
        ]);
    });

    it("must be known to outputs of the definition", () => {
        expect(
            messagesOf({}, { outputs: { o: { type: "String", value: "@variables('v')" } } }),
        ).to.deep.equal(["The outputs of the definition read the unknown variable 'v'."]);
    });

    for (const type of [
        "SetVariable",
        "AppendToArrayVariable",
        "AppendToStringVariable",
        "IncrementVariable",
        "DecrementVariable",
    ]) {
        it(`must be initialized for ${type}`, () => {
            expect(messagesOf({ X: { type, inputs: { name: "v", value: 1 } } })).to.deep.equal([
                "The variable 'v' must be initialized before it can be used inside action 'X'.",
            ]);
        });

        it(`must not refer to themselves in ${type}`, () => {
            const change = (value: string): Json => ({ type, inputs: { name: "v", value } });
            const actions = (value: string): Json => ({
                I: initialize("v"),
                J: initialize("w"),
                S: { ...scope({ X: change(value) }), runAfter: { I: ["Succeeded"] } },
            });
            expect(messagesOf(actions("@variables('w')"))).to.deep.equal([]);
            expect(checkDefinition(definitionOf(actions("a @{length(variables('V'))}")))).to.deep.equal([
                {
                    code: "WorkflowRunActionInputsInvalidProperty",
                    message:
                        `The inputs of workflow run action 'X' of type '${type}' are not valid. ` +
                        "Self reference is not supported when updating the value of variable 'v'.",
                    action: "X",
                },
            ]);
        });
    }
});
