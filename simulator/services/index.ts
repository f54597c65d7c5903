/** Everything that a deployed playbook can talk to. */
import type { Azure, Resource } from "../resources/model";
import type { ConnectionRequest, HttpRequest, OutboundRequest, Reply, Transport } from "../runtime/transport";
import { connect, isConnected, type ConnectedCall } from "./connections";
import { disturbedBy, type Disturbance } from "./disturbances";
import { Intezer, type IntezerWorld } from "./intezer";
import { answerKeyVault, answerKeyVaultConnector, isVaultHost } from "./keyVault";
import { isLogAnalyticsHost, LogAnalytics } from "./logAnalytics";
import { type Answer, UnsupportedRequestError } from "./reply";
import { Sentinel } from "./sentinel";

export type { Disturbance } from "./disturbances";
export type { FileStory, IntezerUsage, IntezerWorld, UrlStory } from "./intezer";
export type { SecurityAlertRow } from "./logAnalytics";
export type {
    Comment,
    Incident,
    NewIncident,
    PlannedRun,
    PlaybookStart,
    Sentinel,
    Severity,
} from "./sentinel";

/** What the services work with beside Azure. */
export interface ServiceOptions {
    /** Object id of the service principal *Azure Security Insights* in this tenant. */
    readonly securityInsightsPrincipalId: string;
    /** Start of the simulation, in milliseconds since 1970. */
    readonly start: number;
    readonly intezer: IntezerWorld;
    /** @default none */
    readonly disturbances?: readonly Disturbance[];
}

/** A call that Azure refused for want of a right, an identity or a connection. */
export interface RefusedCall {
    readonly workflow: string;
    /** The action that made it. */
    readonly action: string;
    readonly status: number;
    /** Azure's answer. */
    readonly body: Answer["body"];
}

/** The services of one simulated tenant. */
export interface Services {
    /** In order of time. */
    readonly refusals: readonly RefusedCall[];
    readonly sentinel: Sentinel;
    readonly logAnalytics: LogAnalytics;
    readonly intezer: Intezer;
    /**
     * Answers the calls of a deployed workflow, with the rights of its managed identity.
     *
     * @param workflowId - ARM id
     * @throws Error where no such workflow is deployed
     */
    transportFor(workflowId: string): Transport;
}

/** Puts the services in front of a tenant's resources. */
export function connectServices(azure: Azure, options: ServiceOptions): Services {
    return new TenantServices(azure, options);
}

class TenantServices implements Services {
    readonly refusals: RefusedCall[] = [];
    readonly sentinel: Sentinel;
    readonly logAnalytics: LogAnalytics;
    readonly intezer: Intezer;
    private readonly disturbed: (request: OutboundRequest) => Reply | undefined;

    constructor(
        private readonly azure: Azure,
        options: ServiceOptions,
    ) {
        this.sentinel = new Sentinel(azure, options.securityInsightsPrincipalId);
        this.logAnalytics = new LogAnalytics(azure);
        this.intezer = new Intezer(options.intezer, options.start);
        this.disturbed = disturbedBy(options.disturbances ?? []);
    }

    transportFor(workflowId: string): Transport {
        const workflow = this.azure.get(workflowId);
        if (workflow === undefined) {
            throw new Error(`There is no workflow '${workflowId}' whose calls could be answered.`);
        }
        return (request) =>
            this.disturbed(request) ??
            (request.kind === "http"
                ? this.answerHttp(workflow, request)
                : this.answerConnection(workflow, request));
    }

    private answerConnection(workflow: Resource, request: ConnectionRequest): Reply {
        const call = connect(this.azure, workflow, request);
        return isConnected(call)
            ? this.noted(workflow, request, this.answerConnector(call))
            : this.refuse(workflow, request, call);
    }

    private answerConnector(call: ConnectedCall): Reply {
        switch (call.api) {
            case "azuresentinel":
                return this.sentinel.answerConnector(call);
            case "keyvault":
                return answerKeyVaultConnector(this.azure, call);
            case "azuremonitorlogs":
                return this.logAnalytics.answerConnector(call);
            default:
                throw new UnsupportedRequestError("Azure", `the connector '${call.api}'`);
        }
    }

    private answerHttp(workflow: Resource, request: HttpRequest): Reply {
        if (!URL.canParse(request.uri)) {
            throw new UnsupportedRequestError("network", `the address '${request.uri}'`);
        }
        const { host } = new URL(request.uri);
        const principalId = workflow.identity?.principalId;
        if (this.intezer.answersFor(host)) {
            return this.intezer.answer(request);
        }
        if (isVaultHost(host)) {
            return this.noted(workflow, request, answerKeyVault(this.azure, principalId, request));
        }
        if (isLogAnalyticsHost(host)) {
            return this.noted(workflow, request, this.logAnalytics.answerHttp(principalId, request));
        }
        return { error: "UnresolvableHostName", message: `The host '${host}' could not be resolved.` };
    }

    private noted(workflow: Resource, request: OutboundRequest, reply: Reply): Reply {
        const isRefusal = "status" in reply && (reply.status === 401 || reply.status === 403);
        return isRefusal ? this.refuse(workflow, request, reply) : reply;
    }

    private refuse(workflow: Resource, { action }: OutboundRequest, reply: Answer): Answer {
        this.refusals.push({ workflow: workflow.name, action, status: reply.status, body: reply.body });
        return reply;
    }
}
