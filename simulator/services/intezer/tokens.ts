import { type Answer, answer, stableGuid } from "../reply";
import { type ApiCall, fault, textOf } from "./api";
import type { IntezerWorld } from "./world";

const DEFAULT_LIFETIME = 7200;

interface Token {
    readonly text: string;
    readonly issuedAt: number;
    readonly expiresAt: number;
}

/** Access tokens: `POST /get-access-token`, and whether a call carries one that is good. */
export class Tokens {
    private readonly issued: Token[] = [];

    /** @param start - start of the simulation, in milliseconds since 1970 */
    constructor(
        private readonly world: IntezerWorld,
        private readonly start: number,
    ) {}

    /** How many tokens have been given out. */
    get count(): number {
        return this.issued.length;
    }

    issue({ body, time }: ApiCall): Answer {
        const key = textOf(body["api_key"]);
        if (key === undefined) {
            return fault(400, "Bad request", { message: { api_key: ["Missing data for required field."] } });
        }
        if (key !== this.world.apiKey) {
            return fault(401, "Invalid API key");
        }
        const expiresAt = time + (this.world.tokenSeconds ?? DEFAULT_LIFETIME) * 1000;
        const text = `token.${stableGuid(`token ${this.issued.length}`)}`;
        this.issued.push({ text, issuedAt: time, expiresAt });
        return answer(200, { result: text, expire_at: Math.floor(expiresAt / 1000) });
    }

    /** The refusal of a call without a good bearer token; undefined where the token is good. */
    check({ request, time }: ApiCall): Answer | undefined {
        const name = Object.keys(request.headers).find((header) => header.toLowerCase() === "authorization");
        const header = name === undefined ? undefined : request.headers[name];
        const token = this.issued.find(({ text }) => header === `Bearer ${text}`);
        const isGood = token !== undefined && time < token.expiresAt && !this.isRevoked(token, time);
        return isGood ? undefined : fault(401, "Token is missing, not valid or expired");
    }

    private isRevoked({ issuedAt }: Token, now: number): boolean {
        const { tokensRevokedAt } = this.world;
        const revokedAt = tokensRevokedAt === undefined ? Infinity : this.start + tokensRevokedAt * 1000;
        return now >= revokedAt && issuedAt < revokedAt;
    }
}
