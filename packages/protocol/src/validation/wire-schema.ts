/** The subset of JSON Schema that the wire types need; definitions in this form are generated from the TypeScript sources. */

/** The JSON types. */
export type WireSchemaType = "string" | "boolean" | "null" | "integer" | "number" | "array" | "object";

/** A schema. Without any member it accepts everything. Members that an object schema does not name are always accepted. */
export interface WireSchema {
  /** The name of a definition. */
  $ref?: string;
  type?: WireSchemaType | WireSchemaType[];
  enum?: string[];
  /** For numbers: `int32`, `uint32`, `int64`, `uint64`, `uint`, `uint16`, `double`, `float`. */
  format?: string;
  minimum?: number;
  items?: WireSchema;
  properties?: Record<string, WireSchema>;
  /** Members without which a value is refused. */
  required?: string[];
  /** Members that a writer always writes and a reader may find missing: they are read as their default, or as null. */
  written?: string[];
  /** The form of members that are not named; `false` only in published schemas, where the original refuses them. */
  additionalProperties?: boolean | WireSchema;
  /** Objects that a member with a fixed text tells apart. */
  oneOf?: WireSchema[];
  anyOf?: WireSchema[];
  default?: unknown;
  description?: string;
  /** In published schemas this definition stands for the value; the program itself is more lenient. */
  published?: string;
  /** Members that only published schemas require. */
  publishedRequired?: string[];
}

/** Definitions by name, each made when it is first needed; types of v2 and of newer methods carry their folder: `v2.Thread`. */
export type WireDefinitions = Readonly<Record<string, () => WireSchema>>;
