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

describe("the first value of a variable", () => {
    const first = (type: string, value: Json) =>
        checkDefinition(
            definitionOf({
                I: { type: "InitializeVariable", inputs: { variables: [{ name: "v", type, value }] } },
            }),
        );

    const taken: readonly (readonly [type: string, value: Json])[] = [
        ["String", "a"],
        ["string", ""],
        ["Integer", 5],
        ["Float", 1.5],
        ["Float", 1],
        ["Boolean", false],
        ["Array", [1, "@concat('a')"]],
        ["Object", { a: 1 }],
        ["Integer", null],
        ["Integer", "@length('abc')"],
        ["Object", "@triggerBody()"],
    ];
    for (const [type, value] of taken) {
        it(`of type ${type} may be ${JSON.stringify(value)}`, () => {
            expect(first(type, value)).to.deep.equal([]);
        });
    }

    const refused: readonly (readonly [type: string, value: Json, found: string, accepted: string])[] = [
        ["String", 1, "Integer", "String"],
        ["Integer", "1", "String", "Integer"],
        ["Integer", 1.5, "Float", "Integer"],
        ["float", "1.5", "String", "Integer, Float"],
        ["Boolean", "true", "String", "Boolean"],
        ["Array", {}, "Object", "Array"],
        ["Object", [], "Array", "Object"],
        ["Object", true, "Boolean", "Object"],
    ];
    for (const [type, value, found, accepted] of refused) {
        it(`of type ${type} must not be ${JSON.stringify(value)}`, () => {
            expect(first(type, value)).to.deep.equal([
                {
                    code: "WorkflowRunActionInputsInvalidProperty",
                    message:
                        "The inputs of workflow run action 'I' of type 'InitializeVariable' are not valid. " +
                        `The variable 'v' of type '${type}' cannot be initialized or updated with value of type ` +
                        `'${found}'. The variable 'v' only supports values of types '${accepted}'.`,
                    action: "I",
                },
            ]);
        });
    }

    it("may be a number that a reader keeps in an object, to be exact", () => {
        class Exact {
            constructor(readonly text: string) {}
        }
        const value = new Exact("1.0") as unknown as Json;
        expect(first("Float", value)).to.deep.equal([]);
    });
});

describe("variables", () => {
    const notInitialized = (action: string, type: string) =>
        `The inputs of workflow run action '${action}' of type '${type}' are not valid. ` +
        `The variable 'v' must be initialized before it can be used inside action '${action}'.`;

    it("must be initialized on the way to where they are read, not beside it", () => {
        const read = compose("@variables('v')");
        expect(messagesOf({ I: initialize("v"), X: read })).to.deep.equal([notInitialized("X", "Compose")]);
        expect(messagesOf({ X: read, I: after(initialize("v"), "X") })).to.deep.equal([
            notInitialized("X", "Compose"),
        ]);
        expect(messagesOf({ I: initialize("v"), S: scope({ X: read }) })).to.deep.equal([
            notInitialized("X", "Compose"),
        ]);
        expect(
            messagesOf({ I: initialize("v"), S: after(scope({ L: foreach({ X: read }) }), "I") }),
        ).to.deep.equal([]);
    });

    it("must not begin with themselves", () => {
        const circle = { name: "v", type: "String", value: "@{variables('v')}" };
        expect(
            messagesOf({ I: { type: "InitializeVariable", inputs: { variables: [circle] } } }),
        ).to.deep.equal([notInitialized("I", "InitializeVariable")]);
    });

    it("must be initialized before they are read", () => {
        expect(messagesOf({ I: initialize("v"), X: after(compose("@variables('V')"), "I") })).to.deep.equal(
            [],
        );
        expect(checkDefinition(definitionOf({ X: compose("@variables('v')") }))).to.deep.equal([
            {
                code: "InvalidVariableOperation",
                message:
                    "The inputs of workflow run action 'X' of type 'Compose' are not valid. " +
                    "The variable 'v' must be initialized before it can be used inside action 'X'.",
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
                notInitialized("X", type),
            ]);
        });

        it(`must not refer to themselves in ${type}`, () => {
            const change = (value: string): Json => ({ type, inputs: { name: "v", value } });
            const actions = (value: string): Json => ({
                I: initialize("v"),
                J: initialize("w"),
                S: after(scope({ X: change(value) }), "I", "J"),
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
