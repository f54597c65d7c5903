import { expect } from "chai";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { EngineOutcome } from "../../cli/engine/outcome";
import { changes, API_KEY, Rig } from "../support/engine";

/** All files below a folder, with what is in them. */
function filesBelow(folder: string): readonly (readonly [string, string])[] {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
        .map((name) => join(folder, name))
        .filter((file) => statSync(file).isFile())
        .map((file) => [file, readFileSync(file, "utf8")] as const);
}

/** A text in the forms in which it could slip out. */
function formsOf(text: string): readonly string[] {
    return [text, encodeURIComponent(text), Buffer.from(text).toString("base64").replace(/=+$/, "")];
}

/** Where one of the secrets stands in clear. */
function leaks(secrets: readonly string[], texts: readonly (readonly [string, string])[]): string[] {
    const forms = secrets.flatMap(formsOf);
    return texts.flatMap(([where, text]) => (forms.some((form) => text.includes(form)) ? [where] : []));
}

function said(
    what: string,
    { output, diagnostics, steps }: EngineOutcome,
): readonly (readonly [string, string])[] {
    return [
        [`output of ${what}`, output],
        [`diagnostics of ${what}`, JSON.stringify(diagnostics)],
        [`steps of ${what}`, JSON.stringify(steps)],
    ];
}

describe("The API key and the webhook URL under the real engine", () => {
    it("are nowhere in clear, but where they belong", async () => {
        await Rig.run({}, async (rig) => {
            const stack = await rig.stack();
            const plan = join(rig.folder, "plan.json");
            const texts = [...said("preview", await stack.preview({ plan }))];
            texts.push(...said("up", await stack.up()));
            const { webhookUrl } = await stack.outputs();
            texts.push(...said("refresh", await stack.refresh()));
            // A change of the secret's resource shows the old and the new one in a diff.
            const changed = await rig.stack(rig.settings.with({ tags: { environment: "other" } }));
            const preview = await changed.preview({ plan });
            expect(changes(preview)).to.include("update intezer-secret");
            texts.push(...said("preview of a change", preview), ...said("change", await changed.up()));

            const url = String(webhookUrl?.value);
            const signature = new URL(url).searchParams.get("sig") ?? "";
            expect(webhookUrl?.secret).to.equal(true);
            expect(signature).to.match(/^.{20,}$/);
            const secrets = [API_KEY, url, signature];
            // They are there, so that this test could find them.
            expect(
                leaks(secrets, [["the vault", JSON.stringify(rig.tenant.azure.snapshot())]]),
            ).to.deep.equal(["the vault"]);
            expect(leaks(secrets, [["the URL", url]])).to.deep.equal(["the URL"]);

            texts.push(...said("destroy", await changed.destroy()));
            expect(leaks(secrets, [...texts, ...filesBelow(rig.folder)])).to.deep.equal([]);
            const files = filesBelow(rig.folder).map(([file]) => file.slice(rig.folder.length));
            expect(files.filter((file) => file.endsWith(".checkpoint.json"))).to.have.length.greaterThan(3);
            expect(files).to.include.members([
                "/plan.json",
                "/state/.pulumi/stacks/intezer-sentinel/dev.json",
            ]);
        });
    });
});
