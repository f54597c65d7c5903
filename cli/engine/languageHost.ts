/** A language host for a command of the CLI that runs no program, but does not start without one. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { GetRequiredPackagesResponse, GetRequiredPluginsResponse } from "@pulumi/pulumi/proto/language_pb";
import { parse, stringify } from "yaml";

/**
 * Lets the project's `Pulumi.yaml` name a language host that is there, while a command runs: `pulumi import` looks for
 * the one of Node.js, which need not be installed here, and has no option that names another.
 *
 * @param folder - the project as the CLI sees it
 */
export async function withLanguageHost<Result>(
    folder: string,
    command: () => Promise<Result>,
): Promise<Result> {
    const server = new grpc.Server();
    server.addService(LanguageRuntimeService, handlers);
    const file = join(folder, "Pulumi.yaml");
    const original = readFileSync(file, "utf8");
    try {
        const address = `127.0.0.1:${await listen(server)}`;
        const project = parse(original) as object;
        writeFileSync(file, stringify({ ...project, runtime: { name: "client", options: { address } } }));
        return await command();
    } finally {
        writeFileSync(file, original);
        server.forceShutdown();
    }
}

function listen(server: grpc.Server): Promise<number> {
    return new Promise((resolve, reject) => {
        server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
            if (error === null) {
                resolve(port);
            } else {
                reject(error);
            }
        });
    });
}

/** It needs no plugins but those that are attached; what is not in here is answered with *unimplemented*. */
const handlers: grpc.UntypedServiceImplementation = {
    getRequiredPackages: ((_, answer) => {
        answer(null, new GetRequiredPackagesResponse());
    }) satisfies grpc.handleUnaryCall<unknown, GetRequiredPackagesResponse>,
    getRequiredPlugins: ((_, answer) => {
        answer(null, new GetRequiredPluginsResponse());
    }) satisfies grpc.handleUnaryCall<unknown, GetRequiredPluginsResponse>,
};
