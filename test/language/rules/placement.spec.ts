import { expect } from "chai";
import type { Json, JsonObject } from "../../../language/json";
import { foreach, messagesOf, scope, until } from "../../support/language";

const terminate: Json = { type: "Terminate", inputs: { runStatus: "Succeeded" } };
const response: Json = { type: "Response", inputs: { statusCode: 200 } };

describe("Terminate and Response", () => {
    it("may be in scopes", () => {
        expect(messagesOf({ S: scope({ T: terminate, R: response }) })).to.deep.equal([]);
    });

    it("must not be in loops, at whatever depth", () => {
        expect(messagesOf({ L: foreach({ T: terminate }) })).to.deep.equal([
            "The template action 'T' of type 'Terminate' cannot be nested in the action 'L' of type 'Foreach'.",
        ]);
        expect(messagesOf({ L: until({ S: scope({ R: response }) }) })).to.deep.equal([
            "The template action 'R' of type 'Response' cannot be nested in the action 'L' of type 'Until'.",
        ]);
    });
});

describe("Response", () => {
    it("needs somebody who asked", () => {
        const triggers: JsonObject = {
            t: { type: "Recurrence", recurrence: { frequency: "Day", interval: 1 } },
        };
        expect(messagesOf({ R: response }, { triggers })).to.deep.equal([
            "The template action 'R' of type 'Response' needs a trigger of type 'Request'.",
        ]);
        expect(messagesOf({ T: terminate }, { triggers })).to.deep.equal([]);
        expect(
            messagesOf(
                { R: response },
                { triggers: { ...triggers, manual: { type: "request", inputs: {} } } },
            ),
        ).to.deep.equal([]);
    });
});
