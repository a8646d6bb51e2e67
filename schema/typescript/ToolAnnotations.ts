// GENERATED CODE! DO NOT MODIFY BY HAND!

/** What a tool says of its own behaviour; advice, not a promise. */
export type ToolAnnotations = {
  title?: string | null,
  readOnlyHint?: boolean | null,
  destructiveHint?: boolean | null,
  idempotentHint?: boolean | null,
  openWorldHint?: boolean | null,
};
