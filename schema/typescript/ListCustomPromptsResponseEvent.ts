// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { CustomPrompt } from "./CustomPrompt";

/** The user's own prompts. */
export type ListCustomPromptsResponseEvent = {
  custom_prompts: Array<CustomPrompt>,
};
