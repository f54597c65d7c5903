/** Playbooks as the program deploys them into a simulated tenant, and samples that are played there. */
import { expect } from "chai";
import { commentText } from "../../cli/commentText";
import { deploy, type Deployed } from "../../cli/deploy";
import { type Deployment, play } from "../../cli/replay";
import type { Sample, SampleIncident } from "../../cli/samples";
import { StackSettings } from "../../cli/settings";
import { tenantFor, type Tenant } from "../../cli/tenant";
import type { Json, JsonObject } from "../../language/json";
import type { VaultSeed } from "../../simulator/resources/tenant";
import type { RunRecord } from "../../simulator/runtime/records";
import type { Incident, IntezerUsage, IntezerWorld } from "../../simulator/services";

const subscription = "00000000-0000-4000-8000-000000000001";

/** The smallest configuration that is complete. */
const settings = new StackSettings("intezer-sentinel", "test", {
    "azure-native:location": "westeurope",
    "azure-native:subscriptionId": subscription,
    "intezer-sentinel:workspaceName": "law-sentinel",
    "intezer-sentinel:workspaceResourceGroup": "rg-sentinel",
});

/** ARM id of the workspace of these settings. */
export const workspaceId = `/subscriptions/${subscription}/resourceGroups/rg-sentinel/providers/Microsoft.OperationalInsights/workspaces/law-sentinel`;

export interface DeployChanges {
    readonly config?: { readonly [key: string]: Json };
    /** Of the existing vault that `keyVault` names. */
    readonly vault?: Partial<VaultSeed>;
    /** ARM ids that Pulumi is told of as created, but that Azure forgets at once. */
    readonly forget?: RegExp;
}

const deployments = new Map<string, Promise<Deployed>>();

/** The program deployed with these changes; deployed once, since runs change nothing in Azure. */
export function deployed(changes: DeployChanges = {}): Promise<Deployed> {
    const key = JSON.stringify([changes.config, changes.vault, changes.forget?.source]);
    const known = deployments.get(key);
    if (known !== undefined) {
        return known;
    }
    const changed = settings.with(changes.config ?? {});
    const tenant = tenantFor(changed, changes.vault);
    const deployment = deploy(
        changed,
        changes.forget === undefined ? tenant : forgetful(tenant, changes.forget),
    );
    deployments.set(key, deployment);
    return deployment;
}

/** A tenant that acknowledges these resources without having them afterwards. */
export function forgetful(tenant: Tenant, forgotten: RegExp): Tenant {
    const { azure } = tenant;
    const put = azure.put.bind(azure);
    azure.put = (request) => {
        const resource = put(request);
        if (forgotten.test(request.id)) {
            azure.delete({ id: request.id, after: request.after });
        }
        return resource;
    };
    return tenant;
}

/** What one playbook did. */
export interface Outcome {
    readonly run: RunRecord;
    readonly incident: Incident;
    /** Comments of the incident, as HTML and as text. */
    readonly html: readonly string[];
    readonly text: readonly string[];
    readonly usage: IntezerUsage;
    readonly obstacles: readonly string[];
    readonly incidents: ReadonlyMap<string, Incident>;
}

export interface Scene extends Pick<Sample, "disturbances" | "webhook"> {
    readonly intezer?: Partial<IntezerWorld>;
    readonly incident?: Partial<SampleIncident>;
    /** In place of `incident`. */
    readonly incidents?: readonly SampleIncident[];
    readonly deployment?: DeployChanges;
    readonly seed?: number;
}

/** Deploys one playbook alone, plays a scene, and gives what came of its one run. */
export async function playAlone(playbook: string, scene: Scene): Promise<Outcome> {
    const { config, ...changes } = scene.deployment ?? {};
    const program = await deployed({ ...changes, config: { playbooks: [playbook], ...config } });
    const { apiKey = program.intezer.apiKey, ...intezer } = scene.intezer ?? {};
    const deployment: Deployment = { ...program, intezer: { ...program.intezer, apiKey } };
    const incidents = scene.incidents ?? [
        { ref: "it", title: "T", severity: "High" as const, ...scene.incident },
    ];
    const sample: Sample = {
        name: playbook,
        sentence: "",
        intezer,
        incidents,
        disturbances: scene.disturbances,
        webhook: scene.webhook,
        expected: { runs: [], comments: [] },
    };
    const played = play(sample, deployment, scene.seed);
    const [first, ...others] = played.runs;
    expect(others, "runs of other playbooks").to.deep.equal([]);
    const incident = [...played.incidents.values()][0];
    if (first === undefined || incident === undefined) {
        throw new Error(`There was no run or no incident: ${played.obstacles.join(" ")}`);
    }
    const html = incident.comments.map(({ message }) => message);
    return {
        run: first.record,
        incident,
        html,
        text: html.map(commentText),
        usage: played.usage,
        obstacles: played.obstacles,
        incidents: played.incidents,
    };
}

/** Calls of a run as `METHOD path`, without the parts of the address that are the same for all. */
export function callsOf(run: RunRecord): string[] {
    return run.calls.map(({ method, uri, path }) =>
        `${method} ${(uri ?? path ?? "").replace(/^https:\/\/[^/]+\/api\/v2-0/, "")}`.replace(
            /[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g,
            "{id}",
        ),
    );
}

/** A FileHash entity. */
export function hashEntity(hashValue: string, algorithm: string, ref?: string) {
    return { ref, kind: "FileHash", properties: { hashValue, algorithm } satisfies JsonObject };
}

/** A File entity that links to hash entities. */
export function fileEntity(fileName: string, ...fileHashEntityIds: string[]) {
    return { kind: "File", properties: { fileName, fileHashEntityIds } satisfies JsonObject };
}

/** A Url entity. */
export function urlEntity(url: string) {
    return { kind: "Url", properties: { url } satisfies JsonObject };
}

/** Status, code and text of the only comment. */
export function summaryOf({ run, text }: Outcome): { status: string; code?: string; comment: string } {
    expect(text.length, "comments").to.be.at.most(1);
    return {
        status: run.status,
        ...(run.code === undefined ? {} : { code: run.code }),
        comment: text[0] ?? "",
    };
}
