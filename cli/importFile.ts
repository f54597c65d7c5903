/** `npm run import-file`: what `pulumi import` needs to take an installation of the vendor's template over. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { ImportResource } from "@pulumi/pulumi/automation";
import { PLAYBOOK_TYPE, workflowLogicalName } from "../components";
import { isGuid, resourceGroupId } from "../simulator/resources/armId";
import { type PlaybookKey, playbooks } from "../workflows";
import { projectFolder, readSettings, type StackSettings } from "./settings";

const usage = `npm run --silent import-file -- --stack <name> [--subscription <id>] > import.json

Writes the file for: pulumi import --file import.json --generate-code=false
The file names the workflows of the vendor's template, so that the stack takes them over as they are, with their ids,
their identities, their run history and the webhook URL. Nothing is read from Azure, and nothing is changed.

  --stack         stack whose settings (Pulumi.<name>.yaml) say in which resource group the workflows are, and which of
                  them are wanted
  --subscription  subscription of the resource group; default: azure-native:subscriptionId of the stack
  --help          this text

Exit codes: 0 the file, 1 the settings do not say enough, 2 the command line is wrong.`;

/** The file that `pulumi import --file` reads. */
export interface ImportFile {
    readonly resources: readonly ImportResource[];
}

/**
 * The workflows of a stack's playbooks, each in its component.
 *
 * @param subscriptionId - of the resource group. @default the provider's own setting
 * @throws SettingsError listing all that is missing or wrong
 */
export function importFile(settings: StackSettings, subscriptionId?: string): ImportFile {
    const { subscription, group, keys } = wantedFrom(settings, subscriptionId);
    const version = azureNativeVersion();
    const resources = keys.flatMap((key): ImportResource[] => {
        const id = `${resourceGroupId(subscription, group)}/providers/Microsoft.Logic/workflows/${playbooks[key].workflowName}`;
        const type = "azure-native:logic:Workflow";
        return [
            { type: PLAYBOOK_TYPE, name: key, component: true },
            { type, name: workflowLogicalName(key), id, parent: key, version },
        ];
    });
    return { resources };
}

/** Settings that an import file cannot be made from. */
export class SettingsError extends Error {}

/** What the command line works with; a test has its own. */
export interface ImportFileParts {
    /** Undefined where there is no such stack. */
    readonly settingsOf: (stack: string) => StackSettings | undefined;
    readonly write: (text: string) => void;
    readonly writeError: (text: string) => void;
}

/**
 * The command line.
 *
 * @param args - what stands behind `npm run import-file --`
 * @returns the exit code
 */
export function main(args: readonly string[], parts: ImportFileParts): 0 | 1 | 2 {
    const { values, problem } = readArguments(args);
    if (values?.help === true) {
        parts.write(usage);
        return 0;
    }
    if (values?.stack === undefined) {
        parts.writeError(`${problem ?? "--stack is missing."}\n\n${usage}`);
        return 2;
    }
    const settings = parts.settingsOf(values.stack);
    if (settings === undefined) {
        parts.writeError(
            `There is no file Pulumi.${values.stack}.yaml. Set the stack up first:\n` +
                `pulumi stack init ${values.stack}\npulumi config set workspaceName <name>`,
        );
        return 1;
    }
    try {
        parts.write(JSON.stringify(importFile(settings, values.subscription), undefined, 2));
        return 0;
    } catch (error) {
        if (error instanceof SettingsError) {
            parts.writeError(error.message);
            return 1;
        }
        throw error;
    }
}

function readArguments(args: readonly string[]) {
    const text = { type: "string" } as const;
    try {
        const options = { stack: text, subscription: text, help: { type: "boolean" } } as const;
        return { values: parseArgs({ args: [...args], options }).values };
    } catch (error) {
        return { problem: error instanceof Error ? error.message : String(error) };
    }
}

function wantedFrom(settings: StackSettings, given: string | undefined) {
    const group = settings.text("resourceGroup");
    const subscription = given ?? settings.provider("subscriptionId");
    const chosen = settings.values[`${settings.project}:playbooks`] ?? [];
    const named = Array.isArray(chosen) ? (chosen as readonly unknown[]) : [chosen];
    const strangers = named.filter((key) => typeof key !== "string" || !Object.hasOwn(playbooks, key));
    const problems = [
        ...(group === undefined
            ? [
                  "resourceGroup is not set: the resource group of the workflows.\n  pulumi config set resourceGroup <name>",
              ]
            : []),
        ...(subscription === undefined
            ? [
                  "The subscription of the resource group is not known.\n" +
                      '  --subscription "$(az account show --query id --output tsv)"',
              ]
            : isGuid(subscription)
              ? []
              : [`The subscription must be given by its id, a GUID, not as '${subscription}'.`]),
        ...strangers.map(
            (key) =>
                `playbooks names ${JSON.stringify(key)}; there are ${Object.keys(playbooks).join(", ")}.\n` +
                "  pulumi config set --path 'playbooks[0]' <playbook>",
        ),
    ];
    if (problems.length > 0 || group === undefined || subscription === undefined) {
        throw new SettingsError(problems.join("\n"));
    }
    const all = Object.keys(playbooks) as PlaybookKey[];
    return { group, subscription, keys: all.filter((key) => named.length === 0 || named.includes(key)) };
}

/** That of the program, whose default provider the workflows then have. */
function azureNativeVersion(): string {
    const file = require.resolve("@pulumi/azure-native/package.json");
    return (JSON.parse(readFileSync(file, "utf8")) as { readonly version: string }).version;
}

if (require.main === module) {
    process.exitCode = main(process.argv.slice(2), {
        settingsOf: (stack) =>
            existsSync(join(projectFolder, `Pulumi.${stack}.yaml`)) ? readSettings(stack) : undefined,
        write: (text) => {
            console.log(text);
        },
        writeError: (text) => {
            console.error(text);
        },
    });
}
