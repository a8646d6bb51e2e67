// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { PlanType } from "../PlanType";

/** Who is signed in. */
export type Account = {
  type: "apiKey",
} | {
  type: "chatgpt",
  email: string,
  planType: PlanType,
};
