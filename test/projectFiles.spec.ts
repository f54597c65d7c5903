import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { loadConfig, type Catalogue } from "../config";
import { configTypes } from "../config/reader";
import { playbooks as knownPlaybooks } from "../workflows";
import { asConfig, fullKey, required } from "./support/config";
import { run } from "./support/pulumi";

describe("Pulumi.yaml", () => {
    interface Declaration {
        readonly type: string;
        readonly items?: { readonly type: string };
        readonly description: string;
        readonly default?: unknown;
    }
    const projectFile = parse(readFileSync(join(__dirname, "../Pulumi.yaml"), "utf8")) as {
        readonly name: string;
        readonly runtime: string;
        readonly requiredPulumiVersion: string;
        readonly config: Readonly<Record<string, Declaration>>;
    };
    const all: Catalogue<string> = { playbooks: knownPlaybooks, readsSecret: () => true };

    it("names the project, its runtime and the first version with error hooks", () => {
        expect(projectFile.name).to.equal("intezer-sentinel");
        expect(projectFile.runtime).to.equal("nodejs");
        expect(projectFile.requiredPulumiVersion).to.equal(">=3.218.0");
    });

    it("declares exactly the keys that config.ts reads, with their types", () => {
        const types = Object.entries(projectFile.config).map(([key, { type }]) => [key, type]);
        expect(Object.fromEntries(types)).to.deep.equal(configTypes);
        for (const [key, declaration] of Object.entries(projectFile.config)) {
            expect(declaration.description, key).to.be.a("string").that.is.not.equal("");
            expect(declaration.items?.type, key).to.equal(
                declaration.type === "array" ? "string" : undefined,
            );
        }
    });

    it("has no default for what is required, and for nothing else", () => {
        const undefaulted = Object.entries(projectFile.config).filter(
            ([, declared]) => declared.default === undefined,
        );
        expect(undefaulted.map(([key]) => key)).to.deep.equal(["workspaceName", "workspaceResourceGroup"]);
    });

    it("has defaults that give what config.ts gives without them", async () => {
        const defaults = Object.entries(projectFile.config)
            .filter(([, declared]) => declared.default !== undefined)
            .map(([key, declared]) => [fullKey(key), asConfig(declared.default) ?? ""]);
        const program = () => loadConfig(all);
        const without = await run(program, { config: required });
        const withDefaults = await run(program, {
            config: { ...required, ...(Object.fromEntries(defaults) as Record<string, string>) },
        });
        const { vault: vaultWithout, ...plainWithout } = without.result;
        const { vault: vaultWith, ...plainWith } = withDefaults.result;
        expect(plainWith).to.deep.equal(plainWithout);
        expect({ ...vaultWith, secretValue: 0 }).to.deep.equal({ ...vaultWithout, secretValue: 0 });
    });

    it("shows the real default wherever it does not depend on another key", () => {
        const shown = (key: string) => projectFile.config[key]?.default;
        expect(shown("playbooks")).to.deep.equal(Object.keys(knownPlaybooks));
        expect(shown("automationOrder")).to.equal(100);
        expect(shown("analysisTimeoutMinutes")).to.equal(30);
        expect(shown("grantSentinelAccess")).to.equal(true);
        expect(shown("tagIncidents")).to.equal(false);
        expect(shown("logQueryVia")).to.equal("connection");
        expect(shown("intezerUrl")).to.equal("https://analyze.intezer.com");
        expect(shown("intezerSecretName")).to.equal("intezer-sentinel-api-key");
    });
});

describe("Pulumi.dev.yaml", () => {
    const text = readFileSync(join(__dirname, "../Pulumi.dev.yaml"), "utf8");
    const { config } = parse(text) as { readonly config: Readonly<Record<string, unknown>> };

    it("is accepted together with a key, of which it holds none", async () => {
        const values = Object.entries(config).map(([key, value]) => [key, asConfig(value) ?? ""]);
        const key = { "intezer-sentinel:intezerApiKey": "test-key" };
        const program = () => loadConfig({ playbooks: knownPlaybooks, readsSecret: () => true });
        const { result } = await run(program, {
            config: { ...(Object.fromEntries(values) as Record<string, string>), ...key },
        });
        expect(result.workspace.name).to.equal("contoso-sentinel");
        expect(text).to.not.match(/intezerApiKey:/);
    });

    it("mentions every declared key, set or as a comment", () => {
        const mentioned = [...text.matchAll(/intezer-sentinel:(\w+):/g)].map(([, key]) => key);
        expect(mentioned.sort()).to.deep.equal(Object.keys(configTypes).sort());
    });
});
