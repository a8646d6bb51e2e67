// GENERATED CODE! DO NOT MODIFY BY HAND!

/** When a person is asked before something runs; see `ApprovalPolicy` in the protocol package. */
export type AskForApproval = "untrusted" | "on-failure" | "on-request" | "never";
