/** Which write comes after which in one deployment, and when, as the program says it to the engine. */
import { watchMonitor } from "../monitor";
import { type RegistrationRequest, Registrations, type Registration } from "../registrations";
import { type Step, Timeline } from "./timeline";

/** Order and virtual time of one deployment; empty where no program runs, as in a plain `pulumi destroy`. */
export class DeploymentTime {
    private readonly registered = new Registrations();
    private readonly requests = new Map<string, RegistrationRequest>();
    private readonly timeline: Timeline;

    /**
     * @param project - name of the Pulumi project
     * @param stack - name of the stack
     * @param start - virtual time at which the deployment starts, in milliseconds
     */
    constructor(
        private readonly project: string,
        private readonly stack: string,
        start: number,
    ) {
        this.timeline = new Timeline(start);
    }

    /** Listens to the program that is about to run in this process. */
    watchProgram(): void {
        watchMonitor({
            registering: (request) => {
                const urn = this.urnOf(request);
                this.requests.set(urn, request);
                const before = [...request.dependencies, request.parent].filter((other) => other !== "");
                this.timeline.add(urn, request.name, before);
            },
            registered: (request, urn, id) => {
                this.registered.add(request, urn, id === "" ? undefined : id);
            },
        });
    }

    /** In order of registration. */
    get registrations(): readonly Registration[] {
        return this.registered.all;
    }

    /** When the next attempt at this resource starts. */
    timeOf(urn: string): number {
        return this.timeline.timeOf(urn);
    }

    /** ARM ids of what is finished before this resource; undefined, so everything, where no program says. */
    writesBefore(urn: string): ReadonlySet<string> | undefined {
        const request = this.requests.get(urn);
        return request === undefined ? undefined : this.registered.writesBefore(request);
    }

    written(urn: string, type: string): void {
        this.timeline.written(urn, type);
    }

    refused(urn: string): void {
        this.timeline.refused(urn);
    }

    /** The program waits before it tries the resource again. */
    wait(urn: string, milliseconds: number): void {
        this.timeline.wait(urn, milliseconds);
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

    /** The engine makes URNs of the types of all parents but the stack itself. */
    private urnOf({ parent, type, name }: RegistrationRequest): string {
        const parentType = parent.split("::")[2] ?? "";
        const types =
            parentType === "" || parentType === "pulumi:pulumi:Stack" ? type : `${parentType}$${type}`;
        return `urn:pulumi:${this.stack}::${this.project}::${types}::${name}`;
    }
}
