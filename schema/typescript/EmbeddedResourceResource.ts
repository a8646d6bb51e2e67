// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { BlobResourceContents } from "./BlobResourceContents";
import type { TextResourceContents } from "./TextResourceContents";

/** A resource, inline. */
export type EmbeddedResourceResource = TextResourceContents | BlobResourceContents;
