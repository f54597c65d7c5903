/** Conditions of automation rules, as far as a rule for new incidents has them. */
import type { Json } from "../../../language/json";
import { parseArmId } from "../armId";
import { arrayAt, objectAt, shownText, textAt } from "../json";
import { NotSimulated } from "../notSimulated";
import { badRequest } from "../refusals";

/** REST API "Automation Rules - Create Or Update", version 2024-09-01. */
const PROPERTIES = new Set(
    (
        "IncidentTitle IncidentDescription IncidentSeverity IncidentStatus IncidentRelatedAnalyticRuleIds " +
        "IncidentTactics IncidentLabel IncidentProviderName IncidentUpdatedBySource IncidentCustomDetailsKey " +
        "IncidentCustomDetailsValue AccountAadTenantId AccountAadUserId AccountName AccountNTDomain AccountPUID " +
        "AccountSid AccountObjectGuid AccountUPNSuffix AlertProductNames AlertAnalyticRuleIds " +
        "AzureResourceResourceId AzureResourceSubscriptionId CloudApplicationAppId CloudApplicationAppName " +
        "DNSDomainName FileDirectory FileName FileHashValue HostAzureID HostName HostNetBiosName HostNTDomain " +
        "HostOSVersion IoTDeviceId IoTDeviceName IoTDeviceType IoTDeviceVendor IoTDeviceModel " +
        "IoTDeviceOperatingSystem IPAddress MailboxDisplayName MailboxPrimaryAddress MailboxUPN " +
        "MailMessageDeliveryAction MailMessageDeliveryLocation MailMessageRecipient MailMessageSenderIP " +
        "MailMessageSubject MalwareCategory MalwareName ProcessCommandLine ProcessId RegistryKey " +
        "RegistryValueData Url"
    ).split(" "),
);

const OPERATORS = new Set(
    "Equals NotEquals Contains NotContains StartsWith NotStartsWith EndsWith NotEndsWith".split(" "),
);

const OTHER_TYPES = new Set(["Boolean", "PropertyArray", "PropertyArrayChanged", "PropertyChanged"]);

/** Most conditions of a rule: Microsoft Learn, "Service limits for Microsoft Sentinel". */
const MOST_CONDITIONS = 50;

/**
 * Checks the conditions of an automation rule.
 *
 * @throws AzureRefusal `BadRequest`
 */
export function assertConditions(conditions: readonly Json[]): void {
    if (conditions.length > MOST_CONDITIONS) {
        throw badRequest(
            `An automation rule has at most ${MOST_CONDITIONS} conditions, not ${conditions.length}.`,
        );
    }
    conditions.forEach(assertCondition);
}

function assertCondition(condition: Json): void {
    const type = textAt(condition, "conditionType") ?? "";
    if (OTHER_TYPES.has(type)) {
        throw new NotSimulated(`the condition type "${type}" of an automation rule`);
    }
    if (type !== "Property") {
        throw badRequest(`'${type}' is no condition type of an automation rule.`);
    }
    const properties = objectAt(condition, "conditionProperties");
    const name = textAt(properties, "propertyName") ?? "";
    if (!PROPERTIES.has(name)) {
        throw badRequest(`'${name}' is no propertyName of an automation rule's condition.`);
    }
    const operator = textAt(properties, "operator") ?? "";
    if (!OPERATORS.has(operator)) {
        throw badRequest(
            `'${operator}' is no operator of an automation rule's condition. Possible are: ${[...OPERATORS].join(", ")}.`,
        );
    }
    const values = arrayAt(properties, "propertyValues") ?? [];
    if (values.length === 0 || values.some((value) => typeof value !== "string")) {
        throw badRequest(
            `The condition on '${name}' needs propertyValues, a list of texts that is not empty.`,
        );
    }
    if (name === "IncidentRelatedAnalyticRuleIds") {
        assertAnalyticRules(values);
    }
}

/** Seen in live deployments: analytic rules are named by their ARM ids. */
function assertAnalyticRules(ids: readonly Json[]): void {
    const wrong = ids.map(shownText).find((id) => parseArmId(id) === undefined);
    if (wrong !== undefined) {
        throw badRequest(`Invalid Analytic rule id: '${wrong}'. It must be the rule's whole ARM id.`);
    }
}
