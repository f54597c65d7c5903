import { type Answer, stableGuid } from "../reply";
import { Analyses } from "./analyses";
import { type ApiCall, fault, textOf, unknownField } from "./api";
import type { FileStory } from "./world";

const SUBMIT_FIELDS = [
    "hash",
    "requester",
    "disable_dynamic_execution",
    "disable_static_extraction",
    "sandbox_command_line_arguments",
    "sandbox_machine_type",
    "file_name",
    "related_alert_ids",
];

/** MD5, SHA1 or SHA256 in hexadecimal digits. */
const HASH = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i;

/** File analyses: `GET /files/{hash}`, `POST /analyze-by-hash`, `GET /analyses/{id}`. */
export class Files {
    private readonly analyses: Analyses<FileStory>;
    /** Submissions that counted against the quota. */
    submitted = 0;

    /**
     * @param start - start of the simulation, in milliseconds since 1970
     * @param quota - submissions that the account has left
     */
    constructor(
        private readonly stories: readonly FileStory[],
        baseUrl: string,
        start: number,
        private readonly quota: number,
    ) {
        this.analyses = new Analyses("/analyses", stories, start, ({ id, story, endsAt }) => ({
            analysis_id: id,
            analysis_time: new Date(endsAt).toUTCString(),
            analysis_url: `${baseUrl}/analyses/${id}`,
            sha256: story.sha256.toLowerCase(),
            verdict: story.verdict ?? "unknown",
            sub_verdict: story.verdict ?? "unknown",
            is_private: false,
            ...(story.fileName === undefined ? {} : { file_name: story.fileName }),
            ...familyOf(story),
        }));
    }

    /** `GET /files/{hash}`: the latest analysis that has come to a result. */
    latest(hash: string, now: number): Answer {
        const story = this.storyOf(hash);
        const analysis = this.analyses
            .ended(now)
            .find((ended) => ended.story === story && ended.state !== "failed");
        return analysis === undefined
            ? fault(404, "Analysis was not found")
            : this.analyses.show(analysis, now);
    }

    /** `POST /analyze-by-hash` */
    submit({ body, time }: ApiCall): Answer {
        const hash = textOf(body["hash"]);
        if (hash === undefined || !HASH.test(hash)) {
            return fault(400, "Bad request", { message: { hash: ["Not a valid MD5, SHA1 or SHA256."] } });
        }
        const unknown = unknownField(body, SUBMIT_FIELDS);
        if (unknown !== undefined) {
            return unknown;
        }
        if (this.submitted >= this.quota) {
            return fault(403, "Account has reached action quota");
        }
        const story = this.storyOf(hash);
        if (story === undefined) {
            return fault(404, "File not found");
        }
        const { reply, counts } = this.analyses.submit(story, time);
        this.submitted += counts ? 1 : 0;
        return reply;
    }

    /** `GET /analyses/{id}` */
    read(id: string, now: number): Answer {
        return this.analyses.read(id, now);
    }

    private storyOf(hash: string): FileStory | undefined {
        const wanted = hash.toLowerCase();
        return this.stories.find(({ sha256, sha1, md5 }) =>
            [sha256, sha1, md5].some((known) => known?.toLowerCase() === wanted),
        );
    }
}

function familyOf({ familyName }: FileStory): { family_name?: string | null; family_id?: string | null } {
    if (familyName === undefined) {
        return {};
    }
    const family_id = familyName === null ? null : stableGuid(`family ${familyName}`);
    return { family_name: familyName, family_id };
}
