// GENERATED CODE! DO NOT MODIFY BY HAND!

/** An app that can be connected. */
export type AppInfo = {
  id: string,
  description: string | null,
  installUrl: string | null,
  isAccessible: boolean,
  logoUrl: string | null,
  name: string,
};
