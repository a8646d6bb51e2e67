// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Who the client is. */
export type ClientInfo = {
  /** Becomes the originator; must be usable as an HTTP header value. */
  name: string,
  title?: string | null,
  version: string,
};
