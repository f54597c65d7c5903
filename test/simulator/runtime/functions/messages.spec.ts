import { expect } from "chai";
import { probe, runActions } from "../../../support/runtime";
import type { ValueObject } from "../../../../simulator/runtime/values";

const form = { headers: { "content-type": "application/x-www-form-urlencoded" }, body: "a=1&b=x+y%21&a=2" };
const trigger = { trigger: form };
const answer = (reply: ValueObject) => ({ calls: [{ match: {}, replies: [{ status: 200, ...reply }] }] });
const call = { Call: { type: "Http", inputs: { method: "GET", uri: "https://x.example" } } };

describe("forms", () => {
    it("give the values of a key", () => {
        expect(probe({}, "@triggerFormDataValue('b')", trigger)).to.equal("x y!");
        expect(probe({}, "@triggerFormDataMultiValues('a')", trigger)).to.deep.equal(["1", "2"]);
        expect(probe({}, "@triggerFormDataMultiValues('c')", trigger)).to.deep.equal([]);
        expect(probe(call, "@formDataValue('Call', 'b')", answer(form))).to.equal("x y!");
        expect(probe(call, "@formDataMultiValues('call', 'a')", answer(form))).to.deep.equal(["1", "2"]);
    });

    it("may be binary content of that type", () => {
        const body: ValueObject = { "$content-type": form.headers["content-type"], $content: "YT0x" };
        expect(probe({}, "@triggerFormDataValue('a')", { trigger: { body } })).to.equal("1");
    });

    it("fail an action that asks for the one value of several", () => {
        const record = runActions({ A: { type: "Compose", inputs: "@triggerFormDataValue('a')" } }, trigger);
        expect(record.actions["A"]?.error?.message).to.contain("expects one value for the key 'a'");
    });

    it("are refused by name where it is not known what they are", () => {
        const json = { trigger: { body: { a: 1 } } };
        expect(() => probe({}, "@triggerFormDataValue('a')", json)).to.throw("A body of another type than");
        expect(() => probe({}, "@triggerFormDataValue('c')", trigger)).to.throw("A form without the key 'c'");
    });
});

describe("bodies of several parts", () => {
    const body: ValueObject = {
        "$content-type": "multipart/form-data",
        $multipart: [
            { body: "first", headers: {} },
            { body: { $content: "aGk=", "$content-type": "image/png" } },
        ],
    };

    it("give the body of a part by its index", () => {
        expect(probe({}, "@triggerMultipartBody(0)", { trigger: { body } })).to.equal("first");
        expect(probe(call, "@multipartBody('Call', 1)", answer({ body }))).to.deep.equal({
            $content: "aGk=",
            "$content-type": "image/png",
        });
    });

    it("fail an action that asks for a part that is not there", () => {
        const record = runActions(
            { A: { type: "Compose", inputs: "@triggerMultipartBody(2)" } },
            { trigger: { body } },
        );
        expect(record.actions["A"]?.error?.message).to.contain(
            "the body has 2 parts, and none with the index 2",
        );
    });

    it("are refused by name where they are none", () => {
        expect(() => probe({}, "@triggerMultipartBody(0)", { trigger: { body: "x" } })).to.throw(
            "A body without '$multipart'",
        );
    });
});
