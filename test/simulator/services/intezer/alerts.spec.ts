import { expect } from "chai";
import type { IntezerWorld } from "../../../../simulator/services";
import { type Body, Client } from "../../../support/intezer";

describe("Intezer: alerts", () => {
    const alert = { object: { id: "/incidents/1" }, more: 1 };

    it("takes an alert, and knows the same incident again", () => {
        const client = new Client();
        const reply = client.post("/alerts/ingest", {
            alert,
            alert_source: "microsoft_sentinel",
            environment: "e1",
        });
        expect(reply).to.deep.equal({
            status: 200,
            body: { result: true, alert_id: (reply.body as Body)["alert_id"] },
        });
        const again = { alert: { ...alert, more: 2 }, alert_source: "microsoft_sentinel" };
        expect(client.post("/alerts/ingest", again).status).to.equal(409);
        expect(client.services.intezer.usage).to.deep.include({ alerts: 1, environments: ["e1"] });
    });

    it("answers 400 with its reason to an alert that it refuses, and 409 to one that it has", () => {
        const send = (alerts: IntezerWorld["alerts"]) =>
            new Client({ alerts }).post("/alerts/ingest", { alert, alert_source: "microsoft_sentinel" });
        expect(send({ refusedBecause: "No mapping" })).to.deep.equal({
            status: 400,
            body: { error: "No mapping" },
        });
        expect(send({ known: true }).status).to.equal(409);
    });

    it("answers 400 without an alert or its source, and to fields that it does not have", () => {
        const client = new Client();
        expect(client.post("/alerts/ingest", { alert }).status).to.equal(400);
        expect(client.post("/alerts/ingest", { alert: "x", alert_source: "s" }).status).to.equal(400);
        expect(client.post("/alerts/ingest", { alert, alert_source: "s", workspace: "w" }).status).to.equal(
            400,
        );
        expect(client.services.intezer.usage.alerts).to.equal(0);
    });
});
