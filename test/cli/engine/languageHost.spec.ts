import * as grpc from "@grpc/grpc-js";
import { LanguageRuntimeClient } from "@pulumi/pulumi/proto/language_grpc_pb";
import {
    GetRequiredPackagesRequest,
    type GetRequiredPackagesResponse,
    GetRequiredPluginsRequest,
    type GetRequiredPluginsResponse,
} from "@pulumi/pulumi/proto/language_pb";
import { expect } from "chai";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { withLanguageHost } from "../../../cli/engine/languageHost";

const project = "# A comment.\nname: demo\nruntime: nodejs\n";

describe("A language host for a command that runs no program", () => {
    let folder: string;
    const projectFile = () => readFileSync(join(folder, "Pulumi.yaml"), "utf8");

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "language-host-"));
        writeFileSync(join(folder, "Pulumi.yaml"), project);
    });

    afterEach(() => {
        rmSync(folder, { recursive: true });
    });

    it("is named by the project and says that nothing is required, while the command runs", async () => {
        const result = await withLanguageHost(folder, async () => {
            const { name, runtime } = parse(projectFile()) as {
                name: string;
                runtime: { name: string; options: { address: string } };
            };
            expect(name).to.equal("demo");
            expect(runtime.name).to.equal("client");
            const host = new LanguageRuntimeClient(
                runtime.options.address,
                grpc.credentials.createInsecure(),
            );
            try {
                const plugins = await new Promise<GetRequiredPluginsResponse>((resolve, reject) => {
                    host.getRequiredPlugins(new GetRequiredPluginsRequest(), (error, answer) => {
                        if (error === null) {
                            resolve(answer);
                        } else {
                            reject(error);
                        }
                    });
                });
                const packages = await new Promise<GetRequiredPackagesResponse>((resolve, reject) => {
                    host.getRequiredPackages(new GetRequiredPackagesRequest(), (error, answer) => {
                        if (error === null) {
                            resolve(answer);
                        } else {
                            reject(error);
                        }
                    });
                });
                return [plugins.getPluginsList().length, packages.getPackagesList().length];
            } finally {
                host.close();
            }
        });
        expect(result).to.deep.equal([0, 0]);
        expect(projectFile()).to.equal(project);
    });

    it("leaves the project as it was where the command fails", async () => {
        const failing = withLanguageHost(folder, () => Promise.reject(new Error("no")));
        expect(await failing.catch((error: Error) => error.message)).to.equal("no");
        expect(projectFile()).to.equal(project);
    });
});
