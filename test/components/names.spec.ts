import { expect } from "chai";
import fc from "fast-check";
import { stackGuid, vaultLogicalName } from "../../components/names";
import { run } from "../support/pulumi";

const workspace = "/subscriptions/s/resourceGroups/g/providers/Microsoft.OperationalInsights/workspaces/w";

describe("stackGuid", () => {
    const guidIn = async (stack: string, scope: string, ...parts: string[]) =>
        (await run(() => stackGuid(scope, ...parts), { stack })).result;

    it("is the same version 5 GUID in every run, in whatever letter case the scope is given", async () => {
        const guid = await guidIn("dev", workspace, "scanUrl");
        expect(guid).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(await guidIn("dev", workspace.toUpperCase(), "scanUrl")).to.equal(guid);
    });

    it("differs by stack, scope and each part", async () => {
        const guids = [
            await guidIn("dev", workspace, "scanUrl"),
            await guidIn("prod", workspace, "scanUrl"),
            await guidIn("dev", `${workspace}2`, "scanUrl"),
            await guidIn("dev", workspace, "scanFileHash"),
            await guidIn("dev", workspace, "scan", "Url"),
        ];
        expect(new Set(guids).size).to.equal(guids.length);
    });
});

describe("vaultLogicalName", () => {
    it("keeps what is readable of the component's name", () => {
        expect(vaultLogicalName("intezer")).to.match(/^intezer-[0-9a-f]{6}$/);
        expect(vaultLogicalName("My_Company.Intezer")).to.match(/^My-Compan-[0-9a-f]{6}$/);
        expect(vaultLogicalName("2024--")).to.match(/^vault-[0-9a-f]{6}$/);
    });

    it("leaves room for Pulumi's 8 characters and is a vault's name, whatever the component is called", () => {
        fc.assert(
            fc.property(fc.string({ minLength: 1, unit: "grapheme" }), (name) => {
                const vault = vaultLogicalName(name);
                expect(vault).to.match(/^[a-z](?:[a-z0-9]|-(?=[a-z0-9])){2,15}$/i);
            }),
        );
    });

    it("differs for names that look the same once shortened", () => {
        const names = ["security-intezer-eu", "security-intezer-us", "a.b", "a-b", "a--b", "A-b"];
        expect(new Set(names.map(vaultLogicalName)).size).to.equal(names.length);
    });
});
