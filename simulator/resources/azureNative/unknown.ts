/** Values that an engine does not know yet, and others that azure-native never sees. */
import * as pulumi from "@pulumi/pulumi";
import { isJsonObject, type Json, type JsonObject } from "../../../language/json";

/** Stands for any value that is not known yet, whatever its type. */
export const UNKNOWN: string = pulumi.runtime.unknownValue;

/** Without properties that are null, however deep: Pulumi's SDK for providers drops them where it reads inputs. */
export function withoutNulls(values: JsonObject): JsonObject {
    return Object.fromEntries(
        Object.entries(values)
            .filter(([, value]) => value !== null)
            .map(([name, value]) => [name, withoutNullsInside(value)]),
    );
}

function withoutNullsInside(value: Json): Json {
    if (Array.isArray(value)) {
        return (value as readonly Json[]).map(withoutNullsInside);
    }
    return isJsonObject(value) ? withoutNulls(value) : value;
}
