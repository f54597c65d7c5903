import { isJsonObject, type JsonObject } from "../../../language/json";
import { type Answer, answer, stableGuid } from "../reply";
import { type ApiCall, fault, textOf, unknownField } from "./api";
import type { IntezerWorld } from "./world";

const FIELDS = [
    "alert",
    "alert_source",
    "definition_mapping",
    "alert_sender",
    "environment",
    "default_verdict",
    "display_fields",
];

/** Alerts: `POST /alerts/ingest`. */
export class Alerts {
    private readonly known = new Set<string>();
    /** Environments that the accepted alerts named, in order; undefined for one that named none. */
    readonly environments: (string | undefined)[] = [];

    constructor(private readonly world: IntezerWorld) {}

    ingest({ body }: ApiCall): Answer {
        const { alert, alert_source } = body;
        if (!isJsonObject(alert) || textOf(alert_source) === undefined) {
            return fault(400, "Bad request", {
                message: { alert: ["An object and its alert_source are needed."] },
            });
        }
        const unknown = unknownField(body, FIELDS);
        if (unknown !== undefined) {
            return unknown;
        }
        const { refusedBecause, known } = this.world.alerts ?? {};
        if (refusedBecause !== undefined) {
            return fault(400, refusedBecause);
        }
        const alert_id = stableGuid(identityOf(alert));
        if (known === true || this.known.has(alert_id)) {
            return fault(409, "Alert already exists");
        }
        this.known.add(alert_id);
        this.environments.push(textOf(body["environment"]));
        return answer(200, { result: true, alert_id });
    }
}

/** The same incident is the same alert, whatever has been written on it in between. */
function identityOf(alert: JsonObject): string {
    const { object } = alert;
    return (isJsonObject(object) ? textOf(object["id"]) : undefined) ?? JSON.stringify(alert);
}
