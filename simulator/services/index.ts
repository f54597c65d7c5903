/** Everything that a deployed playbook can talk to. */
import type { Azure, Resource } from "../resources/model";
import type { ConnectionRequest, HttpRequest, OutboundRequest, Reply, Transport } from "../runtime/transport";
import { connect, isConnected } from "./connections";
import { disturbedBy, type Disturbance } from "./disturbances";
import { Intezer, type IntezerWorld } from "./intezer";
import { answerKeyVault, answerKeyVaultConnector, isVaultHost } from "./keyVault";
import { isLogAnalyticsHost, LogAnalytics } from "./logAnalytics";
import { UnsupportedRequestError } from "./reply";
import { Sentinel } from "./sentinel";

export type { Disturbance } from "./disturbances";
export type { FileStory, IntezerUsage, IntezerWorld, UrlStory } from "./intezer";
export type { SecurityAlertRow } from "./logAnalytics";
export { UnsupportedRequestError } from "./reply";
export { COMMENT_LENGTH, COMMENTS_PER_INCIDENT } from "./sentinel";
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

/** The services of one simulated tenant. */
export interface Services {
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
    const sentinel = new Sentinel(azure, options.securityInsightsPrincipalId);
    const logAnalytics = new LogAnalytics(azure);
    const intezer = new Intezer(options.intezer, options.start);
    const disturbed = disturbedBy(options.disturbances ?? []);

    function answerConnection(workflow: Resource, request: ConnectionRequest): Reply {
        const call = connect(azure, workflow, request);
        if (!isConnected(call)) {
            return call;
        }
        switch (call.api) {
            case "azuresentinel":
                return sentinel.answerConnector(call);
            case "keyvault":
                return answerKeyVaultConnector(azure, call);
            case "azuremonitorlogs":
                return logAnalytics.answerConnector(call);
            default:
                throw new UnsupportedRequestError("Azure", `the connector '${call.api}'`);
        }
    }

    function answerHttp(workflow: Resource, request: HttpRequest): Reply {
        if (!URL.canParse(request.uri)) {
            throw new UnsupportedRequestError("network", `the address '${request.uri}'`);
        }
        const { host } = new URL(request.uri);
        const principalId = workflow.identity?.principalId;
        if (intezer.answersFor(host)) {
            return intezer.answer(request);
        }
        if (isVaultHost(host)) {
            return answerKeyVault(azure, principalId, request);
        }
        if (isLogAnalyticsHost(host)) {
            return logAnalytics.answerHttp(principalId, request);
        }
        return { error: "UnresolvableHostName", message: `The host '${host}' could not be resolved.` };
    }

    return {
        sentinel,
        logAnalytics,
        intezer,
        transportFor(workflowId) {
            const workflow = azure.get(workflowId);
            if (workflow === undefined) {
                throw new Error(`There is no workflow '${workflowId}' whose calls could be answered.`);
            }
            return (request: OutboundRequest) =>
                disturbed(request) ??
                (request.kind === "http"
                    ? answerHttp(workflow, request)
                    : answerConnection(workflow, request));
        },
    };
}
