import { expect } from "chai";
import { findFunction, functions } from "../../language";

describe("findFunction", () => {
    it("finds a function in any letter case and knows Microsoft's", () => {
        expect(findFunction("TOLOWER")).to.deep.equal({ name: "toLower", minArgs: 1, maxArgs: 1 });
        expect(findFunction("encodeURIComponent")).to.have.property("name", "encodeUriComponent");
    });

    it("knows optional and variadic parameters", () => {
        expect(findFunction("utcNow")).to.deep.equal({ name: "utcNow", minArgs: 0, maxArgs: 1 });
        expect(findFunction("concat")).to.deep.equal({ name: "concat", minArgs: 1, maxArgs: Infinity });
        expect(findFunction("createArray")).to.have.property("minArgs", 1);
        expect(findFunction("union")).to.have.property("minArgs", 2);
        expect(findFunction("intersection")).to.have.property("minArgs", 2);
    });

    it("does not know functions of Standard workflows, nor names that JavaScript gives every object", () => {
        for (const name of ["appsetting", "constructor", "toString", "__proto__", "", "lower"]) {
            expect(findFunction(name), name).to.equal(undefined);
        }
    });

    it("lists every function once, with sensible counts", () => {
        const names = functions.map(({ name }) => name.toLowerCase());
        expect(new Set(names).size).to.equal(names.length);
        for (const { name, minArgs, maxArgs } of functions) {
            expect(minArgs, name).to.be.at.least(0).and.at.most(maxArgs);
        }
    });
});
