/** Runs code under plain Pulumi mocks and records what it registers. */
import * as pulumi from "@pulumi/pulumi";

/** Answers of look-ups by token; a token that is not listed is refused. */
export type Answers = Readonly<Record<string, (inputs: Inputs, provider: string) => object>>;

export type Inputs = Readonly<Record<string, unknown>>;

/** A resource as it was registered. */
export interface Registered {
    readonly type: string;
    readonly name: string;
    readonly custom: boolean;
    /** With secrets as they are in clear; see `secretPaths`. */
    readonly inputs: Inputs;
    /** Paths of the secrets in the inputs, e.g. `properties.value`. */
    readonly secretPaths: readonly string[];
    /** Logical names, sorted. Components stand for their children. */
    readonly dependsOn: readonly string[];
    readonly parent: string;
    /** Logical name of an explicit provider, empty for the default one. */
    readonly provider: string;
    readonly deletedWith: string;
    readonly retainOnDelete: boolean;
    readonly deleteBeforeReplace: boolean;
    readonly replaceOnChanges: readonly string[];
    readonly replacementTrigger: unknown;
    readonly ignoreChanges: readonly string[];
    /** Logical names. */
    readonly replaceWith: readonly string[];
    readonly hooks: readonly string[];
}

export interface Run<Result> {
    readonly result: Result;
    readonly registered: readonly Registered[];
    /** Look-ups in their order: token, inputs, name of an explicit provider. */
    readonly lookUps: readonly {
        readonly token: string;
        readonly inputs: Inputs;
        readonly provider: string;
    }[];
    /** The one resource with this name. */
    readonly resource: (name: string) => Registered;
    /** Names of the resources of a type, sorted. */
    readonly namesOf: (type: string) => readonly string[];
}

export interface RunOptions {
    readonly config?: Readonly<Record<string, string>>;
    readonly secretKeys?: readonly string[];
    readonly answers?: Answers;
    /** @default false */
    readonly preview?: boolean;
    /** @default "dev" */
    readonly stack?: string;
    /** Changes the monitor before anything is registered. */
    readonly monitor?: (monitor: object) => void;
}

export const project = "intezer-sentinel";
export const subscriptionId = "00000000-0000-0000-0000-00000000d001";
export const tenantId = "00000000-0000-0000-0000-00000000d002";

/** Runs a program to its end, everything that it registered included. */
export async function run<Result>(
    program: () => Result | Promise<Result>,
    options: RunOptions = {},
): Promise<Run<Result>> {
    const registered: Registered[] = [];
    const lookUps: Run<Result>["lookUps"][number][] = [];
    const { preview = false, stack = "dev", answers = {} } = options;
    pulumi.runtime.setAllConfig({ ...options.config }, [...(options.secretKeys ?? [])]);
    await pulumi.runtime.setMocks(
        {
            newResource: (args) => ({
                id: preview || args.custom !== true ? undefined : idOf(args),
                state: preview ? (args.inputs as Inputs) : stateOf(args),
            }),
            call: ({ token, inputs, provider = "" }) => {
                const answer = answers[token];
                lookUps.push({ token, inputs: inputs as Inputs, provider: nameInUrn(provider) });
                if (answer === undefined) {
                    throw new Error(`The test has no answer for ${token}.`);
                }
                return { ...answer(inputs as Inputs, nameInUrn(provider)) };
            },
        },
        project,
        stack,
        preview,
    );
    const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
    options.monitor?.(monitor);
    watch(monitor, registered);
    const result = await program();
    // Waits until every registration and look-up has been answered.
    await pulumi.runtime.disconnect();
    return {
        result,
        registered,
        lookUps,
        resource: (name) =>
            only(
                registered.filter((resource) => resource.name === name),
                name,
            ),
        namesOf: (type) =>
            registered
                .filter((resource) => resource.type === type)
                .map(({ name }) => name)
                .sort(),
    };
}

/** The value of an output, and whether it is known and secret. */
export async function read<T>(
    output: pulumi.Output<T>,
): Promise<{ value: T; known: boolean; secret: boolean }> {
    const inner = output as unknown as {
        promise(): Promise<T>;
        isKnown: Promise<boolean>;
        isSecret: Promise<boolean>;
    };
    return { value: await inner.promise(), known: await inner.isKnown, secret: await inner.isSecret };
}

function only<T>(found: readonly T[], name: string): T {
    const [first] = found;
    if (first === undefined || found.length > 1) {
        throw new Error(`Expected one resource named "${name}", there are ${found.length}.`);
    }
    return first;
}

interface Monitor {
    registerResource(request: RegisterRequest, callback: Callback): unknown;
    invoke(request: unknown, callback: Callback): unknown;
}

interface RegisterRequest {
    getType(): string;
    getName(): string;
    getCustom(): boolean;
    getObject(): { toJavaScript(): Inputs };
    getDependenciesList(): string[];
    getParent(): string;
    getProvider(): string;
    getDeletedwith(): string;
    getRetainondelete(): boolean;
    getDeletebeforereplace(): boolean;
    getReplaceonchangesList(): string[];
    getReplacementTrigger(): { toJavaScript(): unknown } | undefined;
    getIgnorechangesList(): string[];
    getReplaceWithList(): string[];
    getHooks(): { getOnErrorList(): string[] } | undefined;
}

type Callback = (error: object | null, response?: unknown) => void;

/** The mocks themselves are not told of dependencies and options, the monitor is. */
function watch(monitor: Monitor, registered: Registered[]): void {
    const register = monitor.registerResource.bind(monitor);
    monitor.registerResource = (request, callback) => {
        registered.push(describeRequest(request));
        return register(request, callback);
    };
    // The SDK shows the `details` of a failed look-up, which errors of the mock monitor do not have.
    const invoke = monitor.invoke.bind(monitor);
    monitor.invoke = (request, callback) =>
        invoke(request, (error, response) => {
            const details = error instanceof Error ? error.message : "";
            callback(error === null ? null : Object.assign(error, { details }), response);
        });
}

function describeRequest(request: RegisterRequest): Registered {
    const secretPaths: string[] = [];
    const inputs = unwrapSecrets(request.getObject().toJavaScript(), "", secretPaths) as Inputs;
    return {
        type: request.getType(),
        name: request.getName(),
        custom: request.getCustom(),
        inputs,
        secretPaths,
        dependsOn: request.getDependenciesList().map(nameInUrn).sort(),
        parent: nameInUrn(request.getParent()),
        provider: nameInUrn(request.getProvider()),
        deletedWith: nameInUrn(request.getDeletedwith()),
        retainOnDelete: request.getRetainondelete(),
        deleteBeforeReplace: request.getDeletebeforereplace(),
        replaceOnChanges: request.getReplaceonchangesList(),
        replacementTrigger: request.getReplacementTrigger()?.toJavaScript(),
        ignoreChanges: request.getIgnorechangesList(),
        replaceWith: request.getReplaceWithList().map(nameInUrn),
        hooks: request.getHooks()?.getOnErrorList() ?? [],
    };
}

/** Replaces secrets by what they hold, and notes where they were. */
function unwrapSecrets(value: unknown, path: string, secretPaths: string[]): unknown {
    if (Array.isArray(value)) {
        return value.map((item, index) => unwrapSecrets(item, `${path}[${index}]`, secretPaths));
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const entries = value as Inputs;
    if (entries[pulumi.runtime.specialSigKey] === pulumi.runtime.specialSecretSig) {
        secretPaths.push(path);
        return unwrapSecrets(entries["value"], path, secretPaths);
    }
    const inner = (key: string) => (path === "" ? key : `${path}.${key}`);
    return Object.fromEntries(
        Object.entries(entries).map(([key, item]) => [key, unwrapSecrets(item, inner(key), secretPaths)]),
    );
}

/** Logical name in a URN; a provider's reference has its id behind the URN. Empty for an empty text. */
function nameInUrn(urn: string): string {
    return urn.split("::")[3] ?? "";
}

/** What Azure would answer, as far as the program reads it. */
function stateOf(args: pulumi.runtime.MockResourceArgs): Record<string, unknown> {
    const state = { ...(args.inputs as Inputs), name: azureName(args) };
    return args.type === "azure-native:logic:Workflow"
        ? {
              ...state,
              identity: { type: "SystemAssigned", principalId: `principal of ${args.name}`, tenantId },
          }
        : state;
}

function idOf(args: pulumi.runtime.MockResourceArgs): string {
    const inputs = args.inputs as Inputs;
    const subscription = `/subscriptions/${subscriptionId}`;
    if (args.type === "azure-native:resources:ResourceGroup") {
        return `${subscription}/resourceGroups/${azureName(args)}`;
    }
    const scope =
        typeof inputs["scope"] === "string"
            ? inputs["scope"]
            : `${subscription}/resourceGroups/${String(inputs["resourceGroupName"])}`;
    return `${scope}/providers/${args.type}/${azureName(args)}`;
}

/** The given name, or the logical name with eight characters that Pulumi adds. */
function azureName({ name, inputs }: pulumi.runtime.MockResourceArgs): string {
    const given = nameInputs.map((key) => (inputs as Inputs)[key]).find((value) => typeof value === "string");
    return given ?? `${name}0123abcd`;
}

const nameInputs = ["resourceName", "workflowName", "secretName", "roleAssignmentName", "automationRuleId"];
