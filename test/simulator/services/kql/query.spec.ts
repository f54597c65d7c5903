import { expect } from "chai";
import { evaluate, type Table } from "../../../../simulator/services/kql/evaluate";
import { parseQuery } from "../../../../simulator/services/kql/parser";
import { KqlError } from "../../../../simulator/services/kql/tokens";

const now = Date.parse("2026-01-31T00:00:00Z");

const table: Table = {
    columns: [
        { name: "TimeGenerated", type: "datetime" },
        { name: "SystemAlertId", type: "string" },
        { name: "VendorOriginalId", type: "string" },
    ],
    rows: [
        { TimeGenerated: "2026-01-01T00:00:00.000Z", SystemAlertId: "s1", VendorOriginalId: "old" },
        { TimeGenerated: "2026-01-30T00:00:00.000Z", SystemAlertId: "s2", VendorOriginalId: "da1" },
        { TimeGenerated: "2026-01-30T12:00:00.000Z", SystemAlertId: "s2", VendorOriginalId: "da2" },
        { TimeGenerated: "2026-01-30T18:00:00.000Z", SystemAlertId: "s3", VendorOriginalId: 'q"x\\y' },
    ],
};

function run(text: string) {
    return evaluate(parseQuery(text), { SecurityAlert: table }, now);
}

function ids(text: string): readonly (string | undefined)[] {
    return run(text).rows.map((row) => row["SystemAlertId"]);
}

function refusal(text: string): string {
    try {
        run(text);
    } catch (error) {
        if (error instanceof KqlError) {
            return `${error.code}: ${error.message}`;
        }
        throw error;
    }
    return "no refusal";
}

describe("KQL", () => {
    it("filters by time and by text, and names each alert once", () => {
        const query =
            'SecurityAlert\n| where TimeGenerated > ago(10d) // recent\n| where VendorOriginalId == "da1"\n' +
            "| summarize arg_max(TimeGenerated, *) by SystemAlertId\n| project SystemAlertId";
        expect(run(query)).to.deep.equal({
            columns: [{ name: "SystemAlertId", type: "string" }],
            rows: [{ SystemAlertId: "s2" }],
        });
    });

    it("keeps the row with the greatest value of each group", () => {
        const rows = run("SecurityAlert | summarize arg_max(TimeGenerated, *) by SystemAlertId").rows;
        expect(rows.map((row) => row["VendorOriginalId"])).to.deep.equal(["old", "da2", 'q"x\\y']);
    });

    it("counts from now, in every unit", () => {
        expect(ids("SecurityAlert | where TimeGenerated >= ago(30d)")).to.have.lengthOf(4);
        expect(ids("SecurityAlert | where TimeGenerated > ago(30d)")).to.deep.equal(["s2", "s2", "s3"]);
        expect(ids("SecurityAlert | where TimeGenerated > ago(7h)")).to.deep.equal(["s3"]);
        expect(ids("SecurityAlert | where TimeGenerated > ago(420m)")).to.deep.equal(["s3"]);
        expect(ids("SecurityAlert | where TimeGenerated < ago(48h)")).to.deep.equal(["s1"]);
    });

    it("compares text with and without regard to case", () => {
        expect(ids('SecurityAlert | where VendorOriginalId == "DA1"')).to.deep.equal([]);
        expect(ids('SecurityAlert | where VendorOriginalId =~ "DA1"')).to.deep.equal(["s2"]);
        expect(ids('SecurityAlert | where VendorOriginalId in ("da1", "old")')).to.deep.equal(["s1", "s2"]);
        expect(ids('SecurityAlert | where VendorOriginalId in~ ("DA2")')).to.deep.equal(["s2"]);
        expect(
            ids('SecurityAlert | where VendorOriginalId != "da1" and not(VendorOriginalId == "da2")'),
        ).to.deep.equal(["s1", "s3"]);
    });

    it("knows distinct, summarize without an aggregate, take and a closing semicolon", () => {
        expect(ids("SecurityAlert | distinct SystemAlertId;")).to.deep.equal(["s1", "s2", "s3"]);
        expect(ids("SecurityAlert | summarize by SystemAlertId | take 2")).to.deep.equal(["s1", "s2"]);
    });

    it("reads escapes in literals, and verbatim literals", () => {
        expect(ids('SecurityAlert | where VendorOriginalId == "q\\"x\\\\y"')).to.deep.equal(["s3"]);
        expect(ids("SecurityAlert | where VendorOriginalId == 'q\"x\\u005cy'")).to.deep.equal(["s3"]);
        expect(ids('SecurityAlert | where VendorOriginalId == @"q""x\\y"')).to.deep.equal(["s3"]);
    });

    it("lets an unescaped quote end the literal, so that an injection changes the result", () => {
        const inject = (id: string) => ids(`SecurityAlert | where VendorOriginalId == "${id}"`);
        expect(inject('none" or SystemAlertId == "s1')).to.deep.equal(["s1"]);
        expect(inject('none" or SystemAlertId != "" // ')).to.have.lengthOf(4);
    });

    it("refuses what is no KQL, naming the token", () => {
        expect(refusal('SecurityAlert | where VendorOriginalId == "a""')).to.equal(
            "SyntaxError: The string literal at position 45 is not closed.",
        );
        expect(refusal('SecurityAlert | where VendorOriginalId == "a\nb"')).to.contain("is not closed");
        expect(refusal('SecurityAlert | where VendorOriginalId == "\\q"')).to.contain(
            "at '\\q' on position 43",
        );
        expect(refusal("SecurityAlert | where")).to.contain("at 'end of query'");
        expect(refusal("SecurityAlert where x")).to.contain("at 'where' on position 14");
        expect(refusal("SecurityAlert | where TimeGenerated > ago(5)")).to.contain("at '5'");
        expect(refusal("SecurityAlert | where VendorOriginalId # 1")).to.contain("at '#'");
        expect(refusal("")).to.contain("at 'end of query'");
    });

    it("refuses a table or column that is not there, also one that a project has taken away", () => {
        expect(refusal("SecurityAlerts")).to.equal(
            "SemanticError: Failed to resolve table named 'SecurityAlerts'.",
        );
        expect(refusal('SecurityAlert | where Vendor == "a"')).to.equal(
            "SemanticError: Failed to resolve column or scalar expression named 'Vendor'.",
        );
        expect(refusal('SecurityAlert | project SystemAlertId | where VendorOriginalId == "a"')).to.contain(
            "named 'VendorOriginalId'",
        );
        expect(refusal("SecurityAlert | where SystemAlertId > ago(1d)")).to.contain("Cannot compare");
    });

    it("refuses KQL that it does not know as NotSupported", () => {
        expect(refusal("SecurityAlert | extend x = 1")).to.equal(
            "NotSupported: The simulated Log Analytics does not know the operator 'extend' on position 16.",
        );
        expect(refusal("SecurityAlert | summarize count() by SystemAlertId")).to.contain("aggregate 'count'");
        expect(refusal('SecurityAlert | where VendorOriginalId has "a"')).to.contain("comparison 'has'");
        expect(refusal("SecurityAlert | where TimeGenerated > now()")).to.contain("function 'now'");
    });
});
