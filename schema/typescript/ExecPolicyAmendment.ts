// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Tokens that a command must start with for an allow rule: `["git", "push"]`. */
export type ExecPolicyAmendment = Array<string>;
