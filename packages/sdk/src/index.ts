/** Runs Codex from TypeScript: threads, streamed turns, approvals and custom tools. */

export {};
