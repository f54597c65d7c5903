import { expect } from "chai";
import { callHttp, services, start } from "../../../support/services";
import { sha256, type Body, Client } from "../../../support/intezer";

describe("Intezer: access tokens", () => {
    it("gives a token for the key, with its end in unix seconds", () => {
        const reply = new Client({ tokenSeconds: 60 }).post("/get-access-token", { api_key: "the-key" }) as {
            body: Body;
        };
        expect(reply.body["result"]).to.match(/^token\./);
        expect(reply.body["expire_at"]).to.equal(start / 1000 + 60);
    });

    it("answers 401 to a wrong key and 400 without one", () => {
        const client = new Client();
        expect(client.post("/get-access-token", { api_key: "other" })).to.deep.equal({
            status: 401,
            body: { error: "Invalid API key" },
        });
        expect(client.post("/get-access-token", {}).status).to.equal(400);
    });

    it("answers 401 to a call without a token, with an unknown one, in another scheme and after its end", () => {
        const client = new Client({ tokenSeconds: 60, files: [{ sha256, has: "result" }] });
        const get = (seconds: number, headers: { [name: string]: string }) =>
            client.send("GET", `/files/${sha256}`, null, seconds, headers).status;
        const good = { Authorization: `Bearer ${client.token}` };
        expect(get(59, good)).to.equal(200);
        expect(get(60, good)).to.equal(401);
        expect(get(0, {})).to.equal(401);
        expect(get(0, { Authorization: "Bearer x" })).to.equal(401);
        expect(get(0, { Authorization: client.token })).to.equal(401);
    });

    it("refuses the tokens that were given out before they were revoked, and takes a later one", () => {
        const client = new Client({ tokensRevokedAt: 60, files: [{ sha256, has: "result" }] });
        const status = (seconds: number) => client.get(`/files/${sha256}`, seconds).status;
        expect([59, 60, 61].map(status)).to.deep.equal([200, 401, 401]);
        client.token = client.newToken(60);
        expect([60, 61].map(status)).to.deep.equal([200, 200]);
        expect(client.services.intezer.usage.tokens).to.equal(2);
    });

    it("refuses routes that it does not know by name", () => {
        expect(() => new Client().get("/families/1/info")).to.throw(
            "NotSupported: the simulated Intezer does not know GET /api/v2-0/families/1/info.",
        );
        expect(() => callHttp(services(), "GET", "https://analyze.intezer.com/api/v2-1/files/a")).to.throw(
            "NotSupported",
        );
    });
});
