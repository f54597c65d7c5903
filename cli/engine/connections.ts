import * as runtime from "@pulumi/pulumi/runtime";

/**
 * Gives each run of a program connections of its own. gRPC's pool is one for the process, and the operating system
 * hands out the ports of earlier engines again: a program would then get the end of an old connection for that of its
 * new one, and the SDK takes an engine that cannot be reached for the end of the program.
 *
 * The options are the SDK's own, without a type.
 */
export function keepConnectionsApart(): void {
    const { grpcClientOptions } = runtime as unknown as { readonly grpcClientOptions: object };
    Object.assign(grpcClientOptions, { "grpc.use_local_subchannel_pool": 1 });
}
