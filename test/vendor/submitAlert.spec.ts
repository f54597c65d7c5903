import { expect } from "chai";
import { describeVendor, runVendor, vendorKey, vendorWorkflows } from "../support/vendor";

describeVendor(`Intezer's own ${vendorWorkflows.submit}`, () => {
    it("ends Cancelled for an alert that Intezer has already, as it does for what goes wrong", () => {
        const { run } = runVendor("submit", { intezer: { alerts: { known: true } } });
        expect(run.actions["HTTP_-_Submit_alert"]?.code).to.equal("Conflict");
        expect(run.status).to.equal("Cancelled");
    });

    it("writes nothing on the incident when Intezer refuses the alert", () => {
        const { run, comments } = runVendor("submit", { intezer: { alerts: { refusedBecause: "No." } } });
        expect(run.status).to.equal("Failed");
        expect(run.code).to.equal("400");
        expect(comments).to.deep.equal([]);
    });

    it("sends everything that Sentinel tells it about the incident to Intezer", () => {
        const { run, triggerBody } = runVendor("submit", { incident: { description: "Personal." } });
        const sent = run.calls.find(({ action }) => action === "HTTP_-_Submit_alert");
        expect(sent?.body).to.deep.equal({ alert: triggerBody, alert_source: "microsoft_sentinel" });
        expect(sent).to.have.nested.property("body.alert.object.properties.description", "Personal.");
    });

    it("shows the API key and the access token in its run history", () => {
        const { actions } = runVendor("submit").run;
        const login = actions["HTTP_-_Get_access_token"];
        expect(actions["Get_secret"]).to.have.nested.property("outputs.body.value", vendorKey);
        expect(login).to.have.nested.property("inputs.body.api_key", vendorKey);
        expect(login?.outputs)
            .to.have.nested.property("body.result")
            .that.matches(/^token\./);
    });
});
