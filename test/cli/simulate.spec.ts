import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { simulateCommand } from "../../cli/simulate";

interface Ended {
    readonly code: number;
    readonly output: string;
    readonly error: string;
}

describe("npm run simulate", () => {
    let folder = "";
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "simulate-"));
    });
    after(() => rmSync(folder, { recursive: true }));

    function file(name: string, content: string | object): string {
        const path = join(folder, name);
        writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
        return path;
    }

    function run(...args: readonly string[]): Ended {
        const { exitCode, output, error } = simulateCommand(args);
        return { code: exitCode, output, error };
    }

    const workflow = (actions: object) => ({
        triggers: { manual: { type: "Request", inputs: {} } },
        actions,
    });
    const call = { type: "Http", inputs: { method: "GET", uri: "https://x.example/" } };

    it("prints the run as one JSON document, exact numbers included, and ends with 0", () => {
        const path = file(
            "ok.json",
            '{"triggers":{"t":{"type":"Request","inputs":{}}},"actions":{"A":{"type":"Compose","inputs":[9007199254740993,1.0,"@ticks(\'2026-01-01T00:00:00Z\')"]}}}',
        );
        const ended = run(path, "--seed", "2");
        expect(ended).to.deep.include({ code: 0, error: "" });
        expect(ended.output).to.contain("9007199254740993,\n");
        expect(ended.output).to.contain("1.0,\n");
        expect(ended.output).to.contain("639028224000000000\n");
        expect((JSON.parse(ended.output) as { status: string }).status).to.equal("Succeeded");
        expect(run(path, "--seed", "2").output).to.equal(ended.output);
    });

    it("ends with 2 where the definition is refused, and names code and action", () => {
        const ended = run(file("unsupported.json", workflow({ A: { type: "Xslt", inputs: {} } })));
        expect(ended.code).to.equal(2);
        expect(JSON.parse(ended.output)).to.deep.equal({
            error: {
                code: "NotSupported",
                message: "The action type 'Xslt' of action 'A' is not supported by the simulator.",
                action: "A",
            },
        });
        expect(ended.error).to.equal(
            "NotSupported: The action type 'Xslt' of action 'A' is not supported by the simulator.\n",
        );
        const broken = run(file("broken.json", "{"));
        expect(broken.code).to.equal(2);
        expect((JSON.parse(broken.output) as { error: { code: string } }).error.code).to.equal(
            "InvalidTemplate",
        );
    });

    it("says why on one line, whatever line breaks the definition has in its names", () => {
        const name = "a\r\n b\u2028c\rd";
        const { code, output, error } = run(file("lines.json", workflow({ A: { type: name, inputs: {} } })));
        expect(code).to.equal(2);
        expect((JSON.parse(output) as { error: { message: string } }).error.message).to.contain(name);
        expect(error).to.equal(
            "NotSupported: The action type 'a b c d' of action 'A' is not supported by the simulator.\n",
        );
    });

    it("ends with 3 where the scenario is malformed, or has no reply", () => {
        const path = file("call.json", workflow({ A: call }));
        const malformed = run(path, "--scenario", file("bad.json", { calls: 1 }));
        expect(malformed.code).to.equal(3);
        expect(JSON.parse(malformed.output)).to.deep.equal({
            error: { code: "InvalidScenario", message: "/calls must be array." },
        });
        const unanswered = run(path);
        expect(unanswered.code).to.equal(3);
        expect((JSON.parse(unanswered.output) as { error: { code: string } }).error.code).to.equal("NoReply");
        expect(unanswered.error.split("\n").length).to.equal(2);
    });

    it("ends with 1 and says how to use it where it is used in another way", () => {
        expect(run().code).to.equal(1);
        expect(run(join(folder, "missing.json")).error).to.contain("cannot be read");
        expect(run(file("a.json", workflow({})), "--seed", "x").error).to.contain("The seed is 'x'");
        expect(run("--help")).to.deep.include({ code: 0, error: "" });
    });

    it("is what npm runs", () => {
        const path = file("npm.json", workflow({ A: call }));
        const npm = spawnSync("npm", ["run", "--silent", "simulate", "--", path], { encoding: "utf8" });
        const { code, output, error } = run(path);
        expect({ code: npm.status, output: npm.stdout, error: npm.stderr }).to.deep.equal({
            code,
            output,
            error,
        });
    }).timeout(20_000);
});
