import { expect } from "chai";
import type { Value, ValueObject } from "../../../../simulator/runtime/values";
import { answers, definitionWith, evaluate, evaluateTemplate, jsonOf, probe } from "../../../support/runtime";
import { simulate } from "../../../../simulator/runtime/simulate";

/**
 * Those from the introduction and from `action` to `formatNumber` that stand nowhere else in these tests.
 *
 * Source: Microsoft Learn, "Reference guide to workflow expression functions" (2021 and 2025).
 */
describe("examples of the functions reference, from A to F", () => {
    const examples: readonly (readonly [expression: string, json: string])[] = [
        ["toLower('Hello')", '"hello"'],
        ["concat('Sophia', 'Owen')", '"SophiaOwen"'],
        ["addHours('2018-03-15T00:00:00Z', 10)", '"2018-03-15T10:00:00.0000000Z"'],
        ["addMinutes('2018-03-15T00:10:00Z', 10)", '"2018-03-15T00:20:00.0000000Z"'],
        ["addMinutes('2018-03-15T00:20:00Z', -5)", '"2018-03-15T00:15:00.0000000Z"'],
        ["addSeconds('2018-03-15T00:00:00Z', 10)", '"2018-03-15T00:00:10.0000000Z"'],
        ["and(false, true)", "false"],
        ["and(false, false)", "false"],
        ["and(equals(1, 1), equals(2, 2))", "true"],
        ["and(equals(1, 2), equals(1, 3))", "false"],
        ["bool(1)", "true"],
        ["bool('true')", "true"],
        [
            "chunk(createArray(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), 5)",
            "[[1,2,3,4,5],[6,7,8,9,10],[11,12]]",
        ],
        ["coalesce(null, 'hello', 'world')", '"hello"'],
        ["concat('Hello', 'World')", '"HelloWorld"'],
        ["contains('hello world', 'world')", "true"],
        [
            "convertFromUtc('2018-01-01T08:00:00.0000000Z', 'Pacific Standard Time')",
            '"2018-01-01T00:00:00.0000000"',
        ],
        [
            "convertFromUtc('2018-01-01T08:00:00.0000000Z', 'Pacific Standard Time', 'D')",
            '"Monday, January 1, 2018"',
        ],
        [
            "convertTimeZone('2018-01-01T08:00:00.0000000Z', 'UTC', 'Pacific Standard Time')",
            '"2018-01-01T00:00:00.0000000"',
        ],
        // The page writes the hour 80, which there is not; see below.
        [
            "convertTimeZone('2018-01-01T08:00:00.0000000Z', 'UTC', 'Pacific Standard Time', 'D')",
            '"Monday, January 1, 2018"',
        ],
        ["convertToUtc('01/01/2018 00:00:00', 'Pacific Standard Time', 'D')", '"Monday, January 1, 2018"'],
        ["string(decimal('1.2345678912312131'))", '"1.2345678912312131"'],
        ["add(decimal('1.2345678912312131'), decimal('1.2345678912312131'))", "2.4691357824624262"],
        ["string(add(decimal('1.2345678912312131'), decimal('1.2345678912312131')))", '"2.4691357824624262"'],
        ["div(10,5)", "2"],
        ["encodeUriComponent('https://contoso.com')", '"https%3A%2F%2Fcontoso.com"'],
        ["empty('abc')", "false"],
        ["endsWith('hello world', 'world')", "true"],
        ["endsWith('hello world', 'universe')", "false"],
        ["float('10,000.333')", "10000.333"],
        ["float('1234567,8+')", "12345678.0"],
        ["float('12345,6,78,-')", "-12345678.0"],
        ["float('-12,345,678,')", "-12345678.0"],
        ["float('12345678.-')", "-12345678.0"],
        ["float('.12345678')", "0.12345678"],
        ["formatNumber(1234567890, '#,##0.00', 'en-US')", '"1,234,567,890.00"'],
        ["formatNumber(1234567890, '#,##0.00', 'is-IS')", '"1.234.567.890,00"'],
        ["formatNumber(17.35, 'C2', 'is-IS')", '"17,35 kr"'],
    ];
    for (const [expression, json] of examples) {
        it(`gives ${json} for ${expression}`, () => {
            expect(jsonOf(expression)).to.equal(json);
        });
    }

    it("refuses the hour 80 of the example of convertTimeZone", () => {
        expect(() =>
            evaluate("convertTimeZone('2018-01-01T80:00:00.0000000Z', 'UTC', 'Pacific Standard Time', 'D')"),
        ).to.throw("date time string '2018-01-01T80:00:00.0000000Z' was not valid");
    });

    it("writes a number in a text without string()", () => {
        const trigger = { trigger: { body: { "123": 5 } } };
        expect(probe({}, "@triggerBody()?['123']", trigger)).to.equal(5);
        expect(probe({}, "@{triggerBody()?['123']}", trigger)).to.equal("5");
        expect(evaluateTemplate("@{add(2, 3)}")).to.equal("5");
    });

    it("joins parameters", () => {
        const value = "@concat(parameters('firstName'), parameters('lastName'))";
        const parameters = {
            firstName: { type: "String", defaultValue: "Sophia" },
            lastName: { type: "String", defaultValue: "Owen" },
        };
        const actions = { Name: { type: "Compose", inputs: value } };
        expect(simulate(definitionWith(actions, { parameters })).actions["Name"]?.outputs).to.equal(
            "SophiaOwen",
        );
    });
});

describe("examples of the functions reference that refer to the action Get_user", () => {
    const body: ValueObject = { FullName: "Contoso Corporation", FollowersCount: 172, status: "Succeeded" };
    const headers = { "Content-Type": "application/json; charset=utf-8", Expires: "-1" };
    const read = (expression: string): Value =>
        probe(
            { Get_user: { type: "Http", inputs: { method: "GET", uri: "https://api.example" } } },
            `@${expression}`,
            answers({ status: 200, headers, body }),
        );

    it("give its body, its outputs and its status", () => {
        expect(read("actionBody('Get_user')")).to.deep.equal(body);
        expect(read("body('Get_user')")).to.deep.equal(body);
        expect(read("actionOutputs('Get_user')")).to.deep.equal({ statusCode: 200, headers, body });
        expect(read("actions('Get_user').outputs.body.status")).to.equal("Succeeded");
        expect(read("actions('Get_user').status")).to.equal("Succeeded");
    });
});
