// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A prompt of the user's own, from `$CODEX_HOME/prompts`. */
export type CustomPrompt = {
  name: string,
  path: string,
  content: string,
  description?: string | null,
  argument_hint?: string | null,
};
