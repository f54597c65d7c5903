import { expect } from "chai";
import { ApiConnection, type ApiConnectionArgs } from "../../components/apiConnection";
import { project, read, run } from "../support/pulumi";

const place = {
    resourceGroupName: "playbooks",
    subscriptionId: "s-1",
    location: "westeurope",
    tags: { team: "x" },
};

const group = "/subscriptions/s-1/providers/Microsoft.Web/locations/westeurope/managedApis";

function connect(args: Pick<ApiConnectionArgs, "api" | "vaultName">) {
    return run(() => new ApiConnection("api", { ...place, ...args }));
}

describe("ApiConnection", () => {
    const bodies = [
        {
            args: { api: "azuresentinel" as const },
            name: "azuresentinel-intezer-connection",
            marker: { parameterValueType: "Alternative" },
        },
        {
            args: { api: "keyvault" as const, vaultName: "contoso-vault" },
            name: "keyvault-intezer-connection",
            marker: {
                parameterValueType: "Alternative",
                alternativeParameterValues: { vaultName: "contoso-vault" },
            },
        },
        {
            args: { api: "azuremonitorlogs" as const },
            name: "monitorlogs-intezer-connection",
            marker: { parameterValueSet: { name: "managedIdentityAuth", values: {} } },
        },
    ];
    for (const { args, name, marker } of bodies) {
        it(`connects to ${args.api} by managed identity, with the generic resource`, async () => {
            const { resource } = await connect(args);
            const connection = resource("api-connection");
            expect(connection.type).to.equal("azure-native:resources:Resource");
            expect(connection.inputs).to.deep.equal({
                apiVersion: "2016-06-01",
                resourceProviderNamespace: "Microsoft.Web",
                parentResourcePath: "",
                resourceType: "connections",
                resourceName: name,
                resourceGroupName: "playbooks",
                kind: "V1",
                location: "westeurope",
                tags: { team: "x" },
                properties: {
                    displayName: name,
                    api: { id: `${group}/${args.api}` },
                    customParameterValues: {},
                    ...marker,
                },
            });
            expect(connection.parent).to.equal("api");
            expect(connection.deleteBeforeReplace).to.equal(true);
            expect(connection.replaceOnChanges).to.deep.equal(["location"]);
            expect(connection.replacementTrigger).to.equal(place.subscriptionId);
        });

        it(`gives the entry of ${args.api} that agrees with the connection`, async () => {
            const { result } = await connect(args);
            const { value, known } = await read(result.entry);
            expect(known).to.equal(true);
            expect(value).to.deep.equal({
                connectionId: value.connectionId,
                connectionName: name,
                id: `${group}/${args.api}`,
                connectionProperties: { authentication: { type: "ManagedServiceIdentity" } },
            });
            expect(value.connectionId).to.match(new RegExp(`/resourceGroups/playbooks/.*/${name}$`));
        });
    }

    it("refuses a connection to keyvault without a vault, before anything is registered", async () => {
        const { registered } = await run(() => {
            expect(() => new ApiConnection("api", { ...place, api: "keyvault" })).to.throw(
                'A connection to "keyvault" needs `vaultName`, the vault that it reads.',
            );
        });
        expect(registered).to.deep.equal([]);
    });

    it("is a component of this project", async () => {
        const { registered } = await connect({ api: "azuresentinel" });
        expect(registered.map(({ type, name, custom }) => ({ type, name, custom }))).to.deep.equal([
            { type: `${project}:index:ApiConnection`, name: "api", custom: false },
            { type: "azure-native:resources:Resource", name: "api-connection", custom: true },
        ]);
    });
});
