/** Stacks of the project under the real engine, each in a folder of its own. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineOutcome } from "../../cli/engine/outcome";
import { pulumiCommand } from "../../cli/engine/pulumiCommand";
import { SimulatedStack, type SimulatedStackOptions } from "../../cli/engine/simulatedStack";
import { readSettings, type StackSettings } from "../../cli/settings";
import { tenantFor, type Tenant } from "../../cli/tenant";
import type { Json, JsonObject } from "../../language/json";
import type { AzureResourceManager } from "../../simulator/resources/machine";

/** Who deploys; made up. */
export const deployer = {
    objectId: "00000000-0000-4000-8000-0000000000d1",
    clientId: "00000000-0000-4000-8000-0000000000d2",
};

/** Intezer's key of all tests: easy to find where it should not be. */
export const API_KEY = "the-api-key-of-the-tests";

/** What differs from the settings of `Pulumi.dev.yaml` in a tenant that fits them. */
export interface RigOptions extends Partial<Omit<SimulatedStackOptions, "folder">> {
    /** @default that of the settings */
    readonly tenant?: Tenant;
}

/** Opens stacks, and clears up. */
export class Rig {
    readonly folder = mkdtempSync(join(tmpdir(), "intezer-sentinel-"));
    private readonly open: SimulatedStack[] = [];

    private constructor(
        readonly settings: StackSettings,
        readonly tenant: Tenant,
        private readonly options: RigOptions,
    ) {}

    /** Runs a test, and clears up behind it. */
    static async run(options: RigOptions, test: (rig: Rig) => Promise<void>): Promise<void> {
        const rig = Rig.start(options);
        try {
            await test(rig);
        } finally {
            rig.end();
        }
    }

    /** For what several tests share; {@link Rig.end} must follow. */
    static start(options: RigOptions): Rig {
        const settings = options.settings ?? readSettings("dev");
        return new Rig(settings, options.tenant ?? tenantFor(settings), options);
    }

    end(): void {
        this.open.forEach((stack) => {
            stack.close();
        });
        rmSync(this.folder, { recursive: true, force: true });
    }

    /** The stack, with other settings where they are given. */
    async stack(settings = this.settings, options: RigOptions = {}): Promise<SimulatedStack> {
        const { azure, subscriptionId } = this.tenant;
        const stack = await SimulatedStack.open({
            azure,
            subscriptionId,
            deployer,
            apiKey: API_KEY,
            cli: options.cli ?? (await pulumiCommand()),
            ...this.options,
            ...options,
            folder: this.folder,
            settings,
        });
        this.open.push(stack);
        return stack;
    }
}

/**
 * What happens to which resource: `<operation> <logical name>`, sorted. Left out is what stays as it is, and the
 * providers, which are the engine's own.
 */
export function changes({ steps }: EngineOutcome): string[] {
    return steps
        .filter(({ op, type }) => op !== "same" && !type.startsWith("pulumi:providers:"))
        .map(({ op, name }) => `${op} ${name}`)
        .sort();
}

/** Everything that exists in the simulated Azure, secret values included, by ARM id. */
export function inventory(azure: AzureResourceManager): { readonly [id: string]: Json } {
    const { resources, secrets } = azure.snapshot();
    const found = (Array.isArray(resources) ? resources : []) as readonly (JsonObject & { id: string })[];
    return Object.fromEntries([
        ...found.map((resource) => [resource.id, resource] as const),
        ["secrets", secrets ?? []],
    ]);
}
