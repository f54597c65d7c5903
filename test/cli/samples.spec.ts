import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { readSamples, samplesFolder } from "../../cli/samples";

const sample = { name: "one", sentence: "S.", expected: { runs: [], comments: [] } };

describe("samples", () => {
    let folder: string;

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "samples-"));
    });

    afterEach(() => {
        rmSync(folder, { recursive: true });
    });

    function write(file: string, content: unknown): void {
        writeFileSync(join(folder, file), typeof content === "string" ? content : JSON.stringify(content));
    }

    it("are read in order of their files; a number in front only orders", () => {
        write("02-one.json", sample);
        write("01-two.json", { ...sample, name: "two" });
        write("notes.txt", "no sample");
        expect(readSamples(folder).map(({ name }) => name)).to.deep.equal(["two", "one"]);
    });

    it("are refused with every problem, file and place at once", () => {
        write("01-broken.json", "{");
        write("02-other.json", sample);
        write("03-three.json", {
            ...sample,
            name: "three",
            surprise: 1,
            incidents: [{ ref: "a", title: "T", severity: "high" }],
            intezer: { files: [{ sha256: "a".repeat(64), colour: "red" }] },
        });
        expect(() => readSamples(folder))
            .to.throw(Error)
            .with.property("message")
            .that.satisfies((message: string) =>
                [
                    "01-broken.json: is no JSON",
                    "02-other.json: /name must be 'other' as the file's",
                    "03-three.json: / must NOT have additional properties 'surprise'",
                    '03-three.json: /incidents/0/severity must be equal to one of the allowed values: ["High"',
                    "03-three.json: /intezer/files/0 property name must be valid",
                ].every((part) => message.includes(part)),
            );
    });

    it("of this project are all usable and have names of their own", () => {
        const names = readSamples(samplesFolder).map(({ name }) => name);
        expect(names).to.include.members([
            "file-with-three-hashes",
            "two-urls",
            "hash-and-url",
            "nothing-to-scan",
            "unknown-hash",
            "quota-used-up",
            "slow-analysis",
            "defender-webhook",
            "incident-webhook",
            "foreign-workspace-webhook",
            "alert-refused",
        ]);
        expect(new Set(names)).to.have.property("size", names.length);
    });
});
