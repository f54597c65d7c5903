import type { EngineEvent } from "@pulumi/pulumi/automation";
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

/** A text in the forms in which it could slip out: in clear, in a URL, in JSON as Go writes it, and in base64. */
function formsOf(text: string): readonly string[] {
    const json = text.replaceAll("&", "\\u0026");
    return [text, encodeURIComponent(text), decodeURIComponent(text), json, ...base64Within(text)];
}

/** Base64 of whatever holds the text has one of these in it, by where the text begins. */
function base64Within(text: string): readonly string[] {
    return [0, 1, 2].map((offset) => {
        const before = Math.ceil((offset * 8) / 6);
        const after = Math.floor(((offset + text.length) * 8) / 6);
        return Buffer.from(" ".repeat(offset) + text)
            .toString("base64")
            .slice(before, after);
    });
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

/**
 * What is shown and kept with `--debug` only: there the SDK writes the answers of functions in clear, the signature of
 * the webhook among them.
 */
function isDebugMessage({ diagnosticEvent }: EngineEvent): boolean {
    const severity: string | undefined = diagnosticEvent?.severity;
    return severity === "debug";
}

describe("The API key and the webhook URL under the real engine", () => {
    it("are nowhere in clear, but where they belong", async () => {
        await Rig.run({}, async (rig) => {
            const stack = await rig.stack();
            const plan = join(rig.folder, "plan.json");
            const texts = [...said("preview", await stack.preview({ plan }))];
            texts.push(...said("up", await stack.up()));
            const { webhookUrl } = await stack.outputs();
            const shown = await stack.command(["stack", "output"]);
            expect(shown.succeeded, shown.output).to.equal(true);
            expect(shown.output).to.match(/webhookUrl +\[secret\]/);
            texts.push(...said("stack output", shown), ...said("refresh", await stack.refresh()));
            // A change of the secret's resource shows the old and the new one in a diff, and in the engine's events.
            const changed = await rig.stack(rig.settings.with({ tags: { environment: "other" } }));
            const events: string[] = [];
            const onEvent = (event: EngineEvent) => {
                if (!isDebugMessage(event)) {
                    events.push(JSON.stringify(event));
                }
            };
            texts.push(...said("preview of a change", await changed.preview({ plan, onEvent })));
            texts.push(["events of a preview", events.join("\n")]);
            expect(events.join("\n")).to.match(/"op":"update"[^\n]*::intezer-secret"/);
            const update = await changed.up({ diff: true });
            expect(changes(update)).to.include("update intezer-secret");
            texts.push(...said("change", update));

            const url = String(webhookUrl?.value);
            const signature = new URL(url).searchParams.get("sig") ?? "";
            expect(webhookUrl?.secret).to.equal(true);
            expect(signature).to.match(/^.{20,}$/);
            const secrets = [API_KEY, url, signature];
            // They are there, so that this test could find them.
            expect(
                leaks(secrets, [["the vault", JSON.stringify(rig.tenant.azure.snapshot())]]),
            ).to.deep.equal(["the vault"]);
            for (const form of [url, `x${Buffer.from(`{ "it": "${signature}" }`).toString("base64")}`]) {
                expect(leaks(secrets, [["the URL", form]])).to.deep.equal(["the URL"]);
            }

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
