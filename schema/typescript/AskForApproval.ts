// GENERATED CODE! DO NOT MODIFY BY HAND!

/** When a person is asked before something runs. `untrusted` asks for everything but known read-only commands; `on-failure` runs in the sandbox and asks when the sandbox got in the way; `on-request` lets the model ask for an escalation; `never` asks nobody. */
export type AskForApproval = "untrusted" | "on-failure" | "on-request" | "never";
