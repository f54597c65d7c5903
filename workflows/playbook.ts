import type { WorkflowDefinition } from "../language";

/** Key of a playbook in the configuration (`playbooks`, `automatedPlaybooks`) and in the outputs. */
export type PlaybookKey = "updateIncident" | "submitAlert" | "scanFileHash" | "scanUrl";

/** The Log Analytics workspace that Microsoft Sentinel runs on. */
export interface WorkspaceReference {
    /** ARM id. */
    readonly id: string;
    /** Workspace GUID, which Azure calls customer id. */
    readonly customerId: string;
    readonly subscriptionId: string;
    readonly resourceGroup: string;
    readonly name: string;
}

/** What the definitions of the playbooks depend on. Holds no secret: a definition is readable by many. */
export interface PlaybookSettings {
    readonly workspace: WorkspaceReference;
    /** Intezer tenant, `https://` and host without a path. */
    readonly intezerUrl: string;
    /** Intezer environment sent with submitted alerts; none is sent where it is absent. */
    readonly intezerEnvironment?: string;
    /** Name of the vault secret that holds Intezer's API key. */
    readonly secretName: string;
    /** How long an analysis, or a Defender alert's arrival, is waited for; in minutes. */
    readonly analysisTimeoutMinutes: number;
    /** Whether incidents are tagged with Intezer's verdict. */
    readonly tagIncidents: boolean;
    /** How Log Analytics is queried: API connection, or HTTP action with managed identity. */
    readonly logQueryVia: "connection" | "http";
}

/** A playbook as data: what it is called in Azure, what starts it, and what it does. */
export interface Playbook {
    readonly key: PlaybookKey;
    /** Name of the workflow in Azure; the vendor's, so that an existing installation is recognised. */
    readonly workflowName: string;
    /** Name of its trigger, which Microsoft Sentinel and the callback URL depend on. */
    readonly triggerName: string;
    /** What starts it: an automation rule for a new incident, or a call of its webhook URL. */
    readonly trigger: "incident" | "webhook";
    /** The definition for these settings. Equal settings give equal definitions. */
    define(settings: PlaybookSettings): WorkflowDefinition;
}
