/**
 * Shapes that the published schemas promise in places where the program itself takes any JSON unchanged: what MCP servers
 * send, and tool outputs. A type with the tag `published` names the shape here that stands for it in a schema.
 */

import type { ToolOutputPart } from "./response-items.js";
import type { Double, Int64 } from "./numbers.js";

/** Who a piece of content is meant for. */
export type Role = "assistant" | "user";

/** Hints of an MCP server about a piece of content. */
export interface Annotations {
  audience?: Role[] | null;
  /** ISO 8601. */
  lastModified?: string | null;
  /** 0 (optional) to 1 (needed). */
  priority?: Double | null;
}

/** Text from an MCP server; `type` is `"text"`. */
export interface TextContent {
  type: string;
  text: string;
  annotations?: Annotations | null;
}

/** An image from an MCP server; `type` is `"image"`, `data` base64. */
export interface ImageContent {
  type: string;
  data: string;
  mimeType: string;
  annotations?: Annotations | null;
}

/** A sound from an MCP server; `type` is `"audio"`, `data` base64. */
export interface AudioContent {
  type: string;
  data: string;
  mimeType: string;
  annotations?: Annotations | null;
}

/** A pointer to a resource; `type` is `"resource_link"`. */
export interface ResourceLink {
  type: string;
  name: string;
  uri: string;
  title?: string | null;
  description?: string | null;
  mimeType?: string | null;
  /** Bytes. */
  size?: Int64 | null;
  annotations?: Annotations | null;
}

/** A text resource, inline. */
export interface TextResourceContents {
  uri: string;
  text: string;
  mimeType?: string | null;
}

/** A binary resource, inline; `blob` is base64. */
export interface BlobResourceContents {
  uri: string;
  blob: string;
  mimeType?: string | null;
}

/** A resource, inline. */
export type EmbeddedResourceResource = TextResourceContents | BlobResourceContents;

/** A resource in a tool's answer; `type` is `"resource"`. */
export interface EmbeddedResource {
  type: string;
  resource: EmbeddedResourceResource;
  annotations?: Annotations | null;
}

/** A block of a tool's answer. */
export type ContentBlock = TextContent | ImageContent | AudioContent | ResourceLink | EmbeddedResource;

/** What a tool says of its own behaviour; advice, not a promise. */
export interface ToolAnnotations {
  title?: string | null;
  readOnlyHint?: boolean | null;
  destructiveHint?: boolean | null;
  idempotentHint?: boolean | null;
  openWorldHint?: boolean | null;
}

/** JSON Schema of a tool's arguments. */
export interface ToolInputSchema {
  /** @default "object" */
  type?: string;
  properties?: unknown;
  required?: string[] | null;
}

/** JSON Schema of a tool's structured answer. */
export interface ToolOutputSchema {
  /** @default "object" */
  type?: string;
  properties?: unknown;
  required?: string[] | null;
}

/** A function's output as the original's schemas describe it; on the wire and in session files it is a text or a list of parts. */
export interface FunctionCallOutputPayload {
  content: string;
  content_items?: ToolOutputPart[] | null;
  success?: boolean | null;
}
