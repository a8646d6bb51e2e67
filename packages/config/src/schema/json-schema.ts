/** The JSON schema side of shapes. */

import type { Field, Fields } from "./shape.js";

/** A JSON schema, as far as we write one. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/** The schema of a table with known keys; other keys are allowed, as the loader only warns about them. */
export function describeTable(fields: Fields): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  for (const [name, field] of Object.entries(fields)) {
    properties[name] = describeField(field);
    for (const alias of field.aliases ?? []) {
      properties[alias] = { ...describeField(field), deprecated: true };
    }
  }
  const needed = Object.entries(fields).filter(([, field]) => field.required);
  return {
    type: "object",
    properties,
    ...(needed.length > 0 ? { required: needed.map(([name]) => name) } : {}),
  };
}

function describeField(field: Field<unknown>): JsonSchema {
  return {
    ...field.shape.describe(),
    description: field.doc,
    ...(field.fallback === undefined || field.defaultNote !== undefined ? {} : { default: field.fallback }),
    ...(field.deprecatedFor === undefined && field.notApplicable === undefined ? {} : { deprecated: true }),
  };
}
