/**
 * Operators of a condition object, which are named like the functions that they mean.
 *
 * Source: Microsoft Learn, "Schema reference guide for trigger and action types", If and Until.
 */

/** Take conditions, as many as there are. */
export const LOGICAL_OPERATORS: readonly string[] = ["and", "or"];

/** Take two values. */
export const COMPARISON_OPERATORS: readonly string[] = [
    "equals",
    "greater",
    "greaterOrEquals",
    "less",
    "lessOrEquals",
    "contains",
    "startsWith",
    "endsWith",
];
