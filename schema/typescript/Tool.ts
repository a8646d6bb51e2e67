// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ToolAnnotations } from "./ToolAnnotations";
import type { ToolInputSchema } from "./ToolInputSchema";
import type { ToolOutputSchema } from "./ToolOutputSchema";

/** A tool as the server lists it. */
export type Tool = {
  name: string,
  title?: string | null,
  description?: string | null,
  inputSchema: ToolInputSchema,
  outputSchema?: ToolOutputSchema | null,
  annotations?: ToolAnnotations | null,
};
