import { expect } from "chai";
import { urlEntity } from "../support/tenant";
import { describeVendor, runVendor, vendorKey, vendorWorkflows } from "../support/vendor";

const url = "https://login.example.com/reset";

describeVendor(`Intezer's own ${vendorWorkflows.url}`, () => {
    it("stops when the incident has URLs, so that no URL is ever scanned", () => {
        const { run, comments, usage } = runVendor("url", {
            incident: { entities: [urlEntity(url)] },
            intezer: { urls: [{ url, verdictType: "malicious" }] },
        });
        expect(run.status).to.equal("Cancelled");
        expect(run.actions["For_each_URL"]?.status).to.equal("Skipped");
        expect(usage.urls).to.equal(0);
        expect(comments).to.deep.equal([]);
    });

    it("goes on when the incident has no URL, and waits ten minutes for nothing", () => {
        const { run, comments } = runVendor("url", { incident: { entities: [] } });
        expect(run.status).to.equal("Succeeded");
        expect(run.durationSeconds).to.equal(600);
        expect(run.actions["HTTP_2"]?.repetitions).to.deep.equal([]);
        expect(comments).to.deep.equal([]);
    });

    it("fetches the key and a token before it looks whether there is anything to scan", () => {
        const { run, usage } = runVendor("url", { incident: { entities: [] } });
        const actions = run.calls.map(({ action }) => action);
        expect(actions).to.deep.equal(["Get_secret", "HTTP", "Entities_-_Get_URLs"]);
        expect(usage.tokens).to.equal(1);
    });

    it("shows the API key and the access token in its run history", () => {
        const { actions } = runVendor("url", { incident: { entities: [] } }).run;
        expect(actions["Get_secret"]).to.have.nested.property("outputs.body.value", vendorKey);
        expect(actions["HTTP"]).to.have.nested.property("inputs.body.api_key", vendorKey);
        expect(actions["HTTP"]?.outputs)
            .to.have.nested.property("body.result")
            .that.matches(/^token\./);
    });
});
