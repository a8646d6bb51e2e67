/** codex exec: one task, headless, for people and for scripts. */

export {};
