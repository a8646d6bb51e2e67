// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A binary resource, inline; `blob` is base64. */
export type BlobResourceContents = {
  uri: string,
  blob: string,
  mimeType?: string | null,
};
