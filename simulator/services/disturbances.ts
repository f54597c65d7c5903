import type { OutboundRequest, Reply } from "../runtime/transport";

/** Replies that come in place of a service's own, as a fault between the two would make them. */
export interface Disturbance {
    /** Upper case. */
    readonly method: string;
    /**
     * Absolute URI of an Http action, or path of a connector's operation; `*` stands for any characters, all
     * other text for itself.
     */
    readonly to: string;
    /** One for each request that matches, in order; afterwards the service answers by itself. */
    readonly replies: readonly Reply[];
}

/** The reply that a disturbance puts in place of a service's own, or undefined. */
export function disturbedBy(
    disturbances: readonly Disturbance[],
): (request: OutboundRequest) => Reply | undefined {
    const left = disturbances.map((disturbance) => ({
        matches: matcher(disturbance),
        replies: [...disturbance.replies],
    }));
    return (request) =>
        left.find(({ matches, replies }) => replies.length > 0 && matches(request))?.replies.shift();
}

function matcher({ method, to }: Disturbance): (request: OutboundRequest) => boolean {
    const source = to.split("*").map((text) => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    const pattern = new RegExp(`^${source.join(".*")}$`, "s");
    return (request) =>
        request.method === method && pattern.test(request.kind === "http" ? request.uri : request.path);
}
