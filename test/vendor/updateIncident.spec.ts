import { expect } from "chai";
import type { Json } from "../../language";
import type { Incident } from "../../simulator/services";
import { start } from "../support/services";
import { describeVendor, runVendor, vendorWorkflows, type VendorScene } from "../support/vendor";

/** An incident of Defender's alert with this id. */
const incidentOf = (systemAlertId: string, providerAlertId: string) => ({
    alerts: [{ systemAlertId, displayName: "A", productName: "P", providerAlertId }],
});

/** An incident, its alert in the workspace, and a webhook about that alert. */
const aboutAlert: VendorScene = {
    incident: incidentOf("alert", "original"),
    alerts: [{ systemAlertId: "alert", vendorOriginalId: "original" }],
    webhook: () => defenderNote("original"),
};

const defenderNote = (id: string, note = "Malicious."): Json => ({
    sender: "msd",
    note,
    microsoft_sentinel_incident_id: id,
});

const incidentNote = ({ id }: Incident, note = "Malicious."): Json => ({
    sender: "other",
    note,
    microsoft_sentinel_incident_id: id,
});

const mayComment = "Microsoft.SecurityInsights/incidents/comments/write";

describeVendor(`Intezer's own ${vendorWorkflows.webhook}`, () => {
    it("waits a quarter of an hour for an alert that is there already", () => {
        const { run, comments } = runVendor("webhook", aboutAlert);
        expect(comments).to.deep.equal(["<p>Malicious.</p>"]);
        expect(run.durationSeconds).to.equal(900);
    });

    it("loses the verdict of an alert that arrives after a quarter of an hour", () => {
        const { run, comments } = runVendor("webhook", {
            ...aboutAlert,
            alerts: [{ vendorOriginalId: "original", visibleAt: start + 901_000 }],
        });
        const queries = run.calls.filter(({ action }) => action === "Run_query_and_list_results");
        expect(queries).to.have.length(1);
        expect(comments).to.deep.equal([]);
        expect(run.status).to.equal("Cancelled");
    });

    it("comments one of several incidents with the same Defender alert, and none of the others", () => {
        const { incidents } = runVendor("webhook", {
            ...aboutAlert,
            others: [incidentOf("second", "original")],
            alerts: [
                { systemAlertId: "alert", vendorOriginalId: "original" },
                { systemAlertId: "second", vendorOriginalId: "original" },
            ],
        });
        expect(incidents.map(({ comments }) => comments.length).sort()).to.deep.equal([0, 1]);
    });

    it("takes a sender in capitals for another one, and the id of its alert for that of an incident", () => {
        const { run, comments } = runVendor("webhook", {
            ...aboutAlert,
            webhook: () => ({ sender: "MSD", note: "N", microsoft_sentinel_incident_id: "original" }),
        });
        expect(run.calls.map(({ path, body }) => ({ path, body }))).to.deep.equal([
            { path: "/Incidents", body: { incidentArmId: "original" } },
        ]);
        expect(run.status).to.equal("Failed");
        expect(comments).to.deep.equal([]);
    });

    it("ends Cancelled as if there were 100 comments when it may not comment the alert's incident", () => {
        const { run, comments } = runVendor("webhook", { ...aboutAlert, without: [mayComment] });
        expect(run.actions["Add_comment_to_incident_-_msd_source"]?.code).to.equal("Forbidden");
        expect(run.status).to.equal("Cancelled");
        expect(run.error).to.equal(undefined);
        expect(comments).to.deep.equal([]);
    });

    it("ends Cancelled as if there were 100 comments when it may not comment the incident", () => {
        const { run } = runVendor("webhook", { webhook: incidentNote, without: [mayComment] });
        expect(run.actions["Add_comment_to_incident__-_non-msd_source"]?.code).to.equal("Forbidden");
        expect(run.status).to.equal("Cancelled");
        expect(run.error).to.equal(undefined);
    });

    it("lets whoever calls it rewrite the query, and so comments the incident of another alert", () => {
        const injected = 'nothing") or SystemAlertId in("alert';
        const { run, comments } = runVendor("webhook", {
            ...aboutAlert,
            webhook: () => defenderNote(injected, "Harmless."),
        });
        const query = run.calls.find(({ action }) => action === "Run_query_and_list_results");
        expect(query?.body).to.match(
            /\| where VendorOriginalId in\("nothing"\) or SystemAlertId in\("alert"\)$/,
        );
        expect(comments).to.deep.equal(["<p>Harmless.</p>"]);
    });

    it("puts the HTML of whoever calls it into the comment", () => {
        const note = '<a href="https://example.com">Sign in</a>';
        const ofIncident = runVendor("webhook", { webhook: (incident) => incidentNote(incident, note) });
        expect(ofIncident.comments).to.deep.equal([`<p>${note}</p>`]);
        const ofAlert = runVendor("webhook", {
            ...aboutAlert,
            webhook: () => defenderNote("original", note),
        });
        expect(ofAlert.comments).to.deep.equal([`<p>${note}</p>`]);
    });

    it("fails until somebody has mended the connection to the logs that it was deployed with", () => {
        const { run, comments } = runVendor("webhook", { ...aboutAlert, mended: false });
        expect(run.actions["Run_query_and_list_results"]?.code).to.equal("Unauthorized");
        expect(run.status).to.equal("Failed");
        expect(comments).to.deep.equal([]);
    });

    it("does not find a workspace outside the resource group that it is deployed into", () => {
        const { run, comments } = runVendor("webhook", { ...aboutAlert, resourceGroup: "rg-playbooks" });
        expect(run.actions["Run_query_and_list_results"]?.code).to.equal("NotFound");
        expect(run.status).to.equal("Failed");
        expect(comments).to.deep.equal([]);
    });
});
