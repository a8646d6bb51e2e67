// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { Annotations } from "./Annotations";

/** A family of resources as the server lists it. */
export type ResourceTemplate = {
  name: string,
  uriTemplate: string,
  title?: string | null,
  description?: string | null,
  mimeType?: string | null,
  annotations?: Annotations | null,
};
