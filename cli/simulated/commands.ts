/** What the commands of `npm run simulated` do. */
import { existsSync } from "node:fs";
import { shownOutputs } from "../deploy";
import { outputsOf } from "../engine/deploy";
import { durationOf } from "../engine/deploymentDuration";
import type { EngineOutcome } from "../engine/outcome";
import { pulumiCommand } from "../engine/pulumiCommand";
import { SimulatedStack } from "../engine/simulatedStack";
import { durationLines, outputLines } from "../print";
import { findPulumi, here, howToGetPulumi, type Place } from "../pulumi/find";
import { deployer, type Tenant } from "../tenant";
import { type CommandName, type SimulatedRequest } from "./arguments";
import { SimulatedFolder } from "./folder";
import { type ImportFile, readImportFile } from "./importFile";
import { inventoryLines, inventoryOf } from "./inventory";
import { settingsFor, type SimulatedSettings } from "./settings";
import { openSubscription } from "./subscription";

/** Where a command tells what it does; a test has its own. */
export interface SimulatedParts {
    readonly write: (line: string) => void;
    readonly writeError: (line: string) => void;
    /** Takes what the CLI prints, as it comes. */
    readonly pass: (text: string) => void;
    readonly passError: (text: string) => void;
    /** Whether the CLI colours it. */
    readonly color: boolean;
    /** Where the CLI is looked for. @default {@link here} */
    readonly place?: Place;
}

/**
 * Does what was asked for.
 *
 * @returns the exit code: 0, or 1 where the engine failed or cannot be had
 * @throws UsageError, FolderError, AzureRefusal, NotSimulated
 */
export async function runSimulated(request: SimulatedRequest, parts: SimulatedParts): Promise<number> {
    const { command, rest } = request;
    const [argument = ""] = rest;
    if (command === "reset") {
        return reset(request.folder, parts);
    }
    const settings = settingsFor(request.stack, request.config);
    const importFile = command === "import" ? readImportFile(argument) : undefined;
    if (needsEngine(command) && findPulumi(parts.place ?? here) === undefined) {
        parts.writeError(howToGetPulumi);
        return 1;
    }
    const folder = SimulatedFolder.take(request.folder);
    try {
        const tenant = openSubscription(folder, settings, request, parts.write);
        if (command === "show") {
            inventoryLines(inventoryOf(tenant.azure)).forEach(parts.write);
            return 0;
        }
        if (command === "delete") {
            deleteResource(argument, tenant, folder, parts);
            return 0;
        }
        return await withStack({ folder, settings, tenant, parts }, (stack) =>
            operate(stack, { command, rest, importFile, diff: request.diff }, parts),
        );
    } finally {
        folder.release();
    }
}

/** Commands that the engine carries out. */
type EngineCommand = Exclude<CommandName, "reset" | "show" | "delete">;

function needsEngine(command: CommandName): boolean {
    return command !== "show" && command !== "delete";
}

function reset(path: string, { write }: SimulatedParts): number {
    if (!existsSync(path)) {
        write(`There is no simulated subscription in ${path}.`);
        return 0;
    }
    const folder = SimulatedFolder.take(path);
    folder.remove();
    write(`The simulated subscription in ${folder.path} is deleted.`);
    return 0;
}

/** What is deleted is gone at once: nobody waits for anything here. */
function deleteResource(
    id: string,
    { azure }: Tenant,
    folder: SimulatedFolder,
    { write }: SimulatedParts,
): void {
    const before = inventoryOf(azure);
    azure.lookUp(id);
    azure.delete({ id, principalId: deployer.objectId });
    folder.saveAzure(azure);
    const after = new Set(inventoryOf(azure).map((resource) => resource.id));
    before
        .filter((resource) => !after.has(resource.id))
        .forEach((resource) => {
            write(`  - ${resource.id}`);
        });
}

interface Surroundings {
    readonly folder: SimulatedFolder;
    readonly settings: SimulatedSettings;
    readonly tenant: Tenant;
    readonly parts: SimulatedParts;
}

/** Opens the stack, and closes it in any case. */
async function withStack(
    place: Surroundings,
    act: (stack: SimulatedStack) => Promise<number>,
): Promise<number> {
    const { folder, tenant, parts } = place;
    const { settings } = place.settings;
    const apiKey = keyOf(place);
    const keyChanged = apiKey !== undefined && folder.noteKey(settings.stack, apiKey);
    const stack = await SimulatedStack.open({
        ...tenant,
        folder: folder.path,
        settings,
        deployer,
        cli: await pulumiCommand(),
        apiKey,
        onWrite: () => {
            folder.saveAzure(tenant.azure);
        },
        onOutput: parts.pass,
        onErrorOutput: parts.passError,
        color: parts.color ? "always" : "never",
    });
    try {
        if (folder.wasAbandoned) {
            parts.write(
                "The command before did not come to its end. Its lock is taken away, as pulumi cancel does.",
            );
            await stack.cancel();
            folder.clearedUp();
        }
        if (keyChanged) {
            await stack.configure(settings, apiKey);
        }
        return await act(stack);
    } finally {
        stack.close();
        // With the virtual time that has passed.
        folder.saveAzure(tenant.azure);
    }
}

function keyOf({ folder, settings: { apiKey } }: Surroundings): string | undefined {
    return apiKey === "made up" ? folder.madeUpKey() : apiKey?.given;
}

interface Operation {
    readonly command: EngineCommand;
    /** Arguments of the Pulumi CLI, of the command `pulumi`. */
    readonly rest: readonly string[];
    /** Of the command `import`. */
    readonly importFile: ImportFile | undefined;
    readonly diff: boolean;
}

async function operate(stack: SimulatedStack, operation: Operation, parts: SimulatedParts): Promise<number> {
    if (operation.command === "outputs") {
        outputLines(shownOutputs(outputsOf(await stack.outputs())), true)
            .slice(1)
            .forEach(parts.write);
        return 0;
    }
    const { succeeded } = await engineOutcome(stack, operation.command, operation);
    if (succeeded && operation.command === "up") {
        durationLines(durationOf(stack.time), false).forEach(parts.write);
    }
    return succeeded ? 0 : 1;
}

function engineOutcome(
    stack: SimulatedStack,
    command: Exclude<EngineCommand, "outputs">,
    { rest, importFile, diff }: Operation,
): Promise<EngineOutcome> {
    switch (command) {
        case "preview":
            return stack.preview({ diff });
        case "up":
            return stack.up({ diff });
        case "refresh":
            return stack.refresh();
        case "destroy":
            return stack.destroy();
        case "import":
            return stack.import(importFile?.resources ?? [], importFile?.nameTable);
        case "pulumi":
            return stack.command(rest);
    }
}
