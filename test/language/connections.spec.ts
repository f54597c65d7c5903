import { expect } from "chai";
import { ExpressionSyntaxError, connectionName, connectionsOf } from "../../language";
import type { Json } from "../../language/json";
import { compose, definitionOf, foreach, scope } from "../support/language";

describe("connectionsOf", () => {
    it("names the connections of triggers and of nested actions, sorted and each once", () => {
        const definition = definitionOf(
            {
                A: call(connectionName("keyvault")),
                B: scope({ C: foreach({ D: call(connectionName("azuresentinel")) }) }),
                E: {
                    type: "If",
                    expression: "@true",
                    actions: {},
                    else: { actions: { F: call(connectionName("b")) } },
                },
                G: {
                    type: "Switch",
                    expression: "x",
                    cases: { One: { case: "x", actions: { H: call(connectionName("c")) } } },
                    default: { actions: { I: call(connectionName("d")) } },
                },
            },
            { triggers: { incident: call(connectionName("azuresentinel")) } },
        );
        expect(connectionsOf(definition)).to.deep.equal(["azuresentinel", "b", "c", "d", "keyvault"]);
    });

    const spellings = [
        "@parameters('$connections')['a']['connectionId']",
        "@{parameters('$connections')['a']['connectionId']}",
        "@parameters('$connections').a.connectionId",
        "@Parameters('$Connections')?['a']?['connectionId']",
        "@coalesce(parameters('$connections')['a']['connectionId'])",
    ];
    for (const spelling of spellings) {
        it(`reads ${spelling}`, () => {
            expect(connectionsOf(definitionOf({ A: call(spelling) }))).to.deep.equal(["a"]);
        });
    }

    it("does not take other places for connections", () => {
        const elsewhere = compose(connectionName("a"));
        expect(connectionsOf(definitionOf({ A: elsewhere, B: call("/subscriptions/x") }))).to.deep.equal([]);
        expect(
            connectionsOf(definitionOf({ A: call("@parameters('other')['a']['connectionId']") })),
        ).to.deep.equal([]);
    });

    it("refuses a key that is only known when the workflow runs", () => {
        expect(() =>
            connectionsOf(
                definitionOf({ A: call("@parameters('$connections')[triggerBody()]['connectionId']") }),
            ),
        ).to.throw(
            `"A" computes the key of its connection. Write it as text: @parameters('$connections')['key']['connectionId'].`,
        );
    });

    it("refuses a name that cannot be read", () => {
        expect(() => connectionsOf(definitionOf({ A: call("@parameters(") }))).to.throw(
            ExpressionSyntaxError,
        );
    });

    it("finds none in what is no definition", () => {
        for (const value of [
            null,
            1,
            "x",
            [],
            {},
            { actions: [null], triggers: 5 },
            { actions: { A: null } },
        ]) {
            expect(connectionsOf(value)).to.deep.equal([]);
        }
    });
});

function call(name: string): { readonly [key: string]: Json } {
    return { type: "ApiConnection", inputs: { host: { connection: { name } }, method: "get", path: "/" } };
}
