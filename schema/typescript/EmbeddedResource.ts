// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { Annotations } from "./Annotations";
import type { EmbeddedResourceResource } from "./EmbeddedResourceResource";

/** A resource in a tool's answer; `type` is `"resource"`. */
export type EmbeddedResource = {
  type: string,
  resource: EmbeddedResourceResource,
  annotations?: Annotations | null,
};
