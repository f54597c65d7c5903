/** Between the messages of Pulumi's provider protocol and plain values. */
import * as grpc from "@grpc/grpc-js";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { JsonObject } from "../../../language/json";
import { azureNativeText } from "../azureNative/refusals";
import type { ChangeKind, Diff } from "../azureNative/protocol";
import { AzureRefusal } from "../model";
import type { EngineSubject } from "./providerService";

/** A struct as JSON; an absent one is empty. */
export function toJson(struct: Struct | undefined): JsonObject {
    return struct?.toJavaScript() ?? {};
}

/** JSON as a struct. */
export function toStruct(value: JsonObject): Struct {
    return Struct.fromJavaScript(JSON.parse(JSON.stringify(value)) as { [key: string]: JavaScriptValue });
}

/** The resource that a request is about. */
export function subjectOf(request: {
    getUrn(): string;
    getType(): string;
    getName(): string;
}): EngineSubject {
    return { urn: request.getUrn(), type: request.getType(), name: request.getName() };
}

const KINDS: { readonly [kind in ChangeKind]: messages.PropertyDiff.Kind } = {
    add: messages.PropertyDiff.Kind.ADD,
    addReplace: messages.PropertyDiff.Kind.ADD_REPLACE,
    delete: messages.PropertyDiff.Kind.DELETE,
    deleteReplace: messages.PropertyDiff.Kind.DELETE_REPLACE,
    update: messages.PropertyDiff.Kind.UPDATE,
    updateReplace: messages.PropertyDiff.Kind.UPDATE_REPLACE,
};

/** A difference as the engine reads it. */
export function diffResponse(diff: Diff): messages.DiffResponse {
    const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
    const response = new messages.DiffResponse()
        .setChanges(diff.changes.length === 0 ? DIFF_NONE : DIFF_SOME)
        .setDiffsList([...diff.changes])
        .setReplacesList([...diff.replaces])
        .setDeletebeforereplace(diff.deleteBeforeReplace)
        .setHasdetaileddiff(true);
    const detailed = response.getDetaileddiffMap();
    for (const [path, kind] of Object.entries(diff.detailed)) {
        detailed.set(path, new messages.PropertyDiff().setKind(KINDS[kind]));
    }
    return response;
}

/** An error as the engine shows it. */
export function serviceError(error: unknown): Partial<grpc.ServiceError> {
    const words = error instanceof Error ? error.message : String(error);
    return {
        code: grpc.status.UNKNOWN,
        message: error instanceof AzureRefusal ? azureNativeText(error) : words,
    };
}
