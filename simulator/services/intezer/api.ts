import type { Json, JsonObject } from "../../../language/json";
import type { HttpRequest } from "../../runtime/transport";
import { type Answer, answer } from "../reply";

/** Path of the API's version under the tenant's host. */
export const API_PATH = "/api/v2-0";

/** A call of the API. */
export interface ApiCall {
    readonly method: string;
    /** Behind the version, e.g. `/analyses/1`. */
    readonly path: string;
    /** Empty where the body is no JSON object. */
    readonly body: JsonObject;
    /** In milliseconds since 1970. */
    readonly time: number;
    readonly request: HttpRequest;
}

/** Intezer's way to say no. */
export function fault(status: number, error: string, more: JsonObject = {}): Answer {
    return answer(status, { error, ...more });
}

/** The answer to fields that the route does not have; undefined where all are known. */
export function unknownField(body: JsonObject, known: readonly string[]): Answer | undefined {
    const unknown = Object.keys(body).find((key) => !known.includes(key));
    return unknown === undefined
        ? undefined
        : fault(400, "Bad request", { message: { [unknown]: ["Unknown field."] } });
}

/** Text of a field, or undefined. */
export function textOf(value: Json | undefined): string | undefined {
    return typeof value === "string" ? value : undefined;
}
