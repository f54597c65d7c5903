import { expect } from "chai";
import { findExposedSecrets, type ActionNode } from "../../language";
import type { Json, JsonObject } from "../../language/json";
import { after, compose, definitionOf, foreach, scope } from "../support/language";

const isSource = (action: ActionNode) => action.name === "Read_key";
const exposed = (actions: Json) => findExposedSecrets(definitionOf(actions), isSource);
const namesOf = (actions: Json) => exposed(actions).map(({ action }) => action);
const KEY = "@body('Read_key')?['value']";

describe("findExposedSecrets", () => {
    it("asks a source to hide its outputs", () => {
        expect(exposed({ Read_key: http() })).to.deep.equal([
            {
                action: "Read_key",
                message:
                    "The run history of action 'Read_key' of type 'Http' shows a secret; it must hide its outputs.",
            },
        ]);
        expect(exposed({ Read_key: http({}, "outputs") })).to.deep.equal([]);
        expect(namesOf({ Read_key: http({}, "inputs") })).to.deep.equal(["Read_key"]);
    });

    const read = http({}, "outputs");

    it("asks whoever reads it to hide its inputs", () => {
        expect(
            exposed({ Read_key: read, Use: after(http({ body: { key: KEY } }), "Read_key") }),
        ).to.deep.equal([
            {
                action: "Use",
                message:
                    "The run history of action 'Use' of type 'Http' shows a secret; it must hide its inputs.",
            },
        ]);
        expect(
            exposed({ Read_key: read, Use: after(http({ body: KEY }, "inputs"), "Read_key") }),
        ).to.deep.equal([]);
    });

    for (const call of ["outputs('Read_key')", "actionBody('Read_key')", "formDataValue('Read_key','k')"]) {
        it(`takes ${call} for the secret`, () => {
            const use = after(compose(`@${call}`), "Read_key");
            expect(namesOf({ Read_key: read, Use: use })).to.deep.equal(["Use"]);
        });
    }

    it("does not take the answer of a call for its question", () => {
        expect(
            namesOf({
                Read_key: read,
                Use: after(http({ body: KEY }, "inputs"), "Read_key"),
                Then: after(compose("@body('Use')"), "Use"),
            }),
        ).to.deep.equal([]);
    });

    it("follows it through Compose and ParseJson, which hide their outputs with their inputs", () => {
        const parse = { type: "ParseJson", inputs: { content: "@outputs('Keep')", schema: {} } };
        const actions = {
            Read_key: read,
            Keep: after(compose(KEY, hide("inputs")), "Read_key"),
            Parse: after({ ...parse, ...hide("inputs") }, "Keep"),
            Use: after(http({ body: "@{body('Parse')}" }), "Parse"),
        };
        expect(namesOf(actions)).to.deep.equal(["Use"]);
        expect(namesOf({ ...actions, Keep: after(compose(KEY), "Read_key") })).to.deep.equal(["Keep", "Use"]);
        expect(exposed({ Read_key: compose("x") })[0]?.message).to.match(/it must hide its inputs\.$/);
    });

    it("follows it through Select, which hides each side on its own", () => {
        const select = { type: "Select", inputs: { from: "@createArray(1)", select: KEY } };
        const at = (...sides: string[]) =>
            exposed({ Read_key: read, Pick: after({ ...select, ...hide(...sides) }, "Read_key") }).length;
        expect([at(), at("inputs"), at("outputs"), at("inputs", "outputs")]).to.deep.equal([2, 1, 1, 0]);
    });

    it("follows it against the order of the document and into scopes", () => {
        expect(
            namesOf({
                Last: after(http({ body: "@outputs('Keep')" }), "In_scope"),
                In_scope: after(scope({ Keep: compose(`a @{body('read_KEY')?['value']}`) }), "Read_key"),
                Read_key: read,
            }),
        ).to.deep.equal(["Last", "Keep"]);
    });

    const unsecurable: readonly (readonly [type: string, action: JsonObject])[] = [
        ["InitializeVariable", { inputs: { variables: [{ name: "v", type: "String", value: KEY }] } }],
        ["SetVariable", { inputs: { name: "v", value: KEY } }],
        ["If", { expression: `@equals(body('Read_key')?['value'],'x')`, actions: {} }],
        ["Switch", { expression: KEY, cases: {} }],
        ["Foreach", { foreach: KEY, actions: {} }],
        ["Until", { expression: "@empty(body('Read_key'))", actions: {} }],
        ["Terminate", { inputs: { runStatus: "Failed", runError: { code: "x", message: KEY } } }],
    ];
    for (const [type, action] of unsecurable) {
        it(`refuses it in ${type}, whatever that lists`, () => {
            expect(
                exposed({ Read_key: read, Use: after({ type, ...action, ...hide("inputs") }, "Read_key") }),
            ).to.deep.equal([
                {
                    action: "Use",
                    message: `The inputs of action 'Use' of type '${type}' hold a secret, and Azure cannot hide them.`,
                },
            ]);
        });
    }

    it("lets conditions look at how it went", () => {
        const check = (expression: string) =>
            namesOf({ Read_key: read, Check: after({ type: "If", expression, actions: {} }, "Read_key") });
        expect(check("@equals(outputs('Read_key')?['statusCode'],200)")).to.deep.equal([]);
        expect(check("@equals(actions('Read_key')['status'],'Failed')")).to.deep.equal([]);
        expect(check("@empty(outputs('Read_key')?['body'])")).to.deep.equal(["Check"]);
        expect(check("@empty(actions('Read_key')['outputs'])")).to.deep.equal(["Check"]);
        expect(check("@empty(outputs('Read_key'))")).to.deep.equal(["Check"]);
        expect(check("@empty(createArray(1)[body('Read_key')])")).to.deep.equal(["Check"]);
    });

    it("sees inputs in the record of an action and in the result of its scope", () => {
        const actions = (expression: string) => ({
            Read_key: read,
            Try: after(scope({ Use: http({ body: KEY }, "inputs"), Beside: compose() }), "Read_key"),
            Log: after(compose(expression), "Try"),
        });
        expect(namesOf(actions("@actions('Use')?['inputs']"))).to.deep.equal(["Log"]);
        expect(namesOf(actions("@result('Try')"))).to.deep.equal(["Log"]);
        expect(namesOf(actions("@outputs('Use')"))).to.deep.equal([]);
        expect(namesOf(actions("@actions('Use')?['error']"))).to.deep.equal([]);
    });

    it("finds nothing where there is no source", () => {
        expect(
            findExposedSecrets(definitionOf({ A: foreach({ B: compose("@items('A')") }) }), isSource),
        ).to.deep.equal([]);
        expect(findExposedSecrets(null, isSource)).to.deep.equal([]);
    });
});

function http(inputs: JsonObject = {}, ...sides: readonly string[]): JsonObject {
    return {
        type: "Http",
        inputs: { method: "POST", uri: "https://example.com", ...inputs },
        ...hide(...sides),
    };
}

function hide(...sides: readonly string[]): JsonObject {
    return { runtimeConfiguration: { secureData: { properties: sides } } };
}
