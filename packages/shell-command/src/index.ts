/** Understands shell commands: plain-command extraction, safe and dangerous verdicts, command actions for display. */

export {};
