/** `@codex-ts/app-server-protocol/bindings`: schemas and declarations as texts, made from the types that are built in. */

export { bundleFile, jsonSchemaFiles } from "./bindings/json-schema-files.js";
export { typeScriptFiles } from "./bindings/typescript-files.js";
export { type PublishedTypes, publishedTypes } from "./bindings/published-types.js";
