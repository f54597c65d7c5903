import { isSameName } from "../../language/names";
import { ScenarioError, type Match, type Scenario } from "./scenario";
import type { OutboundRequest, Reply, Transport } from "./transport";
import { toText, type Value } from "./values";

/**
 * Answers calls as a scenario says: the first entry that matches gives its next reply, and its last one for ever. What
 * an entry has given counts for the whole run.
 *
 * @throws ScenarioError (`NoReply`), from the transport, for a call that has no answer
 */
export function scriptedTransport(scenario: Pick<Scenario, "calls" | "unmatched">): Transport {
    const entries = scenario.calls.map(({ match, replies }) => ({
        matches: compileMatch(match),
        replies,
        given: 0,
    }));
    return (request): Reply => {
        const entry = entries.find(({ matches }) => matches(request));
        const reply = entry?.replies[Math.min(entry.given, entry.replies.length - 1)] ?? scenario.unmatched;
        if (reply === undefined) {
            throw new ScenarioError(
                "NoReply",
                `The action '${request.action}' calls ${describe(request)}, and nothing under 'calls' matches. Add ` +
                    `an entry, or give a reply as 'unmatched'.`,
            );
        }
        if (entry !== undefined) {
            entry.given += 1;
        }
        return reply;
    };
}

function compileMatch(match: Match): (request: OutboundRequest) => boolean {
    const uri = compilePattern(match.uri);
    const path = compilePattern(match.path);
    const queries = Object.entries(match.queries ?? {});
    return (request) => {
        if (match.method !== undefined && !isSameName(match.method, request.method)) {
            return false;
        }
        if (request.kind === "http") {
            const isForConnections =
                match.connection !== undefined || path !== undefined || queries.length > 0;
            return !isForConnections && (uri?.test(request.uri) ?? true);
        }
        return (
            uri === undefined &&
            (match.connection === undefined || match.connection === request.connection) &&
            (path?.test(request.path) ?? true) &&
            queries.every(([name, value]) => isSent(request.queries[name], value))
        );
    };
}

/** Queries are text on the wire, so that 1 and "1" are the same. One that is not sent has no value at all. */
function isSent(sent: Value | undefined, expected: Value): boolean {
    return sent === undefined ? expected === null : toText(sent) === toText(expected);
}

/** `*` stands for any run of characters, everything else for itself. */
function compilePattern(pattern: string | undefined): RegExp | undefined {
    if (pattern === undefined) {
        return undefined;
    }
    const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`, "s");
}

function describe(request: OutboundRequest): string {
    return request.kind === "http"
        ? `${request.method} ${request.uri}`
        : `${request.method} ${request.path} of connection '${request.connection}'`;
}
