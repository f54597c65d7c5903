import { expect } from "chai";
import type { JsonObject } from "../../../language/json";
import { NotSimulated } from "../../../simulator/resources/notSimulated";
import { acceptsManagedIdentity } from "../../../simulator/resources/types/connections";
import {
    connection,
    contoso,
    managedApi,
    OTHER_SUBSCRIPTION,
    refusalOf,
    without,
} from "../../support/resources";

const SET: JsonObject = { name: "managedIdentityAuth", values: {} };

/** A connection with these markers of managed identity alone. */
function marked(api: string, markers: JsonObject) {
    const rest = without(connection(api).properties, "parameterValueType", "parameterValueSet");
    return { ...connection(api), properties: { ...rest, ...markers } };
}

describe("API connections", () => {
    for (const api of ["azuresentinel", "keyvault", "azuremonitorlogs"]) {
        it(`to ${api} let a managed identity through with the marker of its family`, () => {
            const created = contoso().put(connection(api));
            expect(acceptsManagedIdentity(created)).to.equal(true);
            expect(created.kind).to.equal("V1");
            expect(created.properties["statuses"]).to.deep.equal([{ status: "Ready" }]);
        });
    }

    it("deploy without a marker, but let no managed identity through", () => {
        for (const api of ["azuresentinel", "azuremonitorlogs"]) {
            const created = contoso().put(marked(api, {}));
            expect(acceptsManagedIdentity(created)).to.equal(false);
            expect(created.properties["statuses"]).to.deep.equal([
                {
                    status: "Error",
                    error: { code: "Unauthenticated", message: "This connection is not authenticated." },
                },
            ]);
        }
    });

    it("to a connector with several ways to authenticate do not heed the marker of the others", () => {
        const created = contoso().put(marked("azuremonitorlogs", { parameterValueType: "Alternative" }));
        expect(acceptsManagedIdentity(created)).to.equal(false);
    });

    for (const api of ["azuresentinel", "azuremonitorlogs"]) {
        it(`to ${api} do not deploy with both markers`, () => {
            const both = marked(api, { parameterValueType: "Alternative", parameterValueSet: SET });
            expect(refusalOf(() => contoso().put(both))).to.include(
                `400 BadRequest: The connection '${api}-connection' has both a parameterValueType and a ` +
                    "parameterValueSet.",
            );
        });
    }

    it("to a connector with one way to authenticate take no parameter set", () => {
        expect(
            refusalOf(() => contoso().put(marked("azuresentinel", { parameterValueSet: SET }))),
        ).to.include("400 BadRequest: The connector 'azuresentinel' has one way to authenticate");
    });

    it("to a vault name the vault", () => {
        const nameless = connection("keyvault", { alternativeParameterValues: {} });
        expect(refusalOf(() => contoso().put(nameless))).to.include("lacks the parameter 'vaultName'");
    });

    for (const [what, id] of [
        ["another region", managedApi("azuresentinel", "northeurope")],
        ["another subscription", managedApi("azuresentinel", "westeurope", OTHER_SUBSCRIPTION)],
        ["no region", "/subscriptions/x/providers/Microsoft.Web/managedApis/azuresentinel"],
        ["the name alone", "azuresentinel"],
    ] as const) {
        it(`refuse an API id with ${what}`, () => {
            const wrong = connection("azuresentinel", { api: { id } });
            expect(refusalOf(() => contoso().put(wrong))).to.include(
                `400 BadRequest: The API id '${id}' of connection 'azuresentinel-connection' is not valid.`,
            );
        });
    }

    it("refuse an API that does not exist", () => {
        const unknown = connection("azuresentinel", { api: { id: managedApi("azuresentinal") } });
        expect(refusalOf(() => contoso().put(unknown))).to.equal(
            "404 ApiNotFound: The API 'azuresentinal' could not be found.",
        );
    });

    it("take the display name of their region", () => {
        expect(contoso().put({ ...connection("azuresentinel"), location: "West Europe" }).location).to.equal(
            "westeurope",
        );
    });

    for (const [what, request] of [
        ["kind V2", { ...connection("azuresentinel"), kind: "V2" }],
        ["keys and passwords", connection("azuresentinel", { parameterValues: { key: "x" } })],
        ["another parameterValueType", connection("azuresentinel", { parameterValueType: "Other" })],
        ["another parameter set", connection("azuremonitorlogs", { parameterValueSet: { name: "oauth" } })],
        ["other properties", connection("azuresentinel", { testLinks: [] })],
    ] as const) {
        it(`refuse ${what} by name, since the simulation does not know them`, () => {
            expect(() => contoso().put(request)).to.throw(NotSimulated);
        });
    }
});
