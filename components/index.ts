/** Component resources, the look-ups that they build on, and the hooks for resources beside them. */
export * from "./apiConnection";
export * from "./automation";
export { errorHooks } from "./errorHooks";
export * from "./lookups";
export * from "./playbook";
export { boundTo } from "./region";
export { assertSaveable } from "./saveable";
export * from "./secretVault";
