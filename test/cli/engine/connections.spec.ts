import * as grpc from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderClient, ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as runtime from "@pulumi/pulumi/runtime";
import { expect } from "chai";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { keepConnectionsApart } from "../../../cli/engine/connections";

/** Listens on a port, or on a free one for 0. */
async function serve(port: number): Promise<{ server: grpc.Server; port: number }> {
    const server = new grpc.Server();
    server.addService(ResourceProviderService, {
        getPluginInfo: (_: unknown, answer: grpc.sendUnaryData<PluginInfo>) => {
            answer(null, new PluginInfo().setVersion("1.0.0"));
        },
    });
    return new Promise((resolve, reject) => {
        server.bindAsync(`127.0.0.1:${port}`, grpc.ServerCredentials.createInsecure(), (error, bound) => {
            if (error === null) {
                resolve({ server, port: bound });
            } else {
                reject(error);
            }
        });
    });
}

/** Asks through a connection as the SDK opens it. */
async function ask(client: ResourceProviderClient): Promise<string> {
    return new Promise((resolve) => {
        client.getPluginInfo(new Empty(), (error, info) => {
            resolve(error === null ? info.getVersion() : grpc.status[error.code]);
        });
    });
}

function connect(port: number): ResourceProviderClient {
    const { grpcClientOptions } = runtime as unknown as { readonly grpcClientOptions: grpc.ClientOptions };
    return new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
        ...grpcClientOptions,
    });
}

describe("Connections to engines", () => {
    it("reach a new one on the port of an old one, however the old one ended", async () => {
        keepConnectionsApart();
        const first = await serve(0);
        const old = connect(first.port);
        expect(await ask(old)).to.equal("1.0.0");
        first.server.forceShutdown();
        expect(await ask(old)).to.equal("UNAVAILABLE");

        const second = await serve(first.port);
        const client = connect(first.port);
        try {
            expect(await ask(client)).to.equal("1.0.0");
        } finally {
            old.close();
            client.close();
            second.server.forceShutdown();
        }
    });
});
