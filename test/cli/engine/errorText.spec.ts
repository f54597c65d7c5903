import { expect } from "chai";
import { errorText } from "../../../cli/engine/errorText";
import type { Diagnostic } from "../../../cli/engine/outcome";

describe("The error of a command of the engine", () => {
    const urn =
        "urn:pulumi:dev::intezer-sentinel::intezer-sentinel:index:Playbook$azure-native:logic:Workflow::scanUrl-workflow";
    const refused: Diagnostic = { severity: "error", message: "Status=403\n", urn };
    const failed: Diagnostic = { severity: "error", message: "update failed\n" };

    function textOf(...diagnostics: Diagnostic[]): string {
        return errorText({ diagnostics, output: "all that was printed\n" });
    }

    it("names the resource and the cause, and not that the whole failed, too", () => {
        expect(textOf(refused, failed)).to.equal(
            "scanUrl-workflow (azure-native:logic:Workflow): Status=403",
        );
    });

    it("says what to do, which the program tells as a warning", () => {
        const remedy: Diagnostic = {
            severity: "warning",
            message: "scanUrl-workflow: Ask an owner:\naz role\n",
        };
        expect(textOf(remedy, refused, failed)).to.equal(
            "scanUrl-workflow (azure-native:logic:Workflow): Status=403\nscanUrl-workflow: Ask an owner:\naz role",
        );
    });

    it("leaves out attempts, information, and what was said before", () => {
        const retry: Diagnostic = {
            severity: "warning",
            message: "retrying create due to on-error hook request (1/100)\n",
            urn,
        };
        const information: Diagnostic = { severity: "info", message: "Azure is not ready yet." };
        expect(textOf(information, retry, refused, refused)).to.equal(
            "scanUrl-workflow (azure-native:logic:Workflow): Status=403",
        );
    });

    it("tells a cause and a remedy once for all resources that have it", () => {
        const another = { ...refused, urn: refused.urn?.replace("scanUrl", "submitAlert") };
        const remedies = ["scanUrl", "submitAlert"].map((key): Diagnostic => ({
            severity: "warning",
            message: `${key}-workflow (azure-native:logic:Workflow): Once per subscription:\naz provider register`,
        }));
        const both =
            "scanUrl-workflow (azure-native:logic:Workflow), submitAlert-workflow (azure-native:logic:Workflow)";
        expect(textOf(refused, another, ...remedies, failed)).to.equal(
            `${both}: Status=403\n${both}: Once per subscription:\naz provider register`,
        );
    });

    it("is that the whole failed where nothing else was said", () => {
        expect(textOf(failed)).to.equal("update failed");
    });

    it("is what the CLI printed where the engine said nothing", () => {
        expect(textOf()).to.equal("all that was printed");
    });
});
