/** A client of the simulated Intezer, as the tests of its parts use it. */
import type { Json } from "../../language/json";
import type { Reply } from "../../simulator/runtime/transport";
import type { IntezerWorld, Services } from "../../simulator/services";
import { bodyOf, callHttp, services, start } from "./services";

export const root = "https://analyze.intezer.com/api/v2-0";
export const sha256 = "a".repeat(64);
export const sha1 = "b".repeat(40);
export const md5 = "c".repeat(32);
export const hour = 3600;

export type Body = { [key: string]: Json };

/** A tenant with a token at hand; times in seconds from the start. */
export class Client {
    readonly services: Services;
    token: string;

    constructor(world: Partial<IntezerWorld> = {}) {
        this.services = services({}, { intezer: { apiKey: "the-key", ...world } });
        this.token = this.newToken();
    }

    newToken(seconds = 0): string {
        const reply = this.send("POST", "/get-access-token", { api_key: "the-key" }, seconds, {});
        return bodyOf<{ result: string }>(reply).result;
    }

    get(path: string, seconds = 0) {
        return this.send("GET", path, null, seconds);
    }

    post(path: string, body: Json, seconds = 0) {
        return this.send("POST", path, body, seconds);
    }

    send(method: string, path: string, body: Json, seconds: number, headers?: { [name: string]: string }) {
        return callHttp(this.services, method, `${root}${path}`, {
            body,
            time: start + seconds * 1000,
            headers: headers ?? { authorization: `Bearer ${this.token}` },
        }) as Extract<Reply, { status: number }>;
    }
}
