/**
 * Runs in a process of its own: how long it takes from the start of the process to the last registration under plain
 * Pulumi mocks, in milliseconds, on standard output. The argument says what registers: `program`, or `one`, a program
 * that imports the same modules and registers one resource.
 *
 * Plain mocks, because the simulated Azure is part of neither program: its work would count for one and not the other.
 */
import { randomUUID } from "node:crypto";
import { getClientConfig, RoleAssignment } from "@pulumi/azure-native/authorization";
import { AccessPolicy, Secret, Vault } from "@pulumi/azure-native/keyvault";
import { listWorkflowTriggerCallbackUrl, Workflow } from "@pulumi/azure-native/logic";
import { getWorkspace } from "@pulumi/azure-native/operationalinsights";
import { getResourceGroup, Resource, ResourceGroup } from "@pulumi/azure-native/resources";
import { AutomationRule } from "@pulumi/azure-native/securityinsights";
import * as pulumi from "@pulumi/pulumi";
import program from "../../index";
import { readSettings } from "../settings";

/** What the program uses of azure-native, whose modules are loaded only when something of them is first used. */
const used = () => [
    ...[getClientConfig, getResourceGroup, getWorkspace, listWorkflowTriggerCallbackUrl],
    ...[AccessPolicy, AutomationRule, Resource, RoleAssignment, Secret, Vault, Workflow],
];

const programs: { readonly [name: string]: () => unknown } = {
    program,
    one: () => {
        used();
        return new ResourceGroup("one", { location: "westeurope" });
    },
};

/** Answers everything at once, so that only the program takes time. */
const mocks: (registered: () => void) => pulumi.runtime.Mocks = (registered) => ({
    newResource: ({ name, type, inputs }) => {
        registered();
        const id = `/subscriptions/s/resourceGroups/g/providers/${type}/${name}`;
        return { id, state: { ...(inputs as object), name, identity: { principalId: randomUUID() } } };
    },
    call: () => ({
        id: "/subscriptions/s/resourceGroups/g/providers/Microsoft.OperationalInsights/workspaces/w",
        name: "w",
        tenantId: randomUUID(),
        subscriptionId: randomUUID(),
        customerId: randomUUID(),
        objectId: randomUUID(),
        value: "https://contoso.example/",
    }),
});

async function lastRegistration(run: () => unknown): Promise<number> {
    const settings = readSettings("dev");
    let last = NaN;
    const registered = () => {
        last = performance.now();
    };
    await pulumi.runtime.setMocks(mocks(registered), settings.project, settings.stack);
    const keyName = `${settings.project}:intezerApiKey`;
    pulumi.runtime.setAllConfig({ ...settings.asConfig(), [keyName]: randomUUID() }, [keyName]);
    await run();
    await pulumi.runtime.disconnect();
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
