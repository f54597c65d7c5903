/** The command line of `npm run simulated`. */
import { parseArgs } from "node:util";

/** What it can be asked for, with what stands behind it. */
const commands = {
    preview: undefined,
    up: undefined,
    refresh: undefined,
    destroy: undefined,
    import: "<file>",
    outputs: undefined,
    show: undefined,
    delete: "<ARM id>",
    pulumi: "-- <arguments>",
    reset: undefined,
} as const;

/** Name of a command. */
export type CommandName = keyof typeof commands;

/** How a vault that is added lets callers in. */
export type VaultAuthorization = "accessPolicies" | "rbac";

/** What somebody asks for. */
export interface SimulatedRequest {
    readonly command: CommandName;
    /** What stands behind the command: a file, an ARM id, arguments of the Pulumi CLI; empty where nothing belongs there. */
    readonly rest: readonly string[];
    readonly folder: string;
    readonly stack: string;
    /** As they were typed, `key=value`. */
    readonly config: readonly string[];
    readonly vaultAuthorization: VaultAuthorization;
    readonly vendorInstallation: boolean;
    /** Whether the engine tells the differences. */
    readonly diff: boolean;
}

/** Something was typed that is not understood. */
export class UsageError extends Error {}

export const usage = `npm run simulated -- <command> [options]

Keeps a simulated Azure subscription in a folder, and lets the real Pulumi engine deploy this program there: to rehearse
an upgrade, a changed setting or a teardown, and to look at the plan before touching Azure. Nothing is sent anywhere.
Needs the Pulumi CLI (npm run pulumi:install).

Commands
  preview          what up would do
  up               creates and changes (without asking)
  refresh          reads into Pulumi's state what is really there
  destroy          takes the stack down (without asking)
  import <file>    stands for pulumi import --file <file> --generate-code=false
  outputs          the stack's outputs, secret ones hidden
  show             what is in the simulated subscription: type, name, ARM id
  delete <ARM id>  stands for az resource delete --ids <ARM id>
  pulumi -- <arguments>
                   a command of the Pulumi CLI that does not run the program, on this stack: state unprotect --all --yes,
                   refresh --clear-pending-creates --yes, cancel --yes, ...
  reset            deletes the folder, and so the simulated subscription

Options
  --folder <path>      where the subscription is kept (default: simulated)
  --stack <name>       whose settings are used, those of Pulumi.<name>.yaml (default: dev)
  --config key=value   another value for a setting, for this command only; lists and objects as JSON, nothing behind the
                       equals sign for "not set"; repeatable
  --diff               preview and up tell every property
  --vault-authorization accessPolicies | rbac
                       how an existing vault that the settings name, and that is added, lets callers in
                       (default: accessPolicies)
  --vendor-installation
                       puts an installation of the vendor's template into a new subscription
  --help               this text

What the settings name and what is not there yet (resource groups, workspace, existing vault with its secret, another
subscription) is added to the simulated subscription. Intezer's API key is made up.

Exit codes: 0 done; 1 the engine or Azure refused; 2 something was typed that is not understood.`;

/**
 * Reads the command line.
 *
 * @returns undefined where only help is wanted
 * @throws UsageError for what is not understood
 */
export function readArguments(args: readonly string[]): SimulatedRequest | undefined {
    const { values, positionals } = parsed(args);
    if (values.help === true) {
        return undefined;
    }
    const [command, ...rest] = positionals;
    if (command === undefined) {
        throw new UsageError(`No command was given. ${allowedCommands}`);
    }
    if (!isCommand(command)) {
        throw new UsageError(`There is no command '${command}'. ${allowedCommands}`);
    }
    return {
        command,
        rest: checkedRest(command, rest),
        folder: values.folder ?? "simulated",
        stack: stackOf(values.stack ?? "dev"),
        config: values.config ?? [],
        vaultAuthorization: authorizationOf(values["vault-authorization"] ?? "accessPolicies"),
        vendorInstallation: values["vendor-installation"] ?? false,
        diff: values.diff ?? false,
    };
}

const allowedCommands = `One of: ${Object.keys(commands).join(", ")}.`;

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;

const options = {
    folder: text,
    stack: text,
    config: { type: "string", multiple: true },
    diff: flag,
    "vault-authorization": text,
    "vendor-installation": flag,
    help: { type: "boolean", short: "h" },
} as const;

function parsed(args: readonly string[]) {
    try {
        return parseArgs({ args: [...args], allowPositionals: true, options });
    } catch (error) {
        const [sentence = ""] = (error instanceof Error ? error.message : String(error)).split(". ");
        const known = Object.keys(options).map((name) => `--${name}`);
        throw new UsageError(`${sentence}. Options are: ${known.join(", ")}.`);
    }
}

function isCommand(name: string): name is CommandName {
    return Object.hasOwn(commands, name);
}

function checkedRest(command: CommandName, rest: readonly string[]): readonly string[] {
    const wanted = commands[command];
    const found = rest.length === 0 ? "nothing" : `'${rest.join(" ")}'`;
    if (wanted === undefined && rest.length > 0) {
        throw new UsageError(`Nothing may stand behind '${command}', but there is ${found}.`);
    }
    const fits = command === "pulumi" ? rest.length > 0 : rest.length === 1;
    if (wanted !== undefined && !fits) {
        throw new UsageError(`Behind '${command}' must stand ${wanted}, but there is ${found}.`);
    }
    return rest;
}

/** It becomes part of a file's name, and Pulumi allows nothing else either. */
function stackOf(name: string): string {
    if (!/^[\w.-]{1,100}$/.test(name)) {
        throw new UsageError(
            `The stack is '${name}'; its name may have letters, digits, hyphens, underscores and dots, 1 to 100.`,
        );
    }
    return name;
}

function authorizationOf(value: string): VaultAuthorization {
    if (value !== "accessPolicies" && value !== "rbac") {
        throw new UsageError(`--vault-authorization is '${value}'. One of: accessPolicies, rbac.`);
    }
    return value;
}
