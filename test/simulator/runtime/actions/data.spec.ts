import { expect } from "chai";
import { runActions } from "../../../support/runtime";
import type { Value, ValueObject } from "../../../../simulator/runtime/values";

const ITEMS: readonly ValueObject[] = [
    { title: "Alpha", n: 1.5 },
    { title: 'B, "x" <b>é', n: null, extra: { k: [1, true] } },
];

function run(type: string, inputs: ValueObject, body: Value = ITEMS) {
    const { A } = runActions({ A: { type, inputs } }, { trigger: { body } }).actions;
    if (A === undefined) {
        throw new Error("There is no action 'A'.");
    }
    return A;
}

const from = { from: "@triggerBody()" };

describe("data operations", () => {
    it("Compose outputs its inputs, with null for what an expression does not find", () => {
        const { A } = runActions({
            A: { type: "Compose", inputs: { a: "@triggerBody()?['x']", b: [1.5, "t"] } },
        }).actions;
        expect(A?.outputs).to.deep.equal({ a: null, b: [1.5, "t"] });
        expect(A).to.deep.include({ code: "OK", inputs: { a: null, b: [1.5, "t"] } });
    });

    it("Query keeps what its condition holds for", () => {
        const kept = run("Query", { ...from, where: "@startsWith(item()['title'], 'a')" });
        expect(kept.outputs).to.deep.equal({ body: [ITEMS[0]] });
        expect(kept.inputs).to.deep.equal({ from: ITEMS, where: "@startsWith(item()['title'], 'a')" });
        const object = run("Query", { ...from, where: { not: { equals: ["@item()?['n']", 1.5] } } });
        expect(object.outputs).to.deep.equal({ body: [ITEMS[1]] });
        expect(run("Query", { ...from, where: "@item()['title']" })).to.deep.include({ status: "Failed" });
    });

    it("Select makes something of each element", () => {
        const select = { t: "@item()['title']", "@{item()['title']}": "@length(triggerBody())" };
        expect(run("Select", { ...from, select }).outputs).to.deep.equal({
            body: [
                { t: "Alpha", Alpha: 2 },
                { t: 'B, "x" <b>é', 'B, "x" <b>é': 2 },
            ],
        });
        expect(run("Select", { ...from, select: "@item()?['n']" }).outputs).to.deep.equal({
            body: [1.5, null],
        });
        expect(run("Select", { ...from, select: "@item()" }, []).outputs).to.deep.equal({ body: [] });
    });

    it("Join writes values as text", () => {
        expect(
            run("Join", { ...from, joinWith: "; " }, [1, "a", null, true, { b: 1 }]).outputs,
        ).to.deep.equal({
            body: '1; a; ; True; {"b":1}',
        });
    });

    it("fail on what is no array", () => {
        for (const [type, inputs] of [
            ["Query", { ...from, where: "@true" }],
            ["Select", { ...from, select: 1 }],
            ["Join", { ...from, joinWith: "," }],
            ["Table", { ...from, format: "CSV" }],
        ] as const) {
            const failed = run(type, inputs, null);
            expect(failed).to.deep.include({ status: "Failed", code: "BadRequest" });
            expect(failed.error?.message).to.contain(
                `The 'from' property value in the '${type.toLowerCase()}' action inputs is of type 'Null'.`,
            );
            expect(failed).to.not.have.any.keys("inputs", "outputs");
        }
    });

    it("Table writes CSV with a column for every property", () => {
        expect(run("Table", { ...from, format: "CSV" }).outputs).to.deep.equal({
            body: 'title,n,extra\r\nAlpha,1.5,\r\n"B, ""x"" <b>é",,"{""k"":[1,true]}"\r\n',
        });
        expect(run("Table", { ...from, format: "CSV" }, []).outputs).to.deep.equal({ body: "" });
        expect(run("Table", { ...from, format: "CSV" }, ["a"]).error?.message).to.contain(
            "The property 'columns' must be specified",
        );
    });

    it("Table writes HTML with its own columns, escaped", () => {
        const columns = [
            { header: "T&", value: "@item()['title']" },
            { header: "N", value: "@{item()['n']}!" },
        ];
        expect(run("Table", { ...from, format: "HTML", columns }).outputs).to.deep.equal({
            body:
                "<table><thead><tr><th>T&amp;</th><th>N</th></tr></thead><tbody>" +
                "<tr><td>Alpha</td><td>1.5!</td></tr>" +
                "<tr><td>B, &quot;x&quot; &lt;b&gt;&#233;</td><td>!</td></tr></tbody></table>",
        });
        expect(run("Table", { ...from, format: "HTML" }, []).outputs).to.deep.equal({
            body: "<table><tbody></tbody></table>",
        });
    });
});
