/** Which write comes after which in one deployment, and when, as the program says it to the engine. */
import { watchMonitor } from "../monitor";
import { type RegistrationRequest, Registrations, type Registration } from "../registrations";
import { type Step, Timeline } from "./timeline";

/** A resource that the engine's state holds when a deployment starts. */
export interface KnownResource {
    readonly urn: string;
    /** ARM id; undefined for components. */
    readonly id: string | undefined;
    /** URNs that were there before it, and outlive it. */
    readonly dependencies: readonly string[];
}

/** Order and virtual time of one deployment. */
export class DeploymentTime {
    private readonly registered = new Registrations();
    private readonly requests = new Map<string, RegistrationRequest>();
    private readonly timeline: Timeline;
    private readonly deletions: Deletions;
    /** What the engine does with a resource at the moment: the resource itself, or its deletion. */
    private readonly operations = new Map<string, string>();
    /** How many registrations the engine has not answered yet. */
    private unanswered = 0;
    /** When the engine was done with all that the program has, and went on with what it has no longer. */
    private endOfProgram: number | undefined;

    /**
     * @param project - name of the Pulumi project
     * @param stack - name of the stack
     * @param start - virtual time at which the deployment starts, in milliseconds
     * @param known - what the state holds, which decides the order of deletions
     */
    constructor(
        private readonly project: string,
        private readonly stack: string,
        start: number,
        known: readonly KnownResource[],
    ) {
        this.timeline = new Timeline(start);
        this.deletions = new Deletions(known);
    }

    /**
     * Listens to the program that is about to run in this process.
     *
     * @param onRegistration - told of each resource when the engine is done with it. @default - nobody is
     */
    watchProgram(onRegistration?: (registration: Registration) => void): void {
        watchMonitor({
            registering: (request) => {
                const urn = this.urnOf(request);
                this.unanswered += 1;
                this.requests.set(urn, request);
                const before = [...request.dependencies, request.parent].filter((other) => other !== "");
                this.timeline.add(urn, request.name, before);
            },
            registered: (request, urn, id) => {
                this.unanswered -= 1;
                const registration = this.registered.add(request, urn, id === "" ? undefined : id);
                onRegistration?.(registration);
            },
        });
    }

    /** In order of registration. */
    get registrations(): readonly Registration[] {
        return this.registered.all;
    }

    /** The engine begins an attempt at this resource; a deletion only when all that depended on it is gone. */
    begin(kind: "create" | "update" | "delete", urn: string): void {
        if (kind === "delete") {
            this.beginDeletion(urn);
        } else {
            this.operations.set(urn, urn);
            this.timeline.holdUntil(urn, this.timeline.timeOf(deletionOf(urn)));
        }
    }

    /** When the next attempt at this resource starts. */
    timeOf(urn: string): number {
        return this.timeline.timeOf(this.operationOn(urn));
    }

    /** ARM ids of what is finished before this resource; undefined, so everything, where no program says. */
    writesBefore(urn: string): ReadonlySet<string> | undefined {
        const request = this.requests.get(urn);
        return request === undefined || this.operationOn(urn) !== urn
            ? undefined
            : this.registered.writesBefore(request);
    }

    written(urn: string, type: string): void {
        this.timeline.written(this.operationOn(urn), type);
    }

    /** Azure refused the attempt, with these words. */
    refused(urn: string, words: string): void {
        this.timeline.refused(this.operationOn(urn), words);
    }

    /** The program waits before it tries the resource again. */
    wait(urn: string, milliseconds: number): void {
        this.timeline.wait(this.operationOn(urn), milliseconds);
    }

    get start(): number {
        return this.timeline.start;
    }

    get end(): number {
        return this.timeline.end;
    }

    longestChain(): readonly Step[] {
        return this.timeline.longestChain();
    }

    private beginDeletion(urn: string): void {
        const operation = deletionOf(urn);
        if (!this.deletions.includes(urn)) {
            const before = this.deletions.before(urn).map(deletionOf);
            this.timeline.add(operation, `deletion of ${urn.slice(urn.lastIndexOf("::") + 2)}`, [
                urn,
                ...before,
            ]);
            this.deletions.note(urn);
            if (this.unanswered === 0) {
                this.endOfProgram ??= this.timeline.end;
                this.timeline.holdUntil(operation, this.endOfProgram);
            }
        }
        this.operations.set(urn, operation);
    }

    /** A resource that is replaced has two steps in the timeline: its deletion, and itself. */
    private operationOn(urn: string): string {
        return this.operations.get(urn) ?? urn;
    }

    /** The engine makes URNs of the types of all parents but the stack itself. */
    private urnOf({ parent, type, name }: RegistrationRequest): string {
        const parentType = parent.split("::")[2] ?? "";
        const types =
            parentType === "" || parentType === "pulumi:pulumi:Stack" ? type : `${parentType}$${type}`;
        return `urn:pulumi:${this.stack}::${this.project}::${types}::${name}`;
    }
}

/** Name of a deletion in the timeline. */
function deletionOf(urn: string): string {
    return `deletion of ${urn}`;
}

/** Which deletions come before which: the engine deletes nothing while something depends on it. */
class Deletions {
    private readonly dependents = new Map<string, string[]>();
    private readonly deleted = new Set<string>();

    constructor(known: readonly KnownResource[]) {
        for (const { urn, dependencies } of known) {
            for (const dependency of dependencies) {
                const dependents = this.dependents.get(dependency) ?? [];
                this.dependents.set(dependency, [...dependents, urn]);
            }
        }
    }

    note(urn: string): void {
        this.deleted.add(urn);
    }

    includes(urn: string): boolean {
        return this.deleted.has(urn);
    }

    /** What was deleted before this, and had to be. */
    before(urn: string): readonly string[] {
        return (this.dependents.get(urn) ?? []).filter((dependent) => this.deleted.has(dependent));
    }
}
