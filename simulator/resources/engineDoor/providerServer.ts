/** A resource provider as the engine knows it: Pulumi's gRPC protocol, and nothing of Azure. */
import * as grpc from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { diffResponse, serviceError, subjectOf, toJson, toStruct } from "./messages";
import type { ProviderService } from "./providerService";

/** A package of resources that an engine wants a provider for. */
export interface ProviderPackage {
    /** E.g. `azure-native`. */
    readonly name: string;
    /** Version of the SDK, which the engine compares with the provider's. */
    readonly version: string;
}

/** A provider that listens on a port of this computer. */
export class ProviderServer {
    private constructor(
        private readonly server: grpc.Server,
        readonly name: string,
        readonly port: number,
    ) {}

    /** Starts listening; {@link stop} must follow. */
    static async start(provided: ProviderPackage, service: ProviderService): Promise<ProviderServer> {
        const server = new grpc.Server({
            "grpc.max_receive_message_length": -1,
            "grpc.max_send_message_length": -1,
        });
        server.addService(ResourceProviderService, handlersOf(provided, service));
        const port = await new Promise<number>((resolve, reject) => {
            server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
                if (error === null) {
                    resolve(bound);
                } else {
                    reject(error);
                }
            });
        });
        return new ProviderServer(server, provided.name, port);
    }

    /** Ends all connections at once. */
    stop(): void {
        this.server.forceShutdown();
    }
}

/** What is not in here is answered with *unimplemented*, which the engine takes as "not supported". */
function handlersOf(provided: ProviderPackage, service: ProviderService): grpc.UntypedServiceImplementation {
    return {
        getPluginInfo: unary(() => new PluginInfo().setVersion(provided.version)),
        getSchema: unary(() =>
            new messages.GetSchemaResponse().setSchema(
                JSON.stringify({ name: provided.name, version: provided.version }),
            ),
        ),
        attach: unary(() => new Empty()),
        cancel: unary(() => new Empty()),
        checkConfig: unary((request: messages.CheckRequest) =>
            new messages.CheckResponse().setInputs(request.getNews()),
        ),
        // As azure-native does: a provider is never replaced, since that would replace all that it made.
        diffConfig: unary(() => new messages.DiffResponse()),
        configure: unary((request: messages.ConfigureRequest, connection) => {
            service.configure(connection, toJson(request.getArgs()));
            return new messages.ConfigureResponse().setSupportspreview(true);
        }),
        invoke: unary((request: messages.InvokeRequest, connection) => {
            const outputs = service.lookUp(connection, request.getTok(), toJson(request.getArgs()));
            return new messages.InvokeResponse().setReturn(toStruct(outputs));
        }),
        check: unary((request: messages.CheckRequest, connection) => check(service, request, connection)),
        diff: unary((request: messages.DiffRequest, connection) =>
            diffResponse(
                service.diff(connection, subjectOf(request), {
                    oldInputs: toJson(request.getOldInputs()),
                    oldOutputs: toJson(request.getOlds()),
                    news: toJson(request.getNews()),
                }),
            ),
        ),
        create: unary((request: messages.CreateRequest, connection) => create(service, request, connection)),
        read: unary((request: messages.ReadRequest, connection) => read(service, request, connection)),
        update: unary((request: messages.UpdateRequest, connection) => update(service, request, connection)),
        delete: unary(async (request: messages.DeleteRequest, connection) => {
            const old = { inputs: toJson(request.getOldInputs()), outputs: toJson(request.getProperties()) };
            await service.delete(connection, subjectOf(request), request.getId(), old);
            return new Empty();
        }),
    };
}

function check(
    service: ProviderService,
    request: messages.CheckRequest,
    connection: string,
): messages.CheckResponse {
    const { inputs, failures } = service.check(connection, subjectOf(request), {
        news: toJson(request.getNews()),
        olds: request.hasOlds() ? toJson(request.getOlds()) : undefined,
        randomSeed: request.getRandomseed_asU8(),
    });
    return new messages.CheckResponse()
        .setInputs(toStruct(inputs))
        .setFailuresList(
            failures.map(({ property, reason }) =>
                new messages.CheckFailure().setProperty(property).setReason(reason),
            ),
        );
}

async function create(
    service: ProviderService,
    request: messages.CreateRequest,
    connection: string,
): Promise<messages.CreateResponse> {
    const subject = subjectOf(request);
    const inputs = toJson(request.getProperties());
    if (request.getPreview()) {
        const outputs = service.previewCreate(connection, subject, inputs);
        return new messages.CreateResponse().setProperties(toStruct(outputs));
    }
    const { id, outputs } = await service.create(connection, subject, inputs);
    return new messages.CreateResponse().setId(id).setProperties(toStruct(outputs));
}

async function update(
    service: ProviderService,
    request: messages.UpdateRequest,
    connection: string,
): Promise<messages.UpdateResponse> {
    const subject = subjectOf(request);
    const inputs = toJson(request.getNews());
    const oldOutputs = toJson(request.getOlds());
    const outputs = request.getPreview()
        ? service.previewUpdate(connection, subject, inputs, oldOutputs)
        : await service.update(connection, subject, request.getId(), { inputs, oldOutputs });
    return new messages.UpdateResponse().setProperties(toStruct(outputs));
}

/** Without inputs it is an import. A resource that is gone has no id. */
function read(
    service: ProviderService,
    request: messages.ReadRequest,
    connection: string,
): messages.ReadResponse {
    const old = request.hasInputs()
        ? { inputs: toJson(request.getInputs()), outputs: toJson(request.getProperties()) }
        : undefined;
    const found = service.read(connection, subjectOf(request), request.getId(), old);
    return found === undefined
        ? new messages.ReadResponse()
        : new messages.ReadResponse()
              .setId(found.id)
              .setInputs(toStruct(found.inputs))
              .setProperties(toStruct(found.outputs));
}

/** Hands the connection to the handler, and its answer or error to the engine. */
function unary<Request, Response>(
    handle: (request: Request, connection: string) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
    return (call, callback) => {
        const answer = async () => handle(call.request, call.getPeer());
        answer().then(
            (response) => {
                callback(null, response);
            },
            (error: unknown) => {
                callback(serviceError(error));
            },
        );
    };
}
