import { expect } from "chai";
import { UNKNOWN } from "../../../../simulator/resources/azureNative/unknown";
import {
    CONNECTION,
    connectionInputs,
    GROUP,
    POLICY,
    policyInputs,
    provider,
    RULE,
    SECRET,
    secretInputs,
    WORKFLOW,
} from "../../../support/azureNative";
import { ANALYST, connection, entry, runPlaybook } from "../../../support/resources";

describe("the outputs that azure-native previews", () => {
    it("are the inputs that are outputs too, and unknown values for the rest", () => {
        const inputs = {
            azureApiVersion: "2024-03-01",
            resourceGroupName: "playbooks",
            location: "westeurope",
            tags: { team: "soc" },
            __createBeforeDelete: true,
        };
        expect(provider().previewCreate(GROUP, inputs)).to.deep.equal({
            location: "westeurope",
            managedBy: UNKNOWN,
            name: UNKNOWN,
            properties: UNKNOWN,
            tags: { team: "soc" },
            type: UNKNOWN,
        });
    });

    it("are unknown inside objects and maps of a known type, and as given where the type is any", () => {
        const definition = { triggers: {}, actions: {} };
        const outputs = provider().previewCreate(WORKFLOW, {
            location: UNKNOWN,
            definition,
            identity: { type: "SystemAssigned" },
            parameters: { $connections: { value: { azuresentinel: entry("azuresentinel") } } },
            accessControl: { triggers: { allowedCallerIpAddresses: [{ addressRange: "10.0.0.0/8" }, {}] } },
        });
        expect(outputs).to.include({
            location: UNKNOWN,
            accessEndpoint: UNKNOWN,
            sku: UNKNOWN,
            state: UNKNOWN,
        });
        expect(outputs["definition"]).to.deep.equal(definition);
        expect(outputs["identity"]).to.deep.equal({
            type: "SystemAssigned",
            principalId: UNKNOWN,
            tenantId: UNKNOWN,
            userAssignedIdentities: UNKNOWN,
        });
        expect(outputs["parameters"]).to.deep.equal({
            $connections: {
                description: UNKNOWN,
                metadata: UNKNOWN,
                type: UNKNOWN,
                value: { azuresentinel: entry("azuresentinel") },
            },
        });
        expect(outputs["accessControl"]).to.deep.equal({
            actions: UNKNOWN,
            contents: UNKNOWN,
            triggers: {
                allowedCallerIpAddresses: [{ addressRange: "10.0.0.0/8" }, { addressRange: UNKNOWN }],
                openAuthenticationPolicies: UNKNOWN,
            },
            workflowManagement: UNKNOWN,
        });
    });

    it("are as given for one of several types", () => {
        const outputs = provider().previewCreate(RULE, { order: 1, actions: [runPlaybook()] });
        expect(outputs["actions"]).to.deep.equal([runPlaybook()]);
        expect(outputs["order"]).to.equal(1);
    });

    it("are none for an access policy", () => {
        expect(provider().previewCreate(POLICY, policyInputs(ANALYST))).to.deep.equal({});
    });

    it("show a secret's value, which comes from the program", () => {
        expect(provider().previewCreate(SECRET, secretInputs())["properties"]).to.deep.equal({
            attributes: UNKNOWN,
            contentType: UNKNOWN,
            secretUri: UNKNOWN,
            secretUriWithVersion: UNKNOWN,
            value: "api-key",
        });
    });

    it("keep name and region in an update, and nothing else", () => {
        const oldOutputs = {
            name: "azuresentinel-connection",
            location: "westeurope",
            type: "Microsoft.Web/connections",
        };
        const outputs = provider().previewUpdate(
            CONNECTION,
            connectionInputs({ location: "West Europe" }),
            oldOutputs,
        );
        expect(outputs).to.include({
            name: "azuresentinel-connection",
            location: "westeurope",
            type: UNKNOWN,
            kind: "V1",
        });
        expect(outputs["properties"]).to.deep.equal(connection("azuresentinel").properties);
    });
});
