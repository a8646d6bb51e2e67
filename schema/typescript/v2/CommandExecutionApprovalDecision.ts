// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The answer: `decline` lets the turn go on, `cancel` stops it. */
export type CommandExecutionApprovalDecision = "accept" | "acceptForSession" | "decline" | "cancel" | {
  acceptWithExecpolicyAmendment: {
    execpolicy_amendment: Array<string>,
  },
};
