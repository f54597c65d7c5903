import type { JsonObject } from "../../../language/json";
import { type Answer, answer, stableGuid } from "../reply";
import { fault } from "./api";
import type { AnalysisStory } from "./world";

const DEFAULT_SECONDS = 30;
const DEFAULT_AGE_HOURS = 24;

/** An analysis that runs or has ended; times in milliseconds since 1970. */
export interface Analysis<Story extends AnalysisStory = AnalysisStory> {
    readonly id: string;
    readonly story: Story;
    readonly endsAt: number;
    /** What it is once it has ended. */
    readonly state: "succeeded" | "failed" | "expired";
}

/** The analyses of one kind, files or URLs, by id. */
export class Analyses<Story extends AnalysisStory> {
    private readonly all: Analysis<Story>[] = [];

    /**
     * @param route - where analyses of this kind are read, e.g. `/analyses`
     * @param start - start of the simulation
     * @param result - the `result` of an analysis that has succeeded
     */
    constructor(
        private readonly route: string,
        private readonly stories: readonly Story[],
        start: number,
        private readonly result: (analysis: Analysis<Story>) => JsonObject,
    ) {
        for (const story of stories) {
            const earlier = start - (story.ageHours ?? DEFAULT_AGE_HOURS) * 3_600_000;
            if (story.has === "result") {
                this.add(story, earlier, "succeeded");
            } else if (story.has === "expired") {
                this.add(story, earlier, "expired");
            } else if (story.has === "running") {
                this.add(story, start + secondsOf(story), endOf(story));
            }
        }
    }

    /** Those that have ended, the latest first. */
    ended(now: number): readonly Analysis<Story>[] {
        return this.all.filter(({ endsAt }) => endsAt <= now).sort((a, b) => b.endsAt - a.endsAt);
    }

    /**
     * Answers a submission that is not refused otherwise: 201, or 409 while the same is running or where a rule
     * of the organisation skips it.
     *
     * @returns the answer, and whether the submission counts against the quota
     */
    submit(story: Story, now: number): { readonly reply: Answer; readonly counts: boolean } {
        if (story.ends === "skippedByRule") {
            return { reply: answer(409, { result: { is_skipped_by_rule: true } }), counts: false };
        }
        const running = this.all.find((analysis) => analysis.story === story && analysis.endsAt > now);
        if (running !== undefined) {
            return { reply: answer(409, this.naming(running)), counts: false };
        }
        const analysis = this.add(story, now + secondsOf(story), endOf(story));
        return { reply: answer(201, { result_url: this.urlOf(analysis) }), counts: true };
    }

    /** Answers a question about an analysis. */
    read(id: string, now: number): Answer {
        const analysis = this.all.find((candidate) => candidate.id === id);
        return analysis === undefined ? fault(404, "Analysis was not found") : this.show(analysis, now);
    }

    /** An analysis as it is now. */
    show(analysis: Analysis<Story>, now: number): Answer {
        const result_url = this.urlOf(analysis);
        if (analysis.endsAt > now) {
            return answer(analysis.story.runningStatus ?? 202, { status: "in_progress", result_url });
        }
        switch (analysis.state) {
            case "failed":
                return answer(200, { status: "failed", error: "The analysis failed" });
            case "expired":
                return fault(410, "Analysis expired");
            case "succeeded":
                return answer(200, { status: "succeeded", result: this.result(analysis), result_url });
        }
    }

    private add(story: Story, endsAt: number, state: Analysis["state"]): Analysis<Story> {
        const earlier = this.all.filter((analysis) => analysis.story === story).length;
        const id = stableGuid(`${this.route}/${this.stories.indexOf(story)}/${earlier}`);
        const analysis = { id, story, endsAt, state };
        this.all.push(analysis);
        return analysis;
    }

    private naming(analysis: Analysis<Story>): JsonObject {
        const by = analysis.story.namesRunningBy ?? "both";
        return {
            ...(by === "result_url" ? {} : { result: { analysis_id: analysis.id } }),
            ...(by === "result" ? {} : { result_url: this.urlOf(analysis) }),
        };
    }

    private urlOf({ id }: Analysis): string {
        return `${this.route}/${id}`;
    }
}

function endOf({ ends }: AnalysisStory): "succeeded" | "failed" {
    return ends === "failed" ? "failed" : "succeeded";
}

function secondsOf({ seconds }: AnalysisStory): number {
    return (seconds ?? DEFAULT_SECONDS) * 1000;
}
