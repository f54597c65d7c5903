import { expect } from "chai";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../../../cli/simulated/arguments";
import { readImportFile } from "../../../cli/simulated/importFile";
import { inTemporaryFolder } from "../../support/temporaryFolder";

describe("A file for pulumi import", () => {
    function readText(text: string): Promise<ReturnType<typeof readImportFile>[]> {
        const read: ReturnType<typeof readImportFile>[] = [];
        return inTemporaryFolder((folder) => {
            const file = join(folder, "import.json");
            writeFileSync(file, text);
            read.push(readImportFile(file));
        }).then(() => read);
    }

    async function refusalOf(text: string): Promise<string> {
        try {
            await readText(text);
        } catch (error) {
            expect(error).to.be.instanceOf(UsageError);
            return error instanceof Error ? error.message : "";
        }
        return "none";
    }

    it("is read as the CLI reads it", async () => {
        const file = {
            nameTable: { parent: "urn:pulumi:dev::p::t::parent" },
            resources: [
                { type: "p:index:Component", name: "c", component: true },
                { type: "azure-native:logic:Workflow", name: "w", id: "/subscriptions/1", parent: "c" },
            ],
        };
        expect(await readText(JSON.stringify(file))).to.deep.equal([file]);
    });

    it("is refused where it is no JSON", async () => {
        expect(await refusalOf("{")).to.match(/^The file '.*import\.json' cannot be read: /);
    });

    it("is refused where it is JSON of another kind, with what it has to be", async () => {
        expect(await refusalOf('{"resources": [{"type": "t"}]}'))
            .to.contain("is none for pulumi import: it/resources/0 must have required property 'name'")
            .and.contain('It has to be {"resources": [{"type": …, "name": …, "id": …}]}.');
        expect(await refusalOf('{"resources": [], "version": 3}')).to.contain(
            "it must NOT have additional properties",
        );
    });

    it("is refused where it is not there", () => {
        expect(() => readImportFile("/nowhere/import.json")).to.throw(UsageError, "/nowhere/import.json");
    });
});
