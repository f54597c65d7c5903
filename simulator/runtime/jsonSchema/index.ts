/** JSON schema as ParseJson checks it. */
export { hasPatterns, unknownKeywords } from "./keywords";
export { validate } from "./validator";
