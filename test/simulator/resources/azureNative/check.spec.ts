import { expect } from "chai";
import type { JsonObject } from "../../../../language/json";
import type { CheckRequest, Subject } from "../../../../simulator/resources/azureNative/protocol";
import { UNKNOWN } from "../../../../simulator/resources/azureNative/unknown";
import {
    ASSIGNMENT,
    CONNECTION,
    connectionInputs,
    GROUP,
    POLICY,
    provider,
    RULE,
    SECRET,
    SEED,
    VAULT,
    vaultInputs,
    WORKFLOW,
} from "../../../support/azureNative";
import { contoso, SUBSCRIPTION, without } from "../../../support/resources";

function inputsOf(subject: Subject, news: JsonObject, more: Partial<CheckRequest> = {}): JsonObject {
    return provider().check(subject, { news, randomSeed: SEED, ...more }).inputs;
}

function reasonsOf(subject: Subject, news: JsonObject, azureNative = provider()): readonly string[] {
    return azureNative.check(subject, { news, randomSeed: SEED }).failures.map(({ reason }) => reason);
}

describe("the defaults of azure-native", () => {
    it("make a name up of the logical name and 8 digits, which allows to replace before deleting", () => {
        const inputs = inputsOf(GROUP, {});
        expect(inputs["resourceGroupName"]).to.match(/^group[0-9a-f]{8}$/);
        expect(without(inputs, "resourceGroupName")).to.deep.equal({
            azureApiVersion: "2024-03-01",
            location: "westeurope",
            __createBeforeDelete: true,
        });
    });

    it("make the same name up for the same seed only", () => {
        const nameFor = (seed: number) =>
            inputsOf(WORKFLOW, {}, { randomSeed: Uint8Array.from([seed]) })["workflowName"];
        expect(nameFor(1)).to.equal(nameFor(1));
        expect(nameFor(1)).to.not.equal(nameFor(2));
    });

    it("make a GUID up for a role assignment, and no GUID for an automation rule", () => {
        expect(inputsOf(ASSIGNMENT, {})["roleAssignmentName"]).to.match(
            /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
        );
        expect(inputsOf(RULE, {})["automationRuleId"]).to.match(/^rule[0-9a-f]{8}$/);
    });

    it("give a secret its logical name, which does not allow to replace before deleting", () => {
        expect(inputsOf(SECRET, { vaultName: "kv-contoso" })).to.deep.equal({
            azureApiVersion: "2024-11-01",
            secretName: "secret",
            vaultName: "kv-contoso",
        });
    });

    it("keep the name of the time before, and whether it was made up", () => {
        const olds = { vaultName: "kv0123abcd", location: "westeurope", __createBeforeDelete: true };
        expect(inputsOf(VAULT, {}, { olds })).to.include({
            vaultName: "kv0123abcd",
            __createBeforeDelete: true,
        });
        const given = inputsOf(VAULT, {}, { olds: without(olds, "__createBeforeDelete") });
        expect(given).to.include({ vaultName: "kv0123abcd" }).and.not.have.property("__createBeforeDelete");
    });

    it("leave a name alone that the program gives", () => {
        const inputs = inputsOf(GROUP, { resourceGroupName: "mine" }, { olds: { resourceGroupName: "old" } });
        expect(inputs)
            .to.include({ resourceGroupName: "mine" })
            .and.not.have.property("__createBeforeDelete");
    });

    it("take the region of the program, then of the time before, of the configuration, of the resource group", () => {
        const news = { resourceGroupName: "playbooks" };
        const olds = { location: "northeurope" };
        const inSweden = provider(contoso(), { location: "swedencentral" });
        const location = (given: JsonObject, old: JsonObject) =>
            inSweden.check(VAULT, { news: given, olds: old, randomSeed: SEED }).inputs["location"];
        expect(location({ ...news, location: "France Central" }, olds)).to.equal("France Central");
        expect(location(news, olds)).to.equal("northeurope");
        expect(location(news, {})).to.equal("swedencentral");
        expect(inputsWithoutRegion(news)["location"]).to.equal("westeurope");
    });

    it("do not know the region of a resource group that is not known yet, or not there", () => {
        expect(inputsWithoutRegion({ resourceGroupName: UNKNOWN })["location"]).to.equal(UNKNOWN);
        expect(inputsWithoutRegion({ resourceGroupName: "new" })).to.not.have.property("location");
    });

    it("give no region to what has none", () => {
        expect(inputsOf(RULE, { resourceGroupName: "playbooks" })).to.not.have.property("location");
    });

    it("drop what is null, however deep, but not from arrays", () => {
        const definition = { a: null, b: { c: null, d: [null, { e: null }] } };
        expect(inputsOf(WORKFLOW, { definition, state: null })).to.deep.include({
            definition: { b: { d: [null, {}] } },
        });
    });
});

describe("the checks of azure-native", () => {
    it("find nothing wrong with good inputs, nor with values that are not known yet", () => {
        expect(reasonsOf(VAULT, vaultInputs())).to.deep.equal([]);
        expect(reasonsOf(CONNECTION, connectionInputs())).to.deep.equal([]);
        expect(
            reasonsOf(RULE, ruleInputs({ order: UNKNOWN, actions: UNKNOWN, triggeringLogic: UNKNOWN })),
        ).to.deep.equal([]);
    });

    it("name each property that is missing, with its path", () => {
        expect(reasonsOf(POLICY, {})).to.deep.equal([
            "missing required property 'resourceGroupName'",
            "missing required property 'vaultName'",
            "missing required property 'policy'",
        ]);
        expect(reasonsOf(VAULT, { ...vaultInputs(), properties: { sku: { family: "A" } } })).to.deep.equal([
            "missing required property 'properties.tenantId'",
            "missing required property 'properties.sku.name'",
        ]);
        expect(reasonsOf(CONNECTION, without(connectionInputs(), "apiVersion"))).to.deep.equal([
            "missing required property 'apiVersion'",
        ]);
    });

    it("say how to configure a region that is missing", () => {
        expect(reasonsOf(GROUP, {}, withoutRegion())).to.deep.equal([
            "missing required property 'location'. Either set it explicitly or configure it with 'pulumi config set azure-native:location <value>'.",
        ]);
    });

    it("name values of the wrong type", () => {
        const values = {
            location: 1,
            resourceGroupName: ["playbooks"],
            properties: "none",
            tags: 2,
        };
        expect(reasonsOf(VAULT, { ...vaultInputs(), ...values })).to.deep.equal([
            "'resourceGroupName' should be of type 'string' but got an array",
            "'location' should be of type 'string' but got a number",
            "'properties' should be of type 'object' but got a string",
            "'tags' should be of type 'object' but got a number",
        ]);
        const properties = {
            accessPolicies: [{ objectId: 1, tenantId: "t", permissions: { secrets: "get" } }],
        };
        expect(reasonsOf(VAULT, vaultInputs(properties))).to.deep.equal([
            "'properties.accessPolicies[0].objectId' should be of type 'string' but got a number",
            "'properties.accessPolicies[0].permissions.secrets' should be of type 'array' but got a string",
        ]);
        expect(reasonsOf(VAULT, vaultInputs({ enableSoftDelete: "yes" }))).to.deep.equal([
            "'properties.enableSoftDelete' should be of type 'boolean' but got a string",
        ]);
    });

    it("name values out of bounds", () => {
        expect(reasonsOf(RULE, ruleInputs({ order: 0 }))).to.deep.equal([
            "'order' is too low (0.000000 < 1.000000)",
        ]);
        expect(reasonsOf(RULE, ruleInputs({ order: 1001 }))).to.deep.equal([
            "'order' is too high (1001.000000 > 1000.000000)",
        ]);
        expect(reasonsOf(RULE, ruleInputs({ order: 1.5 }))).to.deep.equal([
            "'order' must be an integer but got 1.500000",
        ]);
        expect(reasonsOf(RULE, ruleInputs({ displayName: "x".repeat(501) }))).to.deep.equal([
            "'displayName' is too long (501): at most 500 characters allowed",
        ]);
        expect(
            reasonsOf(VAULT, { ...vaultInputs(), vaultName: "a name that is too long for it" }),
        ).to.deep.equal(["'vaultName' does not match expression '^[a-zA-Z0-9-]{3,24}$'"]);
    });

    it("do not know other types", () => {
        const app = { type: "azure-native:web:WebApp", name: "app" };
        expect(() => provider().check(app, { news: {}, randomSeed: SEED })).to.throw(
            'The simulated Azure does not know the resource type "azure-native:web:WebApp".',
        );
    });
});

function withoutRegion() {
    return provider(contoso(), { location: undefined });
}

function inputsWithoutRegion(news: JsonObject): JsonObject {
    return withoutRegion().check(VAULT, { news, randomSeed: SEED }).inputs;
}

function ruleInputs(more: JsonObject): JsonObject {
    return {
        resourceGroupName: "soc",
        workspaceName: `workspace-of-${SUBSCRIPTION}`,
        displayName: "Scan",
        order: 1,
        actions: [],
        triggeringLogic: { isEnabled: true, triggersOn: "Incidents", triggersWhen: "Created" },
        ...more,
    };
}
