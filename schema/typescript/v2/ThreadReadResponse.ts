// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { Thread } from "./Thread";

/** The stored thread. */
export type ThreadReadResponse = {
  thread: Thread,
};
