import { expect } from "chai";
import { isArray, isBinary, toJson, toText, type Value } from "../../../../simulator/runtime/values";
import { answers, compose, definitionWith, initialize, probe, runActions } from "../../../support/runtime";
import { simulate } from "../../../../simulator/runtime/simulate";

const form = (body: string) => ({ headers: { "Content-Type": "application/x-www-form-urlencoded" }, body });
const call = (name: string) => ({
    [name]: { type: "Http", inputs: { method: "GET", uri: "https://api.example" } },
});

/** Source: Microsoft Learn, "Reference guide to workflow expression functions" (2022 and 2025). */
describe("examples of the functions reference that refer to a run", () => {
    const atTimes: readonly (readonly [startTime: string, expression: string, text: string])[] = [
        ["2018-03-01T00:00:00Z", "getFutureTime(5, 'Day')", "2018-03-06T00:00:00.0000000Z"],
        ["2018-03-01T00:00:00Z", "getFutureTime(5, 'Day', 'D')", "Tuesday, March 6, 2018"],
        ["2018-02-01T00:00:00Z", "getPastTime(5, 'Day')", "2018-01-27T00:00:00.0000000Z"],
        ["2018-02-01T00:00:00Z", "getPastTime(5, 'Day', 'D')", "Saturday, January 27, 2018"],
        ["2018-04-15T13:00:00Z", "utcNow()", "2018-04-15T13:00:00.0000000Z"],
        ["2018-04-15T13:00:00Z", "utcNow('D')", "Sunday, April 15, 2018"],
    ];
    for (const [startTime, expression, text] of atTimes) {
        it(`gives ${text} for ${expression} at ${startTime}`, () => {
            expect(probe({}, `@${expression}`, { startTime })).to.equal(text);
        });
    }

    it("draws random values of the documented form", () => {
        expect(probe({}, "@guid('P')")).to.match(/^\([\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\)$/);
        expect(probe({}, "@rand(1, 5)")).to.be.oneOf([1, 2, 3, 4]);
    });

    it("read forms of actions and triggers", () => {
        const mail = answers({ status: 200, ...form("Subject=Hello+world") });
        const email = call("Send_an_email");
        expect(probe(email, "@formDataValue('Send_an_email', 'Subject')", mail)).to.equal("Hello world");
        expect(probe(email, "@formDataMultiValues('Send_an_email', 'Subject')", mail)).to.deep.equal([
            "Hello world",
        ]);
        const feed = { trigger: form("feedUrl=https%3A%2F%2Ffeeds.example%2Frss.xml") };
        const url = "https://feeds.example/rss.xml";
        expect(probe({}, "@triggerFormDataValue('feedUrl')", feed)).to.equal(url);
        expect(probe({}, "@triggerFormDataMultiValues('feedUrl')", feed)).to.deep.equal([url]);
    });

    it("give the item of a Foreach", () => {
        const item = (inputs: string): Value | undefined => {
            const actions = { Item: compose(inputs) };
            return runActions(
                { myForEachLoopName: { type: "Foreach", foreach: "@triggerBody()", actions } },
                { trigger: { body: [{ body: "Hello" }] } },
            ).actions["Item"]?.outputs;
        };
        expect(item("@item().body")).to.equal("Hello");
        expect(item("@items('myForEachLoopName')")).to.deep.equal({ body: "Hello" });
    });

    it("count the iterations of an Until from 0", () => {
        const increment = { type: "IncrementVariable", inputs: { name: "myCounter", value: 1 } };
        const text = "'Current index: ' @{iterationIndexes('Until_Max_Increment')}";
        const { actions } = runActions({
            Create_counter: initialize("myCounter", "Integer", 0),
            Until_Max_Increment: {
                type: "Until",
                expression: "@equals(variables('myCounter'), 5)",
                limit: { count: 60, timeout: "PT1H" },
                actions: {
                    Increment: increment,
                    Compose: compose(text, { runAfter: { Increment: ["Succeeded"] } }),
                },
                runAfter: { Create_counter: ["Succeeded"] },
            },
        });
        expect(actions["Compose"]?.repetitions?.map(({ outputs }) => outputs)).to.deep.equal(
            [0, 1, 2, 3, 4].map((index) => `'Current index: ' ${index}`),
        );
    });

    it("give outputs, parameters and variables", () => {
        const user = { headers: { "x-id": "a9" }, body: { FullName: "Contoso Corporation", Id: 283541717 } };
        expect(
            probe(call("Get_user"), "@outputs('Get_user')", answers({ status: 200, ...user })),
        ).to.deep.equal({ statusCode: 200, ...user });
        expect(probe({ Init: initialize("numItems", "integer", 20) }, "@variables('numItems')")).to.equal(20);
        expect(withParameter("fullName", "Sophia Owen", "@parameters('fullName')")).to.equal("Sophia Owen");
    });

    it("give the trigger, and short forms of it", () => {
        const trigger = { trigger: { headers: { a: "b" }, body: { x: 1 } } };
        expect(probe({}, "@trigger().outputs", trigger)).to.deep.equal(
            probe({}, "@triggerOutputs()", trigger),
        );
        expect(probe({}, "@trigger().outputs.body", trigger)).to.deep.equal({ x: 1 });
        expect(probe({}, "@triggerBody()", trigger)).to.deep.equal({ x: 1 });
    });

    it("give every iteration of the actions of a Foreach", () => {
        const record = runActions(
            {
                For_each: { type: "Foreach", foreach: "@triggerBody()", actions: call("HTTP") },
                Results: compose("@result('For_each')", { runAfter: { For_each: ["Succeeded"] } }),
            },
            { ...answers({ status: 200 }), trigger: { body: [1, 2] } },
        );
        const [http, ...others] = record.actions["Results"]?.outputs as unknown as readonly Result[];
        expect(others).to.deep.equal([]);
        expect(http?.name).to.equal("HTTP");
        const iteration = {
            name: "HTTP",
            inputs: { method: "GET", uri: "https://api.example" },
            code: "OK",
            status: "Succeeded",
        };
        expect(
            http?.outputs.map(({ name, inputs, code, status }) => ({ name, inputs, code, status })),
        ).to.deep.equal([iteration, iteration]);
    });

    it("give the names and tags of the workflow", () => {
        const workflow = { name: "W", tags: { environmentName: "E", flowDisplayName: "F" } };
        const link = "@{workflow()['tags']['environmentName']}/flows/@{workflow()['name']}";
        expect(probe({}, `${link} @{workflow()['tags']['flowDisplayName']}`, { workflow })).to.equal(
            "E/flows/W F",
        );
        expect(probe({}, "@workflow().run.name")).to.match(/^\w+$/);
    });

    const produce = (first = "", second = ""): string =>
        `<?xml version="1.0"?> <produce> <item> <name${first}>Gala</name> <count>20</count> </item>` +
        ` <item> <name${second}>Honeycrisp</name> <count>10</count> </item> </produce>`;
    const selected: readonly (readonly [path: string, items: string, result: Value])[] = [
        ["/produce/item/name", produce(), ["<name>Gala</name>", "<name>Honeycrisp</name>"]],
        ["/produce/item/name/text()", produce(), ["Gala", "Honeycrisp"]],
        // Each of them is the first and the last name in its item, although the page shows one.
        ["/produce/item/name[1]", produce(), ["<name>Gala</name>", "<name>Honeycrisp</name>"]],
        ["/produce/item/name[last()]", produce(), ["<name>Gala</name>", "<name>Honeycrisp</name>"]],
        [
            "//name[@expired]",
            produce(" expired='true'", " expired='false'"),
            ['<name expired="true">Gala</name>', '<name expired="false">Honeycrisp</name>'],
        ],
        ["//name[@expired = ''true'']", produce(" expired='true'"), ['<name expired="true">Gala</name>']],
        ["//name[@price>35]", produce(" price='12'", " price='40'"), ['<name price="40">Honeycrisp</name>']],
        // The older page leaves out the sign of the attribute.
        ["//name[price>35]", produce(" price='12'", " price='40'"), []],
        ["sum(/produce/item/count)", produce(), 30],
    ];
    for (const [path, items, result] of selected) {
        it(`select ${JSON.stringify(result)} by the XPath ${path}`, () => {
            expect(
                plain(withParameter("items", items, `@xpath(xml(parameters('items')), '${path}')`)),
            ).to.deep.equal(result);
        });
    }

    it("select by XPath in XML with a namespace", () => {
        const location = '<location xmlns="https://contoso.com">Paris</location>';
        const reply = answers({
            status: 200,
            headers: { "Content-Type": "application/xml" },
            body: `<?xml version="1.0"?><file xmlns="https://contoso.com"><location>Paris</location></file>`,
        });
        const select = (path: string): Value =>
            plain(probe(call("Http"), `@xpath(xml(body('Http')), '${path}')`, reply));
        expect(select('/*[name()="file"]/*[name()="location"]')).to.deep.equal([location]);
        expect(
            select(
                '/*[local-name()="file" and namespace-uri()="https://contoso.com"]/*[local-name()="location"]',
            ),
        ).to.deep.equal([location]);
        expect(select('string(/*[name()="file"]/*[name()="location"])')).to.equal("Paris");
    });
});

interface Result {
    readonly name: string;
    readonly outputs: readonly {
        readonly name: string;
        readonly inputs: Value;
        readonly code: string;
        readonly status: string;
    }[];
}

function withParameter(name: string, value: string, expression: string): Value {
    const parameters = { [name]: { type: "String", defaultValue: value } };
    return (
        simulate(definitionWith({ Probe: compose(expression) }, { parameters })).actions["Probe"]?.outputs ??
        null
    );
}

/** XML as its text, numbers as JavaScript's. */
function plain(value: Value): Value {
    if (isArray(value)) {
        return value.map(plain);
    }
    return isBinary(value) ? toText(value) : toJson(value);
}
