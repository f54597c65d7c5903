/** An engine that is killed while Azure has done what it asked for, and it has not been told. */
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SimulatedStackOptions } from "../../cli/engine/simulatedStack";
import { findPulumi, howToGetPulumi } from "../../cli/pulumi/find";
import type { Operation } from "../../simulator/resources/engineDoor/providerService";

/** A CLI of which the newest process is known: a script in front of it notes its id. */
export class KillableEngine {
    /** Logical names of what is done, but not answered. */
    private withheld = new Set<string>();
    private readonly begun = new Set<string>();
    private readonly registered = new Set<string>();

    private constructor(
        private readonly cli: PulumiCommand,
        private readonly processFile: string,
    ) {}

    /** @param folder - for the script */
    static async in(folder: string): Promise<KillableEngine> {
        const found = findPulumi();
        if (found === undefined) {
            throw new Error(howToGetPulumi);
        }
        const bin = join(folder, "bin");
        const script = join(bin, "pulumi");
        const processFile = join(folder, "process");
        mkdirSync(bin);
        writeFileSync(script, `#!/bin/sh\necho $$ > '${processFile}'\nexec '${found.command}' "$@"\n`);
        chmodSync(script, 0o755);
        return new KillableEngine(await PulumiCommand.get({ root: folder }), processFile);
    }

    /** What the stack is to be opened with. */
    get options(): Pick<SimulatedStackOptions, "cli" | "beforeAnswer" | "onRegistration"> {
        return {
            cli: this.cli,
            beforeAnswer: (operation) => this.beforeAnswer(operation),
            onRegistration: ({ name }) => {
                this.registered.add(name);
                this.killWhenIdle();
            },
        };
    }

    /** From now on, the answers for these are lost; the engine is killed when it waits for nothing but them. */
    loseAnswersFor(...names: readonly string[]): void {
        this.withheld = new Set(names);
        this.begun.clear();
        this.registered.clear();
    }

    private beforeAnswer({ kind, name }: Operation): Promise<void> {
        const isWithheld = this.withheld.has(name);
        // The program is not told of deletions, so that nothing here would know of their end.
        if (kind !== "delete" || isWithheld) {
            this.begun.add(name);
        }
        if (!isWithheld) {
            return Promise.resolve();
        }
        this.killWhenIdle();
        return new Promise(() => undefined);
    }

    private killWhenIdle(): void {
        const open = [...this.begun].filter((name) => !this.registered.has(name));
        const isIdle = open.every((name) => this.withheld.has(name));
        if (this.withheld.size > 0 && open.length === this.withheld.size && isIdle) {
            this.withheld = new Set();
            process.kill(Number(readFileSync(this.processFile, "utf8")), "SIGKILL");
        }
    }
}
