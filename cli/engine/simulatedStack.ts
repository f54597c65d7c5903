/** A stack of this project under the real Pulumi engine, with a simulated Azure in place of the cloud. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import * as automation from "@pulumi/pulumi/automation";
import { errorHooks } from "../../components";
import program from "../../index";
import { type EngineDoor, openEngineDoor } from "../../simulator/resources/engineDoor/engineDoor";
import type { Disturbances } from "../../simulator/resources/engineDoor/providerService";
import type { AzureResourceManager } from "../../simulator/resources/machine";
import type { StackSettings } from "../settings";
import { type EngineOutcome, OutcomeRecorder } from "./outcome";
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
    /** Told what the CLI prints. */
    readonly onOutput?: (text: string) => void;
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
        const door = await openEngineDoor(azure, { ...options, project, stack: stackName });
        try {
            const workDir = join(folder, "project");
            const secretKey = `${project}:intezerApiKey`;
            const hasSecret = writeProject(workDir, settings, secretKey);
            const stack = await automation.LocalWorkspace.createOrSelectStack(
                { stackName, projectName: project, program: programIn(door) },
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

    up(): Promise<EngineOutcome> {
        return this.run((how) => this.stack.up(how));
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
     */
    import(resources: readonly automation.ImportResource[]): Promise<EngineOutcome> {
        return this.run(({ onOutput }) =>
            this.stack.import({ resources: [...resources], generateCode: false, onOutput }),
        );
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
            await command({ onOutput, onEvent: recorder.onEvent, color: "never" });
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
    readonly onEvent: OutcomeRecorder["onEvent"];
    readonly color: "never";
}

/** The program of this project; its error hooks wait in virtual time. */
function programIn(door: EngineDoor): automation.PulumiFn {
    return async () => {
        const { time } = door;
        time.watchProgram();
        errorHooks({
            sleep: (milliseconds, urn) => {
                time.wait(urn, milliseconds);
                return Promise.resolve();
            },
        });
        return program();
    };
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
