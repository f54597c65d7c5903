import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { importFile, main, SettingsError } from "../../cli/importFile";
import { projectFolder, readSettings } from "../../cli/settings";

const settings = readSettings("dev");
const subscription = "00000000-0000-4000-8000-0000000000e1";
const { version } = JSON.parse(
    readFileSync(join(projectFolder, "node_modules/@pulumi/azure-native/package.json"), "utf8"),
) as { version: string };

/** Runs the command line; stacks other than `dev` do not exist. */
function run(args: readonly string[], of = settings) {
    let output = "";
    let error = "";
    const code = main(args, {
        settingsOf: (stack) => (stack === "dev" ? of : undefined),
        write: (text) => (output += text),
        writeError: (text) => (error += text),
    });
    return { code, output, error };
}

describe("npm run import-file", () => {
    it("names the workflows of the stack's playbooks, each in its component", () => {
        const chosen = settings.with({ playbooks: ["scanUrl", "updateIncident"] });
        const id = (name: string) =>
            `/subscriptions/${subscription}/resourceGroups/contoso-playbooks/providers/Microsoft.Logic/workflows/${name}`;
        const { code, output, error } = run(["--stack", "dev", "--subscription", subscription], chosen);
        expect({ code, error }).to.deep.equal({ code: 0, error: "" });
        expect(JSON.parse(output)).to.deep.equal({
            resources: [
                { type: "intezer-sentinel:index:Playbook", name: "updateIncident", component: true },
                {
                    type: "azure-native:logic:Workflow",
                    name: "updateIncident-workflow",
                    id: id("UpdateIncident-IntezerAlert-Webhook"),
                    parent: "updateIncident",
                    version,
                },
                { type: "intezer-sentinel:index:Playbook", name: "scanUrl", component: true },
                {
                    type: "azure-native:logic:Workflow",
                    name: "scanUrl-workflow",
                    id: id("Submit-IntezerScanURL-IncidentTriggered"),
                    parent: "scanUrl",
                    version,
                },
            ],
        });
    });

    for (const [how, playbooks] of [
        ["are not set", null],
        ["are an empty list", []],
    ] as const) {
        it(`names all workflows where the playbooks ${how}`, () => {
            const { resources } = importFile(settings.with({ playbooks }), subscription);
            expect(resources.filter(({ component }) => component !== true)).to.have.length(4);
        });
    }

    it("takes the provider's subscription where none is given, and a given one before it", () => {
        const set = settings.with({ "azure-native:subscriptionId": "00000000-0000-4000-8000-0000000000e2" });
        expect(importFile(set).resources[1]?.id).to.match(/^\/subscriptions\/[0-9-]*e2\//);
        expect(importFile(set, subscription).resources[1]?.id).to.match(/^\/subscriptions\/[0-9-]*e1\//);
    });

    it("lists all that the settings lack, with the commands that mend it", () => {
        const bare = settings.with({ resourceGroup: "", playbooks: ["scanUrl", "scanEverything"] });
        const { code, output, error } = run(["--stack", "dev"], bare);
        expect({ code, output }).to.deep.equal({ code: 1, output: "" });
        expect(error.split("\n")).to.deep.equal([
            "resourceGroup is not set: the resource group of the workflows.",
            "  pulumi config set resourceGroup <name>",
            "The subscription of the resource group is not known.",
            '  --subscription "$(az account show --query id --output tsv)"',
            'playbooks names "scanEverything"; there are updateIncident, submitAlert, scanFileHash, scanUrl.',
            "  pulumi config set --path 'playbooks[0]' <playbook>",
        ]);
    });

    it("refuses a subscription that is not given by its id", () => {
        expect(() => importFile(settings, "Contoso production")).to.throw(
            SettingsError,
            "a GUID, not as 'Contoso production'",
        );
    });

    it("refuses a list of playbooks that is a text, as the program does", () => {
        const text = settings.with({ playbooks: '["scanUrl"]' });
        expect(() => importFile(text, subscription)).to.throw(SettingsError, 'playbooks names "[');
    });

    it("says how to set up a stack that is not there", () => {
        const { code, error } = run(["--stack", "prod"]);
        expect(code).to.equal(1);
        expect(error).to.include("There is no file Pulumi.prod.yaml").and.include("pulumi stack init prod");
    });

    it("tells how it is used, also where it was used in another way", () => {
        expect(run(["--help"])).to.include({ code: 0, error: "" });
        expect(run(["--help"]).output).to.match(/^npm run --silent import-file/);
        expect(run([]).error).to.match(/^--stack is missing\.\n\nnpm run/);
        expect(run(["--stack", "dev", "--all"])).to.include({ code: 2, output: "" });
        expect(run(["--all"]).error).to.match(/^Unknown option '--all'/);
    });
});
