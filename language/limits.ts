/**
 * Limits of a Consumption workflow definition.
 *
 * Source: Microsoft Learn, "Limits and configuration reference for Azure Logic Apps" (2024-05-20).
 */

/** Characters of one expression. */
export const MAX_EXPRESSION_LENGTH = 8_192;

/** Actions of one workflow, nested ones included. */
export const MAX_ACTIONS = 500;

/**
 * Actions of one workflow as the schema reference of the language still states it. Azure accepts
 * {@link MAX_ACTIONS}; a workflow that wants to be safe under both documents stays below this one.
 */
export const SAFE_MAX_ACTIONS = 250;

/** Levels of actions within actions. */
export const MAX_NESTING = 8;

export const MAX_TRIGGERS = 10;

/** Cases of one Switch, without its default. */
export const MAX_SWITCH_CASES = 25;

export const MAX_VARIABLES = 250;

export const MAX_PARAMETERS = 50;

export const MAX_OUTPUTS = 10;

/** Characters of a description. */
export const MAX_DESCRIPTION_LENGTH = 256;

/**
 * Characters of an action's `trackedProperties`. Older versions of the page say 16,000.
 */
export const MAX_TRACKED_PROPERTIES_LENGTH = 8_000;

/** Characters of the code of an inline action. */
export const MAX_INLINE_CODE_LENGTH = 1_024;

/** Characters of the name of an action or trigger. */
export const MAX_NAME_LENGTH = 80;

/** Concurrent iterations of a Foreach. */
export const MAX_CONCURRENT_REPETITIONS = 50;

/** Concurrent runs, where a trigger limits them. */
export const MAX_CONCURRENT_RUNS = 100;

/** Runs that wait, where a trigger limits concurrent ones. */
export const MAX_WAITING_RUNS = 100;

/** Iterations of an Until. */
export const MAX_UNTIL_COUNT = 5_000;

/** Characters of a URI, with its queries; the reference of the Http action still states 2 KB for `uri`. */
export const MAX_URI_LENGTH = 16_384;

/** Elements of a variable that is an array. */
export const MAX_VARIABLE_ITEMS = 100_000;

/** Characters of a variable that is text. */
export const MAX_VARIABLE_LENGTH = 104_857_600;

/** Runs that a trigger splits into, where it limits concurrent ones. */
export const MAX_SPLIT_WITH_CONCURRENCY = 100;

export const MAX_RETRY_COUNT = 90;

/** Shortest time between two attempts. */
export const MIN_RETRY_INTERVAL = "PT5S";

/** Longest time between two attempts. */
export const MAX_RETRY_INTERVAL = "P1D";

/**
 * Levels of calls and dereferences in one expression. Azure documents no such limit; this one keeps everything that
 * walks a tree clear of the stack's end.
 */
export const MAX_EXPRESSION_NESTING = 500;
