import { expect } from "chai";
import { evaluate, jsonOf } from "../../../support/runtime";

describe("parseDateTime with a format", () => {
    const values: readonly (readonly [args: string, json: string])[] = [
        ["'21052019', 'fr-fr', 'ddMMyyyy'", '"2019-05-21T00:00:00.0000000"'],
        ["'20190521', 'fr-fr', 'yyyyMMdd'", '"2019-05-21T00:00:00.0000000"'],
        ["'10/20/2014 15h', 'en-US', 'MM/dd/yyyy HH\\h'", '"2014-10-20T15:00:00.0000000"'],
        [
            "'Tue 5 january 2021 03.04.05.06 pm', '', 'ddd d MMMM yyyy hh.mm.ss.ff tt'",
            '"2021-01-05T15:04:05.0600000"',
        ],
        ["'2021-01-05 at 12 AM', '', 'yyyy-MM-dd ''at'' h tt'", '"2021-01-05T00:00:00.0000000"'],
        ["'2021-01-05T10:00:00.0000000+01:00', '', 'o'", '"2021-01-05T09:00:00.0000000+00:00"'],
        ["'2021-01-05T10:00:00.0000000', '', 'o'", '"2021-01-05T10:00:00.0000000"'],
        ["'2021-01-05Z', '', 'yyyy-MM-ddK'", '"2021-01-05T00:00:00.0000000Z"'],
    ];
    for (const [args, json] of values) {
        it(`gives ${json} for ${args}`, () => {
            expect(jsonOf(`parseDateTime(${args})`)).to.equal(json);
        });
    }

    const errors: readonly (readonly [args: string, message: string])[] = [
        ["'2021-1-05', '', 'yyyy-MM-dd'", "date time string '2021-1-05' was not valid"],
        ["'2021-02-30', '', 'yyyy-MM-dd'", "date time string '2021-02-30' was not valid"],
        ["'Mon 5 January 2021', '', 'ddd d MMMM yyyy'", "was not valid"],
        ["'13 PM 2021-01-05', '', 'h tt yyyy-MM-dd'", "was not valid"],
        ["'20/10/2014', 'fr-fr'", "The locale 'fr-fr' of function 'parseDateTime' is not supported"],
        ["'5 mai 2021', 'fr-fr', 'd MMM yyyy'", "for a format with 'MMM'"],
        [
            "'20210105', 'fa-IR', 'yyyyMMdd'",
            "The locale 'fa-IR' of function 'parseDateTime' is not supported",
        ],
        ["'20210105', 'nonsense-locale!', 'yyyyMMdd'", "The locale 'nonsense-locale!'"],
        ["'21-01-05', '', 'yy-MM-dd'", "The specifier 'yy' in the format 'yy-MM-dd'"],
        ["'10:00', '', 'HH:mm'", "it leaves out the year, the month or the day"],
        ["'x', '', 'yyyy yyyy-MM-dd'", "it has the year twice"],
        ["'x', '', 'q'", "The datetime format 'q' is not valid"],
    ];
    for (const [args, message] of errors) {
        it(`refuses ${args}`, () => {
            expect(() => evaluate(`parseDateTime(${args})`)).to.throw(message);
        });
    }
});
