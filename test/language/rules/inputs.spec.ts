import { expect } from "chai";
import type { Json, JsonObject } from "../../../language/json";
import { after, messagesOf } from "../../support/language";

const CONNECTION = { host: { connection: { name: "/subscriptions/x" } } };

/** The least that each type needs. */
const complete: { readonly [type: string]: JsonObject } = {
    ApiConnection: { inputs: { ...CONNECTION, method: "get", path: "/" } },
    AppendToArrayVariable: { inputs: { name: "v", value: null } },
    AppendToStringVariable: { inputs: { name: "v", value: "" } },
    Compose: { inputs: null },
    DecrementVariable: { inputs: { name: "v" } },
    Foreach: { foreach: [], actions: {} },
    Http: { inputs: { method: "GET", uri: "https://example.com" } },
    If: { expression: "@true", actions: {} },
    IncrementVariable: { inputs: { name: "v" } },
    Join: { inputs: { from: [], joinWith: "," } },
    ParseJson: { inputs: { content: null, schema: {} } },
    Query: { inputs: { from: [], where: "@true" } },
    Response: { inputs: { statusCode: 200 } },
    Scope: { actions: {} },
    Select: { inputs: { from: [], select: 1 } },
    SetVariable: { inputs: { name: "v", value: null } },
    Switch: { expression: "x", cases: {} },
    Table: { inputs: { from: [], format: "csv" } },
    Terminate: { inputs: { runStatus: "Cancelled" } },
    Until: { expression: "@true", actions: {} },
    Wait: { inputs: { interval: { count: 1, unit: "Minute" } } },
};

/** Messages of an action after the initialization of a variable. */
function check(action: JsonObject): readonly string[] {
    return messagesOf({
        Initialize: { type: "InitializeVariable", inputs: { variables: [{ name: "v", type: "String" }] } },
        X: after(action, "Initialize"),
    });
}

describe("what actions must be given", () => {
    for (const [type, properties] of Object.entries(complete)) {
        it(`is enough for ${type}`, () => {
            expect(check({ type, ...properties })).to.deep.equal([]);
        });
    }

    const needed: readonly (readonly [type: string, path: string])[] = [
        ["ApiConnection", "inputs.host.connection.name"],
        ["ApiConnection", "inputs.method"],
        ["ApiConnection", "inputs.path"],
        ["AppendToArrayVariable", "inputs.name"],
        ["AppendToArrayVariable", "inputs.value"],
        ["AppendToStringVariable", "inputs.value"],
        ["Compose", "inputs"],
        ["DecrementVariable", "inputs.name"],
        ["Foreach", "foreach"],
        ["Foreach", "actions"],
        ["Http", "inputs.method"],
        ["Http", "inputs.uri"],
        ["If", "expression"],
        ["If", "actions"],
        ["IncrementVariable", "inputs.name"],
        ["Join", "inputs.from"],
        ["Join", "inputs.joinWith"],
        ["ParseJson", "inputs.content"],
        ["ParseJson", "inputs.schema"],
        ["Query", "inputs.from"],
        ["Query", "inputs.where"],
        ["Response", "inputs.statusCode"],
        ["Scope", "actions"],
        ["Select", "inputs.from"],
        ["Select", "inputs.select"],
        ["SetVariable", "inputs.name"],
        ["SetVariable", "inputs.value"],
        ["Switch", "expression"],
        ["Switch", "cases"],
        ["Table", "inputs.from"],
        ["Table", "inputs.format"],
        ["Terminate", "inputs.runStatus"],
        ["Until", "expression"],
        ["Until", "actions"],
        ["Wait", "inputs"],
    ];
    for (const [type, path] of needed) {
        it(`is not enough for ${type} without ${path}`, () => {
            const action = without({ type, ...complete[type] }, path.split(".")) as JsonObject;
            expect(check(action)).to.include(
                `The template action 'X' has no '${path}', which its type '${type}' requires.`,
            );
        });
    }

    const wrong: readonly (readonly [action: JsonObject, message: string])[] = [
        [
            { type: "Http", inputs: { method: 1, uri: "x" } },
            "has 1 as 'inputs.method', which must be of type string.",
        ],
        [{ type: "Scope", actions: [] }, "has [] as 'actions', which must be of type object."],
        [
            { type: "Response", inputs: { statusCode: null } },
            "has null as 'inputs.statusCode', which must be of type number or string.",
        ],
        [
            { type: "If", expression: "@true", actions: {}, else: 1 },
            "has 1 as 'else', which must be of type object.",
        ],
        [
            { type: "Switch", expression: "x", cases: {}, default: [] },
            "has [] as 'default', which must be of type object.",
        ],
        [
            { type: "Switch", expression: "x", cases: { One: { actions: {} } } },
            "has no 'case' in its case 'One'.",
        ],
        [
            { type: "Table", inputs: { from: [], format: "XML" } },
            `has "XML" as 'inputs.format'; allowed are CSV, HTML.`,
        ],
        [
            { type: "Table", inputs: { from: [], format: "CSV", columns: {} } },
            "has {} as 'inputs.columns', which must be of type array.",
        ],
        [
            { type: "Terminate", inputs: { runStatus: "Skipped" } },
            `has "Skipped" as 'inputs.runStatus'; allowed are Succeeded, Failed, Cancelled.`,
        ],
        [
            { type: "Terminate", inputs: { runStatus: "Cancelled", runError: { code: "x", message: "y" } } },
            "has an 'inputs.runError', which only the status 'Failed' may have; its status is 'Cancelled'.",
        ],
        [{ type: "Wait", inputs: {} }, "must have either 'inputs.interval' or 'inputs.until'."],
        [
            { type: "Wait", inputs: { interval: { count: 1, unit: "Day" }, until: { timestamp: "x" } } },
            "must have either 'inputs.interval' or 'inputs.until'.",
        ],
        [{ type: "Wait", inputs: { until: {} } }, "has no text as 'inputs.until.timestamp'."],
        [
            { type: "Wait", inputs: { interval: { unit: "Day" } } },
            "has nothing as 'inputs.interval.count'; allowed is a whole number, from 0 on.",
        ],
        [
            { type: "Wait", inputs: { interval: { count: -1, unit: "Day" } } },
            "has -1 as 'inputs.interval.count'; allowed is a whole number, from 0 on.",
        ],
        [
            { type: "Wait", inputs: { interval: { count: 1.5, unit: "Day" } } },
            "has 1.5 as 'inputs.interval.count'; allowed is a whole number, from 0 on.",
        ],
        [
            { type: "Wait", inputs: { interval: { count: "1", unit: "Day" } } },
            `has "1" as 'inputs.interval.count'; allowed is a whole number, from 0 on.`,
        ],
        [
            { type: "Switch", expression: "x", cases: { a: { case: {} } } },
            "has {} as the 'case' of its case 'a'; allowed are text and whole numbers.",
        ],
        [
            { type: "Switch", expression: "x", cases: { a: { case: 1.5 } } },
            "has 1.5 as the 'case' of its case 'a'; allowed are text and whole numbers.",
        ],
        [
            { type: "Http", inputs: { method: "GET", uri: "u", headers: "x" } },
            `has "x" as 'inputs.headers', which must be of type object.`,
        ],
        [
            { type: "Http", inputs: { method: "GET", uri: "u", queries: [] } },
            "has [] as 'inputs.queries', which must be of type object.",
        ],
        [
            { type: "ApiConnection", inputs: { ...CONNECTION, method: "get", path: "/", queries: 1 } },
            "has 1 as 'inputs.queries', which must be of type object.",
        ],
        [
            { type: "Terminate", inputs: { runStatus: "Failed", runError: "x" } },
            `has "x" as 'inputs.runError', which must be of type object.`,
        ],
        [{ type: "Wait", inputs: { interval: { count: 1 } } }, "has no text as 'inputs.interval.unit'."],
        [
            { type: "Wait", inputs: { interval: { count: 1, unit: "Fortnight" } } },
            `has "Fortnight" as 'inputs.interval.unit'; allowed are Second, Minute, Hour, Day, Week, Month.`,
        ],
    ];
    for (const [action, message] of wrong) {
        it(`is refused: ${JSON.stringify(action)}`, () => {
            expect(check(action)).to.deep.equal([`The template action 'X' ${message}`]);
        });
    }

    it("may be an expression where a word is expected, and any type in any letter case", () => {
        expect(
            check({ type: "wait", inputs: { interval: { count: "@add(1, 2)", unit: "@toLower('Day')" } } }),
        ).to.deep.equal([]);
        expect(
            check({ type: "Http", inputs: { method: "GET", uri: "u", headers: "@json('{}')" } }),
        ).to.deep.equal([]);
        expect(check({ type: "http", inputs: { method: "GET" } })).to.deep.equal([
            "The template action 'X' has no 'inputs.uri', which its type 'http' requires.",
        ]);
    });
});

describe("what triggers must be given", () => {
    const check = (trigger: Json) => messagesOf({}, { triggers: { t: trigger } });

    it("is a connection and a body for a webhook", () => {
        expect(
            check({ type: "ApiConnectionWebhook", inputs: { ...CONNECTION, path: "/", body: {} } }),
        ).to.deep.equal([]);
        expect(check({ type: "ApiConnectionWebhook", inputs: { host: {} } })).to.deep.equal([
            "The template trigger 't' has no 'inputs.host.connection.name', which its type 'ApiConnectionWebhook' requires.",
            "The template trigger 't' has no 'inputs.body', which its type 'ApiConnectionWebhook' requires.",
        ]);
    });

    it("is a frequency and an interval for a recurrence", () => {
        expect(check({ type: "Recurrence" })).to.deep.equal([
            "The template trigger 't' has no 'recurrence.frequency', which its type 'Recurrence' requires.",
            "The template trigger 't' has no 'recurrence.interval', which its type 'Recurrence' requires.",
        ]);
    });

    it("is nothing for a request", () => {
        expect(check({ type: "Request" })).to.deep.equal([]);
    });
});

function without(value: Json, [key, ...rest]: readonly string[]): Json {
    return Object.fromEntries(
        Object.entries(value as JsonObject)
            .filter(([each]) => each !== key || rest.length > 0)
            .map(([each, child]) => [each, each === key ? without(child, rest) : child]),
    );
}
