/** Deploys the Pulumi program of this project into a simulated tenant, through Pulumi mocks. */
import { randomUUID } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import program from "../index";
import { isJsonObject, type Json, type JsonObject } from "../language/json";
import type { DeployedOutputs } from "../simulator/resources/azureNative/wire";
import { openMocksDoor } from "../simulator/resources/mocksDoor";
import type { Registration } from "../simulator/resources/registrations";
import type { Deployment } from "./replay";
import type { StackSettings } from "./settings";
import type { Tenant } from "./tenant";

/** A deployed program. */
export interface Deployed extends Deployment {
    /** In order of registration. */
    readonly registrations: readonly Registration[];
    /** Stack outputs; a secret one is hidden as Pulumi hides it. */
    readonly outputs: JsonObject;
    /** Key of the playbook that a workflow is, by its ARM id; the workflow's name where it is none. */
    readonly playbookOf: (workflowId: string) => string;
    /** How long it took in Azure. @default - it is not known: mocks have no time */
    readonly duration?: DeploymentDuration;
}

/** Virtual time of a deployment. */
export interface DeploymentDuration {
    readonly seconds: number;
    /** The resources that decide how long it takes, each of which waits for the one before. */
    readonly longestChain: readonly {
        /** Logical name. */
        readonly name: string;
        readonly seconds: number;
        /** What of them Azure was not ready for. */
        readonly waitedSeconds: number;
        /** What Azure said meanwhile. */
        readonly refusals: readonly string[];
    }[];
}

/**
 * A way to deploy.
 *
 * @param onRegistration - told of each resource as soon as it is there
 * @throws Error for the first resource or look-up that is refused, and for wrong settings
 */
export type Deploy = (
    settings: StackSettings,
    tenant: Tenant,
    onRegistration?: (registration: Registration) => void,
) => Promise<Deployed>;

/** What a deployment brought. */
export interface DeploymentResult {
    readonly settings: StackSettings;
    /** Of Intezer. */
    readonly apiKey: string;
    readonly outputs: DeployedOutputs;
    /** In order of registration. */
    readonly registrations: readonly Registration[];
}

/** What Pulumi shows in place of a secret. */
const HIDDEN = "[secret]";

/**
 * Deploys with a made-up key of Intezer.
 *
 * @param onRegistration - told of each resource as soon as it is there
 * @throws Error for the first resource or look-up that is refused, and for wrong settings
 */
export async function deploy(
    settings: StackSettings,
    tenant: Tenant,
    onRegistration?: (registration: Registration) => void,
): Promise<Deployed> {
    const apiKey = randomUUID();
    const keyName = `${settings.project}:intezerApiKey`;
    const door = await openMocksDoor(tenant.azure, {
        project: settings.project,
        stack: settings.stack,
        subscriptionId: tenant.subscriptionId,
        location: settings.provider("location"),
        onRegistration,
    });
    pulumi.runtime.setAllConfig({ ...settings.asConfig(), [keyName]: apiKey }, [keyName]);
    const outputs = await door.settled(program());
    return deployedIn(tenant, { settings, apiKey, outputs, registrations: door.registrations });
}

/**
 * What whoever plays samples has to know of a deployment.
 *
 * @throws Error where the program does not say where its workspace is
 */
export function deployedIn(
    tenant: Tenant,
    { settings, apiKey, outputs, registrations }: DeploymentResult,
): Deployed {
    const values = Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
    const workspaceId = textOf(values["workspaceId"]);
    if (workspaceId === undefined) {
        throw new Error(
            "The program has no output 'workspaceId', so that nothing could be played in its workspace.",
        );
    }
    const webhookUrl = textOf(values["webhookUrl"]);
    const baseUrl = settings.text("intezerUrl");
    return {
        azure: tenant.azure,
        securityInsightsPrincipalId: tenant.securityInsightsPrincipalId,
        workspaceId,
        ...(webhookUrl === undefined ? {} : { webhookUrl }),
        intezer: { apiKey, ...(baseUrl === undefined ? {} : { baseUrl }) },
        registrations,
        outputs: shownOutputs(outputs),
        playbookOf: (workflowId) => playbookKey(values["playbooks"], workflowId),
    };
}

/** Stack outputs; a secret one is hidden as Pulumi hides it. */
export function shownOutputs(outputs: DeployedOutputs): JsonObject {
    return Object.fromEntries(
        Object.entries(outputs).map(([name, { value, secret }]) => [name, secret ? HIDDEN : (value ?? null)]),
    );
}

function textOf(value: Json | undefined): string | undefined {
    return typeof value === "string" ? value : undefined;
}

function playbookKey(playbooks: Json | undefined, workflowId: string): string {
    const found = Object.entries(isJsonObject(playbooks) ? playbooks : {}).find(
        ([, playbook]) => isJsonObject(playbook) && playbook["id"] === workflowId,
    );
    return found?.[0] ?? workflowId.slice(workflowId.lastIndexOf("/") + 1);
}
