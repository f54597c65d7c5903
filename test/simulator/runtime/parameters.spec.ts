import { expect } from "chai";
import { compose, definitionWith } from "../../support/runtime";
import { NotSupportedError, RefusedError } from "../../../simulator/runtime/errors";
import { simulate } from "../../../simulator/runtime/simulate";

describe("values of parameters", () => {
    const definition = definitionWith(
        { A: compose("@parameters('p')") },
        { parameters: { p: { type: "String", defaultValue: "default" } } },
    );

    it("are refused where null is given, default or not", () => {
        const expected =
            "The provided value for the workflow parameter 'p' is not valid. Expected a value of type 'String', but " +
            "received a value of type 'Null'.";
        expect(() => simulate(definition, { parameters: { p: null } })).to.throw(RefusedError, expected);
        expect(() => simulate({ definition, parameters: { P: { value: null } } })).to.throw(
            RefusedError,
            expected,
        );
    });

    it("may have notes beside them in a workflow file, and nothing else", () => {
        const entry = { value: "file", type: "String", description: "d", metadata: {} };
        expect(simulate({ definition, parameters: { p: entry } }).actions["A"]?.outputs).to.equal("file");
        expect(() => simulate({ definition, parameters: { p: { value: "x", reference: {} } } })).to.throw(
            NotSupportedError,
            "The property 'reference' beside the value of the parameter 'p' is not supported by the simulator.",
        );
        expect(() => simulate({ definition, parameters: { p: { reference: {} } } })).to.throw(
            RefusedError,
            "The parameter 'p' must be an object with the property 'value'.",
        );
    });
});
