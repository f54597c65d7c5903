import { normaliseLocation, RESOURCE_GROUP_TYPE } from "../armId";
import { AzureRefusal } from "../model";
import { badRequest } from "../refusals";
import type { AzureState, ResourceType, Stored, Write } from "../state";

/** Microsoft Learn, "Naming rules and restrictions for Azure resources". */
const NAME = /^[\p{L}\p{N}_().-]{1,90}$/u;

/** Resource groups. */
export const resourceGroups: ResourceType = {
    type: RESOURCE_GROUP_TYPE,
    apiVersions: ["2020-10-01", "2021-04-01", "2022-09-01", "2023-07-01", "2024-03-01", "2024-11-01"],
    put: putResourceGroup,
};

function putResourceGroup(write: Write, state: AzureState): Stored {
    const { name } = write.id;
    if (!NAME.test(name) || name.endsWith(".")) {
        throw new AzureRefusal(
            400,
            "InvalidResourceGroup",
            `The provided resource group name '${name}' has these invalid characters or is too long. The name ` +
                "can only be letters, digits, '-', '.', '(', ')' or '_', at most 90 of them, and cannot end with '.'.",
        );
    }
    if (write.location === undefined || write.location === "") {
        throw new AzureRefusal(
            400,
            "LocationRequired",
            "The location property is required for this definition.",
        );
    }
    const location = normaliseLocation(write.location);
    const existing = state.get(write.id.id);
    if (existing?.location !== undefined && existing.location !== location) {
        throw new AzureRefusal(
            409,
            "InvalidResourceGroupLocation",
            `Invalid resource group location '${location}'. The Resource group already exists in location ` +
                `'${existing.location}'.`,
        );
    }
    if (Object.keys(write.properties).length > 0) {
        throw badRequest("A resource group has no properties of its own.");
    }
    return { location, tags: write.tags, properties: { provisioningState: "Succeeded" } };
}
