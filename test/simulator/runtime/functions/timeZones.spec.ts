import { expect } from "chai";
import { evaluate, jsonOf } from "../../../support/runtime";

const Z = "2018-01-01T08:00:00.0000000Z";

describe("time zones", () => {
    const values: readonly (readonly [expression: string, json: string])[] = [
        [`convertFromUtc('${Z}', 'Pacific Standard Time')`, '"2018-01-01T00:00:00.0000000"'],
        [`convertFromUtc('${Z}', 'pacific standard time', 'D')`, '"Monday, January 1, 2018"'],
        [`convertTimeZone('${Z}', 'UTC', 'Pacific Standard Time')`, '"2018-01-01T00:00:00.0000000"'],
        ["convertToUtc('01/01/2018 00:00:00', 'Pacific Standard Time')", '"2018-01-01T08:00:00.0000000Z"'],
        [`convertTimeZone('${Z}', 'UTC', 'UTC')`, '"2018-01-01T08:00:00.0000000Z"'],
        [
            "convertFromUtc('2026-07-15T10:30:00Z', 'W. Europe Standard Time')",
            '"2026-07-15T12:30:00.0000000"',
        ],
        [
            "convertFromUtc('2026-01-15T10:30:00Z', 'W. Europe Standard Time')",
            '"2026-01-15T11:30:00.0000000"',
        ],
        [
            "convertFromUtc('2026-01-15T10:30:00+02:00', 'India Standard Time')",
            '"2026-01-15T14:00:00.0000000"',
        ],
        ["convertFromUtc('2026-01-15T10:30:00.1234567Z', 'UTC-11')", '"2026-01-14T23:30:00.1234567"'],
        [
            "convertTimeZone('2026-01-15T09:00:00', 'Tokyo Standard Time', 'Eastern Standard Time', 'g')",
            '"1/14/2026 7:00 PM"',
        ],
        // The hour that clocks go through twice is taken as standard time.
        ["convertToUtc('2026-10-25T02:30:00', 'W. Europe Standard Time')", '"2026-10-25T01:30:00.0000000Z"'],
        ["convertToUtc('2026-10-25T01:59:59', 'W. Europe Standard Time')", '"2026-10-24T23:59:59.0000000Z"'],
    ];
    for (const [expression, json] of values) {
        it(`gives ${json} for ${expression}`, () => {
            expect(jsonOf(expression)).to.equal(json);
        });
    }

    const errors: readonly (readonly [expression: string, message: string])[] = [
        [
            `convertFromUtc('${Z}', 'Nowhere')`,
            "the value provided for the time zone id 'Nowhere' was not valid",
        ],
        [`convertFromUtc('${Z}', 'Europe/Berlin')`, "Windows calls it 'W. Europe Standard Time'"],
        [`convertFromUtc('${Z}', 'W Europe Standard Time')`, "Windows calls it 'W. Europe Standard Time'"],
        [
            `convertToUtc('${Z}', 'W. Europe Standard Time')`,
            "'convertToUtc' expects its second parameter to be a time zone matching the timestamp",
        ],
        [
            "convertToUtc('2026-01-15T10:30:00+01:00', 'W. Europe Standard Time')",
            "A timestamp with an offset in function 'convertToUtc'",
        ],
        [
            "convertToUtc('2026-03-29T02:30:00', 'W. Europe Standard Time')",
            "a time that does not exist in its time zone",
        ],
        [
            "convertFromUtc('2001-01-01', 'Egypt Standard Time')",
            "Dates before 2010 in function 'convertFromUtc'",
        ],
    ];
    for (const [expression, message] of errors) {
        it(`refuses ${expression}`, () => {
            expect(() => evaluate(expression)).to.throw(message);
        });
    }
});
