import { expect } from "chai";
import type { JsonObject } from "../../../language/json";
import { receiveCallback } from "../../../simulator/services/workflowEndpoint";
import { errorOf, fakeAzure, resource, workflowId } from "../../support/services";

const endpoint = "https://prod-00.westeurope.logic.azure.com:443/workflows/0123";
const url = `${endpoint}/triggers/manual/paths/invoke?api-version=2016-10-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=good`;

function call(properties: JsonObject = {}, request: { url?: string; callerIp?: string } = {}) {
    const workflow = resource(workflowId, { accessEndpoint: endpoint, ...properties });
    return receiveCallback(
        fakeAzure({ resources: { [workflowId]: workflow } }),
        { url, callerIp: "198.51.100.7", ...request },
        (_, triggerName) => (triggerName === "manual" ? "good" : undefined),
    );
}

function allowing(...ranges: string[]): JsonObject {
    const allowedCallerIpAddresses = ranges.map((addressRange) => ({ addressRange }));
    return { accessControl: { triggers: { allowedCallerIpAddresses } } };
}

describe("the callback URL of a workflow", () => {
    it("starts the workflow and trigger that it names", () => {
        const started = call();
        expect(started).to.include({ triggerName: "manual" });
        expect(started).to.have.nested.property("workflow.id", workflowId);
    });

    it("answers 404 for another workflow, another trigger and another path", () => {
        for (const other of [
            url.replace("0123", "4567"),
            url.replace("manual/", "other/"),
            "https://example.com/",
        ]) {
            expect(errorOf(call({}, { url: other }))).to.include({
                status: 404,
                code: "WorkflowTriggerNotFound",
            });
        }
    });

    it("answers 401 to a wrong signature and without one", () => {
        for (const other of [url.replace("sig=good", "sig=bad"), url.replace("&sig=good", "")]) {
            expect(errorOf(call({}, { url: other }))).to.deep.equal({
                status: 401,
                code: "DirectApiAuthorizationRequired",
                message: "The request must be authenticated only by Shared Access scheme.",
            });
        }
    });

    it("answers 403 to a caller outside the allowed ranges, and to everybody where the list is empty", () => {
        for (const ranges of [["198.51.100.0/30"], ["203.0.113.1-203.0.113.9"], []]) {
            expect(errorOf(call(allowing(...ranges)))).to.deep.equal({
                status: 403,
                code: "AuthorizationFailed",
                message:
                    "The client IP address '198.51.100.7' is not in the allowed caller IP address ranges specified " +
                    "in the workflow access control configuration.",
            });
        }
    });

    it("takes a caller within a range, whichever way it is written", () => {
        for (const ranges of [
            ["198.51.100.0/24"],
            ["203.0.113.1/32", "198.51.100.1-198.51.100.7"],
            ["198.51.100.7"],
        ]) {
            expect(call(allowing(...ranges))).to.have.property("triggerName", "manual");
        }
        expect(call(allowing("2001:db8::/32"), { callerIp: "2001:db8::1" })).to.have.property(
            "triggerName",
            "manual",
        );
    });

    it("answers 400 where the workflow is disabled", () => {
        expect(errorOf(call({ state: "Disabled" }))).to.include({
            status: 400,
            code: "WorkflowTriggerIsNotEnabled",
        });
    });
});
