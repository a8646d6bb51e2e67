// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { Annotations } from "./Annotations";

/** A resource as the server lists it. */
export type Resource = {
  name: string,
  uri: string,
  title?: string | null,
  description?: string | null,
  mimeType?: string | null,
  /** Bytes. */
  size?: number | null,
  annotations?: Annotations | null,
};
