/** The typical incident, ready to be replayed: one malicious file with three hashes, and the playbook that scans it. */
import { isJsonObject, type JsonObject, type WorkflowDefinition } from "../../language";
import type { Resource } from "../../simulator/resources/model";
import { VirtualClock } from "../../simulator/runtime/clock";
import type { ExecutionRecord, RunRecord } from "../../simulator/runtime/records";
import { startRun, type RunRequest } from "../../simulator/runtime/run";
import type { Match, Scenario } from "../../simulator/runtime/scenario";
import { scriptedTransport } from "../../simulator/runtime/scriptedTransport";
import type { OutboundRequest, Reply, Transport } from "../../simulator/runtime/transport";
import { connectServices } from "../../simulator/services";
import { deploy, type Deployed } from "../deploy";
import { startTime } from "../replay";
import { readSamples, samplesFolder } from "../samples";
import { readSettings } from "../settings";
import { tenantFor } from "../tenant";

const SAMPLE = "file-with-three-hashes";
const PLAYBOOK = "scanFileHash";

/**
 * Deploys the program, plays the incident once with the simulated services, and writes down what they answer.
 *
 * @returns replays the incident with these answers, on a clock of its own
 */
export async function typicalIncident(): Promise<() => RunRecord> {
    const settings = readSettings("dev");
    const { request, transport } = begin(await deploy(settings, tenantFor(settings)));
    const script = new Script();
    run({ ...request, transport: script.recording(transport) });
    return () => run({ ...request, transport: scriptedTransport({ calls: script.calls }) });
}

/** Executions of actions in a run: what was skipped is none, in loops each iteration is one. */
export function executionsOf({ actions }: RunRecord): number {
    const executed = ({ status }: ExecutionRecord) => status !== "Skipped";
    return Object.values(actions).reduce(
        (sum, action) => sum + (action.repetitions ?? [action]).filter(executed).length,
        0,
    );
}

type Begun = Omit<RunRequest, "transport" | "clock">;

/** What Sentinel starts the playbook with, and who answers it. */
function begin(deployed: Deployed): { readonly request: Begun; readonly transport: Transport } {
    const { azure, workspaceId, playbookOf } = deployed;
    const sample = readSamples(samplesFolder).find(({ name }) => name === SAMPLE);
    const [input] = sample?.incidents ?? [];
    if (input === undefined) {
        throw new Error(`There is no sample '${SAMPLE}' with an incident in ${samplesFolder}.`);
    }
    const services = connectServices(azure, {
        securityInsightsPrincipalId: deployed.securityInsightsPrincipalId,
        start: startTime,
        intezer: { ...sample?.intezer, ...deployed.intezer },
    });
    const { sentinel } = services;
    const incident = sentinel.createIncident(workspaceId, input, startTime);
    const planned = sentinel.runsFor(incident).find(({ workflowId }) => playbookOf(workflowId) === PLAYBOOK);
    const workflow = planned && azure.get(planned.workflowId);
    const started = planned && sentinel.start(planned, incident);
    if (workflow === undefined || started === undefined || "obstacle" in started) {
        const why = started && "obstacle" in started ? started.obstacle : "no automation rule runs it";
        throw new Error(`The playbook '${PLAYBOOK}' does not start: ${why}.`);
    }
    return { request: requestOf(workflow, started.body), transport: services.transportFor(workflow.id) };
}

/** Resource Manager has checked the definition when it was deployed. */
function requestOf({ id, name, location = "", properties }: Resource, body: JsonObject): Begun {
    const { definition, parameters } = properties;
    return {
        definition: definition as unknown as WorkflowDefinition,
        parameters: Object.fromEntries(
            Object.entries(isJsonObject(parameters) ? parameters : {}).map(([key, entry]) => [
                key,
                isJsonObject(entry) ? (entry["value"] ?? null) : null,
            ]),
        ),
        workflow: { id, name, location },
        trigger: { body },
    };
}

function run(request: Omit<RunRequest, "clock">): RunRecord {
    const clock = new VirtualClock(startTime);
    const finished: RunRecord[] = [];
    startRun({ ...request, clock, onFinished: (record) => finished.push(record) });
    clock.run();
    const [record] = finished;
    if (record === undefined) {
        throw new Error("The run did not end.");
    }
    return record;
}

/** Writes replies down as the `calls` of a scenario. */
class Script {
    private readonly entries = new Map<string, { readonly match: Match; readonly replies: Reply[] }>();

    get calls(): Scenario["calls"] {
        return [...this.entries.values()];
    }

    recording(transport: Transport): Transport {
        return (request) => {
            const reply = transport(request);
            const match = matchOf(request);
            const key = JSON.stringify(match);
            const entry = this.entries.get(key) ?? { match, replies: [] };
            entry.replies.push(reply);
            this.entries.set(key, entry);
            return reply;
        };
    }
}

function matchOf(request: OutboundRequest): Match {
    const { method } = request;
    return request.kind === "http"
        ? { method, uri: request.uri }
        : { method, connection: request.connection, path: request.path };
}
