// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The answer: `acceptForSession` is remembered by path, `decline` lets the turn go on, `cancel` stops it. */
export type FileChangeApprovalDecision = "accept" | "acceptForSession" | "decline" | "cancel";
