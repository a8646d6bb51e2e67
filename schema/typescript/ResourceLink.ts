// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { Annotations } from "./Annotations";

/** A pointer to a resource; `type` is `"resource_link"`. */
export type ResourceLink = {
  type: string,
  name: string,
  uri: string,
  title?: string | null,
  description?: string | null,
  mimeType?: string | null,
  /** Bytes. */
  size?: number | null,
  annotations?: Annotations | null,
};
