import { nameKey } from "./names";

/** Functions that read what an action got back; the first argument names it. By key. */
export const OUTPUT_READERS: ReadonlySet<string> = new Set(
    [
        "actionBody",
        "actionOutputs",
        "body",
        "formDataMultiValues",
        "formDataValue",
        "multipartBody",
        "outputs",
    ].map(nameKey),
);

/**
 * Functions that read what an action did, its inputs included, by its name. By key.
 *
 * Source: Microsoft Learn, "Reference guide to workflow expression functions" (2025-07-08), workflow functions.
 */
export const ACTION_READERS: ReadonlySet<string> = new Set([...OUTPUT_READERS, "actions", "result"]);

/** Functions that read what the trigger got. By key. */
export const TRIGGER_READERS: ReadonlySet<string> = new Set(
    [
        "trigger",
        "triggerBody",
        "triggerFormDataMultiValues",
        "triggerFormDataValue",
        "triggerMultipartBody",
        "triggerOutputs",
    ].map(nameKey),
);
