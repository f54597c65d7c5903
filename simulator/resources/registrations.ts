/** What a Pulumi program registers, and in which order that lets Azure's writes happen. */

/** One registered resource. */
export interface Registration {
    readonly urn: string;
    /** Type token, e.g. `azure-native:logic:Workflow`. */
    readonly type: string;
    /** Logical name. */
    readonly name: string;
    /** False for components, which exist in the program alone. */
    readonly custom: boolean;
    /** Logical names of the resources that it waits for, in the order of their registration. */
    readonly dependsOn: readonly string[];
    /** Logical name of the parent. */
    readonly parent?: string;
    /** ARM id; absent for components, for providers and in a preview. */
    readonly id?: string;
}

/** What Pulumi says when a resource is registered. */
export interface RegistrationRequest {
    readonly type: string;
    readonly name: string;
    readonly custom: boolean;
    /** URN, empty for none. */
    readonly parent: string;
    /** Id of an existing resource that it shall adopt, empty for none. */
    readonly importId: string;
    /** URNs that the resource waits for; those of a component's children stand beside the component's. */
    readonly dependencies: readonly string[];
}

/** Everything that was registered in one deployment. */
export class Registrations {
    private readonly byUrn = new Map<string, Registration>();
    /** ARM ids that a resource waited for, by URN. */
    private readonly before = new Map<string, ReadonlySet<string>>();

    /** In order of registration. */
    get all(): readonly Registration[] {
        return [...this.byUrn.values()];
    }

    /** ARM ids of everything that must be finished before this request, at first and at second hand. */
    writesBefore(request: RegistrationRequest): ReadonlySet<string> {
        const ids = [...request.dependencies, request.parent].flatMap((urn) => {
            const id = this.byUrn.get(urn)?.id;
            return [...(this.before.get(urn) ?? []), ...(id === undefined ? [] : [id])];
        });
        return new Set(ids);
    }

    add(request: RegistrationRequest, urn: string, id: string | undefined): Registration {
        const parent = this.byUrn.get(request.parent)?.name;
        const dependencies = new Set(request.dependencies);
        const registration: Registration = {
            urn,
            type: request.type,
            name: request.name,
            custom: request.custom,
            dependsOn: [...this.byUrn.values()]
                .filter((before) => dependencies.has(before.urn))
                .map((before) => before.name),
            ...(parent === undefined ? {} : { parent }),
            ...(id === undefined ? {} : { id }),
        };
        this.byUrn.set(urn, registration);
        this.before.set(urn, this.writesBefore(request));
        return registration;
    }
}
