// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Who the server is. */
export type InitializeResponse = {
  userAgent: string,
  /** (since 0.169) */
  codexHome?: string,
  /** `unix` or `windows`. (since 0.169) */
  platformFamily?: string,
  /** `linux`, `macos`, `windows`. (since 0.169) */
  platformOs?: string,
};
