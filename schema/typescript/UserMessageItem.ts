// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { UserInput } from "./UserInput";

/** What the user sent. */
export type UserMessageItem = {
  id: string,
  content: Array<UserInput>,
};
