/** A stack of this project under the real Pulumi engine, with a simulated Azure in place of the cloud. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import * as automation from "@pulumi/pulumi/automation";
import { errorHooks } from "../../components";
import program from "../../index";
import { type EngineDoor, openEngineDoor } from "../../simulator/resources/engineDoor/engineDoor";
import type { Disturbances } from "../../simulator/resources/engineDoor/providerService";
import type { AzureResourceManager } from "../../simulator/resources/machine";
import type { Registration } from "../../simulator/resources/registrations";
import type { StackSettings } from "../settings";
import { keepConnectionsApart } from "./connections";
import { withLanguageHost } from "./languageHost";
import { type EngineOutcome, OutcomeRecorder } from "./outcome";
import { runCommand } from "./runCommand";
import { writeProject } from "./settingsFile";
import { resourcesInState, stateFile } from "./stateFile";

/** Where a stack lives, and what it is deployed into. */
export interface SimulatedStackOptions extends Disturbances {
    /** Folder for the engine's own files: its state, and the project as the CLI sees it. */
    readonly folder: string;
    readonly settings: StackSettings;
    readonly azure: AzureResourceManager;
    /** The subscription that is deployed to. */
    readonly subscriptionId: string;
    readonly deployer: { readonly objectId: string; readonly clientId: string };
    readonly cli: automation.PulumiCommand;
    /** Intezer's API key. @default - none is set */
    readonly apiKey?: string;
    /** Told after each write to Azure, before the engine is. */
    readonly onWrite?: () => void;
    /** Told of each resource of an update when the engine is done with it. */
    readonly onRegistration?: (registration: Registration) => void;
    /** Told what the CLI prints. */
    readonly onOutput?: (text: string) => void;
    /** Told what the CLI prints as an error. */
    readonly onErrorOutput?: (text: string) => void;
    /** Whether the CLI colours what it prints. @default "never" */
    readonly color?: "always" | "never";
}

/**
 * No secret: everything in such a stack is made up. The engine encrypts with it as it would with a real one.
 */
const PASSPHRASE = "simulated";

/** A stack that can be previewed, updated, refreshed and destroyed. */
export class SimulatedStack {
    private constructor(
        private readonly stack: automation.Stack,
        private readonly door: EngineDoor,
        private readonly options: SimulatedStackOptions,
    ) {}

    /** Creates the stack, or goes on with it where the folder has it. Close it in any case. */
    static async open(options: SimulatedStackOptions): Promise<SimulatedStack> {
        const { folder, settings, azure, cli } = options;
        const { project, stack: stackName } = settings;
        keepConnectionsApart();
        const door = await openEngineDoor(azure, { ...options, project, stack: stackName });
        try {
            const workDir = projectIn(folder);
            const secretKey = secretKeyOf(settings);
            const hasSecret = writeProject(workDir, settings, secretKey, options.apiKey !== undefined);
            const stack = await automation.LocalWorkspace.createOrSelectStack(
                { stackName, projectName: project, program: programIn(door, options) },
                { workDir, pulumiCommand: cli, envVars: environmentFor(folder, door) },
            );
            if (!hasSecret && options.apiKey !== undefined) {
                await stack.setConfig(secretKey, { value: options.apiKey, secret: true });
            }
            return new SimulatedStack(stack, door, options);
        } catch (error) {
            door.close();
            throw error;
        }
    }

    /** Where the engine keeps the stack's state. */
    get stateFile(): string {
        const { folder, settings } = this.options;
        return stateFile(backendOf(folder), settings.project, settings.stack);
    }

    /** Virtual time of the latest command. */
    get time(): EngineDoor["time"] {
        return this.door.time;
    }

    /** @param options - of the Automation API. @default with differences, no plan is written */
    preview(options: automation.PreviewOptions = {}): Promise<EngineOutcome> {
        return this.run((how) => this.stack.preview({ ...how, diff: true, ...options }));
    }

    up(options: automation.UpOptions = {}): Promise<EngineOutcome> {
        return this.run((how) => this.stack.up({ ...how, ...options }));
    }

    refresh(options: automation.RefreshOptions = {}): Promise<EngineOutcome> {
        return this.run((how) => this.stack.refresh({ ...how, ...options }));
    }

    /** @param how.runProgram - whether the program runs, so that its error hooks are there. @default true */
    destroy({ runProgram = true } = {}): Promise<EngineOutcome> {
        return this.run((how) => this.stack.destroy({ ...how, runProgram }));
    }

    /**
     * Takes existing resources into the state, protected.
     *
     * @param resources - as in the file that `pulumi import --file` reads
     * @param nameTable - URNs by the names that the resources use for their parents. @default - they use none
     */
    import(
        resources: readonly automation.ImportResource[],
        nameTable: Readonly<Record<string, string>> = {},
    ): Promise<EngineOutcome> {
        const command = { resources: [...resources], nameTable, generateCode: false };
        return this.run((how) =>
            withLanguageHost(projectIn(this.options.folder), () => this.stack.import({ ...how, ...command })),
        );
    }

    /** Changes the settings, and Intezer's API key where it is given. */
    async configure(settings: StackSettings, apiKey?: string): Promise<void> {
        const secretKey = secretKeyOf(settings);
        writeProject(projectIn(this.options.folder), settings, secretKey);
        if (apiKey !== undefined) {
            await this.stack.setConfig(secretKey, { value: apiKey, secret: true });
        }
    }

    /**
     * Any command of the CLI on this stack, as a person types it; nobody is asked.
     *
     * @param args - e.g. `["refresh", "--clear-pending-creates", "--yes"]`
     */
    async command(args: readonly string[]): Promise<EngineOutcome> {
        const { cli, folder, settings } = this.options;
        const recorder = new OutcomeRecorder();
        this.door.beginDeployment(resourcesInState(this.stateFile));
        const succeeded = await runCommand(cli.command, [...args, "--stack", settings.stack], {
            folder: projectIn(folder),
            environment: environmentFor(folder, this.door),
            onOutput: (text) => {
                recorder.onOutput(text);
                this.options.onOutput?.(text);
            },
        });
        return recorder.finished(succeeded);
    }

    /** Releases the lock that a killed command leaves behind. */
    cancel(): Promise<void> {
        return this.stack.cancel();
    }

    /** Stack outputs, the secret ones in clear. */
    outputs(): Promise<automation.OutputMap> {
        return this.stack.outputs();
    }

    /** Frees the ports. */
    close(): void {
        this.door.close();
    }

    private async run(command: (how: CommandOptions) => Promise<unknown>): Promise<EngineOutcome> {
        const recorder = new OutcomeRecorder();
        const onOutput = (text: string) => {
            recorder.onOutput(text);
            this.options.onOutput?.(text);
        };
        this.door.beginDeployment(resourcesInState(this.stateFile));
        try {
            await command({
                onOutput,
                onError: (text) => {
                    recorder.onOutput(text);
                    this.options.onErrorOutput?.(text);
                },
                onEvent: recorder.onEvent,
                color: this.options.color ?? "never",
            });
            return recorder.finished(true);
        } catch (error) {
            if (error instanceof automation.CommandError) {
                return recorder.finished(false);
            }
            throw error;
        }
    }
}

interface CommandOptions {
    readonly onOutput: (text: string) => void;
    readonly onError: (text: string) => void;
    readonly onEvent: OutcomeRecorder["onEvent"];
    readonly color: "always" | "never";
}

/** The program of this project; its error hooks wait in virtual time. */
function programIn(
    door: EngineDoor,
    { onRegistration }: Pick<SimulatedStackOptions, "onRegistration">,
): automation.PulumiFn {
    return async () => {
        const { time } = door;
        time.watchProgram(onRegistration);
        errorHooks({
            sleep: (milliseconds, urn) => {
                time.wait(urn, milliseconds);
                return Promise.resolve();
            },
        });
        return program();
    };
}

/** Where the CLI finds the project. */
function projectIn(folder: string): string {
    return join(folder, "project");
}

function secretKeyOf({ project }: StackSettings): string {
    return `${project}:intezerApiKey`;
}

/** Nothing outside of the folder is read or written, and nobody is asked. */
function environmentFor(folder: string, door: EngineDoor): { [name: string]: string } {
    const backend = backendOf(folder);
    mkdirSync(backend, { recursive: true });
    return {
        ...door.environment,
        PULUMI_BACKEND_URL: `file://${backend}`,
        PULUMI_HOME: join(folder, "home"),
        PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    };
}

function backendOf(folder: string): string {
    return join(folder, "state");
}
