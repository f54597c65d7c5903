import { expect } from "chai";
import { jsonOf } from "../../../support/runtime";

const CUSTOMER = 'json(\'{ "customerName": { "firstName": "Sophia", "surName": "Owen" } }\')';

/**
 * Those from `first` to `xml` that stand nowhere else in these tests and refer to nothing.
 *
 * Source: Microsoft Learn, "Reference guide to workflow expression functions" (2022 and 2025).
 */
describe("examples of the functions reference, from F to X", () => {
    const examples: readonly (readonly [expression: string, json: string])[] = [
        ["first('hello')", '"h"'],
        ["float('10.333')", "10.333"],
        ["formatNumber(1234567890, '0,0.00', 'en-us')", '"1,234,567,890.00"'],
        ["formatNumber(1234567890, '0,0.00', 'is-is')", '"1.234.567.890,00"'],
        ["formatNumber(17.35, 'C2')", '"$17.35"'],
        ["formatNumber(17.35, 'C2', 'is-is')", '"17,35 kr"'],
        ["greaterOrEquals(5, 5)", "true"],
        ["indexOf('hello world', 'world')", "6"],
        ["json('[1, 2, 3]')", "[1,2,3]"],
        ['json(\'{"fullName": "Sophia Owen"}\')', '{"fullName":"Sophia Owen"}'],
        ["last('abcd')", '"d"'],
        ["last(createArray(0, 1, 2, 3))", "3"],
        ["length('abcd')", "4"],
        ["less(5, 10)", "true"],
        ["max(1, 2, 3)", "3"],
        ["min(1, 2, 3)", "1"],
        ["mul(1, 2)", "2"],
        ["not(true)", "false"],
        ["not(equals(1, 1))", "false"],
        ["or(true, false)", "true"],
        ["or(equals(1, 1), equals(1, 2))", "true"],
        [
            'removeProperty(json(\'{ "firstName": "Sophia", "middleName": "Anne", "surName": "Owen" }\'), \'middleName\')',
            '{"firstName":"Sophia","surName":"Owen"}',
        ],
        // The page shows the whole object, and says beside setProperty that such a call gives the child only.
        [
            'removeProperty(json(\'{ "customerName": { "firstName": "Sophia", "middleName": "Anne", "surName": "Owen" } }\')[\'customerName\'], \'middleName\')',
            '{"firstName":"Sophia","surName":"Owen"}',
        ],
        [
            'setProperty(json(\'{ "firstName": "Sophia", "surName": "Owen" }\'), \'surName\', \'Hartnett\')',
            '{"firstName":"Sophia","surName":"Hartnett"}',
        ],
        [
            `setProperty(${CUSTOMER}, 'customerName', setProperty(${CUSTOMER}['customerName'], 'surName', 'Hartnett'))`,
            '{"customerName":{"firstName":"Sophia","surName":"Hartnett"}}',
        ],
        ["split('a_b_c', '_')", '["a","b","c"]'],
        ["startOfDay('2018-03-15T13:30:30Z')", '"2018-03-15T00:00:00.0000000Z"'],
        ["startOfHour('2018-03-15T13:30:30Z')", '"2018-03-15T13:00:00.0000000Z"'],
        ["startOfMonth('2018-03-15T13:30:30Z')", '"2018-03-01T00:00:00.0000000Z"'],
        ["startsWith('hello world', 'hello')", "true"],
        // The page writes an object literal, which the language does not have, with its blanks.
        ['string(json(\'{ "name": "Sophie Owen" }\'))', '"{\\"name\\":\\"Sophie Owen\\"}"'],
        ["subtractFromTime('2018-01-02T00:00:00Z', 1, 'Day')", '"2018-01-01T00:00:00.0000000Z"'],
        ["take(createArray(0, 1, 2, 3, 4), 3)", "[0,1,2]"],
        ["ticks('0001-01-01T00:00:00Z')", "0"],
        ["toLower('Hello World')", '"hello world"'],
        ["uriComponent('https://contoso.com')", '"https%3A%2F%2Fcontoso.com"'],
        ["uriComponentToString('https%3A%2F%2Fcontoso.com')", '"https://contoso.com"'],
        ["uriPath('https://www.contoso.com')", '"/"'],
        ["uriPathAndQuery('https://www.contoso.com?a=1')", '"/?a=1"'],
        ["uriPort('http://www.localhost')", "80"],
        ["string(xml('<name>Sophia Owen</name>'))", '"<name>Sophia Owen</name>"'],
        ['string(xml(json(\'{ "name": "Sophia Owen" }\')))', '"<name>Sophia Owen</name>"'],
        [
            'json(xml(\'<?xml version="1.0"?> <root> <person id="1"> <name>Sophia Owen</name> </person> <person id="2"> <name>John Doe</name> </person> </root>\'))',
            '{"?xml":{"@version":"1.0"},"root":{"person":[{"@id":"1","name":"Sophia Owen"},{"@id":"2","name":"John Doe"}]}}',
        ],
    ];
    for (const [expression, json] of examples) {
        it(`gives ${json} for ${expression}`, () => {
            expect(jsonOf(expression)).to.equal(json);
        });
    }
});
