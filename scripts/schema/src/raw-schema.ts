/** What the type reader gives: JSON Schema with our tags as extra members. */
export interface RawSchema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: RawSchema[];
  allOf?: RawSchema[];
  not?: RawSchema;
  items?: RawSchema;
  properties?: Record<string, RawSchema>;
  required?: string[];
  additionalProperties?: boolean | RawSchema;
  description?: string;
  default?: unknown;
  deprecated?: boolean | string;
  wire?: string;
  published?: string;
  inline?: string;
  closed?: string;
  since?: string | number;
  api?: string;
  experimental?: string;
  internal?: string;
  publishedRequired?: string;
}
