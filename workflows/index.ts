/** The catalogue of the playbooks. */
import type { Playbook, PlaybookKey } from "./playbook";
import { scanFileHash } from "./scanFileHash";
import { scanUrl } from "./scanUrl";
import { submitAlert } from "./submitAlert";
import { updateIncident } from "./updateIncident";

export { connectionKeys, needsOf, type ConnectionKey, type WorkflowNeeds } from "./needs";
export type { Playbook, PlaybookKey, PlaybookSettings, WorkspaceReference } from "./playbook";

/** Every playbook by its key, in the order in which they are listed and get their automation rules. */
export const playbooks: Readonly<Record<PlaybookKey, Playbook>> = {
    updateIncident,
    submitAlert,
    scanFileHash,
    scanUrl,
};
