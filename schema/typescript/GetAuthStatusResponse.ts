// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AuthMode } from "./AuthMode";

/** Who is signed in. */
export type GetAuthStatusResponse = {
  authMethod: AuthMode | null,
  authToken: string | null,
  requiresOpenaiAuth: boolean | null,
};
