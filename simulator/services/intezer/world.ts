/** What a tenant of Intezer holds and how its analyses end: the facts that the simulated Intezer works with. */

/** Analysis of one file or URL, as it goes. */
export interface AnalysisStory {
    /**
     * What is there before anyone submits: nothing, a result, a result that has expired, or an analysis that
     * somebody else has started.
     *
     * @default nothing
     */
    readonly has?: "nothing" | "result" | "expired" | "running";
    /**
     * How a submission ends.
     *
     * @default succeeded
     */
    readonly ends?: "succeeded" | "failed" | "skippedByRule";
    /**
     * How long the analysis takes from its submission (`running`: from the start of the simulation), in seconds.
     *
     * @default 30
     */
    readonly seconds?: number;
    /**
     * Age of what is there already, in hours before the start of the simulation.
     *
     * @default 24
     */
    readonly ageHours?: number;
    /**
     * Which part of the answer names the analysis that is running already; Intezer may leave either out.
     *
     * @default both
     */
    readonly namesRunningBy?: "both" | "result" | "result_url";
    /**
     * How a running analysis is answered: clients have seen both.
     *
     * @default 202
     */
    readonly runningStatus?: 200 | 202;
}

/** A file that Intezer has. A file that is not listed is unknown to it. */
export interface FileStory extends AnalysisStory {
    readonly sha256: string;
    readonly sha1?: string;
    readonly md5?: string;
    /** E.g. `malicious`, `trusted`. @default unknown */
    readonly verdict?: string;
    /** Name under which Intezer knows the file. @default none */
    readonly fileName?: string;
    /** Absent where the file belongs to no family; null where Intezer says so with a null. */
    readonly familyName?: string | null;
}

/** A URL that answers. One that is not listed is offline. */
export interface UrlStory extends Omit<AnalysisStory, "has"> {
    readonly has?: "nothing" | "result" | "running";
    readonly url: string;
    /** `malicious`, `suspicious` or `no_threats`. @default no_threats */
    readonly verdictType?: string;
    /** E.g. `phishing`. @default the verdict type */
    readonly verdictName?: string;
    /** True for old results, which lack `analysis_url`. @default false */
    readonly withoutLink?: boolean;
}

/** A tenant of Intezer. */
export interface IntezerWorld {
    /** The one key that is valid. */
    readonly apiKey: string;
    /** Scheme and host of the tenant. @default https://analyze.intezer.com */
    readonly baseUrl?: string;
    /**
     * How long an access token is good for, in seconds. Sources differ between 2 and 10 hours.
     *
     * @default 7200
     */
    readonly tokenSeconds?: number;
    /**
     * From this many seconds after the start of the simulation on, the tokens given out before are refused.
     *
     * @default never
     */
    readonly tokensRevokedAt?: number;
    /** Submissions of files that the account has left. @default unlimited */
    readonly fileQuota?: number;
    /** Submissions of URLs that the account has left. @default unlimited */
    readonly urlQuota?: number;
    readonly files?: readonly FileStory[];
    readonly urls?: readonly UrlStory[];
    /** What becomes of a submitted alert: refused with this reason, or known already. @default accepted */
    readonly alerts?: { readonly refusedBecause?: string; readonly known?: boolean };
}
