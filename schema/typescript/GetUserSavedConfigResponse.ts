// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { UserSavedConfig } from "./UserSavedConfig";

/** The user's own config file. */
export type GetUserSavedConfigResponse = {
  config: UserSavedConfig,
};
