import { type Answer, answer } from "../reply";
import { Analyses } from "./analyses";
import { type ApiCall, fault, textOf, unknownField } from "./api";
import type { UrlStory } from "./world";

const SUBMIT_FIELDS = ["url", "requester", "source", "related_alert_ids"];

const HISTORY_FIELDS = [
    "start_date",
    "end_date",
    "submitted_url",
    "aggregated_view",
    "exact_match",
    "limit",
    "offset",
    "sources",
    "verdicts",
    "sub_verdicts",
    "did_download_file",
];

const DEFAULT_LIMIT = 100;

/** URL analyses: `POST /url`, `GET /url/{id}`, `POST /url-analyses/history`. */
export class Urls {
    private readonly analyses: Analyses<UrlStory>;
    /** Submissions that counted against the quota. */
    submitted = 0;

    /**
     * @param start - start of the simulation, in milliseconds since 1970
     * @param quota - submissions that the account has left
     */
    constructor(
        private readonly stories: readonly UrlStory[],
        baseUrl: string,
        start: number,
        private readonly quota: number,
    ) {
        this.analyses = new Analyses("/url", stories, start, ({ id, story, endsAt }) => {
            const verdict_type = story.verdictType ?? "no_threats";
            return {
                analysis_id: id,
                analysis_time: new Date(endsAt).toUTCString(),
                ...(story.withoutLink === true ? {} : { analysis_url: `${baseUrl}/url/${id}` }),
                submitted_url: story.url,
                scanned_url: story.url,
                indicators: [],
                redirect_chain: [],
                summary: {
                    title: TITLES[verdict_type] ?? verdict_type,
                    description: "",
                    verdict_type,
                    verdict_name: story.verdictName ?? verdict_type,
                },
            };
        });
    }

    /** `POST /url` */
    submit({ body, time }: ApiCall): Answer {
        const url = textOf(body["url"]);
        if (url === undefined || !isUrl(url)) {
            return fault(400, "Invalid url");
        }
        const unknown = unknownField(body, SUBMIT_FIELDS);
        if (unknown !== undefined) {
            return unknown;
        }
        if (this.submitted >= this.quota) {
            return fault(403, "Account has reached action quota");
        }
        const story = this.stories.find((candidate) => candidate.url === url);
        if (story === undefined) {
            return fault(400, "The URL you entered seems to be offline. Check it and try again.", {
                result: { is_url_offline: true },
            });
        }
        const { reply, counts } = this.analyses.submit(story, time);
        this.submitted += counts ? 1 : 0;
        return reply;
    }

    /** `GET /url/{id}` */
    read(id: string, now: number): Answer {
        return this.analyses.read(id, now);
    }

    /**
     * `POST /url-analyses/history`: the latest first. Without `exact_match` the URL is a filter that others
     * contain, as the name of the field says; whoever wants one URL has to compare `submitted_url`.
     */
    history({ body, time }: ApiCall): Answer {
        const unknown = unknownField(body, HISTORY_FIELDS);
        if (unknown !== undefined) {
            return unknown;
        }
        const { start_date, end_date, limit = DEFAULT_LIMIT, offset = 0 } = body;
        if (![start_date, end_date, limit, offset].every(Number.isInteger)) {
            return fault(400, "Bad request", { message: { start_date: ["Dates are whole unix seconds."] } });
        }
        const wanted = textOf(body["submitted_url"]) ?? "";
        const found = this.analyses
            .ended(time)
            .filter(({ endsAt }) => endsAt >= Number(start_date) * 1000 && endsAt <= Number(end_date) * 1000)
            .filter(({ story }) =>
                body["exact_match"] === true ? story.url === wanted : story.url.includes(wanted),
            );
        const page = found.slice(Number(offset), Number(offset) + Number(limit));
        return answer(200, {
            total_count: found.length,
            analyses: page.map(({ id, story: { url } }) => ({
                analysis_id: id,
                submitted_url: url,
                scanned_url: url,
            })),
        });
    }
}

const TITLES: { readonly [verdict: string]: string } = {
    malicious: "Malicious URL",
    suspicious: "Suspicious URL",
    no_threats: "No Threats",
};

/** A scheme may be left out. */
function isUrl(text: string): boolean {
    const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
    return /^https?:\/\/[^\s/]+\.[^\s/]+/i.test(withScheme) && URL.canParse(withScheme);
}
