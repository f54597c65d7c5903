import { expect } from "chai";
import { evaluate } from "../../../support/runtime";

describe("formatNumber", () => {
    const values: readonly (readonly [number: string, format: string, text: string])[] = [
        ["1234567890", "#,##0.00", "1,234,567,890.00"],
        ["17.35", "C2", "$17.35"],
        ["123.456", "C", "$123.46"],
        ["1234", "D6", "001234"],
        ["-1234", "D6", "-001234"],
        ["1052.0329112756", "E", "1.052033E+003"],
        ["-1052.0329112756", "e2", "-1.05e+003"],
        ["0", "E2", "0.00E+000"],
        ["9999", "E1", "1.0E+004"],
        ["1234.567", "F", "1234.57"],
        ["1234", "F1", "1234.0"],
        ["-1234.56", "F4", "-1234.5600"],
        ["0.125", "F2", "0.13"],
        ["9.995", "F1", "10.0"],
        ["-123.456", "G", "-123.456"],
        ["123.4546", "G4", "123.5"],
        ["-1.234567890e-25", "G", "-1.23456789E-25"],
        ["123456", "G4", "1.235E+05"],
        ["0.00001234", "G2", "1.2E-05"],
        ["12", "G", "12"],
        ["1234.567", "N", "1,234.57"],
        ["-1234.56", "N3", "-1,234.560"],
        ["0.5", "N0", "1"],
        ["255", "X", "FF"],
        ["-1", "x", "ffffffffffffffff"],
        ["9223372036854775807", "N0", "9,223,372,036,854,775,807"],
        ["1234.5678", "00000", "01235"],
        ["0.45678", "0.00", "0.46"],
        ["1234.5678", "#####", "1235"],
        ["0.45678", "#.##", ".46"],
        ["0", "#", ""],
        ["2147483647", "##,#", "2,147,483,647"],
        ["2147483647", "#,#,,", "2,147"],
        ["0.3697", "%#0.00", "%36.97"],
        ["12.345", "#0.0#;(#0.0#);-\\0-", "12.35"],
        ["0", "#0.0#;(#0.0#);-\\0-", "-0-"],
        ["-12.345", "#0.0#;(#0.0#);-\\0-", "(12.35)"],
        ["123456789", "000-00-0000", "123-45-6789"],
        ["5", "# 'items;'", "5 items;"],
        ["12.5", ".00", "12.50"],
        ["-7", '0 "units"', "-7 units"],
        ["7", "only", "only"],
    ];
    for (const [number, format, text] of values) {
        it(`writes ${number} in the format ${format} as ${text}`, () => {
            expect(evaluate(`formatNumber(${number}, '${format.replaceAll("'", "''")}')`)).to.equal(text);
        });
    }

    const inCultures: readonly (readonly [args: string, text: string])[] = [
        ["1234.567, 'F', 'de-DE'", "1234,57"],
        ["1234.567, 'N', 'de-DE'", "1.234,57"],
        ["1052.0329112756, 'E', 'de-DE'", "1,052033E+003"],
        ["0.5, 'G', 'is-IS'", "0,5"],
        ["12.5, '.00', 'is-IS'", "12,50"],
        ["1234, '#,#', 'is-IS'", "1.234"],
        ["1234.5, 'N1', ''", "1,234.5"],
    ];
    for (const [args, text] of inCultures) {
        it(`writes ${args} as ${text}`, () => {
            expect(evaluate(`formatNumber(${args})`)).to.equal(text);
        });
    }

    const refused: readonly (readonly [args: string, why: string])[] = [
        ["1.005, 'F2'", "versions of .NET round it differently"],
        ["-0.001, 'F2'", "versions of .NET disagree on the sign"],
        ["-0.001, '0.00'", "versions of .NET disagree on the sign"],
        ["1.2345678912312131, 'G'", "versions of .NET differ in the digits that they look at"],
        ["-5, 'C'", "documents disagree on how a negative amount is written"],
        ["0.5, 'P0'", "documents disagree on the space before the percent sign"],
        ["1.5, 'D'", "only integers have this format"],
        ["1.5, 'X'", "only integers have this format"],
        ["5, 'R'", "only C, D, E, F, G, N, X and custom formats are supported"],
        ["5, 'D100'", "its precision has more than two digits"],
        ["17.35, 'C2', 'fr-FR'", "of the locales only en-us, en-gb, de-de, is-is are, not 'fr-FR'"],
        ["5, 'C', ''", "only the money of en-US and is-IS is simulated"],
        ["5, 'C', 'is-IS'", "how many places its money has is not documented"],
        ["5, 'C', 'de-DE'", "only the money of en-US and is-IS is simulated"],
        ["0.001, '0.0;(0.0)'", "is rounded to zero in it"],
        ["5, '0.0E+0'", "'E+0' in it is not simulated"],
        ["float('nan'), 'F2'", "Formatting the number NaN"],
    ];
    for (const [args, why] of refused) {
        it(`refuses by name ${args}`, () => {
            expect(() => evaluate(`formatNumber(${args})`)).to.throw(why);
            expect(() => evaluate(`formatNumber(${args})`)).to.throw("not supported by the simulator");
        });
    }
});
