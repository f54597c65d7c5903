import { expect } from "chai";
import { evaluate, jsonOf } from "../../../support/runtime";

const T = "2026-01-15T10:30:00Z";

describe("date and time functions", () => {
    const values: readonly (readonly [expression: string, json: string])[] = [
        ["utcNow()", '"2026-01-15T10:30:00.0000000Z"'],
        ["utcNow('yyyy-MM-dd')", '"2026-01-15"'],
        [`addDays('${T}', -15)`, '"2025-12-31T10:30:00.0000000Z"'],
        [`addHours('${T}', 14, 's')`, '"2026-01-16T00:30:00"'],
        [`addMinutes('2026-01-15T10:30:00.1234567Z', 1)`, '"2026-01-15T10:31:00.1234567Z"'],
        [`addSeconds('2026-01-15', 1)`, '"2026-01-15T00:00:01.0000000"'],
        ["addToTime('2026-01-31T00:00:00Z', 1, 'Month')", '"2026-02-28T00:00:00.0000000Z"'],
        ["addToTime('2024-02-29T00:00:00Z', 1, 'Year')", '"2025-02-28T00:00:00.0000000Z"'],
        [`subtractFromTime('${T}', 2, 'weeks')`, '"2026-01-01T10:30:00.0000000Z"'],
        ["getFutureTime(1, 'Day', 'd')", '"1/16/2026"'],
        ["getPastTime(30, 'Minute')", '"2026-01-15T10:00:00.0000000Z"'],
        ["formatDateTime('2026-01-15T12:30:00+02:00')", '"2026-01-15T10:30:00.0000000+00:00"'],
        [`formatDateTime('${T}', 'r')`, '"Thu, 15 Jan 2026 10:30:00 GMT"'],
        [`formatDateTime('${T}', 'u')`, '"2026-01-15 10:30:00Z"'],
        [`formatDateTime('${T}', 'D', 'en-US')`, '"Thursday, January 15, 2026"'],
        [`formatDateTime('${T}', 'h:mm tt')`, '"10:30 AM"'],
        [
            `formatDateTime('2026-01-05T15:04:09.05Z', 'd/M/yy H:m:s.ff ''of'' ddd MMM')`,
            '"5/1/26 15:4:9.05 of Mon Jan"',
        ],
        [`formatDateTime('${T}', 'HH:mm:ss.FFF')`, '"10:30:00"'],
        ["formatDateTime('01/31/2016', 'dddd MMMM d', 'fr-fr')", '"dimanche janvier 31"'],
        ["formatDateTime('01/31/2016', 'dddd MMMM d', 'fr-FR')", '"dimanche janvier 31"'],
        ["formatDateTime('01/31/2016', 'dddd MMMM d', 'es-es')", '"domingo enero 31"'],
        ["formatDateTime('2026-08-12', 'dddd dd-MM-yyyy, MMMM', 'es-ES')", '"miércoles 12-08-2026, agosto"'],
        [`formatDateTime('${T}', '', 'fr-FR')`, '"2026-01-15T10:30:00.0000000Z"'],
        [`formatDateTime('${T}', 'r', 'fr-FR')`, '"Thu, 15 Jan 2026 10:30:00 GMT"'],
        ["parseDateTime('2026-01-15')", '"2026-01-15T00:00:00.0000000"'],
        ["formatDateTime('1/5/2026 3:04 PM')", '"2026-01-05T15:04:00.0000000"'],
        ["formatDateTime('01/05/2026 12:00:00 am')", '"2026-01-05T00:00:00.0000000"'],
        ["formatDateTime('2026/01/05')", '"2026-01-05T00:00:00.0000000"'],
        ["formatDateTime('2026-01-15T10:30:00.12345678Z')", '"2026-01-15T10:30:00.1234568Z"'],
        ["dateDifference('2026-01-15T10:00:00Z', '2026-01-17T11:00:05Z')", '"2.01:00:05"'],
        ["dateDifference('2026-01-15T11:00:00Z', '2026-01-15T10:00:00.5Z')", '"-00:59:59.5000000"'],
        ["ticks('1970-01-01T00:00:00Z')", "621355968000000000"],
        ["ticks('2026-01-15T10:30:00.1234567Z')", "639040698001234567"],
        [`sub(ticks('${T}'), ticks('2026-01-15T10:29:59.9999999Z'))`, "1"],
        [`dayOfMonth('${T}')`, "15"],
        [`dayOfWeek('${T}')`, "4"],
        ["dayOfYear('2024-12-31T23:59:59Z')", "366"],
        [`startOfDay('${T}')`, '"2026-01-15T00:00:00.0000000Z"'],
        [`startOfHour('${T}')`, '"2026-01-15T10:00:00.0000000Z"'],
        [`startOfMonth('${T}', 'yyyy-MM-dd')`, '"2026-01-01"'],
        ["convertFromUtc('2026-01-15T10:30:00', 'UTC')", '"2026-01-15T10:30:00.0000000Z"'],
    ];
    for (const [expression, json] of values) {
        it(`gives ${json} for ${expression}`, () => {
            expect(jsonOf(expression)).to.equal(json);
        });
    }

    const errors: readonly (readonly [expression: string, message: string])[] = [
        [
            "addDays('tomorrow', 1)",
            "In function 'addDays', the value provided for date time string 'tomorrow' was not valid.",
        ],
        ["formatDateTime('2026-02-30')", "date time string '2026-02-30' was not valid"],
        ["formatDateTime(null)", "In function 'formatDateTime'"],
        ["dayOfMonth(5)", "'dayOfMonth' expects its parameter to be a string"],
        [`dateDifference('${T}', true)`, "'dateDifference' expects its second parameter to be a string"],
        [`addDays('${T}', '1')`, "expects its second parameter to be an integer"],
        [`addDays('${T}', 1.5)`, "expects its second parameter to be an integer"],
        [`addToTime('${T}', 1, 'Fortnight')`, "The provided value is 'Fortnight'"],
        [`addToTime('${T}', 9000, 'Year')`, "the resulting date is not between the years 1 and 9999"],
        [`formatDateTime('${T}', 'q')`, "The datetime format 'q' is not valid"],
        [
            `formatDateTime('${T}', 'D', 'de-DE')`,
            "The locale 'de-DE' of function 'formatDateTime' is not supported",
        ],
        [`formatDateTime('${T}', 'D', 'fr-FR')`, "The datetime format 'D' in the locale 'fr-FR'"],
        [`formatDateTime('${T}', 'ddd d', 'fr-FR')`, "The datetime format 'ddd' in the locale 'fr-FR'"],
        [`formatDateTime('${T}', 'd/M', 'es-ES')`, "The datetime format '/' in the locale 'es-ES'"],
        ["addDays('5 March', 1)", "The date time string '5 March' of function 'addDays' is not supported"],
        ["addDays('20260115', 1)", "date time string '20260115' was not valid"],
        ["addDays('13/01/2026', 1)", "date time string '13/01/2026' was not valid"],
        ["addDays('01/15/2026 13:00 PM', 1)", "date time string '01/15/2026 13:00 PM' was not valid"],
        ["addDays('Smarch 13, 2026', 1)", "date time string 'Smarch 13, 2026' was not valid"],
    ];
    for (const [expression, message] of errors) {
        it(`refuses ${expression}`, () => {
            expect(() => evaluate(expression)).to.throw(message);
        });
    }
});
