import { expect } from "chai";
import { checkDefinition } from "../../../language";
import type { Json, JsonObject } from "../../../language/json";
import { after, compose, definitionOf, foreach, messagesOf, scope, until } from "../../support/language";

const notOnPath = (name: string, target: string, section = "inputs") =>
    `The ${section} of template action '${name}' cannot reference action '${target}'. Action '${target}' must either ` +
    `be in 'runAfter' path or within a scope action on the 'runAfter' path of action '${name}', or be a Trigger.`;

const notDefined = (name: string, target: string) =>
    `The action(s) '${target}' referenced by 'inputs' in action '${name}' are not defined in the template.`;

describe("references to actions", () => {
    const read = compose("@outputs('A')");

    const allowed: readonly (readonly [where: string, actions: Json])[] = [
        ["directly before", { A: compose(), X: after(read, "A") }],
        ["before in any letter case", { A: compose(), X: after(compose("@outputs('a')"), "A") }],
        ["before by others", { A: compose(), B: after(compose(), "A"), X: after(read, "B") }],
        ["inside a scope before", { S: scope({ A: compose() }), X: after(read, "S") }],
        ["deep inside a loop before", { S: foreach({ T: scope({ A: compose() }) }), X: after(read, "S") }],
        ["before the scope around it", { A: compose(), S: after(scope({ X: read }), "A") }],
        [
            "before a loop around its scope",
            { A: compose(), S: after(foreach({ T: scope({ X: read }) }), "A") },
        ],
        [
            "inside a scope before the scope around it",
            { S: scope({ A: compose() }), T: after(scope({ X: read }), "S") },
        ],
        [
            "inside the Until whose condition reads it",
            { U: until({ A: compose() }, { expression: "@outputs('A')" }) },
        ],
        [
            "deep inside the Until whose condition reads it",
            { U: until({ S: scope({ A: compose() }) }, { expression: "@outputs('A')" }) },
        ],
        ["nowhere, since the name is computed", { X: compose("@outputs(triggerBody())") }],
    ];
    for (const [where, actions] of allowed) {
        it(`may name an action that is ${where}`, () => {
            expect(messagesOf(actions)).to.deep.equal([]);
        });
    }

    const refused: readonly (readonly [where: string, actions: Json])[] = [
        ["itself", { X: compose("@outputs('X')") }],
        ["beside it", { A: compose(), X: read }],
        ["after it", { X: read, A: after(compose(), "X") }],
        ["the scope around it", { A: scope({ X: read }) }],
        ["beside the scope around it", { A: compose(), S: scope({ X: read }) }],
        ["inside a scope beside it", { S: scope({ A: compose() }), X: read }],
        [
            "in the other branch",
            {
                I: {
                    type: "If",
                    expression: "@true",
                    actions: { A: compose() },
                    else: { actions: { X: read } },
                },
            },
        ],
    ];
    for (const [where, actions] of refused) {
        it(`must not name an action that is ${where}`, () => {
            const target = where === "itself" ? "X" : "A";
            expect(checkDefinition(definitionOf(actions))).to.deep.equal([
                { code: "InvalidTemplate", message: notOnPath("X", target), action: "X" },
            ]);
        });
    }

    it("are found in conditions, loops and text parts, and in names of properties", () => {
        expect(
            messagesOf({ X: { type: "If", expression: "@equals(body('A'),1)", actions: {} }, A: compose() }),
        ).to.deep.equal([notOnPath("X", "A", "expression")]);
        expect(messagesOf({ X: foreach({}, { foreach: "@body('A')" }), A: compose() })).to.deep.equal([
            notOnPath("X", "A", "foreach"),
        ]);
        expect(messagesOf({ X: compose({ list: ["a @{string(body('A'))}"] }), A: compose() })).to.deep.equal([
            notOnPath("X", "A"),
        ]);
        expect(messagesOf({ X: compose({ "@{body('A')}": 1 }), A: compose() })).to.deep.equal([
            notOnPath("X", "A"),
        ]);
    });

    it("are not made by the limit of an Until from within", () => {
        expect(
            messagesOf({ X: until({ A: compose() }, { limit: { count: "@outputs('A')" } }) }),
        ).to.deep.equal([notOnPath("X", "A", "limit")]);
    });

    for (const name of [
        "body",
        "outputs",
        "actions",
        "actionBody",
        "actionOutputs",
        "result",
        "items",
        "iterationIndexes",
    ]) {
        it(`must exist for ${name}`, () => {
            expect(messagesOf({ X: compose(`@${name}('Y')`) })).to.deep.equal([notDefined("X", "Y")]);
        });
    }

    for (const call of ["formDataValue('Y','k')", "formDataMultiValues('Y','k')", "multipartBody('Y',0)"]) {
        it(`must exist for ${call}`, () => {
            expect(messagesOf({ X: compose(`@${call}`) })).to.deep.equal([notDefined("X", "Y")]);
        });
    }

    it("may name the trigger", () => {
        expect(messagesOf({ X: compose("@outputs('manual')"), Y: compose("@body('MANUAL')") })).to.deep.equal(
            [],
        );
        expect(messagesOf({ X: compose("@result('manual')") })).to.deep.equal([notDefined("X", "manual")]);
    });

    it("may name one of several triggers, from an action and from outputs of the definition", () => {
        const request: Json = { type: "Request", inputs: {} };
        const outputs: Json = { o: { type: "String", value: "@outputs('b')" } };
        expect(
            messagesOf({ X: compose("@outputs('b')") }, { triggers: { a: request, b: request }, outputs }),
        ).to.deep.equal([]);
    });

    it("take results of scopes only", () => {
        expect(messagesOf({ S: scope({}), X: after(compose("@result('S')"), "S") })).to.deep.equal([]);
        expect(messagesOf({ A: compose(), X: after(compose("@result('A')"), "A") })).to.deep.equal([
            "The template function 'result' in action 'X' cannot reference action 'A', which is no scope but of type " +
                "'Compose'.",
        ]);
    });
});

describe("references to loops", () => {
    it("take items of any Foreach around", () => {
        const inner = compose("@createArray(items('Outer'), items('inner'), item())");
        expect(messagesOf({ Outer: foreach({ Inner: foreach({ S: scope({ X: inner }) }) }) })).to.deep.equal(
            [],
        );
    });

    const elsewhere: readonly (readonly [where: string, actions: JsonObject])[] = [
        ["outside", { L: foreach({}), X: after(compose("@items('L')"), "L") }],
        ["of an Until", { L: until({ X: compose("@items('L')") }) }],
        ["of a Scope", { L: scope({ X: compose("@items('L')") }) }],
    ];
    for (const [where, actions] of elsewhere) {
        it(`do not take items ${where}`, () => {
            expect(messagesOf(actions)).to.deep.equal([
                "The inputs of template action 'X' cannot reference action 'L': it must be a parent 'foreach' scope " +
                    "of action 'X'.",
            ]);
        });
    }

    it("do not take items for the loop's own list", () => {
        expect(messagesOf({ L: foreach({}, { foreach: "@items('L')" }) })).to.have.length(1);
    });

    it("take the index of an Until inside it and in its condition", () => {
        expect(
            messagesOf({
                U: until(
                    { X: compose("@iterationIndexes('U')") },
                    { expression: "@equals(iterationIndexes('U'), 3)" },
                ),
            }),
        ).to.deep.equal([]);
        expect(messagesOf({ U: until({}), X: after(compose("@iterationIndexes('U')"), "U") })).to.deep.equal([
            "The inputs of template action 'X' cannot reference action 'U': it must be a parent 'until' scope of " +
                "action 'X'.",
        ]);
    });

    it("take the action itself where it knows what it did", () => {
        const tracked = { trackedProperties: { status: "@action()['status']" } };
        expect(
            messagesOf({
                X: compose("", tracked),
                U: until({}, { expression: "@equals(action()['status'], 'x')" }),
                W: { type: "HttpWebhook", inputs: { unsubscribe: { uri: "@action()['outputs']" } } },
            }),
        ).to.deep.equal([]);
        const elsewhere = {
            X: compose("@action()"),
            I: { type: "If", expression: "@equals(action(), 1)", actions: {} },
            W: { type: "HttpWebhook", inputs: { subscribe: { uri: "@action()['outputs']" } } },
        };
        expect(messagesOf(elsewhere)).to.deep.equal(
            ["X", "I", "W"].map(
                (name) =>
                    `The template function 'action' is not expected at this location. It is in the template action '${name}'.`,
            ),
        );
    });

    it("take an address to call back where somebody is given it", () => {
        const W = { type: "HttpWebhook", inputs: { subscribe: { body: "@{listCallbackUrl()}" } } };
        expect(messagesOf({ W })).to.deep.equal([]);
        expect(messagesOf({ X: compose("@listCallbackUrl()") })).to.deep.equal([
            "The template function 'listCallbackUrl' is not expected at this location. It is in the template action 'X'.",
        ]);
    });

    it("take the current item where there is one", () => {
        expect(
            messagesOf({
                Query: { type: "Query", inputs: { from: [], where: "@equals(item(), 1)" } },
                Select: { type: "Select", inputs: { from: [], select: { x: "@item()" } } },
                Table: {
                    type: "Table",
                    inputs: { from: [], format: "CSV", columns: [{ header: "x", value: "@item()" }] },
                },
                Loop: foreach({ U: until({ X: compose("@item()") }) }),
            }),
        ).to.deep.equal([]);
        expect(
            messagesOf({
                Query: { type: "Query", inputs: { from: "@item()", where: "@true" } },
                Select: { type: "Select", inputs: { from: "@item()", select: 1 } },
                Table: { type: "Table", inputs: { from: "@item()", format: "CSV" } },
                U: until({ Compose: compose("@item()") }),
            }),
        ).to.deep.equal(
            ["Query", "Select", "Table", "Compose"].map(
                (name) =>
                    `The template function 'item' is not expected at this location. It is in the template action '${name}'.`,
            ),
        );
    });
});

describe("references outside of actions", () => {
    it("from a trigger do not look into a run", () => {
        const at = (expression: string) =>
            messagesOf(
                { A: compose() },
                { triggers: { t: { type: "Request", inputs: {}, conditions: [{ expression }] } } },
            );
        expect(at("@equals(triggerBody()?['x'], 1)")).to.deep.equal([]);
        for (const name of ["body", "outputs", "actions", "items", "result"]) {
            expect(at(`@${name}('A')`)).to.deep.equal([
                `The template function '${name}' is not expected at this location. It is in the template trigger 't'.`,
            ]);
        }
    });

    it("from a trigger ask for its own address, where it is a webhook", () => {
        const conditions = [{ expression: "@equals(listCallbackUrl(), 'x')" }];
        const host = { connection: { name: "c" } };
        const webhook = { type: "ApiConnectionWebhook", inputs: { host, body: {} }, conditions };
        expect(messagesOf({}, { triggers: { t: webhook } })).to.deep.equal([]);
        expect(
            messagesOf({}, { triggers: { t: { type: "Request", inputs: {}, conditions } } }),
        ).to.deep.equal([
            "The template function 'listCallbackUrl' is not expected at this location. It is in the template trigger 't'.",
        ]);
    });

    it("from outputs of the definition look at any action that exists", () => {
        const at = (value: string) =>
            messagesOf({ S: scope({ A: compose() }) }, { outputs: { o: { type: "String", value } } });
        expect(at("@outputs('A')")).to.deep.equal([]);
        expect(at("@triggerBody()")).to.deep.equal([]);
        expect(at("@outputs('B')")).to.deep.equal([
            "The action(s) 'B' referenced by the outputs of the definition are not defined in the template.",
        ]);
        for (const name of ["item", "action", "listCallbackUrl"]) {
            expect(at(`@${name}()`)).to.deep.equal([
                `The template function '${name}' is not expected at this location. It is in the outputs of the definition.`,
            ]);
        }
    });
});
