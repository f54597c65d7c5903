import { expect } from "chai";
import { checkDefinition } from "../../language";
import { outlineOf } from "../../language/outline";
import { assertSupported } from "../../simulator/runtime/support";
import { describeVendor, vendorWorkflow, vendorWorkflows, type VendorPlaybook } from "../support/vendor";

describeVendor("Intezer's ARM template", () => {
    const actionCounts: { readonly [playbook in VendorPlaybook]: number } = {
        submit: 8,
        webhook: 13,
        hash: 20,
        url: 18,
    };
    for (const playbook of ["submit", "webhook", "hash", "url"] as const) {
        describe(vendorWorkflows[playbook], () => {
            it("has a definition without ARM expressions, which is taken as it is", () => {
                const { definition, written } = vendorWorkflow(playbook);
                expect(definition).to.deep.equal(written);
                expect(outlineOf(definition).actions).to.have.length(actionCounts[playbook]);
            });

            it("is saved by Azure's rules, with the parameters that the template gives it", () => {
                const { definition, parameters } = vendorWorkflow(playbook);
                const given = { parameters: Object.keys(parameters) };
                expect(checkDefinition(definition, given)).to.deep.equal([]);
            });

            it("uses nothing that the simulator does not support", () => {
                const outline = outlineOf(vendorWorkflow(playbook).definition);
                expect(() => {
                    assertSupported(outline);
                }).to.not.throw();
            });
        });
    }
});
