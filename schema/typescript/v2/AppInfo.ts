// GENERATED CODE! DO NOT MODIFY BY HAND!

/** An app that can be connected. */
export type AppInfo = {
  id: string,
  name: string,
  description: string | null,
  logoUrl: string | null,
  installUrl: string | null,
  isAccessible: boolean,
};
