// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ThreadActiveFlag } from "./ThreadActiveFlag";

/** How a thread is in this process. */
export type ThreadStatus = {
  type: "notLoaded",
} | {
  type: "idle",
} | {
  type: "systemError",
} | {
  type: "active",
  activeFlags: Array<ThreadActiveFlag>,
};
