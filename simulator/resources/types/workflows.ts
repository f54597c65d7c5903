/** Workflows of Azure Logic Apps (Consumption). */
import { checkDefinition } from "../../../language";
import type { Json, JsonObject } from "../../../language/json";
import { normaliseLocation } from "../armId";
import { objectAt, shownText, valueAt } from "../json";
import { AzureRefusal, type Resource } from "../model";
import { NotSimulated } from "../notSimulated";
import { badRequest } from "../refusals";
import type { AzureState, ResourceType, Stored, Write } from "../state";
import { hasIncidentTrigger } from "./playbooks";
import { assertConnections } from "./workflowConnections";
import { accessEndpoint } from "../callbackUrl";

/** Workflows. */
export const workflows: ResourceType = {
    type: "Microsoft.Logic/workflows",
    apiVersions: ["2016-06-01", "2017-07-01", "2018-07-01-preview", "2019-05-01"],
    put: putWorkflow,
    removed: (workflow, state) => {
        state.removeIdentity(workflow.identity);
    },
};

/** Most characters of a workflow's name: Microsoft Learn, "Limits and configuration reference". */
const LONGEST_NAME = 80;

const KNOWN = new Set(["accessControl", "definition", "parameters", "state"]);

function putWorkflow(write: Write, state: AzureState): Stored {
    const { id, properties } = write;
    assertKnown(write);
    assertName(id.name);
    const location = normaliseLocation(write.location ?? "");
    assertDefinition(objectAt(properties, "definition"), objectAt(properties, "parameters"));
    assertConnections(write, location, state);
    const existing = state.get(id.id);
    if (hasIncidentTrigger(write) && (existing === undefined || !hasIncidentTrigger(existing))) {
        state.noteTrigger(id.id, write);
    }
    return {
        location,
        tags: write.tags,
        identity: identityOf(write, existing, state),
        properties: {
            ...properties,
            state: valueAt(properties, "state") ?? "Enabled",
            provisioningState: "Succeeded",
            accessEndpoint: accessEndpoint(id.id, location),
        },
    };
}

function assertKnown(write: Write): void {
    const unknown = Object.keys(write.properties).find((name) => !KNOWN.has(name));
    if (unknown !== undefined) {
        throw new NotSimulated(`the property "${unknown}" of a workflow`);
    }
    const state = valueAt(write.properties, "state") ?? "Enabled";
    if (state !== "Enabled" && state !== "Disabled") {
        throw badRequest(`The workflow state must be 'Enabled' or 'Disabled', not ${JSON.stringify(state)}.`);
    }
    const type = write.identity?.type ?? "None";
    if (type !== "SystemAssigned" && type !== "None") {
        throw new NotSimulated(`the identity type "${type}" of a workflow, only SystemAssigned`);
    }
}

function assertName(name: string): void {
    if (name.length > LONGEST_NAME || !/^[\w.()-]+$/.test(name)) {
        throw new AzureRefusal(
            400,
            "InvalidResourceName",
            `The workflow name '${name}' is not valid. It has at most ${LONGEST_NAME} characters: letters, digits, ` +
                "hyphens, underscores, periods and parentheses.",
        );
    }
}

function assertDefinition(definition: JsonObject, given: JsonObject): void {
    const [problem] = checkDefinition(definition, { parameters: Object.keys(given) });
    if (problem !== undefined) {
        throw new AzureRefusal(400, problem.code, problem.message);
    }
    for (const [name, declaration] of Object.entries(objectAt(definition, "parameters"))) {
        const value = valueAt(given, name, "value");
        const type = shownText(valueAt(declaration, "type"));
        if (value !== undefined && !isOfType(value, type)) {
            throw new AzureRefusal(
                400,
                "InvalidTemplate",
                `The value of the workflow parameter '${name}' is not of type '${type}'.`,
            );
        }
    }
}

function isOfType(value: Json, type: string): boolean {
    switch (type.toLowerCase()) {
        case "array":
            return Array.isArray(value);
        case "bool":
            return typeof value === "boolean";
        case "int":
            return Number.isInteger(value);
        case "float":
            return typeof value === "number";
        case "object":
        case "secureobject":
            return typeof value === "object" && value !== null && !Array.isArray(value);
        default:
            return typeof value === "string";
    }
}

/** A system-assigned identity lives as long as it is switched on: off and on again makes another principal. */
function identityOf(write: Write, existing: Resource | undefined, state: AzureState): Resource["identity"] {
    if (write.identity?.type !== "SystemAssigned") {
        state.removeIdentity(existing?.identity);
        return undefined;
    }
    if (existing?.identity !== undefined) {
        return existing.identity;
    }
    const { objectId } = state.addIdentity(write);
    return { type: "SystemAssigned", principalId: objectId, tenantId: state.tenantId };
}
