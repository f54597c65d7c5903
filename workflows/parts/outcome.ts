/** What can become of one item of a scan, and how it is told in words. */
import { firstOf } from "./expressions";

/** Outcomes that are told as a sentence behind the item; the others need none. */
const sentences = {
    unknown: "is not known to Intezer. Upload the file to Intezer to have it analysed",
    quotaUsedUp: "was not analysed because the Intezer quota is used up",
    skippedByRule: "was not analysed because a rule of your organisation in Intezer skips it",
    notAccepted: "was not accepted by Intezer",
    offline: "is offline, and Intezer cannot analyse offline URLs",
    failed: "could not be analysed by Intezer",
    timedOut: "was still being analysed by Intezer when the time limit of the playbook was reached",
    unavailable: "could not be answered because Intezer did not respond as expected",
} as const;

/** Every outcome; `tokenRefused` is asked again and does not reach the comment. */
export type Outcome = keyof typeof sentences | "answered" | "tokenRefused";

/** The sentence for an outcome, without a full stop; expression source. */
export function sentenceFor(outcome: string): string {
    const cases = Object.entries(sentences).map(
        ([name, sentence]) => [`equals(${outcome},'${name}')`, `'${sentence}'`] as const,
    );
    return firstOf(cases, "''");
}
