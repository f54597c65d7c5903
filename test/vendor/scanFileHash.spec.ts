import { expect } from "chai";
import { hashEntity, fileEntity } from "../support/tenant";
import { describeVendor, runVendor, vendorKey, vendorWorkflows } from "../support/vendor";

const md5 = "0".repeat(32);
const sha1 = "1".repeat(40);
const sha256 = "2".repeat(64);
const otherSha256 = "3".repeat(64);

const oneHash = { entities: [hashEntity(sha256, "SHA256")] };
const twoHashes = { entities: [hashEntity(sha256, "SHA256"), hashEntity(otherSha256, "SHA256")] };
const threeHashes = {
    entities: [
        fileEntity("invoice.exe", "md5", "sha1", "sha256"),
        hashEntity(md5, "MD5", "md5"),
        hashEntity(sha1, "SHA1", "sha1"),
        hashEntity(sha256, "SHA256", "sha256"),
    ],
};

/** What the playbook says of an analysis that has no verdict. */
const blankVerdict = "<p>Got  verdict from Intezer.<br>\n</p>";

describeVendor(`Intezer's own ${vendorWorkflows.hash}`, () => {
    it("waits ten minutes for a result that is there after a second", () => {
        const { run, comments } = runVendor("hash", {
            incident: oneHash,
            intezer: { files: [{ sha256, verdict: "malicious", seconds: 1 }] },
        });
        expect(run.status).to.equal("Succeeded");
        expect(run.durationSeconds).to.equal(600);
        expect(comments).to.have.length(1);
        expect(comments[0]).to.match(/^<p>Got malicious verdict from Intezer\.<br>\nhttps:/);
    });

    it("misses the result of an analysis that takes longer than ten minutes, as it asks only once", () => {
        const { run, comments } = runVendor("hash", {
            incident: oneHash,
            intezer: { files: [{ sha256, verdict: "malicious", seconds: 601 }] },
        });
        const asked = run.calls.filter(({ action }) => action === "HTTP_-_Get_analysis_result");
        expect(asked.map(({ status }) => status)).to.deep.equal([202]);
        expect(comments).to.deep.equal([blankVerdict]);
        expect(run.status).to.equal("Succeeded");
    });

    it("comments a blank verdict of an analysis that failed, as it never looks at its status", () => {
        const { run, comments } = runVendor("hash", {
            incident: oneHash,
            intezer: { files: [{ sha256, ends: "failed" }] },
        });
        const parsed = run.actions["Parse_JSON_-_analysis_result"]?.repetitions?.[0];
        expect(parsed?.outputs).to.deep.equal({
            body: { status: "failed", error: "The analysis failed" },
        });
        expect(comments).to.deep.equal([blankVerdict]);
        expect(run.status).to.equal("Succeeded");
    });

    it("loses the results of all hashes when Intezer does not know one of them", () => {
        const { run, comments, usage } = runVendor("hash", {
            incident: twoHashes,
            intezer: { files: [{ sha256, verdict: "malicious" }] },
        });
        expect(usage.files).to.equal(1);
        expect(run.actions["For_each_Filehashes"]?.status).to.equal("Failed");
        expect(run.actions["Delay"]?.status).to.equal("Skipped");
        expect(run.actions["For_each_analysis"]?.status).to.equal("Skipped");
        expect(comments).to.deep.equal([]);
        expect(run.status).to.equal("Failed");
    });

    it("never gets to its own check whether a submission was refused", () => {
        const { run } = runVendor("hash", { incident: oneHash });
        expect(run.actions["HTTP_-_Analysis_by_hash"]).to.include({ status: "Failed", code: "NotFound" });
        expect(run.actions["Parse_JSON_2"]?.status).to.equal("Skipped");
        expect(run.actions["Condition"]?.status).to.equal("Skipped");
    });

    it("pays three times and comments three times for the three hashes of one file", () => {
        const { comments, usage } = runVendor("hash", {
            incident: threeHashes,
            intezer: { files: [{ md5, sha1, sha256, verdict: "trusted", seconds: 0 }] },
        });
        expect(usage.files).to.equal(3);
        expect(comments).to.have.length(3);
    });

    it("fails over the second hash of a file whose analysis its first hash has started", () => {
        const { run, comments, usage } = runVendor("hash", {
            incident: threeHashes,
            intezer: { files: [{ md5, sha1, sha256, verdict: "malicious", seconds: 30 }] },
        });
        const submitted = run.calls.filter(({ action }) => action === "HTTP_-_Analysis_by_hash");
        expect(submitted.map(({ status }) => status)).to.deep.equal([201, 409, 409]);
        expect(usage.files).to.equal(1);
        expect(comments).to.deep.equal([]);
        expect(run.status).to.equal("Failed");
    });

    it("pays for a file that Intezer has a result of already", () => {
        const { usage } = runVendor("hash", {
            incident: oneHash,
            intezer: { files: [{ sha256, has: "result", verdict: "trusted" }] },
        });
        expect(usage.files).to.equal(1);
    });

    it("says nothing about a file that belongs to no family, where Intezer says so with a null", () => {
        const { run, comments } = runVendor("hash", {
            incident: oneHash,
            intezer: { files: [{ sha256, verdict: "malicious", familyName: null }] },
        });
        const parsed = run.actions["Parse_JSON_-_analysis_result"]?.repetitions?.[0];
        expect(parsed).to.include({ status: "Failed", code: "ValidationFailed" });
        expect(comments).to.deep.equal([]);
        expect(run.status).to.equal("Failed");
    });

    it("does not say in a comment which file it is about", () => {
        const { comments } = runVendor("hash", {
            incident: twoHashes,
            intezer: {
                files: [
                    { sha256, verdict: "malicious" },
                    { sha256: otherSha256, verdict: "trusted" },
                ],
            },
        });
        expect(comments).to.have.length(2);
        expect(comments.join()).to.not.contain(sha256).and.not.contain(otherSha256);
    });

    it("fails after its wait when its token has expired meanwhile", () => {
        const { run, comments, usage } = runVendor("hash", {
            incident: oneHash,
            intezer: { tokenSeconds: 599, files: [{ sha256, verdict: "malicious" }] },
        });
        expect(run.actions["HTTP_-_Get_analysis_result"]?.code).to.equal("Unauthorized");
        expect(usage.tokens).to.equal(1);
        expect(comments).to.deep.equal([]);
    });

    it("fetches the key and a token before it looks whether there is anything to scan", () => {
        const { run, usage } = runVendor("hash", { incident: { entities: [] } });
        expect(run.calls.map(({ action }) => action)).to.deep.equal([
            "Get_secret",
            "HTTP",
            "Entities_-_Get_FileHashes",
        ]);
        expect(usage.tokens).to.equal(1);
        expect(run.status).to.equal("Cancelled");
    });

    it("puts what Intezer sends into the comment's HTML as it is", () => {
        const { comments } = runVendor("hash", {
            incident: oneHash,
            intezer: { files: [{ sha256, verdict: "<img src=x>" }] },
        });
        expect(comments[0]).to.match(/^<p>Got <img src=x> verdict/);
    });

    it("shows the API key in its run history, where it reads it and where it sends it", () => {
        const { actions } = runVendor("hash", { incident: oneHash }).run;
        expect(actions["Get_secret"]).to.have.nested.property("outputs.body.value", vendorKey);
        expect(actions["HTTP"]).to.have.nested.property("inputs.body.api_key", vendorKey);
    });

    it("shows the access token in its run history, and hides it only where it is parsed", () => {
        const { run } = runVendor("hash", { incident: oneHash });
        const submitted = run.calls.find(({ action }) => action === "HTTP_-_Analysis_by_hash");
        const token = submitted?.headers["Authorization"]?.replace("Bearer ", "");
        expect(token).to.match(/^token\./);
        expect(run.actions["HTTP"]).to.have.nested.property("outputs.body.result", token);
        expect(run.actions["Parse_JSON"]?.secured).to.deep.equal(["inputs", "outputs"]);
    });
});
