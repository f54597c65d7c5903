/**
 * Runs in a process of its own: how long it takes from the start of the process to the last registration, in
 * milliseconds, on standard output. The argument says what registers: `program`, or `one`, a program that imports
 * the same modules and registers one resource.
 */
import { randomUUID } from "node:crypto";
import { ResourceGroup } from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import program from "../../index";
import { openMocksDoor } from "../../simulator/resources/mocksDoor";
import { readSettings } from "../settings";
import { tenantFor } from "../tenant";

const programs: { readonly [name: string]: () => unknown } = {
    program,
    one: () => new ResourceGroup("one", { location: "westeurope" }),
};

async function lastRegistration(run: () => unknown): Promise<number> {
    const settings = readSettings("dev");
    const { azure, subscriptionId } = tenantFor(settings);
    let last = NaN;
    const door = await openMocksDoor(azure, {
        project: settings.project,
        stack: settings.stack,
        subscriptionId,
        location: settings.provider("location"),
        onRegistration: () => {
            last = performance.now();
        },
    });
    const keyName = `${settings.project}:intezerApiKey`;
    pulumi.runtime.setAllConfig({ ...settings.asConfig(), [keyName]: randomUUID() }, [keyName]);
    await door.settled(run());
    return last;
}

const [name = ""] = process.argv.slice(2);
const run = programs[name];
if (run === undefined) {
    throw new Error(`'${name}' registers nothing; known are ${Object.keys(programs).join(", ")}.`);
}
void lastRegistration(run).then((milliseconds) => {
    console.log(milliseconds);
});
