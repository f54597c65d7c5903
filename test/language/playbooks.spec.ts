import { expect } from "chai";
import { SAFE_MAX_ACTIONS, checkDefinition, findExposedSecrets } from "../../language";
import { isJsonObject, type Json } from "../../language/json";
import { outlineOf } from "../../language/outline";
import { playbooks, type PlaybookSettings } from "../../workflows";
import { getToken, readKey } from "../../workflows/parts/intezer";

const base: PlaybookSettings = {
    workspace: {
        id:
            "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/soc" +
            "/providers/Microsoft.OperationalInsights/workspaces/contoso",
        customerId: "00000000-0000-0000-0000-000000000002",
        subscriptionId: "00000000-0000-0000-0000-000000000001",
        resourceGroup: "soc",
        name: "contoso",
    },
    intezerUrl: "https://analyze.intezer.com",
    intezerEnvironment: "it's {production} @{home}",
    secretName: "intezer-api-key",
    analysisTimeoutMinutes: 60,
    tagIncidents: true,
    logQueryVia: "connection",
};

const variants: readonly PlaybookSettings[] = [
    base,
    { ...base, tagIncidents: false },
    { ...base, logQueryVia: "http", intezerEnvironment: undefined },
];

describe("the definitions of the playbooks", () => {
    for (const playbook of Object.values(playbooks)) {
        describe(playbook.workflowName, () => {
            const definitions = variants.map((settings) => playbook.define(settings));

            it("would be saved by Azure", () => {
                for (const definition of definitions) {
                    expect(checkDefinition(definition, { parameters: ["$connections"] })).to.deep.equal([]);
                }
            });

            it("stay below the smaller of the two documented limits of actions", () => {
                for (const definition of definitions) {
                    expect(outlineOf(definition).actions.length).to.be.within(1, SAFE_MAX_ACTIONS - 1);
                }
            });

            it("show neither key nor token in the run history", () => {
                for (const definition of definitions) {
                    expect(
                        findExposedSecrets(definition, ({ name }) => name === readKey || name === getToken),
                    ).to.deep.equal([]);
                }
            });
        });
    }

    it("would show the key or the token if any one action did not hide it", () => {
        const definition = playbooks.scanFileHash.define(base);
        const isSource = ({ name }: { readonly name: string }) => name === readKey || name === getToken;
        const secured = outlineOf(definition).actions.filter(({ body }) =>
            JSON.stringify(body["runtimeConfiguration"] ?? null).includes("secureData"),
        );
        expect(secured.map(({ name }) => name)).to.include.members([readKey, getToken]);
        for (const { name } of secured) {
            const open = withoutHiding(definition as unknown as Json, name);
            expect(new Set(findExposedSecrets(open, isSource).map(({ action }) => action))).to.deep.equal(
                new Set([name]),
            );
        }
    });
});

/** The JSON without the runtime configuration of the action of this name. */
function withoutHiding(value: Json, action: string): Json {
    if (Array.isArray(value)) {
        return value.map((item: Json) => withoutHiding(item, action));
    }
    if (!isJsonObject(value)) {
        return value;
    }
    return Object.fromEntries(
        Object.entries(value).map(([key, child]) => {
            const rest = withoutHiding(child, action);
            return [key, key === action && isJsonObject(rest) ? omitConfiguration(rest) : rest];
        }),
    );
}

function omitConfiguration(value: { readonly [key: string]: Json }): Json {
    return Object.fromEntries(Object.entries(value).filter(([key]) => key !== "runtimeConfiguration"));
}
