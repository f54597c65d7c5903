import { expect } from "chai";
import { StackSettings } from "../../../cli/settings";
import { UsageError } from "../../../cli/simulated/arguments";
import { settingsFor, simulatedSettings } from "../../../cli/simulated/settings";

describe("Settings of a simulated subscription", () => {
    function settingsWith(values: StackSettings["values"] = {}) {
        return new StackSettings("intezer-sentinel", "prod", values);
    }

    function valuesWith(...overrides: string[]) {
        const file = { "intezer-sentinel:workspaceName": "w", "intezer-sentinel:resourceGroup": "g" };
        return simulatedSettings(settingsWith(file), overrides).settings.values;
    }

    it("are those of the stack's file, with what the command line changes", () => {
        expect(
            valuesWith(
                "workspaceName=other",
                "intezer-sentinel:analysisTimeoutMinutes=60",
                "tagIncidents=true",
                'severities=["High","Low"]',
                'tags={"team":"a=b"}',
                "azure-native:location=northeurope",
                "intezerEnvironment=12",
            ),
        ).to.deep.equal({
            "intezer-sentinel:workspaceName": "other",
            "intezer-sentinel:resourceGroup": "g",
            "intezer-sentinel:analysisTimeoutMinutes": 60,
            "intezer-sentinel:tagIncidents": true,
            "intezer-sentinel:severities": ["High", "Low"],
            "intezer-sentinel:tags": { team: "a=b" },
            "azure-native:location": "northeurope",
            "intezer-sentinel:intezerEnvironment": "12",
        });
    });

    it("lose what the command line sets to nothing", () => {
        expect(valuesWith("resourceGroup=")).to.deep.equal({ "intezer-sentinel:workspaceName": "w" });
    });

    it("take the last of two values", () => {
        expect(valuesWith("workspaceName=a", "workspaceName=b")).to.deep.include({
            "intezer-sentinel:workspaceName": "b",
        });
    });

    const encrypted = { secure: "v1:AAAA" };
    const keyed = { "intezer-sentinel:intezerApiKey": encrypted };
    const vaulted = { "intezer-sentinel:keyVault": "kv" };
    for (const [what, values, overrides, apiKey] of [
        ["a made-up one in place of an encrypted one", keyed, [], "made up"],
        ["a made-up one where the vault is created and nobody has set one", {}, [], "made up"],
        ["none where an existing vault has it", vaulted, [], undefined],
        ["a made-up one where it goes into an existing vault", { ...keyed, ...vaulted }, [], "made up"],
        ["that of the command line", keyed, ["intezerApiKey=k"], { given: "k" }],
        ["none where the command line takes it away", keyed, ["intezerApiKey="], undefined],
    ] as const) {
        it(`have as Intezer's key ${what}`, () => {
            const read = simulatedSettings(settingsWith(values), overrides);
            expect(read.apiKey).to.deep.equal(apiKey);
            expect(Object.keys(read.settings.values)).not.to.include("intezer-sentinel:intezerApiKey");
        });
    }

    it("refuse another encrypted value with the remedy, and take the remedy", () => {
        const read = settingsWith({ "intezer-sentinel:intezerUrl": encrypted, ...keyed });
        expect(() => simulatedSettings(read, [])).to.throw(
            UsageError,
            "Pulumi.prod.yaml has encrypted values, which are not decrypted here. Give another value for each:\n" +
                "  intezerUrl: --config intezerUrl=<value>",
        );
        expect(simulatedSettings(read, ["intezerUrl=https://x.example"]).settings.values).to.deep.equal({
            "intezer-sentinel:intezerUrl": "https://x.example",
        });
    });

    for (const [override, message] of [
        ["workspaceName", "--config is 'workspaceName'. It has to be key=value."],
        ["=x", "--config is '=x'. It has to be key=value."],
        ["workspace=x", "There is no setting 'workspace'. Settings are: azure-native:location, "],
        ["azure-native:tenantId=x", "There is no setting 'azure-native:tenantId'."],
        [
            "severities=High",
            "--config severities is 'High'. It has to be a list as JSON: --config 'severities=",
        ],
        ["tags=[]", "--config tags is '[]'. It has to be an object as JSON: --config 'tags="],
        [
            "tagIncidents=yes",
            "--config tagIncidents is 'yes'. It has to be true or false: --config 'tagIncidents=",
        ],
        [
            "automationOrder=first",
            "--config automationOrder is 'first'. It has to be a whole number: --config ",
        ],
    ] as const) {
        it(`refuse --config ${override}`, () => {
            expect(() => valuesWith(override)).to.throw(UsageError, message);
        });
    }

    it("refuse a stack that has no file, and name those that have one", () => {
        expect(() => settingsFor("nobodys", [])).to.throw(
            UsageError,
            /^There is no Pulumi\.nobodys\.yaml\. Stacks with a file: .*\bdev\b/,
        );
    });
});
